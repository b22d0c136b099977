"""What the office enters by hand: leave the house gives more, or that was used before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factory.kernel.errors import Refused

MOST_HOURS = 400
"""Entered at once: two years of the longest leave by law."""


class NothingEntered(Refused):
    """Please say how long, for example 8:00."""

    field = "minutes"


class TooMuchEntered(Refused):
    """Please enter at most {most} hours at once."""

    field = "minutes"


class EnteredAlready(Refused):
    """The same was entered today with the same reason. If it is something else, please say so."""

    field = "reason"


class WhyEntered(Refused):
    """Please say why this is entered. She reads it."""

    field = "reason"


def refuse_entry(
    day: date, minutes: int, reason: str, entered: Iterable[tuple[date, int, str]]
) -> None:
    """Refuse an entry of nothing, of far too much, without a reason, or made a second time."""
    if not minutes:
        raise NothingEntered
    if abs(minutes) > MOST_HOURS * 60:
        raise TooMuchEntered(most=MOST_HOURS)
    if not reason:
        raise WhyEntered
    if (day, minutes, reason) in entered:
        raise EnteredAlready
