"""A week from its days: the hours beyond 40, the weekly holiday, the limits of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from factory.attendance.domain.day import Flag, RulesOf, SheetDay, in_order
from factory.attendance.domain.rules import HOUR, SUNDAY, Rules, limits
from factory.kernel.time import DAY, days, monday_of
from factory.law.book import LawBook


@dataclass(frozen=True, slots=True)
class SheetWeek:
    """A week from Monday to Sunday in minutes."""

    monday: date
    worked: int
    overtime: int
    """That of its days, and what lies beyond the 40th hour."""
    weekly_holiday_earned: bool
    flags: tuple[Flag, ...] = ()


def weeks_of(
    found: Iterable[SheetDay], rules: RulesOf, attended: frozenset[date] = frozenset()
) -> tuple[SheetWeek, ...]:
    """Every week that has a day, in order."""
    weeks = groupby(found, key=lambda day: monday_of(day.date))
    return tuple(_week(monday, tuple(own), rules, attended) for monday, own in weeks)


def _week(
    monday: date, own: tuple[SheetDay, ...], rules: RulesOf, attended: frozenset[date]
) -> SheetWeek:
    last, worked = own[-1].date, sum(day.worked for day in own)
    return SheetWeek(
        monday,
        worked,
        sum(day.overtime for day in own) + sum(beyond(own, rules(last).law).values()),
        _is_holiday_earned(monday, own, rules, attended),
        in_order(_flags(worked, rules(last), last)),
    )


def beyond(own: Iterable[SheetDay], book: LawBook, parts: int = 1) -> dict[date, int]:
    """The minutes of each day of one week that lie beyond its 40 hours, in order of time.

    Those beyond the day's limit count no second time. Holiday work counts towards the 40 hours up
    to eight a day, and is never overtime itself. Days may come in so many parts of a minute.
    """
    counted, found = 0, {}
    for day in own:
        law = limits(day.date, book)
        if day.holiday:
            counted += min(day.holiday, law.daily * parts)
            continue
        rest = day.worked - day.overtime
        counted += rest
        if late := min(rest, max(0, counted - law.weekly * parts)):
            found[day.date] = late
    return found


def _is_holiday_earned(
    monday: date, own: tuple[SheetDay, ...], rules: RulesOf, attended: frozenset[date]
) -> bool:
    """15 hours a week agreed, and there on every contracted day (art. 18(3), 55(1))."""
    sunday = monday + SUNDAY * DAY
    at_end, came = rules(sunday), {day.date for day in own if day.came}
    if at_end.weekly_hours * HOUR < limits(own[-1].date, at_end.law).weekly_holiday_from:
        return False
    needed = {day: rules(day) for day in days(monday, sunday)}
    return bool(came) and all(_attends(day, held, came | attended) for day, held in needed.items())


def _attends(day: date, rules: Rules, there: frozenset[date] | set[date]) -> bool:
    if day.weekday() == rules.rest_day:
        return rules.employed
    if not rules.is_contracted(day):
        return True
    return rules.employed and day in there


def _flags(worked: int, rules: Rules, day: date) -> Iterator[Flag]:
    law = limits(day, rules.law)
    if not rules.is_small(day) and worked > law.weekly_with_overtime:
        yield Flag.OVER_52_HOURS
    agreed = rules.weekly_hours * HOUR + law.part_time_overtime
    if rules.is_part_time() and worked > agreed:
        yield Flag.PART_TIME_OVER_12
