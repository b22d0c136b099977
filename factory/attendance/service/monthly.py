"""All days of a month that are ready are closed at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.attendance import queries
from factory.attendance.domain.month import NothingReady
from factory.attendance.service.closing import close_ready
from factory.kernel.time import Period
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """What became of closing a month: how many days, and how many of whomever still wait."""

    days: int
    """Days of one worker each."""
    waiting: int


def close_month(session: Session, month: Period, *, by: Actor, at: datetime) -> MonthClosed:
    """Close every day of a month that is over, for everybody whose day is ready."""
    before = queries.grid(session, month, at=at)
    if not (ready := before.ready_days()):
        raise NothingReady
    for day in ready:
        close_ready(session, day, by=by, at=at)
    after = queries.grid(session, month, at=at).total
    return MonthClosed(after.closed - before.total.closed, after.open)


def note_export(
    session: Session, month: Period, worker: Worker | None = None, *, by: Actor, at: datetime
) -> None:
    """Keep that hours went out as a file, of one or of everybody; each of them can see it."""
    span = f"{month.start:%Y-%m}"
    thing = f"timesheet {span}" if worker is None else f"timesheet {span} of worker {worker.number}"
    security.record(session, by, "export_hours", thing, at=at)
