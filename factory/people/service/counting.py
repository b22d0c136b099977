"""Keep what a month's head count came to, for contracts, leave, days and pay alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.people import records
from factory.people.domain.headcount import HeadCount
from factory.security import service as security
from factory.security.domain import Actor


def keep_count(session: Session, found: HeadCount, *, by: Actor, at: datetime) -> None:
    """Keep a month's head count with its working; counted again the newest holds."""
    records.append_count(session, found, by=by.name, at=at)
    session.flush()
    thing = f"month {found.month:%Y-%m}"
    security.record(session, by, "count_heads", thing, at=at, after=found.counted)
