"""A whole house at work, killed at any moment: nothing confirmed is lost, and nothing is double.

Terminals clock people in, log pieces and sell coats, and the office calculates a month's pay again
and again, all at once. After every kill the chain of entries and every balance have to hold.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from factory.cli.verify import differences
from factory.db.session import reading, transaction
from factory.kernel.time import months_later, now, today
from factory.people import queries as people
from factory.production.records import ScanRow
from factory.security import chain, devices, service, sessions
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.security.kiosk import COOKIE
from factory.till.records import ReceiptRow
from factory.timeclock.records import PunchRow
from tests.cast import PASSWORD
from tests.endure.serving import serving
from tests.endure.test_sales import Till
from tests.endure.test_scans import Terminal, house, terminals
from tests.people.build import make_worker
from tests.till.build import make_coat, make_till

pytestmark = pytest.mark.endure
KILLS = {
    "sqlite": int(os.environ.get("DIDIM_MIXED_KILLS", "200")),
    "postgresql": int(os.environ.get("DIDIM_MIXED_KILLS_POSTGRESQL", "50")),
}
LIVES = (0.1, 1.2)
"""Seconds that a server lives after its first answer, from and to."""
A_LONG_ONE, PATIENCE = 10, 60
"""Each tenth server is killed only after a month was calculated, however busy the machine."""
STATIONS, COATS = 4, 5_000


@dataclass
class Door:
    """Clocks one person in and out; what was not answered it sends once more."""

    token: str
    badge: str
    recorded: set[str] = field(default_factory=set)
    waiting: dict[str, Any] | None = None
    turn: int = 0

    def send(self, port: int, begun: threading.Event, ended: threading.Event) -> None:
        """Until the server is gone."""
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as link:
            try:
                while not ended.is_set():
                    self._once(link)
                    begun.set()
            except (OSError, http.client.HTTPException, ValueError):
                return

    def _once(self, link: http.client.HTTPConnection) -> None:
        if self.waiting is None:
            kind = ("in", "out")[self.turn % 2]
            at = datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock
            self.turn += 1
            self.waiting = {"event_id": str(uuid4()), "badge": self.badge, "kind": kind, "at": at}
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps({"events": [self.waiting]})
        link.request("POST", "/api/v1/clock-events", body, headers)
        (told,) = json.loads(link.getresponse().read())["results"]
        if told["status"] != "refused":
            self.recorded.add(self.waiting["event_id"])
        self.waiting = None


@dataclass
class Office:
    """Calculates a month's pay by its page, again and again."""

    cookie: str
    month: str
    done: int = 0
    calculated: threading.Event = field(default_factory=threading.Event)

    def send(self, port: int, begun: threading.Event, ended: threading.Event) -> None:
        """Until the server is gone."""
        del begun
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as link:
            try:
                while not ended.is_set():
                    self._once(link)
            except (OSError, http.client.HTTPException):
                return

    def _once(self, link: http.client.HTTPConnection) -> None:
        link.request("GET", f"/pay/{self.month}", headers={"Cookie": self.cookie})
        answer = link.getresponse()
        page = answer.read().decode()
        forms = (answer.getheader("Set-Cookie") or "").split(";")[0]
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        headers = {
            "Cookie": f"{self.cookie}; {forms}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        sent = urlencode({"csrf_token": token[1]})
        link.request("POST", f"/pay/{self.month}/calculate", sent, headers)
        answer = link.getresponse()
        answer.read()
        assert answer.status < 500
        self.done += answer.status == 303
        self.calculated.set()


class Shop(Till):
    """A till that sells one coat after the other until its server is gone."""

    waiting: str | None = None

    def send(self, port: int, begun: threading.Event, ended: threading.Event) -> None:
        """Until the server is gone."""
        del begun
        while not ended.is_set():
            sale = self.waiting or str(uuid4())
            self.waiting = sale
            try:
                self._send(port, sale)
            except (OSError, http.client.HTTPException, ValueError):
                return
            self.waiting = None


@dataclass
class Staff:
    """Everybody who sends."""

    doors: list[Door]
    stations: list[Terminal]
    tills: list[Shop]
    office: Office

    def all(self) -> list[Any]:
        """Each of them."""
        return [*self.doors, *self.stations, *self.tills, self.office]


def staff(app: Flask) -> Staff:
    stations = terminals(app)[:STATIONS]
    month = f"{months_later(today().replace(day=1), -1):%Y-%m}"
    with app.app_context(), transaction() as session:
        make_till(session)
        coat = make_coat(session, COATS)
        pine = make_worker(session, "Pine")
        badge = people.badges(session)[pine.id]
        door = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
        till = devices.add(session, "till", DeviceRole.TILL, by=SYSTEM, at=now())
        willow = service.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )
        cookie = f"{COOKIE}={sessions.open_session(session, willow, at=now())}"
    return Staff([Door(door, badge)], stations, [Shop(till, coat, "cash")], Office(cookie, month))


def live(all_: list[Any], life: float, first: threading.Event | None = None) -> None:
    """One life of the server, after something that comes first, and its end."""
    with serving() as (server, port):
        begun, ended = threading.Event(), threading.Event()
        threads = [threading.Thread(target=one.send, args=(port, begun, ended)) for one in all_]
        for thread in threads:
            thread.start()
        assert begun.wait(120)
        if first is not None:
            first.clear()
            assert first.wait(PATIENCE), "nobody calculates"
        time.sleep(life)
        server.kill()
        ended.set()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"


def check(app: Flask, all_: Staff) -> None:
    """Whatever was confirmed is there, once; every balance and the chain hold."""
    with app.app_context(), reading() as session:
        punched = list(session.scalars(select(PunchRow.event_id)))
        scanned = list(session.scalars(select(ScanRow.id)))
        sold = session.scalars(select(ReceiptRow).order_by(ReceiptRow.number)).all()
        assert {each for door in all_.doors for each in door.recorded} <= set(punched)
        confirmed = {each for one in all_.stations for each in one.recorded}
        assert confirmed <= set(scanned)
        assert len(set(punched)) == len(punched)
        numbers = {sale: number for till in all_.tills for sale, number in till.numbers.items()}
        assert numbers.items() <= {row.event_id: row.number for row in sold}.items()
        assert [row.number for row in sold] == list(range(1, len(sold) + 1))
        assert list(chain.faults(session)) == []
        assert list(differences(session)) == []


@contextmanager
def database(engine: str) -> Iterator[str | None]:
    if engine == "sqlite":
        yield None
        return
    from tests.postgres import fresh_database

    with fresh_database() as url:
        yield url


def kill(kills: int, engine: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> Staff:
    """Kill a house at work so often, looking after each time; who worked there, and how much."""
    chance = random.Random(8)  # noqa: S311 - when to kill is no secret
    with database(engine) as url, house(place, monkeypatch, url) as app:
        everybody = staff(app)
        for number in range(1, kills + 1):
            first = everybody.office.calculated if number % A_LONG_ONE == 0 else None
            live(everybody.all(), chance.uniform(*LIVES), first)
            check(app, everybody)
    assert len(everybody.doors[0].recorded) > kills // 4
    assert sum(len(one.recorded) for one in everybody.stations) > kills // 4
    return everybody


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_a_house_at_work_survives_every_kill(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = kill(KILLS[engine], engine, tmp_path, monkeypatch)
    assert everybody.tills[0].numbers, "on a busy machine a life is short for a sale"
    assert everybody.office.done > 0
