"""What the pages about people accept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from factory.catalogue.domain import Operation
from factory.kernel.words import mark, show, translate
from factory.people.domain import Terms
from factory.people.domain.account import Bank
from factory.people.domain.contract import Wish
from factory.people.domain.guards import BreakWish, Consent, ConsentKind, Spared
from factory.people.forms.terms import HireForm, TermsForm
from factory.web.days import DateField
from factory.web.forms import BaseForm, Several, choices_of

__all__ = [
    "FIELDS",
    "KEPT",
    "AccountForm",
    "ConsentForm",
    "ContractForm",
    "FindForm",
    "HireForm",
    "LeaveForm",
    "ReadForm",
    "SealForm",
    "SkillsForm",
    "SparedForm",
    "TermsForm",
    "WaiverForm",
]

FIELDS = {
    "legal_name": mark("Legal name"),
    "birth_date": mark("Birth date"),
    "address": mark("Address"),
    "phone": mark("Telephone"),
    "bank_account": mark("Bank account"),
    "irp_account": mark("IRP account for severance"),
}
KEPT = FIELDS | {
    "leave": mark("Why she was away"),
    "leave_note": mark("What she said about her leave"),
    "fault_words": mark("What was said about faults in her work"),
}
"""What is kept until a day, also of other rooms."""


class ContractForm(BaseForm):
    """What a contract says besides the terms, and whether the legal name stands on it."""

    since = SelectField(mark("Terms that hold from"))
    place = StringField(mark("Place of work"), [InputRequired(), Length(max=100)])
    work = StringField(mark("Work to be done"), [InputRequired(), Length(max=200)])
    until = DateField(mark("Ends on (empty: no end)"), [Optional()])
    named = BooleanField(mark("With legal name and address from what is sealed"))
    reason = StringField(mark("Reason"), [Length(max=200)])

    @classmethod
    def offering(cls, history: tuple[Terms, ...], reads: str, address: str = "") -> Any:
        """The form, offering the terms there are, the newest first; words in what she reads."""
        words = {
            "place": address or translate("The employer's workplace", reads),
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

    def to_fields(self) -> dict[str, str]:
        """What was typed."""
        typed = {name: str(field.data or "").strip() for name, field in self._fields.items()}
        return {name: text for name, text in typed.items() if text}


class AccountForm(BaseForm):
    """Where her wages go; the holder is compared with her legal name and not kept."""

    bank = SelectField(mark("Bank"), choices=lambda: [(bank.name, bank.value) for bank in Bank])
    number = StringField(mark("Account number"), [InputRequired(), Length(max=40)])
    holder = StringField(mark("Holder as on the passbook"), [InputRequired(), Length(max=100)])

    def to_account(self) -> tuple[Bank, str, str]:
        """Bank, number and holder as typed."""
        return Bank[self.bank.data], self.number.data or "", self.holder.data or ""


class FindForm(BaseForm):
    """Whom to look up: never by what is sealed, and never in an address, which browsers keep."""

    find = StringField(mark("Number or chosen name"), [Length(max=40)])


class ReadForm(BaseForm):
    """Which text to open, and why."""

    field = SelectField(
        mark("What to read"),
        choices=lambda: [(name, translate(label)) for name, label in FIELDS.items()],
    )
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])
