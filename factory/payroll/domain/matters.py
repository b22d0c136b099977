"""What must be decided, or at least known, before a month's pay is calculated and approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.attendance.domain.day import Flag
from factory.attendance.domain.sheet import Sheet
from factory.kernel.words import mark
from factory.payroll.domain.run import Slip


class MatterKind(StrEnum):
    """What it is; the gravest first."""

    OPEN_DAYS = "open_days"
    WORKED_AFTER = "worked_after_leaving"
    NOT_PUBLISHED = "not_published"
    ENTERED_OTHERWISE = "entered_otherwise"
    BELOW_ZERO = "below_zero"
    BELOW_MINIMUM = "below_minimum_wage"
    OVER_52 = "over_52_hours"
    PART_TIME_OVER_12 = "part_time_over_12"
    NIGHT_CONSENT = "night_without_consent"
    HOLIDAY_CONSENT = "holiday_without_consent"
    SHORT_BREAK = "break_too_short"
    FREELANCE = "freelance_with_fixed_hours"
    DAY_LABOUR = "day_labour_over_three_months"
    NO_ACCOUNT = "no_account"
    NO_TAX_FACTS = "no_tax_facts"
    TURNS_60 = "turns_60"
    TURNS_65 = "turns_65"
    PENSION_PAST = "pension_past_age"
    EMPLOYMENT_PAST = "employment_past_age"
    SHORT_INSURED = "short_hours_insured"
    SHORT_EMPLOYMENT = "short_hours_employment"
    EMPLOYMENT_DUE = "employment_due"
    LEFT_OWED = "left_owed"
    LEFT_OWES = "left_owes"
    NOT_COUNTED = "not_counted"
    CLOSED_CHANGED = "closed_changed"

    @property
    def label(self) -> str:
        """The matter as people say it."""
        return _LABELS[self]

    @property
    def hint(self) -> str:
        """What to do about it."""
        return _HINTS[self]

    @property
    def blocks(self) -> bool:
        """Whether nothing is approved before it is decided."""
        return self in {
            MatterKind.OPEN_DAYS,
            MatterKind.WORKED_AFTER,
            MatterKind.NOT_PUBLISHED,
            MatterKind.ENTERED_OTHERWISE,
            MatterKind.BELOW_ZERO,
        }


K = MatterKind
_LABELS = {
    K.OPEN_DAYS: mark("Days to settle and close"),
    K.WORKED_AFTER: mark("Work after the last day that was entered"),
    K.NOT_PUBLISHED: mark("Rates that are not published"),
    K.ENTERED_OTHERWISE: mark("Pieces entered for other pay"),
    K.BELOW_ZERO: mark("More is taken off than was earned"),
    K.BELOW_MINIMUM: mark("Agreed pay below the minimum wage"),
    K.OVER_52: mark("More than 52 hours in a week"),
    K.PART_TIME_OVER_12: mark("More than 12 hours beyond a part-time contract"),
    K.NIGHT_CONSENT: mark("Night work without her consent"),
    K.HOLIDAY_CONSENT: mark("Holiday work without her consent"),
    K.SHORT_BREAK: mark("Breaks that were too short"),
    K.FREELANCE: mark("A freelancer with fixed hours"),
    K.DAY_LABOUR: mark("Day labour of more than three months"),
    K.NO_ACCOUNT: mark("No bank account"),
    K.NO_TAX_FACTS: mark("Family for the tax table not said"),
    K.TURNS_60: mark("Turns 60 this month"),
    K.TURNS_65: mark("Turns 65 this month"),
    K.PENSION_PAST: mark("Insured in the pension beyond its age"),
    K.EMPLOYMENT_PAST: mark("Hired beyond the age of unemployment insurance"),
    K.SHORT_INSURED: mark("Short hours, and insured in pension or health"),
    K.SHORT_EMPLOYMENT: mark("Short hours, and insured for employment from the start"),
    K.EMPLOYMENT_DUE: mark("Short hours for months, and not insured for employment"),
    K.LEFT_OWED: mark("Who left is owed more severance than was paid"),
    K.LEFT_OWES: mark("Who left was paid too much"),
    K.NOT_COUNTED: mark("Last month's heads not counted"),
    K.CLOSED_CHANGED: mark("Something changed in a closed month"),
}
_HINTS = {
    K.OPEN_DAYS: mark("Pay is calculated from closed days only."),
    K.WORKED_AFTER: mark("These days would be paid to nobody. Please set the last day right."),
    K.NOT_PUBLISHED: mark("Enter the rate with its source; a second person approves it."),
    K.ENTERED_OTHERWISE: mark("Her terms changed for days already worked. Enter the pieces anew."),
    K.BELOW_ZERO: mark("Nobody is paid less than nothing. Please take something back."),
    K.BELOW_MINIMUM: mark("What is missing is added by itself. Please agree on a new rate."),
    K.OVER_52: mark("The hours are paid all the same. Please plan the next weeks shorter."),
    K.PART_TIME_OVER_12: mark(
        "The hours are paid all the same. Please plan the next weeks shorter."
    ),
    K.NIGHT_CONSENT: mark("The hours are paid all the same. Please ask her, and enter her answer."),
    K.HOLIDAY_CONSENT: mark(
        "The hours are paid all the same. Please ask her, and enter her answer."
    ),
    K.SHORT_BREAK: mark("Work in a break is paid. Please see that the next breaks are whole."),
    K.FREELANCE: mark("The law may take her for an employee. Please look at her contract."),
    K.DAY_LABOUR: mark("From now on she is an ordinary employee. Please agree on new terms."),
    K.NO_ACCOUNT: mark("Please enter her own account, or pay her in cash against a receipt."),
    K.NO_TAX_FACTS: mark("She is taken as one person without children until she says more."),
    K.TURNS_60: mark("The pension insurance ends. Please change her insurances."),
    K.TURNS_65: mark("Please look at her employment insurance."),
    K.CLOSED_CHANGED: mark("Her payslip stays. Correct the month, and this one pays the rest."),
    K.PENSION_PAST: mark("Unless she goes on by her own wish, take the pension off."),
    K.EMPLOYMENT_PAST: mark("She pays no unemployment premium; look at what the agency bills."),
    K.SHORT_INSURED: mark("Too few hours of a month are agreed. Please ask the agency."),
    K.SHORT_EMPLOYMENT: mark("With so few hours it holds only after some months. Please ask."),
    K.EMPLOYMENT_DUE: mark("She works here so long that it holds now. Please add it."),
    K.LEFT_OWED: mark("Something was corrected since. Please pay the difference."),
    K.LEFT_OWES: mark("It is settled in agreement with her, and never taken from pay."),
    K.NOT_COUNTED: mark("Until it is counted, everybody employed is taken."),
}
_OF_DAYS = {
    Flag.NIGHT_WITHOUT_CONSENT: K.NIGHT_CONSENT,
    Flag.HOLIDAY_WITHOUT_CONSENT: K.HOLIDAY_CONSENT,
    Flag.BREAK_TOO_SHORT: K.SHORT_BREAK,
}
_OF_NOTICES = frozenset(
    {K.BELOW_MINIMUM, K.OVER_52, K.PART_TIME_OVER_12, K.FREELANCE, K.DAY_LABOUR}
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing about one person, or about the house."""

    kind: MatterKind
    number: int | None = None
    name: str = ""
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """All matters of one kind."""

    kind: MatterKind
    matters: tuple[Matter, ...]


def of_days(number: int, name: str, sheet: Sheet, first: date, last: date) -> Iterator[Matter]:
    """What the law's watch says of her days of the month."""
    for flag, kind in _OF_DAYS.items():
        inside = (day for day in sheet.days if first <= day.date <= last)
        if days := tuple(day.date for day in inside if flag in day.flags):
            yield Matter(kind, number, name, days)


def of_slip(number: int, name: str, slip: Slip) -> Iterator[Matter]:
    """What her payslip shows that somebody has to know."""
    for kind in _OF_NOTICES:
        if days := tuple(each.on for each in slip.notices if each.code == kind):
            yield Matter(kind, number, name, days)
    if slip.net < 0:
        yield Matter(K.BELOW_ZERO, number, name)


def together(matters: Iterable[Matter]) -> tuple[Kept, ...]:
    """Matters by their kind, the gravest first, in the order of people."""
    found: dict[MatterKind, list[Matter]] = {}
    for each in matters:
        found.setdefault(each.kind, []).append(each)
    return tuple(
        Kept(kind, tuple(sorted(found[kind], key=lambda each: each.number or 0)))
        for kind in MatterKind
        if kind in found
    )
