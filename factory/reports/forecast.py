"""When an order will be finished, and how sure that is; from the days that were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from math import floor

from factory.kernel.time import DAY
from factory.production.domain.metrics import chances
from factory.reports.domain import Outlook

HISTORY_DAYS = 20
"""How many working days back a forecast looks; days without a coat among them."""
MOST_DAYS = 120
"""Farther ahead nothing is said."""
EVEN, FAIRLY_SURE = Fraction(50, 100), Fraction(85, 100)
SURE = Fraction(999, 1000)
"""So sure that no further day is looked at."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the coats of an order are all made, after those of all that are due before it."""

    together: int
    """Coats still to finish: of this order and of all that are due before it."""
    history: tuple[int, ...]
    """Coats finished on each of the last working days, the oldest first."""
    even: date | None
    """The day by which it is as likely finished as not; none where that is beyond all counting."""
    fairly: date | None
    """The day by which it is finished in 85 of a hundred cases."""
    in_time: int
    """In so many of a hundred cases it is finished by its due date; begun ones don't count."""


def forecasts(
    outlooks: Iterable[Outlook],
    history: Iterable[int],
    today: date,
    is_free: Callable[[date], bool],
) -> Mapping[str, Forecast]:
    """Of every order that is not finished, by its number; none while nothing was ever finished."""
    past = tuple(max(0, count) for count in history)
    if not any(past):
        return {}
    days = tuple(islice(_working(today, is_free), MOST_DAYS))
    return {each.wanted.order: _forecast(each, past, days) for each in outlooks if each.wanted.left}


def _forecast(outlook: Outlook, past: tuple[int, ...], days: tuple[date, ...]) -> Forecast:
    likely = _likely(tuple(sorted(past)), outlook.together)
    by_due = likely[min(outlook.days_left, len(likely)) - 1] if outlook.days_left > 0 else 0
    return Forecast(
        outlook.together,
        past,
        _day(likely, EVEN, days),
        _day(likely, FAIRLY_SURE, days),
        floor(100 * by_due),
    )


@lru_cache(maxsize=512)
def _likely(history: tuple[int, ...], remaining: int) -> tuple[Fraction, ...]:
    """The chance to be done by each day, until that is sure; kept, as it seldom changes."""
    found = list[Fraction]()
    for chance in chances(history, remaining, MOST_DAYS):
        found.append(chance)
        if chance >= SURE:
            break
    return tuple(found)


def _day(likely: tuple[Fraction, ...], wanted: Fraction, days: tuple[date, ...]) -> date | None:
    return next((days[at] for at, chance in enumerate(likely) if chance >= wanted), None)


def _working(today: date, is_free: Callable[[date], bool]) -> Iterable[date]:
    """The days on which the house works, today among them."""
    day = today
    while True:
        if not is_free(day):
            yield day
        day += DAY
