"""Clock events a second.

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
from tests.bench.show import line
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


def wait() -> None:
    """Until the server answers."""
    for _ in range(60):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT).connect()
        except OSError:
            time.sleep(0.5)
        else:
            return
    message = "the server does not answer"
    raise RuntimeError(message)


def main() -> None:
    """Serve in a process of its own, and ask it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DIDIM_INSTANCE": folder, "DIDIM_KEY_FILE": str(Path(folder) / "key")}
        os.environ.pop("DIDIM_DATABASE_URL", None)
        token, badge = prepare(create_app(load_settings()))
        with subprocess.Popen([sys.executable, "-m", "tests.bench", "serve"]) as server:
            try:
                ask(token, badge)
            finally:
                server.terminate()


def ask(token: str, badge: str) -> None:
    """Measure the ceiling, then the house."""
    wait()
    measure(token, "/ceiling", bytes)
    ceiling = line("ceiling: one INSERT", measure(token, "/ceiling", bytes))
    one = measure(token, "/api/v1/clock-events", events(badge, 1))
    line("clock events, one a request", one, 1, ceiling)
    many = measure(token, "/api/v1/clock-events", events(badge, BATCH))
    line(f"clock events, {BATCH} a request", many, BATCH, ceiling)
