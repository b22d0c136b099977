"""Found pieces: a bundle turns out to hold more than was counted when it was cut.

The cut ticket and what the bundle was cut with stay as they are; the pieces are added by a fact of
their own. They lie lowest in its pile: done at the cutting table, and nowhere else. As long as
they lie there untouched they can be taken back, by a second fact that counts below zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from factory.kernel.errors import Refused
from factory.production.domain.cutting import LARGEST_BUNDLE
from factory.production.domain.outcomes import WhyNeeded
from factory.production.domain.progress import Progress, settled
from factory.production.domain.scans import AlreadyUndone, NothingInWork
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


class FoundWorkedOn(Refused):
    """Work was entered for these {count} pieces. First take that back, or note them as lost."""


class FoundGoneOn(Refused):
    """These pieces travel on with {bundles}. Please note there as lost what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPieces:
    """A bundle holds so many more than it was cut with; below zero where that was wrong."""

    event_id: str
    bundle: str
    count: int
    at: datetime
    by: str
    reason: str
    reverses: str | None = None
    """The addition that it takes back."""


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


def refuse_take_back(
    way: Way, progress: Progress, found: FoundPieces, *, undone: bool = False
) -> None:
    """Say why an addition can't be taken back, if it can't: it was one, and still lies there."""
    if undone or found.reverses is not None:
        raise AlreadyUndone
    if progress.lost:
        raise FoundAreLost(count=progress.lost)
    rest, fresh = progress.alive - found.count, with_the_cut(way)
    if any(progress.steps[code].taken > rest for code in way if code not in fresh):
        raise FoundWorkedOn(count=found.count)


def with_the_cut(way: Way) -> tuple[str, ...]:
    """The steps that a piece has passed when it leaves the cutting table."""
    table = set(way.at_the_table)
    return tuple(code for code in way.at_the_table if way.earlier(code) <= table)


def with_found(way: Way, progress: Progress, count: int) -> Progress:
    """A bundle with so many pieces more, fresh from the cutting table; or without them again."""
    steps = dict(progress.steps)
    for code in with_the_cut(way):
        steps[code] = replace(steps[code], good=steps[code].good + count)
    more = replace(
        progress, quantity=progress.quantity + count, found=progress.found + count, steps=steps
    )
    return settled(way, more, way)
