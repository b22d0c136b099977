"""The days a season is worked on, and how far its last one has come."""

from __future__ import annotations

from datetime import date, datetime

from factory.kernel.time import DAY, at, day_of, floor_minute
from factory.law.book import law_book

SATURDAY = 5
HALF = "13:40"
"""Until then the last day of a season is told."""
BEGUN = "10:30"
"""By then a day has something to show."""


def is_working_day(day: date) -> bool:
    """Monday to Friday, but for public holidays."""
    return day.weekday() < SATURDAY and not law_book().is_public_holiday(day)


def last_working_day(day: date) -> date:
    """The day itself or, where it is a day of rest, the working day before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def working_days(until: date, count: int) -> tuple[date, ...]:
    """So many working days in order; the last one is `until` or, on a day of rest, before it."""
    found = [last_working_day(until)]
    while len(found) < count:
        found.append(last_working_day(found[-1] - DAY))
    return tuple(reversed(found))


def half_of(day: date) -> datetime:
    """The moment at which a day is half done."""
    return at(last_working_day(day), HALF)


def last_told(moment: datetime) -> datetime:
    """How far a season can be told now: half a day, or less where the day is not that far.

    Before a day has anything to show, the working day before it is the last one.
    """
    day = day_of(moment)
    if is_working_day(day) and moment >= at(day, BEGUN):
        return min(half_of(day), floor_minute(moment))
    return half_of(last_working_day(day - DAY))


def working_days_later(day: date, count: int) -> date:
    """The working day so many of them after a day."""
    for _ in range(count):
        day += DAY
        while last_working_day(day) != day:
            day += DAY
    return day
