"""A full, locked or read-only disk is said in one sentence, and the house goes on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db import engine
from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.kernel.words import speaking, translate
from factory.security import kiosk, service, sessions
from factory.security.domain import SYSTEM, Role
from factory.web import storage
from tests.cast import PASSWORD
from tests.conftest import make_app_on_copy

FORM = {"name": "door", "role": "clock"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("database or disk is full", storage.FULL),
        ("could not extend file: No space left on device", storage.FULL),
        ("attempt to write a readonly database", storage.READ_ONLY),
        ("cannot execute INSERT in a read-only transaction", storage.READ_ONLY),
        ("database is locked", storage.BUSY),
        ("QueuePool limit reached, connection timeout", storage.BUSY),
        ("server closed the connection unexpectedly", storage.AWAY),
    ],
)
def test_what_the_database_says_becomes_a_sentence(words: str, said: str) -> None:
    assert storage.of_database(sqlite3.OperationalError(words)) == said
    with speaking("ko"):
        assert translate(said) != said


def test_of_the_systems_errors_only_the_disks_are_told() -> None:
    assert storage.of_system(OSError(errno.ENOSPC, "")) == storage.FULL
    assert storage.of_system(OSError(errno.EROFS, "")) == storage.READ_ONLY
    assert storage.of_system(OSError(errno.ECONNRESET, "")) is None
    assert storage.of_system(OSError()) is None


@pytest.fixture
def house(empty_database: Path, tmp_path: Path) -> Flask:
    """A house of its own, with Juniper at a browser."""
    app = make_app_on_copy(empty_database, tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def keeper(house: Flask) -> FlaskClient:
    browser = house.test_client()
    with house.app_context(), transaction() as session:
        account = service.create_account(
            session, "juniper", PASSWORD, roles=[Role.KEEPER], language="en", by=SYSTEM, at=now()
        )
        browser.set_cookie(kiosk.COOKIE, sessions.open_session(session, account, at=now()))
    return browser


def pragma(app: Flask, words: str) -> None:
    """Set something at the one connection that the pool has."""
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql(words)


def pages(app: Flask) -> int:
    with app.app_context(), db.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def test_on_a_full_disk_nothing_is_saved_and_the_house_goes_on(
    house: Flask, keeper: FlaskClient
) -> None:
    pragma(house, f"PRAGMA max_page_count={pages(house)}")
    answers = (keeper.post("/terminals", data=FORM | {"name": f"door {n}" * 7}) for n in range(99))
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 503
    assert "disk is full. Nothing was saved." in refused.text
    assert keeper.get("/terminals").status_code == 200
    pragma(house, "PRAGMA max_page_count=1000000")
    assert keeper.post("/terminals", data=FORM).status_code == 200


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Another program that writes into the database and does not stop."""
    with app.app_context():
        other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_while_another_program_holds_the_database_people_can_look(
    house: Flask, keeper: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.02)
    with locked(house):
        refused = keeper.post("/terminals", data=FORM)
        assert (refused.status_code, "computer is busy" in refused.text) == (503, True)
        assert keeper.get("/terminals").status_code == 200
    assert keeper.post("/terminals", data=FORM).status_code == 200


def test_what_may_not_be_written_is_said_to_a_terminal_as_json(house: Flask) -> None:
    def broken() -> str:
        raise OSError(errno.EROFS, "read-only file system")

    house.add_url_rule("/api/v1/broken", view_func=broken)
    answer = house.test_client().get("/api/v1/broken")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["error"]["code"] == "unavailable"
