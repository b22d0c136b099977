"""Punch, enter what was forgotten, take back what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import day_of
from factory.people import service as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor, WorkerId
from factory.timeclock import domain, records
from factory.timeclock.domain import (
    AlreadyTakenBack,
    NotYourOwn,
    Punch,
    PunchKind,
    WhyIsMissing,
)
from factory.timeclock.domain.asking import refuse_not_here, refuse_to_come
from factory.timeclock.records import Origin, PresenceRow, PunchRow, PunchTakenBackRow
from factory.timeclock.service.locked import refuse_locked


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a punch; `again` where it had been kept before."""

    punch: Punch
    again: bool
    event_id: str = ""
    before: PunchKind | None = None
    """What her punch before this one said, where it was looked up."""


def punch(
    session: Session,
    badge: str,
    kind: PunchKind,
    *,
    at: datetime,
    event_id: str,
    received: datetime,
    terminal: str = "",
) -> Kept:
    """Keep what happened, in any order, days late; the same id again changes nothing."""
    earlier = records.find_event(session, event_id)
    if earlier is not None:
        return Kept(earlier, again=True, event_id=event_id)
    worker = people.badge_holder(session, badge, at=min(at, received))
    decided = domain.punch(worker, kind, at=at, now=received)
    hold(session, "worker", worker)
    origin = Origin(event_id, received, device_at=at, terminal=terminal)
    records.append_punch(session, decided, origin)
    return Kept(decided, again=False, event_id=event_id)


def correct(
    session: Session,
    worker: Worker,
    kind: PunchKind,
    moment: datetime,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Punch:
    """Enter a punch that was forgotten, with a reason; never one's own."""
    refuse_locked(session, worker.id, kind, moment)
    return correct_closed(session, worker, kind, moment, reason, by=by, at=at)


def correct_closed(
    session: Session,
    worker: Worker,
    kind: PunchKind,
    moment: datetime,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Punch:
    """The same on a day whose pay is closed: for the correction of a closed month alone."""
    _refuse(worker, reason, by)
    refuse_to_come(moment, at)
    refuse_not_here(worker, day_of(moment))
    decided = domain.punch(worker.id, kind, at=moment, now=at)
    origin = Origin(new_id(), at, by=by.name, reason=reason.strip())
    records.append_punch(session, decided, origin)
    thing = f"worker {worker.number}"
    security.record(session, by, "enter_punch", thing, at=at, reason=reason.strip())
    return decided


def take_back(
    session: Session, worker: Worker, punch_id: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """Let a wrong punch count no more; it stays recorded."""
    row = session.get(PunchRow, punch_id)
    if row is not None:
        refuse_locked(session, worker.id, row.kind, row.at)
    take_back_closed(session, worker, punch_id, reason, by=by, at=at)


def take_back_closed(
    session: Session, worker: Worker, punch_id: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """The same on a day whose pay is closed: for the correction of a closed month alone."""
    _refuse(worker, reason, by)
    hold(session, "worker", worker.id)
    row = session.get(PunchRow, punch_id)
    if row is None or row.worker_id != worker.id:
        raise NotFound("punch", punch_id)
    if records.is_taken_back(session, punch_id):
        raise AlreadyTakenBack
    session.add(PunchTakenBackRow(punch_id=punch_id, at=at, by=by.name, reason=reason.strip()))
    session.flush()
    look_again(session, worker.id)
    thing = f"worker {worker.number}"
    security.record(session, by, "take_back_punch", thing, at=at, reason=reason.strip())


def _refuse(worker: Worker, reason: str, by: Actor) -> None:
    if not reason.strip():
        raise WhyIsMissing
    if by.worker == worker.id:
        raise NotYourOwn


def look_again(session: Session, worker: WorkerId) -> None:
    """Say anew whether she is there, after a punch was taken back."""
    presence = session.get_one(PresenceRow, worker)
    last = records.presence_from_punches(session, worker)
    if last is None:
        session.delete(presence)
    else:
        presence.kind, presence.at = last
    session.flush()
