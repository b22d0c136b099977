"""The close of a day: from then on pay relies on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import queries, records
from factory.attendance.domain.approved import (
    ApprovedDay,
    DayOpen,
    DayToCome,
    Ground,
    NotApproved,
    NothingToClose,
    State,
    WhyOpened,
    approve,
    refuse_open,
)
from factory.attendance.queries import DayLine
from factory.attendance.service.locked import refuse_locked
from factory.db.session import hold
from factory.kernel.time import day_of
from factory.leave import service as leave
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of closing a day: whose day is closed now, and who still waits."""

    days: tuple[ApprovedDay, ...]
    waiting: tuple[str, ...]
    """Names of those with something to settle, or who are still there."""


def close_day(session: Session, day: date, *, by: Actor, at: datetime) -> Closed:
    """Close everybody's day that is ready; refused where nobody is, with what is the matter."""
    done = close_ready(session, day, by=by, at=at)
    if not done.days:
        raise NothingToClose
    return done


def close_ready(session: Session, day: date, *, by: Actor, at: datetime) -> Closed:
    """The same, where it may be that all are closed by now."""
    hold(session, "day", day)
    if day > day_of(at):
        raise DayToCome
    refuse_locked(session, day)
    lines = queries.day(session, day, at=at)
    ready = [each for each in lines if each.is_ready(at)]
    held = {State.OPEN, State.RUNNING, State.CHANGED, State.READY}
    waiting = tuple(e.worker.name for e in lines if e.state in held and not e.is_ready(at))
    refuse_open(waiting, closed=len(ready))
    grounds = queries.grounds(session, ready, day)
    done = tuple(
        _close(session, each, ground, by=by, at=at)
        for each, ground in zip(ready, grounds, strict=True)
    )
    session.flush()
    if done:
        security.record(session, by, "close_day", f"day {day.isoformat()}", at=at)
    return Closed(done, waiting)


def close_again(session: Session, worker: Worker, day: date, *, by: Actor, at: datetime) -> None:
    """Close her day as it is known now, though its pay is closed: for a correction alone."""
    hold(session, "day", day)
    line = queries.line(session, worker, day, at=at)
    if line.is_open:
        raise DayOpen(names=(worker.name,))
    if line.state is not State.APPROVED and not line.is_blank:
        (ground,) = queries.grounds(session, [line], day)
        _close(session, line, ground, by=by, at=at)
        session.flush()
        thing = f"worker {worker.number} on {day.isoformat()}"
        security.record(session, by, "close_day_again", thing, at=at)


def _close(
    session: Session, line: DayLine, ground: Ground, *, by: Actor, at: datetime
) -> ApprovedDay:
    done = approve(line.worker.id, line.sheet, line.versions + 1, ground, by=by.name, at=at)
    records.append_day(session, done)
    leave.note_day(session, line.worker.id, done.day, missed=line.is_missed, by=by, at=at)
    return done


def reopen(
    session: Session, worker: Worker, day: date, reason: str, *, by: Actor, at: datetime
) -> None:
    """Open an approved day again, with a reason; what was approved stays recorded."""
    if not reason.strip():
        raise WhyOpened
    hold(session, "day", day)
    refuse_locked(session, day)
    kept = records.approved_days(session, day, day, worker.id).get((worker.id, day))
    if kept is None or not kept.holds:
        raise NotApproved
    opened = replace(kept, version=kept.version + 1, holds=False, by=by.name, at=at)
    records.append_day(session, opened, reason=reason.strip())
    session.flush()
    thing = f"worker {worker.number} on {day.isoformat()}"
    security.record(session, by, "reopen_day", thing, at=at, reason=reason.strip())
