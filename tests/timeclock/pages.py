"""What the pages of the clock are shown with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.people import queries as people
from factory.timeclock import service
from factory.timeclock.domain import PunchKind
from tests.people.build import make_worker


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A day on which Oak came and did not go."""
    oak = make_worker(session, "Oak")
    badge, came = people.badges(session)[oak.id], now() - timedelta(hours=1)
    service.punch(session, badge, PunchKind.IN, at=came, event_id=new_id(), received=now())
    day = today().isoformat()
    return {"timeclock.correct": {"day": day, "number": oak.number}}
