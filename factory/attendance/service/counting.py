"""Count a month's heads, and keep holidays that were decreed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance.domain.headcount import HeadCount, NotDecreed, refuse_running
from factory.attendance.queries.counts import count_heads
from factory.attendance.records.counts import DecreedDayRow, append_count, decreed
from factory.kernel.time import day_of
from factory.security import service as security
from factory.security.domain import Actor


def count_month(session: Session, month: date, *, by: Actor, at: datetime) -> HeadCount:
    """Count a month that is over, and keep the count with its working."""
    refuse_running(month, day_of(at))
    found = count_heads(session, month)
    append_count(session, found, by=by.name, at=at)
    session.flush()
    thing = f"month {found.month:%Y-%m}"
    security.record(session, by, "count_heads", thing, at=at, after=found.counted)
    return found


def decree(session: Session, day: date, name: str, source: str, *, by: Actor, at: datetime) -> None:
    """Keep that a day was decreed a public holiday."""
    kept = {"day": day, "name": name.strip(), "source": source.strip()}
    session.add(DecreedDayRow(at=at, by=by.name, holds=True, **kept))
    session.flush()
    thing = f"day {day.isoformat()}"
    security.record(session, by, "decree_holiday", thing, at=at, reason=source.strip())


def undo_decree(session: Session, day: date, *, by: Actor, at: datetime) -> None:
    """Keep that a day entered as a public holiday is none after all."""
    row = decreed(session).get(day)
    if row is None or not row.holds:
        raise NotDecreed(day=day)
    kept = {"day": day, "name": row.name, "source": row.source}
    session.add(DecreedDayRow(at=at, by=by.name, holds=False, **kept))
    session.flush()
    security.record(session, by, "undo_holiday", f"day {day.isoformat()}", at=at)
