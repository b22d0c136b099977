"""The month grid of 60 and of 600 people: read and reckoned, and as a whole page.

Once in the middle of closing, with days that are open, once when all is closed. The ceiling is the
same punches and scans read by one plain statement each, and the punches paired by the pure function
that makes shifts of them: no plans, no breaks, no weeks, no page. All in seconds of the processor.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from factory.attendance import queries
from factory.cli.serving import keep_for_good
from factory.db.session import reading, transaction
from factory.kernel.time import clock_at, now
from factory.production.records import ScanRow
from factory.security import service as security
from factory.security import sessions
from factory.security.domain import SYSTEM, Role, WorkerId
from factory.security.kiosk import COOKIE
from factory.timeclock.domain import Punch, pair
from factory.timeclock.records import PunchRow
from tests.bench.house import MIDDLE, MOMENT, MONTH, close, fill, settle
from tests.bench.show import line
from tests.cast import PASSWORD
from tests.conftest import make_app

FEW, MANY, LOOKS, SCANS = 60, 600, 9, 10


def main() -> None:
    """Look at the month of few and of many."""
    few, many = _house(FEW), _house(MANY)
    print(f"{MANY / FEW:.0f} times the people, {many / few:.1f} times the median of the grid")


def _house(people: int) -> float:
    with tempfile.TemporaryDirectory() as folder, clock_at(lambda: MOMENT):
        app = make_app(f"sqlite:///{folder}/bench.sqlite", Path(folder))
        with app.app_context():
            fill(people, scans=SCANS)
            keep_for_good()
            close(MIDDLE)
        half = _measure(app, people, "half closed")
        with app.app_context():
            settle(people)
            close(MONTH.end)
        _measure(app, people, "closed")
        return half


def _measure(app: Flask, people: int, how: str) -> float:
    browser = _supervisor(app, how)
    ways = (lambda: _ceiling(app), lambda: _grid(app), lambda: _page(browser))
    taken: tuple[list[float], ...] = tuple([] for _ in ways)
    for _ in range(LOOKS + 1):
        for way, seconds in zip(ways, taken, strict=True):
            seconds.append(_timed(way))
    bare, grid, whole = (seconds[1:] for seconds in taken)
    ceiling = line(f"ceiling, {people} people, {how}", bare)
    line(f"month grid, {people}, {how}", grid, 1, ceiling)
    line(f"as a page, {people}, {how}", whole, 1, ceiling)
    median = statistics.median(grid)
    print(f"{median / people * 1000:.2f} ms a person")
    return median


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


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


def _supervisor(app: Flask, name: str) -> FlaskClient:
    browser = app.test_client()
    with app.app_context(), transaction() as session:
        roles = (Role.SUPERVISOR,)
        made = security.create_account(session, name, PASSWORD, roles=roles, by=SYSTEM, at=now())
        browser.set_cookie(COOKIE, sessions.open_session(session, made, at=now()))
    return browser
