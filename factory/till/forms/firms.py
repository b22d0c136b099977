"""What the pages of firms' accounts and of margins accept."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.time import today
from factory.kernel.words import mark
from factory.till.domain.sale import TenderKind
from factory.till.forms import MOST_MOVED, NUMBER, ShownForm, up_to
from factory.web.days import DateField
from factory.web.forms import BaseForm, Won, choices_of, not_below_zero


class PaymentForm(ShownForm):
    """A firm has paid something."""

    amount = Won(mark("Amount"), [InputRequired(), up_to(MOST_MOVED)], render_kw=NUMBER)
    day = DateField(mark("Day"), [InputRequired()], default=today)
    kind = SelectField(
        mark("Paid by"), choices=choices_of(TenderKind), default=TenderKind.TRANSFER.value
    )
    note = StringField(mark("Note"), [Length(max=120)])


class CostForm(BaseForm):
    """What cloth and trims of one coat cost."""

    style = SelectField(mark("Style"))
    cost = Won(
        mark("Cloth and trims of one coat"),
        [InputRequired(), not_below_zero, up_to(MOST_MOVED)],
        render_kw=NUMBER,
    )
