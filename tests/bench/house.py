"""A house with a month behind it: people, punches, scans, closed days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from factory.attendance import service
from factory.attendance.records import DecisionRow
from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, days, month_of, now
from factory.people.domain import WEEK, TermsKind
from factory.people.records import TermsRow, WorkerRow
from factory.production.domain.pay import PayMode
from factory.production.records import ScanRow
from factory.security.domain import SYSTEM
from factory.timeclock.domain import PunchKind
from factory.timeclock.records import PunchRow
from tests.catalogue.build import make_style
from tests.orders.build import make_lines, make_order
from tests.production.build import make_bundles

HIRED, MONTH = date(2026, 3, 2), month_of(date(2026, 4, 1))
MOMENT = at(date(2026, 5, 4), "10:00")
MIDDLE = date(2026, 4, 14)
ENTRIES = (
    (PunchKind.IN, "09:00"),
    (PunchKind.BREAK_START, "12:00"),
    (PunchKind.BREAK_END, "13:00"),
    (PunchKind.OUT, "18:00"),
)
WORKING, LONGER = 5, timedelta(minutes=25)
STEPS = ("S01", "S17", "S20", "S28")
Rows = Iterator[dict[str, Any]]


def fill(people: int, *, scans: int) -> None:
    """A month of five-day weeks with so many scans a day; one day in ten somebody stays longer.

    Every second one is paid by the piece. Nothing is settled and nothing closed.
    """
    numbers = range(1, people + 1)
    with transaction() as session:
        session.execute(insert(WorkerRow), [_worker(number) for number in numbers])
        session.execute(insert(TermsRow), [_terms(number) for number in numbers])
        session.execute(insert(PunchRow), list(_punches(numbers)))
        make_style(session)
        order = make_order(session, lines=make_lines(BK=(20,) * 5))
        bundle = make_bundles(session, order, plies={1: 20}, marker={"66": 1}, bundle_size=5)[0]
        session.execute(insert(ScanRow), list(_scans(numbers, bundle.code, scans)))


def settle(people: int) -> None:
    """Call it work where somebody stayed longer."""
    with transaction() as session:
        session.execute(insert(DecisionRow), list(_decisions(range(1, people + 1))))


def close(until: date) -> None:
    """Close every working day up to this one for whoever is ready."""
    for day in days(MONTH.start, until):
        if day.weekday() < WORKING:
            with transaction() as session:
                service.close_ready(session, day, by=SYSTEM, at=now())


def _worker(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "number": number,
        "name": f"W{number}",
        "language": "ko",
        "hired": HIRED,
        "woman": True,
        "night_consent": False,
        "vault_uid": new_id(),
    }


def _terms(number: int) -> dict[str, Any]:
    return {
        "worker_id": number,
        "since": HIRED,
        "kind": TermsKind.PIECE if number % 2 else TermsKind.HOURLY,
        "rate": Money(12_000),
        "weekly_hours": 40,
        "work_days": list(WEEK[:5]),
        "rest_day": WEEK[6],
        "shift_start": "09:00",
        "shift_end": "18:00",
        "allowances": [],
        "entered_at": at(HIRED, "09:00"),
    }


def _punches(people: range) -> Rows:
    for number, day in _working(people):
        for kind, wall in ENTRIES:
            moment = at(day, wall)
            if kind is PunchKind.OUT and _stays(number, day):
                moment += LONGER
            yield {
                "event_id": new_id(),
                "worker_id": number,
                "kind": kind,
                "at": moment,
                "received_at": moment,
                "device_at": moment,
            }


def _stays(number: int, day: date) -> bool:
    return (number + day.day) % 10 == 0


def _decisions(people: range) -> Rows:
    for number, day in _working(people):
        if _stays(number, day):
            end = at(day, "18:00")
            yield {
                "worker_id": number,
                "start": end,
                "end": end + LONGER,
                "worked": True,
                "reason": "urgent",
                "at": end + 2 * LONGER,
                "by": "bench",
            }


def _scans(people: range, bundle: str, count: int) -> Rows:
    for number, day in _working(people):
        for turn in range(count):
            moment = at(day, "09:10") + turn * timedelta(minutes=17)
            yield {
                "id": new_id(),
                "bundle": bundle,
                "operation": STEPS[turn % len(STEPS)],
                "worker_id": number,
                "good": 1,
                "rejected": 0,
                "at": moment,
                "received": moment,
                "day": day,
                "source": "bench",
                "by": "bench",
                "rate": Money(2_000),
                "pay": PayMode.PIECE if number % 2 else PayMode.TIME,
            }


def _working(people: range) -> Iterator[tuple[int, date]]:
    week = (day for day in days(MONTH.start, MONTH.end) if day.weekday() < WORKING)
    return ((number, day) for day in week for number in people)
