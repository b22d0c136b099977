"""Clock events and scans a second through the API, with durable commits, beside their ceiling.

The ceiling is the same server and token check with one hand-written INSERT and a durable commit.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from config import load_settings
from factory.app import create_app
from factory.catalogue import queries as catalogue
from factory.cli.serving import run
from factory.db.migrate import upgrade
from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.production import queries as production
from factory.production.domain.bundles import Bundle
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from factory.web.guard import device
from tests.bench.show import line
from tests.catalogue.build import make_style
from tests.orders.build import make_lines, make_order
from tests.people.build import make_worker
from tests.production.build import make_bundles

PORT, ROUNDS, TURN, BATCH, BATCHES = 18735, 400, 20, 50, 40
LAYS, PLIES = 5, 20
Body = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Ready:
    """A house with somebody in it and work to do."""

    clock: str
    """The token of the terminal at the door."""
    floor: str
    """The token of a terminal at a station."""
    badge: str
    scans: Iterator[dict[str, object]]
    """Scans that can be done, one after the other."""


def serve() -> None:
    """The house with one view more: the ceiling."""
    app = create_app(load_settings())
    ceiling = Blueprint("ceiling", __name__)

    @ceiling.post("/ceiling")
    @device(DeviceRole.CLOCK)
    def write() -> ResponseReturnValue:
        with transaction() as session:
            statement = text("INSERT INTO ceiling (id, at) VALUES (:id, :at)")
            session.execute(statement, {"id": str(uuid4()), "at": "2026-11-24"})
        return {"status": "ok"}

    app.extensions["csrf"].exempt(ceiling)
    app.register_blueprint(ceiling)
    run(app, "127.0.0.1", PORT)


def prepare(app: Flask) -> Ready:
    """Tables, two terminals' tokens, a badge, and bundles of a coat of 45 operations."""
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            session.execute(text("CREATE TABLE ceiling (id TEXT PRIMARY KEY, at TEXT)"))
            worker = make_worker(session)
            badge = people.badges(session)[worker.id]
            clock = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
            floor = devices.add(session, "station", DeviceRole.FLOOR, by=SYSTEM, at=now())
            style = make_style(session)
            order = make_order(session, lines=make_lines(BK=(PLIES * LAYS,) * 5))
            marker = dict.fromkeys(("44", "55", "66", "77", "88"), 1)
            bundles = [
                bundle
                for _ in range(LAYS)
                for bundle in make_bundles(
                    session, order, plies={1: PLIES}, marker=marker, bundle_size=5
                )
            ]
            steps = tuple(production.way_of(session, bundles[0].routing_uid))
            done = set(production.way_of(session, bundles[0].routing_uid).at_the_table)
            catalogue.routing(session, style.number)
    return Ready(clock, floor, badge, _scans(bundles, [s for s in steps if s not in done]))


def _scans(bundles: list[Bundle], steps: list[str]) -> Iterator[dict[str, object]]:
    for bundle in bundles:
        for step in steps:
            yield {"bundle": bundle.code, "operation": step, "good": bundle.quantity, "rejects": []}


def measure(token: str, path: str, body: Body, rounds: int, *, breath: float = 0.0) -> list[float]:
    """Seconds of each request, one after the other on one connection; a breath before each."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken: list[float] = []
    for _ in range(rounds):
        time.sleep(breath)
        data, begun = body(), time.perf_counter()
        connection.request("POST", path, data, headers)
        answer = connection.getresponse()
        told = answer.read()
        taken.append(time.perf_counter() - begun)
        assert answer.status == 200, answer.status
        assert b"refused" not in told, told
    return taken


def events(badge: str, count: int) -> Body:
    """A body with new punches."""

    def body() -> bytes:
        one = {"badge": badge, "kind": "in", "at": _at()}
        return json.dumps(
            {"events": [one | {"event_id": str(uuid4())} for _ in range(count)]}
        ).encode()

    return body


def scans(ready: Ready, count: int) -> Body:
    """A body with the next scans that can be done."""

    def body() -> bytes:
        more = {"badge": ready.badge, "at": _at()}
        return json.dumps(
            {
                "scans": [
                    one | more | {"scan_id": str(uuid4())} for one in islice(ready.scans, count)
                ]
            }
        ).encode()

    return body


def _at() -> str:
    return datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock


@contextmanager
def serving() -> Iterator[None]:
    """The server in a process of its own."""
    with subprocess.Popen([sys.executable, "-m", "tests.bench", "serve"]) as server:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield
        server.terminate()


def main() -> None:
    """Fill a house, serve it, and ask it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DIDIM_INSTANCE": folder, "DIDIM_KEY_FILE": str(Path(folder) / "key")}
        os.environ.pop("DIDIM_DATABASE_URL", None)
        ready = prepare(create_app(load_settings()))
        with serving():
            _ask(ready)


def _ask(ready: Ready) -> None:
    """Ceiling and events in turns, so that whatever else the machine does falls on all alike."""
    clock, floor = "/api/v1/clock-events", "/api/v1/scans"
    one_punch, one_scan = events(ready.badge, 1), scans(ready, 1)
    taken: tuple[list[float], ...] = ([], [], [])
    measure(ready.clock, "/ceiling", bytes, ROUNDS)
    for _ in range(ROUNDS // TURN):
        taken[0].extend(measure(ready.clock, "/ceiling", bytes, TURN))
        taken[1].extend(measure(ready.clock, clock, one_punch, TURN))
        taken[2].extend(measure(ready.floor, floor, one_scan, TURN))
    ceiling = line("ceiling: one INSERT", taken[0])
    line("clock events, one a request", taken[1], 1, ceiling)
    line("scans, one a request", taken[2], 1, ceiling)
    many = measure(ready.clock, clock, events(ready.badge, BATCH), BATCHES)
    line(f"clock events, {BATCH} a request", many, BATCH, ceiling)
    many = measure(ready.floor, floor, scans(ready, BATCH), BATCHES)
    line(f"scans, {BATCH} a request", many, BATCH, ceiling)
