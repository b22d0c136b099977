"""What a payslip is calculated from: period, person, terms, shifts, pieces, extras."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from factory.law.book import LawAt
from factory.law.calendar import is_labour_day

MINUTE = timedelta(minutes=1)
HOUR, DAY = 60, 24 * 60
_NIGHT_BEGINS, _NIGHT = -2 * HOUR, 8 * HOUR
"""From 22:00, two hours before midnight, eight hours long."""

Minutes = int | Fraction
"""Whole, but where a contract shares a week's hours unevenly among its days."""


def minutes_of(hours: Fraction) -> Minutes:
    """Hours as minutes, whole where they are whole."""
    exact = hours * HOUR
    return exact.numerator if exact.denominator == 1 else exact


def hours_of(minutes: Minutes) -> Fraction:
    """Minutes as hours, exactly."""
    return Fraction(minutes, HOUR)


class PayKind(StrEnum):
    """How somebody is paid."""

    HOURLY = "hourly"
    MONTHLY = "monthly"
    PIECE = "piece"
    DAILY = "daily"
    FREELANCE = "freelance"


class Insurance(StrEnum):
    """The insurances that both sides pay for."""

    PENSION = "national_pension"
    HEALTH = "health_insurance"
    EMPLOYMENT = "employment_insurance"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A monthly allowance in won."""

    code: str
    amount: int
    non_taxable: bool
    ordinary_wage: bool


@dataclass(frozen=True)
class Terms:
    """The contract: kind, rate in won, hours a week, days from 0 (Monday) to 6."""

    kind: PayKind
    rate: int
    weekly_hours: Fraction
    work_days: frozenset[int]
    rest_day: int
    daily_hours: Fraction
    allowances: tuple[Allowance, ...] = ()

    def contracted(self, day: date) -> Fraction:
        """The hours agreed for a day."""
        return self.day_hours if self.works_on(day) else Fraction(0)

    def works_on(self, day: date) -> bool:
        """Whether work is agreed for this day of the week."""
        return day.weekday() in self.work_days and bool(self.weekly_hours)

    @cached_property
    def day_hours(self) -> Fraction:
        """The hours agreed for each working day; 0 without fixed hours."""
        return self.weekly_hours / len(self.work_days)


@dataclass(frozen=True, slots=True)
class Shift:
    """From coming to going, in Seoul's time; it belongs wholly to the day it starts on."""

    start: datetime
    end: datetime
    breaks: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def day(self) -> date:
        """The day it belongs to."""
        return self.start.date()

    @property
    def minutes(self) -> int:
        """Minutes worked, breaks taken off."""
        return _minutes(self.start, self.end) - sum(_minutes(a, b) for a, b in self.breaks)

    @property
    def night(self) -> int:
        """Minutes worked between 22:00 and 06:00."""
        return _night(self.start, self.end) - sum(_night(a, b) for a, b in self.breaks)


def _minutes(start: datetime, end: datetime) -> int:
    return (end - start) // MINUTE


def _night(start: datetime, end: datetime) -> int:
    first = start.hour * HOUR + start.minute
    last = first + _minutes(start, end)
    nights = range(_NIGHT_BEGINS, last, DAY)
    return sum(max(0, min(last, begins + _NIGHT) - max(first, begins)) for begins in nights)


@dataclass(frozen=True, slots=True)
class Piece:
    """Pieces of one operation at one rate in won."""

    operation: str
    count: int
    rate: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a closed month comes to now, and what was paid for it so far, in won."""

    month: date
    right: int
    paid: int

    @property
    def code(self) -> str:
        """The line's code: `correction.2026-10`."""
        return f"correction.{self.month:%Y-%m}"

    @property
    def difference(self) -> int:
        """Won still owed; below zero where too much was paid."""
        return self.right - self.paid


@dataclass(frozen=True, slots=True)
class LapsedLeave:
    """Leave that could last be used in the month before: that month's wage is paid for it."""

    days: Fraction
    day_hours: Fraction
    """The hours of a working day then."""
    wage: Fraction
    """The ordinary hourly wage then."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A line entered by hand: won above zero is earned, below zero taken off."""

    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class Garnishment:
    """A court's order to pay a creditor out of her wages (Civil Execution Act, art. 246)."""

    reference: str
    """The court's number of the order."""
    filed: date
    """When the order was asked for: the limits of that day hold."""
    most: int | None = None
    """Won to take this month at most; nothing where the law's limits are the only ones."""


