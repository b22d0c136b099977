"""What somebody asks to have corrected, what is answered, and which days are closed for pay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from factory.kernel.errors import Refused
from factory.kernel.time import day_of
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.timeclock.domain import TOLERANCE, Punch, PunchKind, pair


class PeriodClosed(Refused):
    """The pay up to {until} is closed. Please ask the manager: it goes into the next pay."""

    field = "day"


class AlreadyAsked(Refused):
    """This was asked for already. The supervisor has it on her list."""

    field = "time"


class NotHereThen(Refused):
    """{name} was not employed here on {day}."""

    field = "day"


class NotYet(Refused):
    """This time is not over yet."""

    field = "time"


class AlreadyAnswered(Refused):
    """This was answered already."""

    field = "reason"


class TooLongAgo(Refused):
    """This is more than {days} days ago. Please ask the office."""

    field = "day"


FARTHEST_BACK = 62
"""Days back that somebody may ask about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a supervisor decided."""

    granted: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A punch that somebody says was forgotten; kept whatever is answered."""

    id: int
    worker: WorkerId
    kind: PunchKind
    moment: datetime
    reason: str
    at: datetime
    answer: Answer | None = None

    @property
    def day(self) -> date:
        """The day it is about."""
        return day_of(self.moment)


def misplaced(asked: Asked, punches: Iterable[Punch], others: Iterable[Asked]) -> bool:
    """Whether a punch that is asked for would leave her shifts as open as they are without it.

    `others` are her other open requests: a coming and a going may be asked for one after the other.
    """
    without = [*punches, *(Punch(o.worker, o.kind, o.moment) for o in others if o.id != asked.id)]
    whole = [*without, Punch(asked.worker, asked.kind, asked.moment)]
    before, after = len(pair(without).flags), len(pair(whole).flags)
    return after >= before if asked.kind in SHIFT else after > before


SHIFT = frozenset({PunchKind.IN, PunchKind.OUT})


def refuse_closed(day: date, until: date | None) -> None:
    """Nothing changes any more on a day whose pay was approved."""
    if until is not None and day <= until:
        raise PeriodClosed(until=until)


def refuse_not_here(worker: Worker, day: date) -> None:
    """Nobody came or went on a day before her first or after her last."""
    if not worker.is_here(day):
        raise NotHereThen(name=worker.name, day=day)


def refuse_to_come(moment: datetime, now: datetime) -> None:
    """What a hand typed for later is a slip of the hand, and says nothing of any clock."""
    if moment > now + TOLERANCE:
        raise NotYet


def refuse_too_old(day: date, today: date) -> None:
    """What is long ago is a matter for the office."""
    if (today - day).days > FARTHEST_BACK:
        raise TooLongAgo(days=FARTHEST_BACK)
