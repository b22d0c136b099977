"""Hours of days and weeks: overtime, holidays, and the weekly holiday earned or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from factory.law.book import LawAt
from factory.payroll.domain.case import PayCase, PayKind

NONE = Fraction(0)
WEEK = 7


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day's hours."""

    day: date
    worked: Fraction
    night: Fraction
    holiday: bool
    overtime: Fraction
    """Hours beyond the day's or the week's limit."""
    extra: Fraction
    """Hours beyond the contract that are neither overtime nor holiday work, paid once."""

    @property
    def normal(self) -> Fraction:
        """Hours that are neither overtime nor holiday work."""
        return NONE if self.holiday else self.worked - self.overtime


@dataclass(frozen=True, slots=True)
class WeeklyHoliday:
    """A weekly holiday that was earned; `assumed` where the week before the period is not known."""

    day: date
    hours: Fraction
    assumed: bool


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def hours_of_days(case: PayCase, law: LawAt) -> tuple[DayHours, ...]:
    """Every day with a shift, the context's too, in order."""
    worked: dict[date, tuple[Fraction, Fraction]] = {}
    for shift in sorted(case.shifts, key=lambda s: s.start):
        hours, night = worked.get(shift.day, (NONE, NONE))
        worked[shift.day] = (hours + shift.hours, night + shift.night_hours)
    days: list[DayHours] = []
    for _, week in groupby(worked.items(), key=lambda item: monday_of(item[0])):
        days.extend(_week(case, law, list(week)))
    return tuple(days)


def _week(
    case: PayCase, law: LawAt, week: list[tuple[date, tuple[Fraction, Fraction]]]
) -> Iterator[DayHours]:
    counted, small = NONE, case.is_small(law)
    most_day, most_week = (
        law.number("working_time.daily_hours"),
        law.number("working_time.weekly_hours"),
    )
    for day, (worked, night) in week:
        holiday, overtime = case.is_holiday(day, law), NONE
        if holiday:
            counted += min(worked, most_day)
        elif not small:
            beyond = max(NONE, worked - _daily_limit(case, day, most_day))
            rest = worked - beyond
            late = max(NONE, counted + rest - most_week) - max(NONE, counted - most_week)
            overtime, counted = beyond + late, counted + rest
        extra = _extra(case, day, worked - overtime, holiday=holiday, small=small)
        yield DayHours(day, worked, night, holiday, overtime, extra)


def _daily_limit(case: PayCase, day: date, most: Fraction) -> Fraction:
    if case.terms.kind is PayKind.DAILY or not case.is_part_time():
        return most
    return min(most, case.terms.contracted(day))


def _extra(case: PayCase, day: date, hours: Fraction, *, holiday: bool, small: bool) -> Fraction:
    terms = case.terms
    if terms.kind not in {PayKind.MONTHLY, PayKind.DAILY} or (holiday and not small):
        return NONE
    if terms.kind is PayKind.DAILY:
        agreed = terms.daily_hours
    elif terms.weekly_hours:
        agreed = terms.contracted(day)
    else:
        return NONE
    return max(NONE, hours - (NONE if holiday else agreed))


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
    weeks = (_days_of(day) for day in _rest_days(case))
    return sum(
        1
        for week in weeks
        if _employed(case, week) and any(_is_absent(case, law, day) for day in week)
    )


def absent_days(case: PayCase, law: LawAt) -> tuple[date, ...]:
    """Listed absences on contracted days of the period."""
    return tuple(d for d in case.days if _is_absent(case, law, d) and case.person.employed(d))


def _is_absent(case: PayCase, law: LawAt, day: date) -> bool:
    came = any(shift.day == day for shift in case.shifts)
    return day in case.absences and case.is_contracted(day, law) and not came


def _rest_days(case: PayCase) -> list[date]:
    return [day for day in case.days if day.weekday() == case.terms.rest_day]


def _days_of(rest_day: date) -> list[date]:
    return [monday_of(rest_day) + timedelta(days=i) for i in range(WEEK)]


def _employed(case: PayCase, week: list[date]) -> bool:
    """Whether she was employed on every contracted day and the rest day of a week."""
    needed = [d for d in week if case.terms.contracted(d) > 0 or d.weekday() == case.terms.rest_day]
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
    came = {shift.day for shift in case.shifts}
    excused = case.leave | case.excused
    known = came | excused | case.absences
    before = [day for day in week if day < first]
    unknown = bool(before) and not known & set(before)
    missed = [d for d in week if case.is_contracted(d, law) and d not in came | excused]
    after = {d for d in missed if d > last and d not in case.absences}
    assumed = {d for d in missed if d in before} if unknown else set()
    if set(missed) - after - assumed:
        return None
    has_shift = bool(came & set(week))
    if not has_shift and not (unknown and any(first <= day <= last for day in came)):
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
    weeks = {monday_of(shift.day) for shift in case.shifts}
    for day in days:
        agreed = case.terms.contracted(day)
        free = day.weekday() == case.terms.rest_day or not case.person.employed(day)
        if case.terms.kind is PayKind.DAILY and need_shift and monday_of(day) not in weeks:
            continue
        if agreed and not free:
            yield day, min(agreed, most)
