"""The average wage of a day by own payslips (Labor Standards Act, art. 2(1) no. 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from factory.kernel.time import months_later
from factory.law.book import LawAt
from factory.payroll.domain.case import days_between
from factory.payroll.domain.payslip import stem

NOT_OF_THE_MONTH = frozenset({"bonus", "unused_leave", "shutdown_pay", "correction"})
"""Earnings that are no wage of their month: a year's, another month's, or of days left out."""
RUNNING = frozenset({"allowance"})
"""Earnings that are always paid by the month; basic pay is where its unit is the month."""
YEAR = 12
Earnings = Sequence[tuple[str, int]]
"""A payslip's earnings, by code and won."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What somebody earned in a month, or in the part of it in which she was employed."""

    first: date
    last: date
    won: int
    """Wages of these days alone; `earned_of` finds them in payslips."""
    running: int = 0
    """Won of these that are paid by the month, and so for days on which the factory rested too."""

    def within(self, first: date, last: date, left_out: AbstractSet[date] = frozenset()) -> Stretch:
        """What belongs to some of its days, by calendar days; those left out take pay along."""
        low, high = max(first, self.first), min(last, self.last)
        inside = max(0, (high - low).days + 1)
        rests = sum(1 for day in left_out if low <= day <= high)
        whole = (self.last - self.first).days + 1
        wages = Fraction(self.won * inside - self.running * rests, whole)
        return Stretch(low, high, inside - rests, rests, wages)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month, or the part of it, that an average stands on."""

    first: date
    last: date
    days: int
    """Calendar days that count."""
    left_out: int
    """Days that don't: the factory rested."""
    wages: Fraction


@dataclass(frozen=True, slots=True)
class Average:
    """Three months' wages, and the days they stand for."""

    first: date
    last: date
    wages: Fraction
    days: int
    months: Fraction
    bonus: int = 0
    """Won of bonuses in the twelve months before."""
    leave: int = 0
    """Won for unused leave of the year before, paid in the twelve months before."""
    stretches: tuple[Stretch, ...] = ()
    """The months, each with its days and wages."""

    @property
    def daily(self) -> Fraction | None:
        """Won a day, with the months' share of a year's bonuses and leave; none without a day."""
        if not self.days:
            return None
        return (self.wages + (self.bonus + self.leave) * self.months / YEAR) / self.days


def average_wage(
    cause: date,
    earned: Iterable[Earned],
    law: LawAt,
    *,
    hired: date | None = None,
    left_out: frozenset[date] = frozenset(),
    bonus: int = 0,
    leave: int = 0,
) -> Average:
    """The average over the three calendar months before the day of the cause.

    The cause is the day after the last one worked, or a shutdown's first day. Whoever was hired
    later has the time since. Days that the Decree (art. 2) leaves out (a shutdown, maternity and
    childcare leave, an injury at work) count neither as days nor with what was paid for them.
    """
    months = law.number("wages.average_months")
    first, last = period(cause, int(months), hired)
    days = [day for day in days_between(first, last) if day not in left_out]
    inside = (each for each in earned if each.first <= last and each.last >= first)
    found = tuple(each.within(first, last, left_out) for each in inside)
    wages = sum((each.wages for each in found), Fraction(0))
    ordered = tuple(sorted(found, key=lambda each: each.first))
    return Average(first, last, wages, len(days), months, bonus, leave, ordered)


def period(cause: date, months: int, hired: date | None = None) -> tuple[date, date]:
    """First and last day of the months before the day of a cause, or of the time since hiring."""
    begins = months_later(cause, -months)
    return max(begins, hired or begins), date.fromordinal(cause.toordinal() - 1)


def earned_of(
    slips: Iterable[tuple[date, date, Earnings]], by_month: AbstractSet[date] = frozenset()
) -> tuple[Earned, ...]:
    """Wages by month, from payslips with the first and last day employed in each.

    A correction belongs to the month it names: `correction.2026-10` to October, wherever it was
    paid; what corrects a month outside these payslips is left out with it. `by_month` are the
    first days of those whose basic pay is a month's.
    """
    found = tuple(slips)
    return tuple(
        Earned(
            first,
            last,
            monthly_wages(earnings) + corrected(first, (each[2] for each in found)),
            running_wages(earnings, by_month=first.replace(day=1) in by_month),
        )
        for first, last, earnings in found
    )


def running_wages(earnings: Earnings, *, by_month: bool) -> int:
    """What of a payslip's earnings is paid for the month, whether the factory rests or not."""
    running = RUNNING | ({"base"} if by_month else set())
    return sum(won for code, won in earnings if stem(code) in running)


def monthly_wages(earnings: Earnings) -> int:
    """What of a payslip's earnings is wages of its own days."""
    return sum(won for code, won in earnings if stem(code) not in NOT_OF_THE_MONTH)


def corrected(month: date, paid: Iterable[Earnings]) -> int:
    """What any payslip paid as a correction of a month."""
    code = f"correction.{month:%Y-%m}"
    return sum(won for earnings in paid for found, won in earnings if found == code)


def bonuses(earnings: Earnings) -> int:
    """What of a payslip's earnings counts for the whole year."""
    return sum(won for code, won in earnings if stem(code) == "bonus")
