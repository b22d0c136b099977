"""How receipts name the seller, and what holds at the till."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from factory.kernel.money import ZERO
from factory.kernel.words import mark
from factory.till.domain.discount import CASHIERS_PERCENT
from factory.till.domain.shop import MOST_TILLS, RETURN_DAYS, TOLERANCE, Shop
from factory.till.forms import MOST_FLOAT, NUMBER, up_to
from factory.web.forms import BaseForm, Whole, Won, not_below_zero


class ShopForm(BaseForm):
    """How receipts name the seller."""

    name = StringField(mark("Name of the shop"), [InputRequired(), Length(max=60)])
    registration = StringField(
        mark("Business registration number"), [InputRequired(), Length(max=12)]
    )
    representative = StringField(mark("Representative"), [InputRequired(), Length(max=60)])
    address = StringField(mark("Address of the shop"), [InputRequired(), Length(max=120)])
    phone = StringField(mark("Telephone"), [InputRequired(), Length(max=40)])
    terms = StringField(mark("What holds for exchange and refund"), [Length(max=200)])

    tolerance = Won(
        mark("Difference of the drawer that needs no note"),
        [InputRequired(), up_to(MOST_FLOAT), not_below_zero],
        default=TOLERANCE,
    )
    cashiers_percent = Whole(
        mark("What a cashier may take off, in percent"),
        [Optional(), NumberRange(min=0, max=100)],
        default=CASHIERS_PERCENT,
        render_kw=NUMBER,
    )
    return_days = Whole(
        mark("Days in which coats come back without a manager"),
        [Optional(), NumberRange(min=0, max=3650)],
        default=RETURN_DAYS,
        render_kw=NUMBER,
    )

    tills = Whole(
        mark("Tills with a drawer of their own"),
        [Optional(), NumberRange(min=1, max=MOST_TILLS)],
        default=1,
        render_kw=NUMBER,
    )

    def to_shop(self) -> Shop:
        """The seller as a value."""
        texts: dict[str, Any] = {
            f.name: (f.data or "").strip() for f in self if isinstance(f, StringField)
        }
        percent, days = self.cashiers_percent.data, self.return_days.data
        return Shop(
            **texts,
            tolerance=self.tolerance.data or ZERO,
            cashiers_percent=CASHIERS_PERCENT if percent is None else percent,
            return_days=RETURN_DAYS if days is None else days,
            tills=self.tills.data or 1,
        )
