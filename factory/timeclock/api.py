"""`POST /api/v1/clock-events`: punches from terminals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.fields import Fields
from factory.kernel.time import now
from factory.kernel.words import tell_in_each
from factory.people import queries as people
from factory.security import devices, waiting
from factory.security.domain import DeviceRole
from factory.timeclock import service
from factory.timeclock.domain import PunchKind
from factory.web.api import DUPLICATE, RECORDED, Outcome, read_batch, run_batch
from factory.web.guard import device

bp = Blueprint("timeclock_api", __name__, url_prefix="/api/v1")


@dataclass(frozen=True, slots=True)
class Event:
    """One punch as a terminal sends it."""

    id: str
    badge: str
    kind: PunchKind
    at: datetime


@bp.post("/clock-events")
@device(DeviceRole.CLOCK)
def clock_events() -> ResponseReturnValue:
    """Keep every punch of a known badge, once."""
    received, terminal = now(), g.device

    def keep(session: Session, event: Event) -> Outcome:
        kept = service.punch(
            session,
            event.badge,
            event.kind,
            at=event.at,
            event_id=event.id,
            received=received,
            terminal=terminal.name,
        )
        return DUPLICATE if kept.again else RECORDED

    def seen(session: Session) -> None:
        devices.seen(session, terminal, at=received)

    def hand_over(session: Session, event: Event, refusal: Refused) -> None:
        worker = people.badge_was_of(session, event.badge)
        kept = {"kind": event.kind.value, "terminal": terminal.name}
        entry = waiting.Waited(event.id, "timeclock", worker, event.at, kept, tell_in_each(refusal))
        waiting.keep(session, entry, received=received)

    return run_batch(read_batch("events", "event_id", _read), keep, seen, hand_over=hand_over)


def _read(fields: Fields) -> Event:
    return Event(
        fields.uuid("event_id"),
        fields.code("badge"),
        fields.one_of("kind", PunchKind),
        fields.moment("at"),
    )
