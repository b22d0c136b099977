"""Builders of punches."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import Actor, Role
from factory.timeclock import service
from factory.timeclock.domain import PunchKind
from factory.timeclock.domain.door import Stamp, stamp

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))


def make_punch(
    session: Session, worker: Worker, kind: str, clock: str, *, day: date = TODAY
) -> service.Kept:
    """A punch that a terminal sent at its moment."""
    moment = at(day, clock)
    badge = people.badges(session)[worker.id]
    kept = service.punch(
        session, badge, PunchKind(kind), at=moment, event_id=new_id(), received=moment
    )
    session.flush()
    return kept


def make_scan(
    session: Session,
    worker: Worker,
    clock: str = "",
    *,
    kind: PunchKind | None = None,
    day: date = TODAY,
    event_id: str = "",
    told: Stamp | None = None,
) -> service.Kept:
    """A scan at the door, by default now."""
    moment: datetime = at(day, clock) if clock else now()
    kept = service.scan(
        session,
        worker.id,
        kind,
        told or stamp(moment, sent=moment, received=moment),
        event_id=event_id or new_id(),
        terminal="Door",
    )
    session.flush()
    return kept
