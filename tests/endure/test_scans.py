"""Sixteen terminals scan the same fifty bundles at once while the server is killed ten times.

Each terminal sends what was not answered once more, with the same id, as its page does. In the
end every entry that was ever called recorded is there exactly once, no piece was counted twice, no
piece is lost, and `didim verify` finds nothing.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import load_settings
from factory.app import create_app
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.production import queries
from factory.production.records import ScanRow
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from tests.endure.hatched import start
from tests.endure.serving import serving
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production.build import TO_FINISH, TO_SEW, make_bundles, make_coat_order

pytestmark = pytest.mark.endure
CLIENTS, BUNDLES, PLIES = 16, 50, 4
KILLS = int(os.environ.get("DIDIM_SCAN_KILLS", "10"))
WAY = (*TO_SEW, *TO_FINISH)
LIVES = (0.4, 1.6)
"""Seconds that a server lives after its first answer, from and to."""


@dataclass(slots=True)
class Terminal:
    """One terminal: it walks through all bundles, and repeats what was not answered."""

    token: str
    badge: str
    bundles: tuple[str, ...]
    dice: random.Random
    waiting: list[dict[str, Any]] = field(default_factory=list)
    recorded: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def entry(self) -> dict[str, Any]:
        """Something new, or one that had no answer, or one that was answered already."""
        if self.waiting:
            return self.waiting[0]
        far = WAY[: 2 + len(self.recorded) // 4]  # at first only what can be done at all
        bundle, step = self.dice.choice(self.bundles), self.dice.choice(far)
        made: dict[str, Any] = {
            "scan_id": str(uuid4()),
            "bundle": bundle,
            "operation": step,
            "badge": self.badge,
        }
        made |= {"good": self.dice.randint(1, PLIES), "rejects": []}
        made["at"] = datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock
        self.waiting.append(made)
        return made

    def send(self, port: int, begun: threading.Event, ended: threading.Event) -> None:
        """Until the server is gone."""
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            while not ended.is_set():
                entry = self.entry()
                link.request("POST", "/api/v1/scans", json.dumps({"scans": [entry]}), headers)
                told = json.loads(link.getresponse().read())["results"][0]
                begun.set()
                self.heard(entry, told["status"])
        except (OSError, http.client.HTTPException, ValueError):
            return
        finally:
            link.close()

    def heard(self, entry: dict[str, Any], status: str) -> None:
        """Keep what was answered; now and then send the same once more although it was kept."""
        self.answers[status] += 1
        if status != "refused":
            self.recorded[entry["scan_id"]] += status == "recorded"
        if status != "recorded" or self.dice.random() > 0.2:
            self.waiting.remove(entry)


@contextmanager
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str | None) -> Iterator[Flask]:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    if url:
        monkeypatch.setenv("DIDIM_DATABASE_URL", url)
    app = create_app(load_settings())
    with app.app_context():
        upgrade(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def terminals(app: Flask) -> list[Terminal]:
    with app.app_context(), transaction() as session:
        order = make_coat_order(session, lines=make_lines(BK=(0, 100, 100)))
        made = make_bundles(
            session, order, plies={1: 100}, marker={"55": 1, "66": 1}, bundle_size=PLIES
        )
        assert (len(made), made[0].quantity) == (BUNDLES, PLIES)
        codes = tuple(bundle.code for bundle in made)
        badges = people.badges(session)
        found = []
        for number in range(CLIENTS):
            worker = make_worker(session, name=f"Alder {number}")
            badges = people.badges(session)
            token = devices.add(session, f"t{number}", DeviceRole.FLOOR, by=SYSTEM, at=now())
            dice = random.Random(number)  # noqa: S311 - what to scan next is no secret
            found.append(Terminal(token, badges[worker.id], codes, dice))
    return found


def live(all_: list[Terminal], life: float, *, kill: bool) -> None:
    """One life of the server."""
    with serving() as (server, port):
        begun, ended = threading.Event(), threading.Event()
        threads = [threading.Thread(target=one.send, args=(port, begun, ended)) for one in all_]
        for thread in threads:
            thread.start()
        assert begun.wait(60)
        ended.wait(life)
        if kill:
            server.kill()
        ended.set()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_sixteen_terminals_and_ten_kills(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "sqlite":
        _run(tmp_path, monkeypatch, None)
        return
    from tests.postgres import fresh_database

    with fresh_database() as url:
        _run(tmp_path, monkeypatch, url)


def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str | None) -> None:
    with house(tmp_path, monkeypatch, url) as app:
        all_ = terminals(app)
        dice = random.Random(7)  # noqa: S311 - when to kill is no secret
        for _ in range(KILLS):
            live(all_, dice.uniform(*LIVES), kill=True)
        live(all_, 4, kill=False)
        _everything_is_there_once(app, all_)
        verified = start("verify")  # a process of its own, that leaves no connection open here
        verified.join(120)
        assert verified.exitcode == 0


def _everything_is_there_once(app: Flask, all_: list[Terminal]) -> None:
    heard: Counter[str] = Counter()
    for one in all_:
        heard += one.recorded
    assert len(heard) > 4 * KILLS
    assert set(heard.values()) == {1}, "nothing is called recorded twice"
    with app.app_context(), reading() as session:
        kept = Counter(session.scalars(select(ScanRow.id).where(ScanRow.source == "terminal")))
        assert set(kept.values()) == {1}
        assert set(heard) <= set(kept)
        assert queries.recomputed(session) == ()
        step = (ScanRow.bundle, ScanRow.operation)
        sums = session.execute(select(*step, func.sum(ScanRow.good)).group_by(*step)).all()
        assert max(int(good) for *_, good in sums) == PLIES, "no piece twice"
    answers = sum((one.answers for one in all_), Counter())
    assert min(answers["duplicate"], answers["refused"]) > 0, answers
