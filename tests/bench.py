"""`make bench`: clock events a second beside their ceiling, measured in the same run.

The ceiling is the same server and token check with one hand-written INSERT and a durable commit.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from config import load_settings
from factory.app import create_app
from factory.cli.serving import run
from factory.db.migrate import upgrade
from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from factory.web.guard import device
from tests.people.build import make_worker

PORT, ROUNDS, BATCH = 18735, 400, 50


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


def prepare(app: Flask) -> tuple[str, str]:
    """Tables, a terminal's token, and a badge."""
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            session.execute(text("CREATE TABLE ceiling (id TEXT PRIMARY KEY, at TEXT)"))
            worker = make_worker(session)
            badge = people.badges(session)[worker.id]
            token = devices.add(session, "bench", DeviceRole.CLOCK, by=SYSTEM, at=now())
    return token, badge


def measure(token: str, path: str, body: Callable[[], bytes]) -> list[float]:
    """Seconds of each request, one after the other on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken: list[float] = []
    for _ in range(ROUNDS):
        data, begun = body(), time.perf_counter()
        connection.request("POST", path, data, headers)
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - begun)
        assert answer.status == 200, answer.status
    return taken


def events(badge: str, count: int) -> Callable[[], bytes]:
    """A body with new punches."""

    def body() -> bytes:
        at = datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock
        one = {"badge": badge, "kind": "in", "at": at}
        return json.dumps(
            {"events": [one | {"event_id": str(uuid4())} for _ in range(count)]}
        ).encode()

    return body


def show(name: str, taken: list[float], count: int, ceiling: float) -> float:
    """One line of the report; gives events a second."""
    rate = count * len(taken) / sum(taken)
    median, worst = statistics.median(taken) * 1000, statistics.quantiles(taken, n=100)[-1] * 1000
    ratio = f"{rate / ceiling:5.2f} of the ceiling" if ceiling else ""
    print(f"{name:28} {rate:8.0f}/s  median {median:6.2f} ms  99th {worst:6.2f} ms  {ratio}")
    return rate


def main() -> None:
    """Serve in a process of its own, and ask it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DIDIM_INSTANCE": folder, "DIDIM_KEY_FILE": str(Path(folder) / "key")}
        os.environ.pop("DIDIM_DATABASE_URL", None)
        token, badge = prepare(create_app(load_settings()))
        with subprocess.Popen([sys.executable, "-m", "tests.bench", "serve"]) as server:
            time.sleep(4)
            measure(token, "/ceiling", bytes)
            ceiling = show("ceiling: one INSERT", measure(token, "/ceiling", bytes), 1, 0)
            one = measure(token, "/api/v1/clock-events", events(badge, 1))
            show("clock events, one a request", one, 1, ceiling)
            many = measure(token, "/api/v1/clock-events", events(badge, BATCH))
            show(f"clock events, {BATCH} a request", many, BATCH, ceiling)
            server.terminate()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        main()