@dataclass(frozen=True, slots=True)
class Person:
    """What insurance and tax need to know of somebody."""

    family_members: int = 1
    children: int = 0
    percent: int = 100
    insured: frozenset[Insurance] = frozenset(Insurance)
    reported_pay: Mapping[Insurance, int] = field(default_factory=dict)
    production_worker: bool = False
    previous_year_pay: int = 0
    exempt_used: int = 0
    hired: date | None = None
    left: date | None = None

    def employed(self, day: date) -> bool:
        """Whether she is employed on a day."""
        return (self.hired or day) <= day <= (self.left or day)


@dataclass(frozen=True, eq=False)
class PayCase:
    """Everything one payslip is calculated from."""

    pay_date: date
    start: date
    end: date
    employees: int
    full_time: Fraction
    person: Person
    terms: Terms
    shifts: tuple[Shift, ...] = ()
    leave: frozenset[date] = frozenset()
    absences: frozenset[date] = frozenset()
    part_leave: Mapping[date, Fraction] = field(default_factory=dict)
    """Hours of paid leave on days that are worked in part."""
    excused: frozenset[date] = frozenset()
    """Days of leave without pay that count as attended."""
    swaps: tuple[tuple[date, date], ...] = ()
    """Public holidays that are worked, each with its day off, by agreement (art. 55(2))."""
    pieces: tuple[Piece, ...] = ()
    extras: tuple[Extra, ...] = ()
    garnishments: tuple[Garnishment, ...] = ()
    """Orders of courts that hold this month, the earliest first."""
    shutdowns: Mapping[date, Fraction] = field(default_factory=dict)
    """Hours of agreed work that the factory did not give, by day (art. 46)."""
    average_daily: Fraction | None = None
    """Her average wage of a day before the first shutdown; `domain.average` finds it."""
    unused_leave: Fraction = Fraction(0)
    """Days of leave that ended unused with her last day, at this month's wage."""
    lapsed: LapsedLeave | None = None
    billed: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Premiums by code as agencies billed them, hers and the employer's, in won."""
    waits: Mapping[date, Fraction] = field(default_factory=dict)
    """Hours of work in which she waited for help, by day; of piece workers."""
    corrections: tuple[Corrected, ...] = ()
    """Closed months that are put right in this one."""
    month: tuple[date, date] | None = None
    """The whole period, where the terms changed within it and this is one part."""

    @property
    def whole(self) -> tuple[date, date]:
        """First and last day of the whole period; what lies outside may not be known."""
        return self.month or (self.start, self.end)

    def covers(self, day: date) -> bool:
        """Whether a day is in the period."""
        return self.start <= day <= self.end

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the period."""
        return days_between(self.start, self.end)

    @cached_property
    def came(self) -> frozenset[date]:
        """The days on which a shift starts."""
        return frozenset(shift.day for shift in self.shifts)

    def is_small(self, law: LawAt) -> bool:
        """Whether premiums and public holidays are not owed (Labor Standards Act, art. 11)."""
        return self.employees < law.number("working_time.all_rules_from")

    def is_day_off(self, day: date, law: LawAt) -> bool:
        """Whether it is a paid public holiday here; 1 May is one everywhere."""
        if is_labour_day(day):
            return True
        off = law.book.is_public_holiday(day)
        for holiday, instead in self.swaps:
            off = (off and day != holiday) or day == instead
        return off and not self.is_small(law)

    def is_holiday(self, day: date, law: LawAt) -> bool:
        """Whether work on this day is holiday work: the rest day or a public holiday."""
        return day.weekday() == self.terms.rest_day or self.is_day_off(day, law)

    def is_contracted(self, day: date, law: LawAt) -> bool:
        """Whether work was agreed for this day, and it is no day off."""
        return self.terms.works_on(day) and not self.is_day_off(day, law)

    def is_part_time(self) -> bool:
        """Whether the contract is shorter than that of full-time workers."""
        return 0 < self.terms.weekly_hours < self.full_time


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from first to last."""
    return tuple(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))
