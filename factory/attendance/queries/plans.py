"""Patterns of working days, and who works by which."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain.plan import Planned
from factory.security.domain import WorkerId


def patterns(session: Session, on: date) -> dict[str, Planned]:
    """Every schedule as it is on a day, by name; a later one that is not yet in force too."""
    found = {}
    for name, history in records.schedules(session).items():
        held = [row for row in history if row.since <= on] or history[:1]
        found[name] = held[-1].value()
    return dict(sorted(found.items()))


def assigned(session: Session, on: date) -> dict[WorkerId, tuple[str, date]]:
    """Who works by which schedule on a day, and since when."""
    found = {}
    for worker, history in records.assignments(session).items():
        held = [row for row in history if row.since <= on]
        if held and held[-1].schedule is not None:
            found[worker] = (held[-1].schedule, held[-1].since)
    return found
