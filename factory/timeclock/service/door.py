"""A scan at the door: kept as what it most likely is, undone or changed by herself at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.time import day_of
from factory.people import queries as people
from factory.security.domain import WorkerId
from factory.timeclock import domain, records
from factory.timeclock.domain import Punch, PunchKind
from factory.timeclock.domain.door import (
    UNDO_WITHIN,
    NothingToUndo,
    Stamp,
    is_same_scan,
    usual_kind,
)
from factory.timeclock.records import Origin, PunchRow, PunchTakenBackRow
from factory.timeclock.service.locked import refuse_locked
from factory.timeclock.service.punches import Kept, look_again


def scan(
    session: Session,
    worker: WorkerId,
    kind: PunchKind | None,
    stamp: Stamp,
    *,
    event_id: str,
    terminal: str,
) -> Kept:
    """Keep a scan at the door; without a kind it is what it most likely is.

    The same id again, or a second scan within a minute, changes nothing.
    """
    earlier = records.find_event(session, event_id)
    if earlier is not None:
        return Kept(earlier, again=True, event_id=event_id)
    hold(session, "worker", worker)
    row = records.last_valid(session, worker, stamp.at)
    last = Punch(worker, row.kind, row.at) if row else None
    if row and last and kind is None and is_same_scan(last, stamp.at):
        return Kept(last, again=True, event_id=row.event_id)
    terms = people.terms_on(session, worker, day_of(stamp.at))
    decided = domain.punch(
        worker,
        kind or usual_kind(last, stamp.at, terms, records.house_breaks(session)),
        at=stamp.at,
        now=stamp.received,
    )
    origin = Origin(event_id, stamp.received, stamp.device_at, stamp.offset, terminal)
    records.append_punch(session, decided, origin)
    return Kept(decided, again=False, event_id=event_id, before=last.kind if last else None)


def undo(session: Session, event_id: str, *, at: datetime) -> Punch:
    """Take a punch back by the id it got at this door, for five minutes and as her last one."""
    row = records.find_punch(session, event_id)
    if row is None:
        raise NothingToUndo
    return _take_back(session, row, at)


def undo_last(session: Session, worker: WorkerId, *, at: datetime) -> Punch:
    """Take back whatever she punched last, for five minutes."""
    row = records.last_valid(session, worker, at + domain.TOLERANCE)
    if row is None:
        raise NothingToUndo
    return _take_back(session, row, at)


def instead(session: Session, wrong: str, kind: PunchKind, *, event_id: str, at: datetime) -> Kept:
    """She meant another kind: the punch is taken back, and the right one kept at its time."""
    earlier = records.find_event(session, event_id)
    if earlier is not None:
        return Kept(earlier, again=True, event_id=event_id)
    row = records.find_punch(session, wrong)
    if row is None:
        raise NothingToUndo
    _take_back(session, row, at)
    meant = Punch(WorkerId(row.worker_id), kind, row.at)
    origin = Origin(event_id, at, row.device_at, row.device_offset, row.terminal)
    records.append_punch(session, meant, origin)
    return Kept(meant, again=False, event_id=event_id)


def _take_back(session: Session, row: PunchRow, at: datetime) -> Punch:
    worker = WorkerId(row.worker_id)
    hold(session, "worker", worker)
    last = records.last_valid(session, worker, at + domain.TOLERANCE)
    hers = last is not None and last.id == row.id and not row.entered_by
    if not hers or at - row.received_at > UNDO_WITHIN:
        raise NothingToUndo
    refuse_locked(session, worker, row.kind, row.at)
    name = people.worker(session, worker).name
    session.add(PunchTakenBackRow(punch_id=row.id, at=at, by=name, reason=""))
    session.flush()
    look_again(session, worker)
    return Punch(worker, row.kind, row.at)
