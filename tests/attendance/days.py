"""Days that really are in the database: who came and went when."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import Actor, Role
from factory.timeclock import service
from factory.timeclock.domain import PunchKind
from tests.attendance.build import KINDS
from tests.people.build import make_worker

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
LONG = ("in 08:40", "break 12:00", "back 13:00", "out 18:20")
PLAIN = ("in 09:00", "break 12:00", "back 13:00", "out 18:00")


def come(session: Session, worker: Worker, *entries: str, day: date = YESTERDAY) -> None:
    """Punch like `in 08:40`, one after the other, on one day."""
    badge = people.badges(session)[worker.id]
    for entry in entries:
        word, wall = entry.split(" ")
        kind: PunchKind = KINDS[word]
        moment = at(day, wall)
        service.punch(session, badge, kind, at=moment, event_id=new_id(), received=now())


def herself(worker: Worker) -> Actor:
    """The worker, signed in with her PIN."""
    return Actor(name=worker.name, roles=frozenset({Role.WORKER}), worker=worker.id)


def somebody(session: Session, name: str = "Pine", *entries: str, **changes: Any) -> Worker:
    """A worker who came yesterday."""
    worker = make_worker(session, name, **changes)
    come(session, worker, *entries)
    return worker
