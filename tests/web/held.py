"""Another program holds the database, while terminals and people go on as they do."""

from __future__ import annotations

import http.client
import json
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from cheroot.wsgi import Server
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from factory.cli.serving import CALLERS, THREADS
from factory.db.session import db, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.people import service as people
from factory.security import chain, devices, kiosk, service, sessions
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.security.records import DeviceRow
from factory.timeclock.records import PunchRow
from tests.cast import PASSWORD
from tests.endure.serving import free_port
from tests.people.build import make_worker

EACH = 12
"""So many people and so many terminals, more together than the server has threads."""
BUSY = "The computer is busy. Nothing was saved. Please try again in a minute."
BREATH = 0.05
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class House:
    """A house at its address, what its people carry, and what they were told while it was held."""

    app: Flask
    port: int
    cookie: str
    token: str
    badges: list[str]
    told: list[tuple[float, int, str]] = field(default_factory=list)
    looked: list[tuple[float, int]] = field(default_factory=list)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        talk.request(method, path, body, {"Cookie": f"{kiosk.COOKIE}={self.cookie}", **headers})
        answer = talk.getresponse()
        words = answer.read().decode()
        talk.close()
        return answer.status, words

    def until_taken(self, path: str, body: str, **headers: str) -> None:
        """Send it until it is taken: a terminal the same again, a person what her page kept."""
        while True:
            begun = time.monotonic()
            status, words = self.ask("POST", path, body, **headers)
            if status != 503:
                assert status == 200, words
                return
            self.told.append((time.monotonic() - begun, status, words))
            if not headers["Content-Type"].endswith("json"):
                kept = [(name, unescape(value)) for name, value in HIDDEN.findall(words)]
                body = urlencode([each for each in kept if each[0] != "csrf_token"])
            time.sleep(BREATH)

    def punch(self, badge: str) -> None:
        event = {"event_id": new_id(), "badge": badge, "kind": "in", "at": now().isoformat()}
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.until_taken("/api/v1/clock-events", json.dumps({"events": [event]}), **headers)

    def add_terminal(self, number: int) -> None:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        form = {"name": f"door {number} 문&<b>", "role": "clock"}
        self.until_taken("/terminals", urlencode(form), **kind)

    def look(self, over: threading.Event) -> None:
        while not over.is_set():
            for path in ("/healthz", "/terminals"):
                begun = time.monotonic()
                status, _ = self.ask("GET", path)
                self.looked.append((time.monotonic() - begun, status))
            time.sleep(BREATH)


@contextmanager
def standing(app: Flask) -> Iterator[House]:
    """A house with a keeper, a terminal and workers, served as it is in earnest."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction() as session:
        account = service.create_account(
            session, "juniper", PASSWORD, roles=[Role.KEEPER], language="en", by=SYSTEM, at=now()
        )
        cookie = sessions.open_session(session, account, at=now())
        token = devices.add(session, "first", DeviceRole.CLOCK, by=SYSTEM, at=now())
        workers = [make_worker(session, f"Worker {number}") for number in range(EACH)]
        badges = [people.issue_badge(session, each, by=SYSTEM, at=now()) for each in workers]
    port = free_port()
    server = Server(
        ("127.0.0.1", port), app, numthreads=THREADS, request_queue_size=CALLERS, shutdown_timeout=1
    )
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield House(app, port, cookie, token, badges)
    finally:
        server.stop()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """Another program that writes into the database and does not stop."""
    with app.app_context():
        url = db.engine.url
    if url.drivername.startswith("sqlite"):
        other = sqlite3.connect(str(url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("LOCK TABLE punches, devices, audit_entries IN EXCLUSIVE MODE"))
        yield
    engine.dispose()


def play(app: Flask, seconds: float) -> tuple[House, dict[str, Any]]:
    """Hold the database for so long while everybody goes on; what is there in the end."""
    over = threading.Event()
    with standing(app) as house:
        with ThreadPoolExecutor(2 * EACH + 1) as everybody:
            with held(app):
                looks = everybody.submit(house.look, over)
                sent = [everybody.submit(house.punch, badge) for badge in house.badges]
                sent += [everybody.submit(house.add_terminal, number) for number in range(EACH)]
                time.sleep(seconds)
                over.set()
                looks.result()
            for each in sent:
                each.result()
        return house, _found(app)


def _found(app: Flask) -> dict[str, Any]:
    with app.app_context(), reading() as session:
        names = session.scalars(select(DeviceRow.name)).all()
        return {
            "punches": session.scalar(select(func.count()).select_from(PunchRow)),
            "terminals": sorted(name for name in names if name != "first"),
            "faults": list(chain.faults(session)),
        }


def check(house: House, found: dict[str, Any], *, patience: float, slack: float) -> None:
    """Everybody heard the sentence in time, nobody waited to look, all is there once."""
    assert found["punches"] == EACH
    assert found["terminals"] == sorted(f"door {number} 문&<b>" for number in range(EACH))
    assert found["faults"] == []
    assert len(house.told) >= 2 * EACH
    assert all(BUSY in unescape(words) for _, _, words in house.told)
    assert max(took for took, _, _ in house.told) < patience + slack
    assert {status for _, status in house.looked} == {200}
