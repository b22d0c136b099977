"""Count a month's heads."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance.queries.counts import count_heads
from factory.kernel.time import day_of
from factory.people import service as people
from factory.people.domain.headcount import HeadCount, refuse_running
from factory.security.domain import Actor


def count_month(session: Session, month: date, *, by: Actor, at: datetime) -> HeadCount:
    """Count a month that is over; from then on every room takes the house for so many."""
    refuse_running(month, day_of(at))
    found = count_heads(session, month)
    people.keep_count(session, found, by=by, at=at)
    return found
