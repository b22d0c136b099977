"""What the board says of today: pace, what is still to be made, and which orders are at risk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from factory.kernel.time import DAY, days
from factory.kernel.words import mark

PACE_DAYS = 10
"""How many working days back the usual pace is taken from."""
NET_MINUTES = 480
"""Minutes of work in a day of eight hours; the takt is taken from it."""
WHOLE = 100
HALF = Fraction(1, 2)


class Risk(StrEnum):
    """How an order stands against its due date."""

    LATE = "late"
    AT_RISK = "at_risk"
    TIGHT = "tight"
    FINE = "fine"

    @property
    def label(self) -> str:
        """The risk as people say it."""
        return _RISKS[self]

    @property
    def icon(self) -> str:
        """The picture beside the word: never colour alone."""
        return "done" if self is Risk.FINE else "alert"


_RISKS = {
    Risk.LATE: mark("late"),
    Risk.AT_RISK: mark("will be late"),
    Risk.TIGHT: mark("tight"),
    Risk.FINE: mark("in time"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An open order: coats wanted, and coats finished or gone for it."""

    order: str
    customer: str
    due: date
    ordered: int
    finished: int

    @property
    def left(self) -> int:
        """Coats still to be finished."""
        return max(0, self.ordered - self.finished)


@dataclass(frozen=True, slots=True)
class Outlook:
    """An open order with the days it has and the days it needs."""

    wanted: Wanted
    days_left: int
    """Working days until it is due, today included; below one it is late."""
    days_needed: Fraction | None
    """Working days at the usual pace, after everything that is due before; None without a pace.

    None are needed where nothing is left.
    """
    risk: Risk
    together: int
    """Coats still to finish of this order and of all that are due before it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure of a picture: its words, its value, and its length in hundredths of the longest."""

    label: str
    value: int
    length: int
    oldest: int | None = None
    """Days since the oldest of it was cut, where that is said."""


def working_days(first: date, last: date, is_free: Callable[[date], bool]) -> Iterator[date]:
    """The days from one to another on which the house works."""
    return (day for day in days(first, last) if not is_free(day)) if first <= last else iter(())


def last_working_days(today: date, count: int, is_free: Callable[[date], bool]) -> tuple[date, ...]:
    """So many working days before today, oldest first."""
    found: list[date] = []
    day = today - DAY
    while len(found) < count:
        if not is_free(day):
            found.append(day)
        day -= DAY
    return tuple(reversed(found))


def pace(finished: Mapping[date, int], on: Iterable[date]) -> Fraction:
    """Coats finished on a usual working day; days without any count."""
    counted = [finished.get(day, 0) for day in on]
    return Fraction(sum(counted), len(counted)) if counted else Fraction(0)


def outlooks(
    wanted: Iterable[Wanted], usual: Fraction, today: date, is_free: Callable[[date], bool]
) -> tuple[Outlook, ...]:
    """Every open order in the order of its due date, each after all that is due before it."""
    before, found = 0, []
    for each in sorted(wanted, key=lambda one: (one.due, one.order)):
        before += each.left
        left = len(tuple(working_days(today, each.due, is_free)))
        needed = _needed(each, before, usual)
        risk = _risk(each, left, needed, today)
        found.append(Outlook(each, left, needed, risk, before))
    return tuple(found)


def _needed(wanted: Wanted, before: int, usual: Fraction) -> Fraction | None:
    if not wanted.left:
        return Fraction(0)
    return before / usual if usual else None


def plan_of_day(found: Iterable[Outlook], usual: int) -> int:
    """Coats to finish today, and every day, so that no order is late.

    The order that asks most counts, with all that is due before it; one that is finished asks
    nothing, whatever is late beside it. What is late already can't
    all be done today: it asks for a usual day at least.
    """
    together, most = 0, 0
    for each in found:
        together += each.wanted.left
        if not each.wanted.left:
            continue
        asks = -(-together // each.days_left) if each.days_left > 0 else min(together, usual)
        most = max(most, asks)
    return most


def _risk(wanted: Wanted, left: int, needed: Fraction | None, today: date) -> Risk:
    if not wanted.left:
        return Risk.FINE
    if wanted.due < today:
        return Risk.LATE
    if needed is None or needed > left:
        return Risk.AT_RISK
    return Risk.TIGHT if needed > left - 1 else Risk.FINE


def bars(rows: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    """Lengths for a picture; what is there is never too short to be seen."""
    kept = tuple(rows)
    longest = max((value for _, value in kept), default=0)
    return tuple(Bar(label, value, _length(value, longest)) for label, value in kept)


def with_ages(found: Iterable[Bar], ages: Iterable[int | None]) -> tuple[Bar, ...]:
    """The same bars with the age of the oldest that each counts."""
    return tuple(replace(bar, oldest=age) for bar, age in zip(found, ages, strict=True))


def _length(value: int, longest: int) -> int:
    return max(1, value * WHOLE // longest) if value > 0 else 0
