"""A case with its hours counted and its hourly wages found, as every rule needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from factory.law.book import LawAt, LawBook
from factory.payroll.domain import rests
from factory.payroll.domain.case import Minutes, PayCase, PayKind, minutes_of
from factory.payroll.domain.hours import NONE, DayHours, hours_of_days, together
from factory.payroll.domain.rests import WeeklyHoliday

Parts = list[tuple[Fraction, Fraction]]
"""Hours and the factor they are paid at."""


@dataclass(frozen=True, eq=False)
class Reckoning:
    """What the rules calculate with."""

    case: PayCase
    book: LawBook
    law: LawAt
    """The law book on the last day of the period."""
    small: bool
    all_days: tuple[DayHours, ...]
    days: tuple[DayHours, ...]
    """The days of the period alone."""
    weekly: tuple[WeeklyHoliday, ...]
    holidays: tuple[tuple[date, Fraction], ...]
    leave: tuple[tuple[date, Fraction], ...]
    divisor: Fraction

    @property
    def kind(self) -> PayKind:
        """How she is paid."""
        return self.case.terms.kind

    @cached_property
    def worked(self) -> Fraction:
        """All hours worked in the period."""
        return together(day.worked for day in self.days)

    @cached_property
    def rest_hours(self) -> Fraction:
        """Hours of weekly holidays, public holidays and leave earned."""
        weekly = sum((week.hours for week in self.weekly), NONE)
        return weekly + sum((h for _, h in (*self.holidays, *self.leave)), NONE)

    @cached_property
    def piece_pay(self) -> int:
        """Won for all pieces."""
        return sum(piece.count * piece.rate for piece in self.case.pieces)

    @cached_property
    def minimum(self) -> Fraction:
        """The minimum wage for one hour, on the last day of the period."""
        return self.law.number("wages.minimum_hourly")

    @cached_property
    def hourly(self) -> Fraction:
        """Won for one hour of a holiday or of leave."""
        terms = self.case.terms
        if self.kind is PayKind.HOURLY:
            return Fraction(terms.rate)
        if self.kind is PayKind.DAILY:
            return terms.rate / terms.daily_hours
        if self.kind is PayKind.PIECE:
            return max(self.piece_pay / self.worked, self.minimum) if self.worked else self.minimum
        return self.ordinary

    @cached_property
    def ordinary(self) -> Fraction:
        """The ordinary hourly wage, on which premiums stand."""
        added = self.per_hour(only_ordinary=True)
        if self.kind is PayKind.MONTHLY:
            return self.case.terms.rate / self.divisor + added
        return self.hourly if self.kind is PayKind.DAILY else self.hourly + added

    def per_hour(self, *, only_ordinary: bool = False) -> Fraction:
        """The monthly allowances for one hour; none without fixed hours."""
        amounts = (
            a.amount for a in self.case.terms.allowances if a.ordinary_wage or not only_ordinary
        )
        return Fraction(sum(amounts)) / self.divisor if self.divisor else NONE

    @property
    def day_hours(self) -> Fraction:
        """The hours of a working day that are paid without work, as for leave; at most eight."""
        return min(self.case.terms.day_hours, self.law.number("working_time.daily_hours"))

    def premium(self, name: str) -> Fraction:
        """The part added for overtime, night or holiday work."""
        return self.law.number(f"wages.{name}_premium")


def reckon(case: PayCase, book: LawBook) -> Reckoning:
    """Count a case's hours."""
    law = book.on(case.end)
    free = case.terms.kind is PayKind.FREELANCE
    all_days = () if free else hours_of_days(case, law)
    return Reckoning(
        case=case,
        book=book,
        law=law,
        small=case.is_small(law),
        all_days=all_days,
        days=tuple(day for day in all_days if case.covers(day.day)),
        weekly=() if free else rests.weekly_holidays(case, law),
        holidays=() if free else rests.paid_holidays(case, law),
        leave=() if free else rests.paid_leave(case, law),
        divisor=divisor(case, law),
    )


def divisor(case: PayCase, law: LawAt) -> Fraction:
    """A month's paid hours: 209 at 40 hours, otherwise by weeks of an average month."""
    weekly = case.terms.weekly_hours
    if weekly == law.number("working_time.weekly_hours"):
        return law.number("wages.monthly_divisor")
    return (weekly + rests.weekly_holiday_hours(case, law)) * law.number("wages.weeks_of_a_month")


def overtime_parts(r: Reckoning, days: tuple[DayHours, ...]) -> Parts:
    """Hours beyond the limits, and beyond the contract, with what each is paid at."""
    premium = r.premium("overtime")
    beyond = together(day.overtime for day in days)
    inside = together(_inside(r, day) for day in days) if r.kind is PayKind.DAILY else NONE
    extra = together(day.extra for day in days)
    whole = premium if r.kind is PayKind.PIECE else 1 + premium
    parts = [(beyond - inside, whole), (inside, premium), (extra, Fraction(1))]
    return [part for part in parts if part[0]]


def _inside(r: Reckoning, day: DayHours) -> Minutes:
    """Overtime that a day's rate has already paid once."""
    if day.holiday:
        return 0
    return max(0, min(day.worked, minutes_of(r.case.terms.daily_hours)) - day.normal)


def holiday_parts(r: Reckoning, days: tuple[DayHours, ...]) -> Parts:
    """Holiday work up to eight hours a day and beyond, with what each is paid at."""
    worked = [day.worked for day in days if day.holiday]
    if r.small or not worked:
        return []
    most = minutes_of(r.law.number("working_time.daily_hours"))
    once = 0 if r.kind is PayKind.PIECE else 1
    first = together(min(minutes, most) for minutes in worked)
    beyond = together(max(0, minutes - most) for minutes in worked)
    more = r.law.number("wages.holiday_premium_beyond")
    parts = [(first, once + r.premium("holiday")), (beyond, once + more)]
    return [part for part in parts if part[0]]


def night_parts(r: Reckoning, days: tuple[DayHours, ...]) -> Parts:
    """Night hours, at the part added for them."""
    night = NONE if r.small else together(day.night for day in days)
    return [(night, r.premium("night"))] if night else []


def paid_at(parts: Parts, wage: Fraction) -> Fraction:
    """The exact won of parts at an hourly wage."""
    return sum((h * factor for h, factor in parts), NONE) * wage
