"""Days that are paid without work: the weekly holiday earned or not, holidays, leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from factory.law.book import LawAt
from factory.payroll.domain.case import PayCase, PayKind, days_between
from factory.payroll.domain.hours import NONE, monday_of

SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class WeeklyHoliday:
    """A weekly holiday that was earned; `assumed` where the week before the period is not known."""

    day: date
    hours: Fraction
    assumed: bool


# The weekly holiday


def weekly_holiday_hours(case: PayCase, law: LawAt) -> Fraction:
    """Hours of a weekly holiday by the contract; 0 below 15 hours a week."""
    weekly = case.terms.weekly_hours
    if weekly < law.number("working_time.weekly_holiday_from"):
        return NONE
    full = law.number("working_time.weekly_hours")
    return min(weekly, full) / full * law.number("working_time.daily_hours")


def weekly_holidays(case: PayCase, law: LawAt) -> tuple[WeeklyHoliday, ...]:
    """Each weekly holiday earned in the period."""
    hours = weekly_holiday_hours(case, law)
    if not hours:
        return ()
    found = (_weekly_holiday(case, law, day, hours) for day in _rest_days(case))
    return tuple(week for week in found if week is not None)


def weekly_holidays_lost(case: PayCase, law: LawAt) -> int:
    """Weeks of monthly pay whose holiday is lost through a listed absence."""
    if not weekly_holiday_hours(case, law):
        return 0
    weeks = (_days_of(day) for day in _rest_days(case) if case.absences)
    return sum(
        1
        for week in weeks
        if _employed(case, week) and any(_is_absent(case, law, day) for day in week)
    )


def absent_days(case: PayCase, law: LawAt) -> tuple[date, ...]:
    """Listed absences on contracted days of the period."""
    return tuple(d for d in case.days if _is_absent(case, law, d) and case.person.employed(d))


def _is_absent(case: PayCase, law: LawAt, day: date) -> bool:
    missed = day in case.absences and day not in case.came | case.leave
    return missed and case.is_contracted(day, law)


def _rest_days(case: PayCase) -> list[date]:
    return [day for day in case.days if day.weekday() == case.terms.rest_day]


def _days_of(rest_day: date) -> tuple[date, ...]:
    monday = monday_of(rest_day)
    return days_between(monday, monday + SIX_DAYS)


def _employed(case: PayCase, week: tuple[date, ...]) -> bool:
    """Whether she was employed on every contracted day and the rest day of a week."""
    if case.person.employed(week[0]) and case.person.employed(week[-1]):
        return True
    needed = [d for d in week if case.terms.works_on(d) or d.weekday() == case.terms.rest_day]
    return all(case.person.employed(day) for day in needed)


def _weekly_holiday(
    case: PayCase, law: LawAt, rest_day: date, hours: Fraction
) -> WeeklyHoliday | None:
    week = _days_of(rest_day)
    if not _employed(case, week):
        return None
    if case.terms.kind is PayKind.MONTHLY:
        lost = any(_is_absent(case, law, day) for day in week)
        return None if lost else WeeklyHoliday(rest_day, hours, assumed=False)
    return _by_attendance(case, law, rest_day, hours)


def _by_attendance(
    case: PayCase, law: LawAt, rest_day: date, hours: Fraction
) -> WeeklyHoliday | None:
    week, (first, last) = _days_of(rest_day), case.whole
    excused = case.leave | case.excused
    before = {day for day in week if day < first}
    unknown = bool(before) and before.isdisjoint(case.came | excused | case.absences)
    there = case.came | excused
    missed = {d for d in week if d not in there and case.is_contracted(d, law)}
    after = {d for d in missed if d > last and d not in case.absences}
    assumed = missed & before if unknown else set()
    if missed - after - assumed:
        return None
    has_shift = not case.came.isdisjoint(week)
    if not has_shift and not (unknown and any(first <= day <= last for day in case.came)):
        return None
    return WeeklyHoliday(rest_day, hours, assumed=bool(assumed) or not has_shift)


# Paid days


def paid_holidays(case: PayCase, law: LawAt) -> tuple[tuple[date, Fraction], ...]:
    """Public holidays of the period that are paid, with their hours."""
    return tuple(_paid(case, law, [d for d in case.days if case.is_day_off(d, law)]))


def paid_leave(case: PayCase, law: LawAt) -> tuple[tuple[date, Fraction], ...]:
    """Days of paid leave in the period, with their hours; on a holiday the holiday is paid."""
    days = [d for d in case.days if d in case.leave and not case.is_day_off(d, law)]
    parts = [(d, h) for d, h in case.part_leave.items() if case.covers(d)]
    halves = [(d, h) for d, h in parts if case.is_contracted(d, law) and case.person.employed(d)]
    return (*_paid(case, law, days, need_shift=False), *halves)


def _paid(
    case: PayCase, law: LawAt, days: list[date], *, need_shift: bool = True
) -> Iterator[tuple[date, Fraction]]:
    most = law.number("working_time.daily_hours")
    weeks = {monday_of(day) for day in case.came} if days else set()
    for day in days:
        agreed = case.terms.contracted(day)
        free = day.weekday() == case.terms.rest_day or not case.person.employed(day)
        if case.terms.kind is PayKind.DAILY and need_shift and monday_of(day) not in weeks:
            continue
        if agreed and not free:
            yield day, min(agreed, most)


def shut_days(case: PayCase, law: LawAt) -> dict[Fraction, int]:
    """How many days of the period the factory did not give so many agreed hours of work."""
    found: dict[Fraction, int] = {}
    most = min(case.terms.day_hours, law.number("working_time.daily_hours"))
    for day, hours in case.shutdowns.items():
        owed = case.covers(day) and case.person.employed(day) and day not in case.leave
        if owed and hours > 0 and case.is_contracted(day, law):
            lost = min(hours, most)
            found[lost] = found.get(lost, 0) + 1
    return dict(sorted(found.items(), reverse=True))
