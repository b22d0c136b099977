"""Minutes of days: overtime, work on holidays, and what lies beyond the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from factory.law.book import LawAt
from factory.payroll.domain.case import Minutes, PayCase, PayKind, Shift, hours_of, minutes_of

NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day's minutes."""

    day: date
    worked: int
    night: int
    holiday: bool
    overtime: Minutes
    """Minutes beyond the day's or the week's limit."""
    extra: Minutes
    """Minutes beyond the contract that are neither overtime nor holiday work, paid once."""

    @property
    def normal(self) -> Minutes:
        """Minutes that are neither overtime nor holiday work."""
        return 0 if self.holiday else self.worked - self.overtime


def together(minutes: Iterable[Minutes]) -> Fraction:
    """Minutes of several days as hours, exactly."""
    return hours_of(sum(minutes))


@lru_cache(maxsize=4096)
def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def hours_of_days(case: PayCase, law: LawAt) -> tuple[DayHours, ...]:
    """Every day with a shift, the context's too, in order."""
    worked: dict[date, tuple[int, int]] = {}
    for shift in sorted(case.shifts, key=lambda s: s.start):
        day, minutes, night = _counted(shift)
        before, before_night = worked.get(day, (0, 0))
        worked[day] = (before + minutes, before_night + night)
    limits = _Limits.of(case, law)
    days: list[DayHours] = []
    for _, week in groupby(worked, key=monday_of):
        days.extend(_week(case, law, {day: worked[day] for day in week}, limits))
    return tuple(days)


@lru_cache(maxsize=8192)
def _counted(shift: Shift) -> tuple[date, int, int]:
    """A shift's day, its minutes and those at night; once for all who were there for the same."""
    return shift.day, shift.minutes, shift.night


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a case's days and weeks are held against, in minutes."""

    day: Minutes
    week: Minutes
    part_day: Minutes | None
    """A day's limit by a part-time contract, where it is one."""
    paid_once: Minutes | None
    """By whose end a day's rate has paid; none where every hour is paid by itself."""

    @classmethod
    def of(cls, case: PayCase, law: LawAt) -> _Limits:
        terms, contract = case.terms, minutes_of(case.terms.day_hours)
        by_day = terms.kind is PayKind.DAILY
        by_month = terms.kind is PayKind.MONTHLY
        day = minutes_of(law.number("working_time.daily_hours"))
        return cls(
            day,
            minutes_of(law.number("working_time.weekly_hours")),
            min(day, contract) if case.is_part_time() and not by_day else None,
            minutes_of(terms.daily_hours) if by_day else contract if by_month else None,
        )


def _week(
    case: PayCase, law: LawAt, week: dict[date, tuple[int, int]], limits: _Limits
) -> Iterator[DayHours]:
    counted: Minutes = 0
    small = case.is_small(law)
    for day, (worked, night) in week.items():
        holiday = case.is_holiday(day, law)
        overtime: Minutes = 0
        if holiday:
            counted += min(worked, limits.day)
        elif not small:
            beyond = max(0, worked - _daily_limit(case, day, limits))
            rest = worked - beyond
            late = max(0, counted + rest - limits.week) - max(0, counted - limits.week)
            overtime, counted = beyond + late, counted + rest
        once = _paid_once(case, day, limits, holiday=holiday, small=small)
        extra = 0 if once is None else max(0, worked - overtime - once)
        yield DayHours(day, worked, night, holiday, overtime, extra)


def _daily_limit(case: PayCase, day: date, limits: _Limits) -> Minutes:
    if limits.part_day is None:
        return limits.day
    return limits.part_day if case.terms.works_on(day) else 0


def _paid_once(
    case: PayCase, day: date, limits: _Limits, *, holiday: bool, small: bool
) -> Minutes | None:
    """Minutes of a day that its rate has paid; none where every hour is paid by itself."""
    if limits.paid_once is None or (holiday and not small):
        return None
    if holiday or not (case.terms.kind is PayKind.DAILY or case.terms.works_on(day)):
        return 0
    return limits.paid_once
