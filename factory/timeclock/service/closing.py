"""Close days for pay, and look through what arrived for them afterwards."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import records
from factory.timeclock.records import LateSeenRow, LockRow, PunchRow


def lock(session: Session, last_day: date, *, by: Actor, at: datetime) -> None:
    """Close every day up to this one: their pay was approved. Terminals' punches are still kept."""
    until = records.locked_until(session)
    if until is not None and last_day <= until:
        return
    session.add(LockRow(last_day=last_day, by=by.name, at=at))
    session.flush()
    security.record(session, by, "close_days", f"day {last_day.isoformat()}", at=at)


def note_seen(session: Session, punch_id: int, *, by: Actor, at: datetime) -> None:
    """Take a punch that arrived too late off the list; what it is worth goes into the next pay."""
    hold(session, "punch", punch_id)
    if session.get(PunchRow, punch_id) is None:
        raise NotFound("punch", punch_id)
    if session.get(LateSeenRow, punch_id) is None:
        session.add(LateSeenRow(punch_id=punch_id, by=by.name, at=at))
        session.flush()
        security.record(session, by, "see_late_punch", f"punch {punch_id}", at=at)
