"""What the pages about people accept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from factory.catalogue.domain import Operation
from factory.kernel.money import Money
from factory.kernel.words import mark, show, translate
from factory.people.domain import DAY_NAMES, WEEK, Hire, Terms, TermsKind
from factory.people.domain.contract import Wish
from factory.people.domain.guards import BreakWish, Consent, ConsentKind, Spared
from factory.people.domain.minimum import refuse_below_minimum
from factory.web.forms import BaseForm, Several, Whole, Won, choices_of, clock_time

FIELDS = {
    "legal_name": mark("Legal name"),
    "birth_date": mark("Birth date"),
    "address": mark("Address"),
    "phone": mark("Telephone"),
    "bank_account": mark("Bank account"),
}


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

    lifted = BooleanField(mark("Agree on it all the same; pay is lifted to the minimum"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether every field holds; a wage below the minimum only if that was said."""
        if not super().validate(*args, **kwargs):
            return False
        terms = self.to_terms()
        if terms.rate > Money(0) and not self.lifted.data:
            with self.catching():
                refuse_below_minimum(terms, terms.since)
        return not self.rate.errors

    @property
    def asks_to_lift(self) -> bool:
        """Whether it has to be said that a wage below the minimum is meant."""
        terms_hold = not (self.since.errors or self.kind.errors or self.work_days.errors)
        return bool(self.lifted.data) or bool(self.rate.data and self.rate.errors and terms_hold)

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
        )


class HireForm(TermsForm):
    """Somebody begins."""

    name = StringField(mark("Chosen name"), [InputRequired(), Length(max=30)])
    born = DateField(FIELDS["birth_date"], [InputRequired()])
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


class ContractForm(BaseForm):
    """What a contract says besides the terms, and whether the legal name stands on it."""

    since = SelectField(mark("Terms that hold from"))
    place = StringField(mark("Place of work"), [InputRequired(), Length(max=100)])
    work = StringField(mark("Work to be done"), [InputRequired(), Length(max=200)])
    until = DateField(mark("Ends on (empty: no end)"), [Optional()])
    named = BooleanField(mark("With legal name and address from what is sealed"))
    reason = StringField(mark("Reason"), [Length(max=200)])

    @classmethod
    def offering(cls, history: tuple[Terms, ...], reads: str) -> Any:
        """The form, offering the terms there are, the newest first; words in what she reads."""
        words = {
            "place": translate("The employer's workplace", reads),
            "work": translate("Sewing and the work that goes with it", reads),
        }
        form = cls.sent(data=words)
        newest_first = [each.since for each in reversed(history)]
        form.since.choices = [(since.isoformat(), show(since)) for since in newest_first]
        return form

    def to_wish(self) -> Wish:
        """The entry as a value."""
        return Wish(
            (self.place.data or "").strip(), (self.work.data or "").strip(), self.until.data
        )


class SkillsForm(BaseForm):
    """The operations somebody knows, to tick."""

    operations = Several(mark("Operations"))

    @classmethod
    def offering(cls, offered: tuple[Operation, ...], known: tuple[str, ...]) -> Any:
        """The form, with what she knows ticked."""
        form = cls.sent(data={"operations": known})
        form.operations.choices = [(each.code, each.code) for each in offered]
        return form

    @property
    def boxes(self) -> dict[str, Any]:
        """Each operation's box, by its code."""
        return {box.data: box for box in self.operations}


def _answers() -> list[tuple[str, str]]:
    return [("yes", translate(mark("I agree"))), ("no", translate(mark("I agree no longer")))]


class ConsentForm(BaseForm):
    """She consents to night or holiday work, or does no more."""

    kind = SelectField(mark("To what"), choices=choices_of(ConsentKind))
    given = SelectField(mark("What she says"), choices=_answers)
    day = DateField(mark("Holds from"), [InputRequired()])
    how = StringField(mark("How she said it"), [InputRequired(), Length(max=200)])

    def to_consent(self) -> Consent:
        """The entry as a value."""
        kind, day = ConsentKind(self.kind.data), cast("date", self.day.data)
        return Consent(kind, day, self.given.data == "yes", (self.how.data or "").strip())


class SparedForm(BaseForm):
    """She is to do no overtime for a time; nobody is asked why."""

    first = DateField(mark("First day"), [InputRequired()])
    last = DateField(mark("Last day (empty: open)"), [Optional()])

    def to_spared(self) -> Spared:
        """The entry as a value."""
        return Spared(cast("date", self.first.data), self.last.data)


def _waivers() -> list[tuple[str, str]]:
    without = translate(mark("Four hours without the break"))
    return [("without", without), ("with", translate(mark("The break again")))]


class WaiverForm(BaseForm):
    """She asks to work four hours without the break, or wants it again."""

    since = DateField(mark("Holds from"), [InputRequired()])
    asked = SelectField(mark("What she asks for"), choices=_waivers)

    def to_wish(self) -> BreakWish:
        """The entry as a value."""
        return BreakWish(cast("date", self.since.data), self.asked.data == "without")


class LeaveForm(BaseForm):
    """Somebody leaves."""

    left = DateField(mark("Last day of work"), [InputRequired()])


class SealForm(BaseForm):
    """What the vault keeps; empty fields stay as they are."""

    legal_name = StringField(FIELDS["legal_name"], [Optional(), Length(max=100)])
    birth_date = DateField(FIELDS["birth_date"], [Optional()])
    address = StringField(FIELDS["address"], [Optional(), Length(max=200)])
    phone = StringField(FIELDS["phone"], [Optional(), Length(max=40)])
    bank_account = StringField(FIELDS["bank_account"], [Optional(), Length(max=80)])

    def to_fields(self) -> dict[str, str]:
        """What was typed."""
        typed = {name: str(self[name].data or "").strip() for name in FIELDS}
        return {name: text for name, text in typed.items() if text}


class ReadForm(BaseForm):
    """Which text to open, and why."""

    field = SelectField(
        mark("What to read"),
        choices=lambda: [(name, translate(label)) for name, label in FIELDS.items()],
    )
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])
