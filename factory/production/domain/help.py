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


def off_standard(calls: Iterable[Call], now: datetime) -> int:
    """Minutes in which somebody waited for help."""
    return sum(call.minutes(now) for call in calls)
