"""Clock, days, intervals and minutes; the only place that asks the computer what time it is.

Instants are aware and in UTC inside the program; days and wall times are those of Seoul.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NIGHT_STARTS = time(22)
NIGHT_ENDS = time(6)

_clock: ContextVar[Callable[[], datetime] | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    clock = _clock.get()
    return clock() if clock is not None else datetime.now(UTC)


def today() -> date:
    """The present day in Seoul."""
    return day_of(now())


@contextmanager
def clock_at(moment: datetime | Callable[[], datetime]) -> Iterator[None]:
    """Let the clock stand at a moment, or ask another clock (tests and simulations)."""
    clock = moment if callable(moment) else lambda: moment
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)


def local(moment: datetime) -> datetime:
    """An instant on the wall clock of Seoul."""
    return moment.astimezone(SEOUL)


def day_of(moment: datetime) -> date:
    """The day of an instant in Seoul."""
    return local(moment).date()


def at(day: date, wall: time | str) -> datetime:
    """The instant of a wall time ("09:00") on a day in Seoul, in UTC."""
    wall = time.fromisoformat(wall) if isinstance(wall, str) else wall
    return datetime.combine(day, wall, SEOUL).astimezone(UTC)


def monday_of(day: date) -> date:
    """The Monday that begins the week of a day."""
    return day - timedelta(days=day.weekday())


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def floor_minute(moment: datetime) -> datetime:
    """Cut down to the minute."""
    return moment.replace(second=0, microsecond=0)


def ceil_minute(moment: datetime) -> datetime:
    """Lift to the next full minute, unless it is one."""
    floored = floor_minute(moment)
    return floored if floored == moment else floored + MINUTE


class Interval(NamedTuple):
    """From one instant to a later one; the end does not belong to it.

    A plain tuple, because days are reckoned from thousands of them.
    """

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes from start to end, never below zero."""
        return max(0, (self.end - self.start) // MINUTE)

    def overlap(self, other: Interval) -> int:
        """Minutes that both share."""
        return Interval(max(self.start, other.start), min(self.end, other.end)).minutes

    def within(self, other: Interval) -> Interval | None:
        """The part inside another interval, if any."""
        part = Interval(max(self.start, other.start), min(self.end, other.end))
        return part if part.start < part.end else None

    def less(self, others: Iterable[Interval]) -> tuple[Interval, ...]:
        """What remains when the others are taken out."""
        parts, (start, end) = [], self
        for begun, over in sorted(others):
            if begun >= end:
                break
            if start < begun:
                parts.append(Interval(start, begun))
            start = max(start, over)
        if start < end:
            parts.append(Interval(start, end))
        return tuple(parts)


def is_by_day(interval: Interval) -> bool:
    """Whether it begins and ends on one day between 06:00 and 22:00 in Seoul."""
    start, end = local(interval.start), local(interval.end)
    return (
        start.hour >= NIGHT_ENDS.hour and end.time() <= NIGHT_STARTS and start.date() == end.date()
    )


def night_minutes(interval: Interval) -> int:
    """Minutes between 22:00 and 06:00 in Seoul (Labour Standards Act, art. 56(3))."""
    if is_by_day(interval):
        return 0
    start, end = local(interval.start), local(interval.end)
    return sum(
        interval.overlap(Interval(at(day, NIGHT_STARTS), at(day + DAY, NIGHT_ENDS)))
        for day in days(start.date() - DAY, end.date())
    )


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one day to another, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return days(self.start, self.end)

    @property
    def length(self) -> int:
        """Calendar days."""
        return (self.end - self.start).days + 1

    @property
    def interval(self) -> Interval:
        """The same as instants, from the first midnight to the one after the last day."""
        return Interval(at(self.start, time()), at(self.end + DAY, time()))


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length of time in whole minutes, to be said in words."""

    minutes: int


def month_of(day: date) -> Period:
    """The calendar month that a day lies in."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following - DAY)


def in_order(moments: Iterable[datetime]) -> bool:
    """Whether the instants never go back."""
    return all(earlier <= later for earlier, later in pairwise(moments))


_MONTHS = 12


def months_later(day: date, months: int) -> date:
    """So many months later or, below zero, earlier; a missing day becomes the month's last."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
