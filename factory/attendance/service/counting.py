"""Count a month's heads."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance.domain.headcount import HeadCount, refuse_running
from factory.attendance.queries.counts import count_heads
from factory.attendance.records.counts import append_count
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
