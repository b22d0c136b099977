"""Punches as they count, of one worker or of all, for whoever reckons days from them."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from factory.kernel.time import at
from factory.security.domain import WorkerId
from factory.timeclock import records
from factory.timeclock.domain import Punch

A_DAY = timedelta(days=1)


def events(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> dict[WorkerId, tuple[Punch, ...]]:
    """Each worker's punches that can belong to shifts between two days.

    They begin a day earlier and end a day later, because a shift may lie over midnight.
    """
    start, end = at(first - A_DAY, "00:00"), at(last + 2 * A_DAY, "00:00")
    found: dict[WorkerId, list[Punch]] = {}
    for each in records.counting_punches(session, start, end, worker_id):
        found.setdefault(each.worker, []).append(each)
    return {who: tuple(punches) for who, punches in found.items()}
