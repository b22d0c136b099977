"""What the pages about terms accept: by the hour, the month, the piece, with allowances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from factory.kernel.money import Money
from factory.kernel.words import mark, show, translate
from factory.law.book import LawBook
from factory.people.domain import DAY_NAMES, WEEK, Hire, Terms, TermsKind
from factory.people.domain.allowances import FREE, USUALLY_ORDINARY, Allowance, AllowanceKind
from factory.people.domain.minimum import refuse_below_minimum
from factory.web.days import DateField, clock_time
from factory.web.forms import BaseForm, Several, Whole, Won, choices_of

MONTHLY = {
    AllowanceKind.MEAL: mark("For meals, won a month"),
    AllowanceKind.CAR: mark("For her own car, won a month"),
    AllowanceKind.CHILDCARE: mark("For a small child, won a month"),
    AllowanceKind.POSITION: mark("For her position, won a month"),
    AllowanceKind.SKILL: mark("For her skill, won a month"),
    AllowanceKind.OTHER: mark("For something else, won a month"),
}


def _kinds(kinds: Iterable[AllowanceKind]) -> list[tuple[str, str]]:
    return [(kind.value, show(kind)) for kind in AllowanceKind if kind in set(kinds)]


def _said(terms: Terms) -> dict[str, Any]:
    promised = {each.kind.value: each.amount for each in terms.allowances}
    ticked = {
        "free": [each.kind.value for each in terms.allowances if each.non_taxable],
        "ordinary": [each.kind.value for each in terms.allowances if each.ordinary_wage],
    }
    written = {
        "kind": terms.kind.value,
        "rate": terms.rate,
        "weekly_hours": terms.weekly_hours,
        "work_days": list(terms.work_days),
        "rest_day": terms.rest_day,
        "shift_start": terms.shift_start,
        "shift_end": terms.shift_end,
    }
    return written | promised | (ticked if promised else {})


def weekdays() -> list[tuple[str, str]]:
    """The days of the week in the language spoken now."""
    return [(day, translate(name)) for day, name in DAY_NAMES.items()]


class TermsForm(BaseForm):
    """Terms from a day on."""

    since = DateField(mark("Holds from"), [InputRequired()])
    kind = SelectField(mark("How she is paid"), choices=choices_of(TermsKind))
    rate = Won(mark("Rate in won"), render_kw={"inputmode": "numeric"})
    weekly_hours = Whole(
        mark("Hours a week"), [InputRequired(), NumberRange(min=0, max=168)], default=40
    )
    work_days = Several(
        mark("Working days"), [InputRequired()], choices=weekdays, default=list(WEEK[:5])
    )
    rest_day = SelectField(mark("Weekly rest day"), choices=weekdays, default="sun")
    shift_start = StringField(mark("Work begins"), [clock_time], default="09:00")
    shift_end = StringField(mark("Work ends"), [clock_time], default="18:00")

    meal = Won(MONTHLY[AllowanceKind.MEAL])
    car = Won(MONTHLY[AllowanceKind.CAR])
    childcare = Won(MONTHLY[AllowanceKind.CHILDCARE])
    position = Won(MONTHLY[AllowanceKind.POSITION])
    skill = Won(MONTHLY[AllowanceKind.SKILL])
    other = Won(MONTHLY[AllowanceKind.OTHER])
    free = Several(
        mark("Free of tax, up to the law's limit"),
        choices=lambda: _kinds(FREE),
        default=sorted(FREE),
    )
    ordinary = Several(
        mark("Counts for overtime too"),
        choices=lambda: _kinds(AllowanceKind),
        default=sorted(USUALLY_ORDINARY),
    )

    lifted = BooleanField(mark("Agree on it all the same; pay is lifted to the minimum"))
    book: LawBook | None = None
    """The law book that the wage is held against; as printed where no other is given."""

    @classmethod
    def by(cls, book: LawBook, terms: Terms | None = None) -> Any:
        """The form, beginning with the terms that hold now; from when on is left to be said."""
        form = cls.sent(data=None if terms is None else _said(terms))
        form.book = book
        return form

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether every field holds; a wage below the minimum only if that was said."""
        if not super().validate(*args, **kwargs):
            return False
        terms = self.to_terms()
        if terms.rate > Money(0) and not self.lifted.data:
            with self.catching():
                refuse_below_minimum(terms, terms.since, book=self.book)
        return not self.rate.errors

    @property
    def asks_to_lift(self) -> bool:
        """Whether it has to be said that a wage below the minimum is meant."""
        terms_hold = not (self.since.errors or self.kind.errors or self.work_days.errors)
        return bool(self.lifted.data) or bool(self.rate.data and self.rate.errors and terms_hold)

    @property
    def promises(self) -> bool:
        """Whether there is an allowance, or something to mend about one."""
        return any(self[k.value].data or self[k.value].errors for k in AllowanceKind)

    def to_terms(self) -> Terms:
        """The terms as a value."""
        return Terms(
            since=cast("date", self.since.data),
            kind=TermsKind(self.kind.data),
            rate=self.rate.data or Money(0),
            weekly_hours=self.weekly_hours.data or 0,
            work_days=tuple(self.work_days.data or ()),
            rest_day=self.rest_day.data,
            shift_start=self.shift_start.data or "",
            shift_end=self.shift_end.data or "",
            allowances=tuple(self._allowances()),
        )

    def _allowances(self) -> Iterator[Allowance]:
        free, ordinary = self.free.data or (), self.ordinary.data or ()
        for kind in AllowanceKind:
            if amount := self[kind.value].data:
                yield Allowance(kind, amount, kind in free, kind in ordinary)


class HireForm(TermsForm):
    """Somebody begins."""

    name = StringField(mark("Chosen name"), [InputRequired(), Length(max=30)])
    born = DateField(mark("Birth date"), [InputRequired()])
    woman = BooleanField(mark("Night and holiday work needs her consent"), default=True)
    night_consent = BooleanField(mark("She has consented to night and holiday work"))
    pin = PasswordField(mark("PIN"), [Length(max=8)], render_kw={"autocomplete": "new-password"})

    def to_hire(self) -> Hire:
        """The entry as a value; the first day is that of the terms."""
        return Hire(
            name=(self.name.data or "").strip(),
            hired=cast("date", self.since.data),
            terms=self.to_terms(),
            woman=self.woman.data,
            night_consent=self.night_consent.data,
            pin=self.pin.data or None,
            born=self.born.data,
        )
