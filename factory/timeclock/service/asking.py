"""Ask for a punch that was forgotten; another than herself answers; both are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import day_of
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor, WorkerId
from factory.timeclock import domain, records
from factory.timeclock.domain import NotYourOwn, PunchKind, WhyIsMissing
from factory.timeclock.domain.asking import (
    AlreadyAnswered,
    AlreadyAsked,
    Asked,
    refuse_not_here,
    refuse_to_come,
    refuse_too_old,
)
from factory.timeclock.records import AnswerRow, AskRow, Origin
from factory.timeclock.service.locked import refuse_locked


def ask_correction(
    session: Session,
    worker: Worker,
    kind: PunchKind,
    moment: datetime,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Asked:
    """Ask for a punch that was forgotten; it counts once a supervisor has approved it."""
    if not reason.strip():
        raise WhyIsMissing
    refuse_to_come(moment, at)
    refuse_not_here(worker, day_of(moment))
    refuse_too_old(day_of(moment), day_of(at))
    refuse_locked(session, worker.id, kind, moment)
    hold(session, "worker", worker.id)
    asked = (each for each in records.asks(session, worker.id) if each.answer is None)
    if any((each.day, each.kind) == (day_of(moment), kind) for each in asked):
        raise AlreadyAsked
    row = AskRow(
        worker_id=worker.id, kind=kind, moment=moment, reason=reason.strip(), by=by.name, at=at
    )
    session.add(row)
    session.flush()
    security.record(session, by, "ask_correction", f"worker {worker.number}", at=at)
    return records.asked(row, None)


def approve_correction(session: Session, asked_id: int, *, by: Actor, at: datetime) -> Asked:
    """Enter what was asked for; never by herself."""
    row, worker = _open(session, asked_id, by)
    refuse_locked(session, worker.id, row.kind, row.moment)
    decided = domain.punch(worker.id, row.kind, at=row.moment, now=at)
    records.append_punch(session, decided, Origin(new_id(), at, by=by.name, reason=row.reason))
    return _answer(session, row, AnswerRow(granted=True, reason=""), by, at)


def refuse_correction(
    session: Session, asked_id: int, reason: str, *, by: Actor, at: datetime
) -> Asked:
    """Say no to what was asked for, and why; she can read it."""
    if not reason.strip():
        raise WhyIsMissing
    row, _ = _open(session, asked_id, by)
    return _answer(session, row, AnswerRow(granted=False, reason=reason.strip()), by, at)


def _open(session: Session, asked_id: int, by: Actor) -> tuple[AskRow, Worker]:
    hold(session, "ask", asked_id)
    row = session.get(AskRow, asked_id)
    if row is None:
        raise NotFound("request", asked_id)
    if session.get(AnswerRow, asked_id) is not None:
        raise AlreadyAnswered
    worker = people.worker(session, WorkerId(row.worker_id))
    if by.worker == worker.id:
        raise NotYourOwn
    return row, worker


def _answer(session: Session, row: AskRow, answer: AnswerRow, by: Actor, at: datetime) -> Asked:
    answer.ask_id, answer.by, answer.at = row.id, by.name, at
    session.add(answer)
    session.flush()
    what = "approve_correction" if answer.granted else "refuse_correction"
    number = people.worker(session, WorkerId(row.worker_id)).number
    security.record(session, by, what, f"worker {number}", at=at, reason=answer.reason)
    return records.asked(row, answer)
