"""How a payslip came into her hands, and who has not read hers yet (art. 48(2))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.people.domain import Worker


class Way(StrEnum):
    """How a payslip came into her hands."""

    PRINTED = "printed"
    PAPER = "paper"
    PDF = "pdf"
    READ = "read"

    @property
    def label(self) -> str:
        """The way as people say it."""
        return _LABELS[self]


_LABELS = {
    Way.PRINTED: mark("printed as a slip"),
    Way.PAPER: mark("given to her on paper"),
    Way.PDF: mark("taken by her as PDF"),
    Way.READ: mark("read by her on her page"),
}


class NotApprovedYet(Refused):
    """The pay of this month is not approved yet. Papers of it are given out after that."""


class NotHers(Refused):
    """Only she herself can wish this, on her own page."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A payslip came into her hands."""

    way: Way
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Somebody's payslip of a month, and each way in which she got it, oldest first."""

    worker: Worker
    ways: tuple[Handed, ...]

    @property
    def is_read(self) -> bool:
        """Whether she has looked at it herself."""
        return any(each.way in {Way.READ, Way.PDF} for each in self.ways)

    @property
    def is_given(self) -> bool:
        """Whether the house has done its duty: she has it, on paper or on a screen."""
        return bool(self.ways)


def unread(deliveries: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Those who have not looked at theirs yet, whoever was given nothing at all first."""
    waiting = (each for each in deliveries if not each.is_read)
    return tuple(sorted(waiting, key=lambda each: (each.is_given, each.worker.number)))
