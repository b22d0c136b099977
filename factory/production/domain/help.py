"""A call for help from a station: what is the matter, and how long she could not work.

The minutes from the call until it is settled are off-standard: they are paid like any other, and
they are left out where pace and efficiency are worked out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.catalogue.domain import Station
from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.security.domain import WorkerId

SECONDS = 60
Span = tuple[datetime, datetime]


class Trouble(StrEnum):
    """What somebody at a station can call for with one tap."""

    MACHINE = "machine"
    TRIMS = "trims"
    QUESTION = "question"

    @property
    def label(self) -> str:
        """The trouble as people say it."""
        return _TROUBLES[self]

    @property
    def icon(self) -> str:
        """The picture beside the word."""
        return _ICONS[self]


_TROUBLES = {
    Trouble.MACHINE: mark("The machine is broken"),
    Trouble.TRIMS: mark("Trims are missing"),
    Trouble.QUESTION: mark("I don't know how"),
}
_ICONS = {Trouble.MACHINE: "alert", Trouble.TRIMS: "box", Trouble.QUESTION: "person"}


class CalledAlready(Refused):
    """The supervisor was called at {at} already, and comes as soon as she can."""


class CallSettled(Refused):
    """This call is settled already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for help, and when it was settled."""

    id: int
    event_id: str
    place: Station | None
    trouble: Trouble
    worker: WorkerId | None
    at: datetime
    by: str
    settled_at: datetime | None = None
    settled_by: str = ""

    def minutes(self, now: datetime) -> int:
        """Minutes it has lasted, until it was settled or until now; begun ones don't count."""
        end = self.settled_at or now
        return max(0, int((end - self.at).total_seconds()) // SECONDS)


def waits(calls: Iterable[Call]) -> tuple[Span, ...]:
    """When somebody waited for help: settled calls; two at the same time are one wait."""
    spans = sorted((call.at, call.settled_at) for call in calls if call.settled_at is not None)
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def without(whole: Span, breaks: Iterable[Span]) -> tuple[Span, ...]:
    """A shift as the stretches of work between its breaks."""
    start, end = whole
    found: list[Span] = []
    for pause, back in sorted(breaks):
        found.append((start, min(pause, end)))
        start = max(start, back)
    return tuple((one, other) for one, other in (*found, (start, end)) if one < other)


def off_standard(waited: Iterable[Span], worked: Iterable[Span]) -> int:
    """Minutes of waiting that lie within work; begun ones don't count."""
    stretches = tuple(worked)
    seconds = sum(
        max(0.0, (min(end, last) - max(start, first)).total_seconds())
        for start, end in waited
        for first, last in stretches
    )
    return int(seconds) // SECONDS
