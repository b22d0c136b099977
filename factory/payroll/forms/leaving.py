"""What the page of somebody who leaves accepts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from factory.kernel.words import mark, show, show_money, show_month
from factory.payroll.domain.afterwards import About, Difference, NothingLeft
from factory.payroll.domain.severance import Goes
from factory.web.days import DateField
from factory.web.forms import BaseForm, Won, as_day, choices_of, not_below_zero


class PaidForm(BaseForm):
    """Everything was paid."""

    paid_on = DateField(mark("Paid on"), [InputRequired()])
    severance = Won(mark("Severance reckoned elsewhere"), [not_below_zero])
    reason = StringField(mark("Why nobody else can approve"), [Length(max=300)])

    def to_paid(self) -> tuple[date, dict[str, Any]]:
        """The day; the severance that was reckoned elsewhere, and the reason."""
        told = {"severance": self.severance.data, "reason": self.reason.data or ""}
        return cast("date", self.paid_on.data), told


class GoesForm(BaseForm):
    """Where severance goes."""

    goes = RadioField(mark("Where it goes"), choices=choices_of(Goes), default=Goes.IRP.value)

    @classmethod
    def after(cls, goes: Goes | None) -> GoesForm:
        """The form, beginning with what was said before."""
        return cls() if goes is None else cls(data={"goes": goes.value})

    def to_goes(self) -> Goes:
        """What was chosen."""
        return Goes(self.goes.data)


class LastDayForm(BaseForm):
    """The last day was entered wrongly, or she stays."""

    left = DateField(mark("Last day of work"), [Optional()])
    why = StringField(mark("Why it is another"), [Length(max=300)])

    def to_last_day(self) -> tuple[date | None, str]:
        """The day, none where she stays, and why."""
        return self.left.data, self.why.data or ""


class SettleForm(BaseForm):
    """A difference was paid to her, or settled with her."""

    which = SelectField(mark("Which difference"), default="")
    day = DateField(mark("On which day"), [InputRequired()])
    reason = StringField(mark("What was agreed"), [Length(max=300)])

    def offer(self, listed: Iterable[Difference]) -> None:
        """The differences that no pay run settles by itself."""
        self.which.choices = [(_named(each), _shown(each)) for each in listed if not each.by_run]

    def to_settled(self) -> tuple[About, date | None, date, str]:
        """Which difference, when, and what was agreed."""
        about, _, month = (self.which.data or "").partition(" ")
        if about not in tuple(About):
            raise NothingLeft
        day, reason = cast("date", self.day.data), self.reason.data or ""
        return About(about), as_day(month), day, reason


def _named(each: Difference) -> str:
    return f"{each.about} {each.month or ''}".strip()


def _shown(each: Difference) -> str:
    month = f" {show_month(each.month)}" if each.month else ""
    return f"{show(each.about)}{month} · {show_money(each.left)}"
