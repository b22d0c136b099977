"""Punch, enter what was forgotten, take back what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.people import service as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import domain, records
from factory.timeclock.domain import (
    AlreadyTakenBack,
    NotYourOwn,
    Punch,
    PunchKind,
    WhyIsMissing,
)
from factory.timeclock.records import PresenceRow, PunchRow, PunchTakenBackRow


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a punch; `again` where it had been kept before."""

    punch: Punch
    again: bool


def punch(
    session: Session,
    badge: str,
    kind: PunchKind,
    *,
    at: datetime,
    event_id: str,
    received: datetime,
) -> Kept:
    """Keep what happened, in any order, days late; the same id again changes nothing."""
    earlier = records.find_event(session, event_id)
    if earlier is not None:
        return Kept(earlier, again=True)
    worker = people.badge_holder(session, badge)
    decided = domain.punch(worker, kind, at=at, now=received)
    hold(session, "worker", worker)
    records.append_punch(session, decided, event_id=event_id, received=received)
    return Kept(decided, again=False)


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
    _refuse(worker, reason, by)
    decided = domain.punch(worker.id, kind, at=moment, now=at)
    records.append_punch(
        session, decided, event_id=new_id(), received=at, by=by.name, reason=reason.strip()
    )
    thing = f"worker {worker.number}"
    security.record(session, by, "enter_punch", thing, at=at, reason=reason.strip())
    return decided


def take_back(
    session: Session, worker: Worker, punch_id: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """Let a wrong punch count no more; it stays recorded."""
    _refuse(worker, reason, by)
    row = session.get(PunchRow, punch_id)
    if row is None or row.worker_id != worker.id:
        raise NotFound("punch", punch_id)
    if records.is_taken_back(session, punch_id):
        raise AlreadyTakenBack
    session.add(PunchTakenBackRow(punch_id=punch_id, at=at, by=by.name, reason=reason.strip()))
    session.flush()
    _look_again(session, worker)
    thing = f"worker {worker.number}"
    security.record(session, by, "take_back_punch", thing, at=at, reason=reason.strip())


def _refuse(worker: Worker, reason: str, by: Actor) -> None:
    if not reason.strip():
        raise WhyIsMissing
    if by.worker == worker.id:
        raise NotYourOwn


def _look_again(session: Session, worker: Worker) -> None:
    presence = session.get_one(PresenceRow, worker.id)
    last = records.presence_from_punches(session, worker.id)
    if last is None:
        session.delete(presence)
    else:
        presence.kind, presence.at = last
    session.flush()
