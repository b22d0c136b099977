"""Corrections of a closed month: what may still be said of it, and what is owed because of it.

The payslip that was handed over stays as it is. The whole month is calculated again with that
month's law; the exact difference of what was earned goes into the next run, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.time import Interval, day_of
from factory.kernel.words import mark
from factory.payroll.domain.entered import Entered
from factory.payroll.domain.run import Slip
from factory.people.domain import Terms
from factory.timeclock.domain import PunchKind

SHORTEST_REASON = 5
"""Letters of a reason that she can understand when she reads it."""


class NotClosed(Refused):
    """The pay of this month is not approved yet. Please enter it in the ordinary way."""


class WhyCorrected(Refused):
    """Please say in a few words why this is corrected. She reads it on her payslip."""

    field = "reason"


class AnotherMonth(Refused):
    """{day} lies in another month. Please correct that month."""

    field = "day"


class OnlyEarned(Refused):
    """Only what she earned is added to a closed month. What is taken off waits for the next."""

    field = "item"


class WhatWasIt(Refused):
    """Please choose what is corrected, and fill in what belongs to it."""

    field = "what"


class What(StrEnum):
    """What a correction says, as people choose it."""

    CAME = "came"
    WORK = "work"
    NOT_WORK = "not_work"
    RATE = "rate"
    BONUS = "bonus"
    AGAIN = "again"

    @property
    def label(self) -> str:
        """As people say it."""
        return _WHAT[self]


_WHAT = {
    What.CAME: mark("She came and went, and the clock does not know it"),
    What.WORK: mark("Her time was work after all"),
    What.NOT_WORK: mark("Her time was no work"),
    What.RATE: mark("Another rate holds from a day of this month on"),
    What.BONUS: mark("A bonus was forgotten"),
    What.AGAIN: mark("Calculate again with what is known now"),
}


@dataclass(frozen=True, slots=True)
class LatePunch:
    """She came or went, and the clock does not know it."""

    kind: PunchKind
    moment: datetime

    @property
    def days(self) -> tuple[date, ...]:
        """The days it says something of."""
        return (day_of(self.moment),)


@dataclass(frozen=True, slots=True)
class WrongPunch:
    """A punch that counts no more."""

    punch: int
    day: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days it says something of."""
        return (self.day,)


@dataclass(frozen=True, slots=True)
class LateDecision:
    """Her time was work after all, or it was not."""

    interval: Interval
    worked: bool

    @property
    def days(self) -> tuple[date, ...]:
        """The days it says something of."""
        return (day_of(self.interval.start),)


@dataclass(frozen=True, slots=True)
class LateTerms:
    """Other terms hold, from a day of the closed month on."""

    terms: Terms

    @property
    def days(self) -> tuple[date, ...]:
        """No single day is closed again."""
        return ()


@dataclass(frozen=True, slots=True)
class LateDay:
    """What a terminal sent for a closed day counts now."""

    day: date

    @property
    def days(self) -> tuple[date, ...]:
        """The day itself."""
        return (self.day,)


@dataclass(frozen=True, slots=True)
class LateAmount:
    """A bonus that was forgotten."""

    month: date
    entered: Entered

    @property
    def days(self) -> tuple[date, ...]:
        """No single day is closed again."""
        return ()


Late = LatePunch | WrongPunch | LateDecision | LateTerms | LateDay | LateAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One act of correcting: why, by whom, and the payslip before and after it."""

    month: date
    reason: str
    by: str
    at: datetime
    before: Slip | None
    """As handed over or as corrected before; nothing where she had no payslip."""
    after: Slip

    @property
    def difference(self) -> int:
        """Won earned more because of it, or less."""
        return self.after.gross - (self.before.gross if self.before else 0)


def month_in(code: str) -> date | None:
    """The closed month that a line pays for, if it is such a line."""
    stem, _, month = code.partition(".")
    try:
        return date.fromisoformat(f"{month}-01") if stem == "correction" else None
    except ValueError:
        return None


def checked_reason(reason: str) -> str:
    """A reason somebody can read."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise WhyCorrected
    return reason.strip()


def refuse_other_month(late: Iterable[Late], month: date) -> None:
    """What is said has to lie in the month that is corrected, and to be something earned."""
    for each in late:
        if isinstance(each, LateAmount) and not each.entered.item.earned:
            raise OnlyEarned
        for day in each.days or _said_of(each):
            if day.replace(day=1) != month:
                raise AnotherMonth(day=day)


def _said_of(late: Late) -> tuple[date, ...]:
    match late:
        case LateTerms(terms):
            return (terms.since,)
        case LateAmount(month):
            return (month,)
        case _:
            return ()
