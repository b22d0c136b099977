"""A payslip: lines earned, taken off and paid by the employer, with what to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from factory.payroll.domain.hours import DayHours
from factory.payroll.domain.lines import PayLine

EARNINGS = (
    "base",
    "piece",
    "overtime",
    "overtime_premium",
    "night_premium",
    "holiday_work",
    "weekly_holiday",
    "paid_holiday",
    "paid_leave",
    "shutdown_pay",
    "minimum_wage_top_up",
    "unused_leave",
    "bonus",
    "correction",
    "allowance",
)
DEDUCTIONS = (
    "national_pension",
    "health_insurance",
    "long_term_care",
    "employment_insurance",
    "income_tax",
    "local_income_tax",
    "year_end_tax",
    "year_end_local_tax",
    "health_settlement",
    "garnishment",
    "advance",
    "agreed",
)
NAMED = frozenset({"bonus", "correction", "allowance", "agreed"})
"""Codes that carry a name of their own behind a dot."""
COUNTED = frozenset({"hour", "piece", "day"})
"""Units of which there are so many; a share of a month is none."""
EXEMPT_WORK = frozenset({"overtime", "overtime_premium", "night_premium", "holiday_work"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A line as the payslip shows it: equal codes are added."""

    code: str
    amount: int
    quantity: Fraction | None = None
    unit: str = ""
    rate: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the manager should look at; the date is its week's Monday or the period's end."""

    code: str
    date: date


@dataclass(frozen=True)
class Payslip:
    """What was earned and taken off; every line can be recomputed."""

    earned: tuple[PayLine, ...]
    taken: tuple[PayLine, ...]
    employer_lines: tuple[PayLine, ...]
    non_taxable: int
    warnings: tuple[Notice, ...]
    days: tuple[DayHours, ...] = ()
    """The hours of each day of the period with a shift."""
    exempt: int = 0
    """Won of overtime, night and holiday pay that was left free of tax."""

    @cached_property
    def earnings(self) -> tuple[Amount, ...]:
        """Lines earned, in the order of the payslip."""
        return in_order(self.earned, EARNINGS)

    @cached_property
    def deductions(self) -> tuple[Amount, ...]:
        """Lines taken off."""
        return in_order(self.taken, DEDUCTIONS)

    @cached_property
    def employer(self) -> tuple[Amount, ...]:
        """What the employer pays besides."""
        return in_order(self.employer_lines, (*DEDUCTIONS, "industrial_accident"))

    @cached_property
    def gross(self) -> int:
        """Won earned."""
        return sum(line.amount for line in self.earnings)

    @property
    def taxable(self) -> int:
        """Won that tax and insurances look at."""
        return self.gross - self.non_taxable

    @property
    def net(self) -> int:
        """Won paid out."""
        return self.gross - sum(line.amount for line in self.deductions)


def stem(code: str) -> str:
    """The kind of a code: `allowance.meal` is an `allowance`."""
    return code.split(".", 1)[0]


def _added(earlier: Amount, line: PayLine) -> Amount:
    """Two lines of one code as one: counted things are added, a rate stays where it is the same."""
    won, unit = earlier.amount + line.amount.won, line.unit
    counted = unit == earlier.unit and unit in COUNTED
    if not counted or earlier.quantity is None or line.quantity is None:
        return Amount(line.code, won)
    rate = line.rate if line.rate == earlier.rate else None
    return Amount(line.code, won, earlier.quantity + line.quantity, unit, rate)


def in_order(lines: Iterable[PayLine], order: tuple[str, ...]) -> tuple[Amount, ...]:
    """Add equal codes, leave zeros out, and sort."""
    found: dict[str, Amount] = {}
    for line in lines:
        earlier, won = found.get(line.code), line.amount.won
        if earlier is not None:
            found[line.code] = _added(earlier, line)
        else:
            found[line.code] = Amount(line.code, won, line.quantity, line.unit, line.rate)
    amounts = sorted(found.values(), key=lambda amount: order.index(stem(amount.code)))
    return tuple(amount for amount in amounts if amount.amount)
