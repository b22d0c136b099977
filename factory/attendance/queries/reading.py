"""Read what is known of days, in a few statements for one worker or for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain.rules import SUNDAY
from factory.attendance.queries.book import Book
from factory.kernel.time import DAY, monday_of
from factory.lawbook import queries as lawbook
from factory.leave import queries as leave
from factory.leave.queries import Leave
from factory.people import queries as people
from factory.production import queries as production
from factory.security.domain import WorkerId
from factory.timeclock import queries as timeclock


def load(session: Session, first: date, last: date, worker_id: WorkerId | None = None) -> Book:
    """Read everything of the weeks that these days lie in."""
    return read(session, *whole_weeks(first, last), worker_id)


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """From Monday to Sunday."""
    return monday_of(first), monday_of(last) + SUNDAY * DAY


def read(session: Session, first: date, last: date, worker_id: WorkerId | None = None) -> Book:
    """Read everything of these days alone; good for days, not for weeks."""
    hers = None if worker_id is None else (worker_id,)
    return replace(
        outline(session, first, last, worker_id),
        punches=timeclock.events(session, first, last, hers),
        scans=production.scan_moments(session, first - DAY, last + DAY, hers),
    )


def outline(session: Session, first: date, last: date, worker_id: WorkerId | None = None) -> Book:
    """All but punches and scans, which are many."""
    before, heads = first - DAY, people.heads(session)
    return Book(
        first,
        last,
        heads.everybody,
        heads.terms,
        {},
        {},
        records.spoken(session, before, last, worker_id),
        records.day_plans(session, before, last, worker_id),
        records.schedules(session),
        records.assignments(session),
        records.approved_days(session, first, last, worker_id),
        _leave(session, first, last, worker_id),
        leave.swaps(session),
        people.guards(session),
        heads,
        lawbook.book(session),
        asked=leave.asked_days(session, first, last, worker_id),
    )


def _leave(
    session: Session, first: date, last: date, worker_id: WorkerId | None
) -> dict[WorkerId, tuple[Leave, ...]]:
    found: dict[WorkerId, tuple[Leave, ...]] = {}
    for each in leave.on_leave(session, first, last, worker_id):
        found[each.worker] = (*found.get(each.worker, ()), each)
    return found
