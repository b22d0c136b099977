"""A database that can only be read: people look on, nothing is half saved, and it comes back."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, func, select, text

from config import Settings
from factory.app import SETTINGS
from factory.db import engine
from factory.db.session import db, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import speaking, translate
from factory.people import service as people
from factory.security import devices, kiosk, service, sessions
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.security.records import AuditRow, DeviceRow
from factory.timeclock.records import PunchRow
from factory.upkeep import doctor as examining
from factory.upkeep import nightly, rotation
from factory.upkeep.findings import State
from factory.web import storage
from tests.cast import PASSWORD
from tests.conftest import ENGINES, make_app
from tests.endure.serving import free_port
from tests.people.build import make_worker
from tests.postgres import fresh_database
from tests.web.shut import place

READ_ONLY = "disk can&#39;t be written. Nothing was saved."
LOOKS = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute("SELECT 1 FROM accounts").fetchall()
print("here", flush=True)
sys.stdin.read()
"""
SERVE = ("serve", "--port", str(free_port()))
FORM = {"name": "door", "role": "clock"}


@dataclass
class House:
    """A house that can be shut for writing."""

    app: Flask
    shut: Callable[[], None]
    open: Callable[[], None]

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.extensions[SETTINGS]
        return settings

    def rows(self) -> tuple[int, ...]:
        tables = (PunchRow, DeviceRow, AuditRow)
        with self.app.app_context(), reading() as session:
            return tuple(
                session.scalar(select(func.count()).select_from(each)) or 0 for each in tables
            )


@pytest.fixture(params=ENGINES)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """On SQLite the folder is shut, on PostgreSQL the database itself."""
    made = _on_sqlite if request.param == "sqlite" else _on_postgresql
    with made(tmp_path) as found:
        found.app.config["WTF_CSRF_ENABLED"] = False
        yield found


@contextmanager
def another(file: Path) -> Iterator[None]:
    """Another program that looks, so that what was written ahead stays beside the file."""
    words = [sys.executable, "-c", LOOKS, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        yield
        program.communicate()


@contextmanager
def _on_sqlite(tmp_path: Path) -> Iterator[House]:
    with place(tmp_path / "disk") as disk:
        app = make_app(f"sqlite:///{disk.folder / 'house.sqlite'}", disk.folder)
        with another(disk.below / "house.sqlite"):

            def shut() -> None:
                with app.app_context():
                    db.engine.dispose()
                disk.shut()

            yield House(app, shut, disk.open)
        disk.open()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def _on_postgresql(tmp_path: Path) -> Iterator[House]:
    with fresh_database() as url:
        app = make_app(url, tmp_path)
        outside = create_engine(url, isolation_level="AUTOCOMMIT")

        def read_only(state: str) -> Callable[[], None]:
            def tell() -> None:
                with outside.connect() as connection:
                    name = outside.url.database
                    order = f"ALTER DATABASE {name} SET default_transaction_read_only = {state}"
                    connection.execute(text(order))
                if state == "on":
                    with app.app_context():
                        db.engine.dispose()  # what is connected keeps what it was told at first

            return tell

        yield House(app, read_only("on"), read_only("off"))
        outside.dispose()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def keeper(house: House) -> FlaskClient:
    browser = house.app.test_client()
    with house.app.app_context(), transaction() as session:
        account = service.create_account(
            session, "juniper", PASSWORD, roles=[Role.KEEPER], language="en", by=SYSTEM, at=now()
        )
        browser.set_cookie(kiosk.COOKIE, sessions.open_session(session, account, at=now()))
    return browser


def terminal(house: House) -> tuple[dict[str, str], dict[str, object]]:
    """A clock's token and a punch that it sends."""
    with house.app.app_context(), transaction() as session:
        token = devices.add(session, "first", DeviceRole.CLOCK, by=SYSTEM, at=now())
        badge = people.issue_badge(session, make_worker(session), by=SYSTEM, at=now())
    event = {"event_id": new_id(), "badge": badge, "kind": "in", "at": now().isoformat()}
    return {"Authorization": f"Bearer {token}"}, {"events": [event]}


def about(house: House) -> dict[str, str]:
    with house.app.app_context(), speaking("en"):
        found = examining.examine(house.settings, lambda _session: iter(()), at=now())
        return {each.about: each.told for each in found if each.state is State.WRONG}


def test_shut_it_is_read_and_says_so_and_open_again_it_writes(
    house: House, keeper: FlaskClient
) -> None:
    headers, punch = terminal(house)
    before = house.rows()
    house.shut()
    for address in ("/", "/terminals", "/accounts", "/audit"):
        assert keeper.get(address).status_code == 200, address
    assert keeper.get("/healthz").json == {"status": "ok", "writes": "refused"}
    refused = keeper.post("/terminals", data=FORM)
    assert (refused.status_code, READ_ONLY in refused.text) == (503, True)
    assert 'name="name" value="door"' in refused.text
    told = keeper.post("/api/v1/clock-events", json=punch, headers=headers)
    assert told.status_code == 503
    assert told.json is not None
    assert told.json["error"]["code"] == "unavailable"
    assert "can't be written" in told.json["error"]["message"]
    assert "It can only be read" in about(house)["database"]
    assert house.rows() == before
    house.open()
    time.sleep(engine.BREATH)
    assert keeper.get("/healthz").json == {"status": "ok"}
    assert keeper.post("/terminals", data=FORM).status_code == 200
    taken = keeper.post("/api/v1/clock-events", json=punch, headers=headers)
    assert taken.json is not None
    assert [each["status"] for each in taken.json["results"]] == ["recorded"]
    assert "database" not in about(house)
    assert house.rows() == (before[0] + 1, before[1] + 1, before[2] + 1)


def test_of_a_shut_place_no_backup_is_listed(tmp_path: Path) -> None:
    with _on_sqlite(tmp_path) as house:
        house.shut()
        with house.app.app_context(), pytest.raises(OSError, match=r"Read-only|Permission"):
            nightly.make(house.settings, at=now())
        assert rotation.found_in(house.settings.backups) == {}
        house.open()
        with house.app.app_context():
            nightly.make(house.settings, at=now())
        assert len(rotation.found_in(house.settings.backups)) == 1


def test_commands_read_a_disk_that_was_shut_after_a_good_end_and_say_what_they_can_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path / "disk"))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    with place(tmp_path / "disk") as disk:
        assert didim("db", "upgrade").returncode == 0
        disk.shut()
        assert "can only be read" in didim("doctor").stdout
        assert "damaged" not in didim("doctor").stdout
        assert didim("verify").returncode == 0
        for words in (("device", "add", "door", "--role", "clock"), SERVE):
            refused = didim(*words)
            assert refused.returncode == 1
            assert refused.stderr.strip() == translate(storage.READ_ONLY, "en")
        disk.open()
        assert didim("device", "add", "door", "--role", "clock").returncode == 0


def didim(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "factory.cli", "--language", "en", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
