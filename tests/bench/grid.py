"""The month grid of 60 and of 600 people: read and reckoned, and as a whole page.

The ceiling is the same punches and scans read by one plain statement each, and the punches paired
by the pure function that makes shifts of them: no plans, no breaks, no weeks, no page.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from factory.attendance import queries, service
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, clock_at, days, month_of, now
from factory.people.domain import WEEK, TermsKind
from factory.people.records import TermsRow, WorkerRow
from factory.production.records import ScanRow
from factory.security import service as security
from factory.security.domain import SYSTEM, Role, WorkerId
from factory.security.kiosk import COOKIE
from factory.timeclock.domain import Punch, PunchKind, pair
from factory.timeclock.records import PunchRow
from tests.bench.show import line
from tests.cast import PASSWORD
from tests.catalogue.build import make_style
from tests.conftest import make_app
from tests.orders.build import make_lines, make_order
from tests.production.build import make_bundles

FEW, MANY, LOOKS, SCANS = 60, 600, 9, 10
HIRED, MONTH = date(2026, 3, 2), month_of(date(2026, 4, 1))
MOMENT = at(date(2026, 5, 4), "10:00")
ENTRIES = (
    (PunchKind.IN, "09:00"),
    (PunchKind.BREAK_START, "12:00"),
    (PunchKind.BREAK_END, "13:00"),
    (PunchKind.OUT, "18:00"),
)
Rows = Iterator[dict[str, Any]]


def main() -> None:
    """Look at the month of few and of many."""
    few, many = _house(FEW), _house(MANY)
    print(f"{MANY / FEW:.0f} times the people, {many / few:.1f} times the median of the grid")


def _house(people: int) -> float:
    with tempfile.TemporaryDirectory() as folder, clock_at(lambda: MOMENT):
        app = make_app(f"sqlite:///{folder}/bench.sqlite", Path(folder))
        with app.app_context():
            _fill(range(1, people + 1))
        return _measure(app, people)


def _fill(people: range) -> None:
    """A month of five-day weeks, ten scans a day, half of it closed; some stay longer."""
    with transaction() as session:
        session.execute(insert(WorkerRow), [_worker(number) for number in people])
        session.execute(insert(TermsRow), [_terms(number) for number in people])
        session.execute(insert(PunchRow), list(_punches(people)))
        make_style(session)
        order = make_order(session, lines=make_lines(BK=(20,) * 5))
        bundle = make_bundles(session, order, plies={1: 20}, marker={"66": 1}, bundle_size=5)[0]
        session.execute(insert(ScanRow), list(_scans(people, bundle.code)))
    for day in days(MONTH.start, date(2026, 4, 14)):
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
        "kind": TermsKind.HOURLY,
        "rate": Money(12_000),
        "weekly_hours": 40,
        "work_days": list(WEEK[:5]),
        "rest_day": WEEK[6],
        "shift_start": "09:00",
        "shift_end": "18:00",
    }


def _punches(people: range) -> Rows:
    for number, day in _working(people):
        for kind, wall in ENTRIES:
            moment = at(day, wall)
            if kind is PunchKind.OUT and (number + day.day) % 10 == 0:
                moment += timedelta(minutes=25)
            yield {
                "event_id": new_id(),
                "worker_id": number,
                "kind": kind,
                "at": moment,
                "received_at": moment,
                "device_at": moment,
            }


def _scans(people: range, bundle: str) -> Rows:
    for number, day in _working(people):
        for count in range(SCANS):
            moment = at(day, "09:10") + count * timedelta(minutes=17)
            yield {
                "id": new_id(),
                "bundle": bundle,
                "operation": "S01",
                "worker_id": number,
                "good": 1,
                "rejected": 0,
                "at": moment,
                "received": moment,
                "day": day,
                "source": "bench",
                "by": "bench",
                "rate": Money(100),
            }


def _working(people: range) -> Iterator[tuple[int, date]]:
    week = (day for day in days(MONTH.start, MONTH.end) if day.weekday() < 5)
    return ((number, day) for day in week for number in people)


def _measure(app: Flask, people: int) -> float:
    browser = _supervisor(app)
    ways = (lambda: _ceiling(app), lambda: _grid(app), lambda: _page(browser))
    taken: tuple[list[float], ...] = tuple([] for _ in ways)
    for _ in range(LOOKS + 1):
        for way, seconds in zip(ways, taken, strict=True):
            seconds.append(_timed(way))
    bare, grid, whole = (seconds[1:] for seconds in taken)
    ceiling = line(f"ceiling, {people} people", bare)
    line(f"month grid, {people} people", grid, 1, ceiling)
    line(f"month grid as a page, {people}", whole, 1, ceiling)
    return statistics.median(grid)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ceiling(app: Flask) -> None:
    hers: dict[int, list[Punch]] = defaultdict(list)
    moments: dict[int | None, list[datetime]] = defaultdict(list)
    with app.app_context(), reading() as session:
        punches = select(PunchRow.worker_id, PunchRow.kind, PunchRow.at).order_by(PunchRow.at)
        for number, kind, moment in session.execute(punches):
            hers[number].append(Punch(WorkerId(number), kind, moment))
        for whose, moment in session.execute(select(ScanRow.worker_id, ScanRow.at)):
            moments[whose].append(moment)
    for own in hers.values():
        pair(own)


def _grid(app: Flask) -> None:
    with app.app_context(), reading() as session:
        queries.grid(session, MONTH, at=now())


def _page(browser: FlaskClient) -> None:
    answer = browser.get(f"/days/month/{MONTH.start:%Y-%m}")
    assert answer.status_code == 200


def _supervisor(app: Flask) -> FlaskClient:
    browser = app.test_client()
    with app.app_context(), transaction() as session:
        roles = (Role.SUPERVISOR,)
        made = security.create_account(session, "Cedar", PASSWORD, roles=roles, by=SYSTEM, at=now())
        browser.set_cookie(COOKIE, security.open_session(session, made, at=now()))
    return browser
