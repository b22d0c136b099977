"""What was asked and answered, what is closed, and what needs a supervisor's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.kernel.time import DAY, day_of
from factory.kernel.time import at as moment_at
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.timeclock import records
from factory.timeclock.domain import Punch, PunchKind
from factory.timeclock.domain.asking import Asked, misplaced
from factory.timeclock.domain.door import (
    MAY_BE_OFF,
    UNDO_WITHIN,
    Forgotten,
    NothingToUndo,
    forgotten,
    is_far,
)
from factory.timeclock.queries.events import events
from factory.timeclock.records import LockRow, PunchRow

LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AskLine:
    """A request in a list, with whose it is."""

    asked: Asked
    name: str
    number: int
    misplaced: bool = False
    """Whether it would make no whole shift of her other punches."""


@dataclass(frozen=True, slots=True)
class LatePunch:
    """A punch that arrived for a closed day, or long after the time its clock said."""

    id: int
    name: str
    number: int
    kind: PunchKind
    at: datetime
    received: datetime

    @property
    def day(self) -> date:
        """The day it is of."""
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A terminal whose clock is off."""

    terminal: str
    offset: int
    """Seconds ahead; below zero behind."""
    seen: datetime

    @property
    def minutes(self) -> int:
        """How far it is off, in whole minutes."""
        return round(abs(self.offset) / 60)


def asked(session: Session, *, open_only: bool) -> tuple[AskLine, ...]:
    """What was asked for, the newest first; with `open_only` what waits for an answer."""
    everybody = {worker.id: worker for worker in people.workers(session)}
    found = records.asks(session, open_only=open_only)
    waiting = [each for each in found if each.answer is None]
    lines = (_ask_line(session, each, everybody[each.worker], waiting) for each in found)
    return tuple(reversed(tuple(lines)))


def _ask_line(session: Session, found: Asked, worker: Worker, waiting: Sequence[Asked]) -> AskLine:
    if found.answer is not None:
        return AskLine(found, worker.name, worker.number)
    own = [each for each in waiting if each.worker == worker.id]
    punches = events(session, found.day, found.day, (worker.id,)).get(worker.id, ())
    return AskLine(found, worker.name, worker.number, misplaced(found, punches, own))


def asked_by(session: Session, worker_id: WorkerId) -> tuple[Asked, ...]:
    """What somebody asked for herself, the newest first."""
    return tuple(reversed(records.asks(session, worker_id)))


def locked_until(session: Session) -> date | None:
    """The last day whose pay was approved, if any was."""
    return records.locked_until(session)


def forgotten_going(session: Session, worker_id: WorkerId, moment: datetime) -> Forgotten | None:
    """The newest going home that she forgot and that nobody has asked about yet."""
    rows = records.valid_punches(session, moment - LOOK_BACK, moment + DAY, worker_id)
    punches = [Punch(worker_id, row.kind, row.at) for row in rows]
    found = forgotten(punches, people.terms_of(session, worker_id))
    until = records.locked_until(session)
    if found is None or (until is not None and found.day <= until):
        return None
    asks = records.asks(session, worker_id)
    was_asked = any(each.day == found.day or found.may_end(each.moment) for each in asks)
    return None if was_asked else found


def just_punched(session: Session, event_id: str, *, at: datetime) -> Punch:
    """A punch of the last minutes by its id, which only the terminal where it was made knows."""
    row = records.find_punch(session, event_id)
    if row is None or at - row.received_at > UNDO_WITHIN:
        raise NothingToUndo
    return Punch(WorkerId(row.worker_id), row.kind, row.at)


def late_punches(session: Session) -> tuple[LatePunch, ...]:
    """Punches that arrived for days that were closed already and that nobody has looked at."""
    locks = records.locks(session)
    if not locks:
        return ()
    found = records.later_punches(session) + _after_an_early_lock(session, locks)
    late = {row.id: row for row in found if _is_late(row, locks)}
    return _lines(session, sorted(late.values(), key=lambda row: (row.at, row.id)))


def _after_an_early_lock(session: Session, locks: list[LockRow]) -> list[PunchRow]:
    """Of days that were closed before they were over: what came on the day itself as well."""
    spans = (
        (moment_at(day_of(lock.at), "00:00"), moment_at(lock.last_day + DAY, "00:00"), lock.at)
        for lock in locks
        if day_of(lock.at) <= lock.last_day
    )
    return [row for span in spans for row in records.punches_between(session, *span)]


def far_punches(session: Session) -> tuple[LatePunch, ...]:
    """Punches that say a time so long before they came that their clock may be spoilt."""
    locks = records.locks(session)
    return _lines(
        session,
        (
            row
            for row in records.later_punches(session)
            if is_far(row.at, row.received_at) and not _is_late(row, locks)
        ),
    )


def _lines(session: Session, rows: Iterable[PunchRow]) -> tuple[LatePunch, ...]:
    everybody = {worker.id: worker for worker in people.workers(session)}
    return tuple(_late(row, everybody[WorkerId(row.worker_id)]) for row in rows)


def _is_late(row: PunchRow, locks: list[LockRow]) -> bool:
    closed = next((lock for lock in locks if day_of(row.at) <= lock.last_day), None)
    return closed is not None and row.received_at > closed.at


def _late(row: PunchRow, worker: Worker) -> LatePunch:
    return LatePunch(row.id, worker.name, worker.number, row.kind, row.at, row.received_at)


def wrong_clocks(session: Session, since: datetime) -> tuple[WrongClock, ...]:
    """Terminals whose clock was off at their last punch since a moment."""
    newest = (
        select(func.max(PunchRow.id))
        .where(PunchRow.received_at >= since, PunchRow.terminal != "")
        .group_by(PunchRow.terminal)
    )
    rows = session.scalars(
        select(PunchRow).where(PunchRow.id.in_(newest)).order_by(PunchRow.terminal)
    )
    most = MAY_BE_OFF.total_seconds()
    return tuple(
        WrongClock(row.terminal, row.device_offset, row.received_at)
        for row in rows
        if abs(row.device_offset) > most
    )
