"""What a payslip is calculated from: period, person, terms, shifts, pieces, extras."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from factory.law.book import LawAt
from factory.law.calendar import is_labour_day, is_public_holiday

HOUR = timedelta(hours=1)
_NIGHT_BEGINS, _NIGHT_ENDS = 22, 6


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


@dataclass(frozen=True, slots=True)
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
        if day.weekday() not in self.work_days or not self.weekly_hours:
            return Fraction(0)
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
    def hours(self) -> Fraction:
        """Hours worked, breaks taken off."""
        away = sum((_hours(a, b) for a, b in self.breaks), Fraction(0))
        return _hours(self.start, self.end) - away

    @property
    def night_hours(self) -> Fraction:
        """Hours worked between 22:00 and 06:00."""
        away = sum((_night(a, b) for a, b in self.breaks), Fraction(0))
        return _night(self.start, self.end) - away


def _hours(start: datetime, end: datetime) -> Fraction:
    return Fraction((end - start) // timedelta(minutes=1), 60)


def _night(start: datetime, end: datetime) -> Fraction:
    total = Fraction(0)
    midnight = datetime.combine(start.date(), datetime.min.time()) - timedelta(days=1)
    while midnight < end:
        begins, ends = midnight + _NIGHT_BEGINS * HOUR, midnight + (24 + _NIGHT_ENDS) * HOUR
        if (low := max(start, begins)) < (high := min(end, ends)):
            total += _hours(low, high)
        midnight += timedelta(days=1)
    return total


@dataclass(frozen=True, slots=True)
class Piece:
    """Pieces of one operation at one rate in won."""

    operation: str
    count: int
    rate: int


@dataclass(frozen=True, slots=True)
class Extra:
    """A line entered by hand: won above zero is earned, below zero taken off."""

    code: str
    amount: int


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


@dataclass(frozen=True, slots=True, eq=False)
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
    month: tuple[date, date] | None = None
    """The whole period, where the terms changed within it and this is one part."""

    @property
    def whole(self) -> tuple[date, date]:
        """First and last day of the whole period; what lies outside may not be known."""
        return self.month or (self.start, self.end)

    def covers(self, day: date) -> bool:
        """Whether a day is in the period."""
        return self.start <= day <= self.end

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the period."""
        length = (self.end - self.start).days + 1
        return tuple(self.start + timedelta(days=i) for i in range(length))

    def is_small(self, law: LawAt) -> bool:
        """Whether premiums and public holidays are not owed (Labor Standards Act, art. 11)."""
        return self.employees < law.number("working_time.all_rules_from")

    def is_day_off(self, day: date, law: LawAt) -> bool:
        """Whether it is a paid public holiday here; 1 May is one everywhere."""
        if is_labour_day(day) or self.is_small(law):
            return is_labour_day(day)
        if any(instead == day for _, instead in self.swaps):
            return True
        return is_public_holiday(day) and all(holiday != day for holiday, _ in self.swaps)

    def is_holiday(self, day: date, law: LawAt) -> bool:
        """Whether work on this day is holiday work: the rest day or a public holiday."""
        return day.weekday() == self.terms.rest_day or self.is_day_off(day, law)

    def is_contracted(self, day: date, law: LawAt) -> bool:
        """Whether work was agreed for this day, and it is no day off."""
        return self.terms.contracted(day) > 0 and not self.is_day_off(day, law)

    def is_part_time(self) -> bool:
        """Whether the contract is shorter than that of full-time workers."""
        return 0 < self.terms.weekly_hours < self.full_time
