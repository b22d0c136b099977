"""Found pieces: a bundle turns out to hold more than was counted when it was cut.

The cut ticket and what the bundle was cut with stay as they are; the pieces are added by a fact of
their own. They lie lowest in its pile: done at the cutting table, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from factory.kernel.errors import Refused
from factory.production.domain.cutting import LARGEST_BUNDLE
from factory.production.domain.outcomes import WhyNeeded
from factory.production.domain.progress import Progress, settled
from factory.production.domain.scans import NothingInWork
from factory.production.domain.way import Way

MOST_FOUND = LARGEST_BUNDLE
"""Pieces that are added to a bundle at once."""


class FoundTooMany(Refused):
    """Between 1 and {most} found pieces can be added at once. Please count them again."""

    field = "more"


class FoundAreLost(Refused):
    """{count} pieces of this bundle are noted as lost. Please note first that they were found."""

    field = "more"


class FoundMadeToMeasure(Refused):
    """This coat is made to measure, so there is only one. Another one needs its own order."""

    field = "more"


class FoundTooLate(Refused):
    """The order of this bundle is closed off or cancelled. Nothing can be added to it."""

    field = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPieces:
    """A bundle holds so many more than it was cut with."""

    event_id: str
    bundle: str
    count: int
    at: datetime
    by: str
    reason: str


def refuse_found(progress: Progress, count: int, reason: str) -> None:
    """Say why pieces can't be added to a bundle, if they can't."""
    if not 1 <= count <= MOST_FOUND:
        raise FoundTooMany(most=MOST_FOUND)
    if not reason.strip():
        raise WhyNeeded
    if not progress.in_work:
        raise NothingInWork
    if progress.lost:
        raise FoundAreLost(count=progress.lost)


def with_the_cut(way: Way) -> tuple[str, ...]:
    """The steps that a piece has passed when it leaves the cutting table."""
    table = set(way.at_the_table)
    return tuple(code for code in way.at_the_table if way.earlier(code) <= table)


def with_found(way: Way, progress: Progress, count: int) -> Progress:
    """A bundle with so many pieces more, fresh from the cutting table."""
    steps = dict(progress.steps)
    for code in with_the_cut(way):
        steps[code] = replace(steps[code], good=steps[code].good + count)
    more = replace(
        progress, quantity=progress.quantity + count, found=progress.found + count, steps=steps
    )
    return settled(way, more, way)
