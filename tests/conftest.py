"""What tests stand on: both databases, a stopped clock, the fixed cast, no sockets but loopback."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
import time_machine
from argon2 import PasswordHasher
from coverage import Coverage
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as examples
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from sqlalchemy.orm import Session

from config import Profile, Settings
from factory.app import create_app
from factory.cli.serving import keep_for_good
from factory.db.append_only import guard_all
from factory.db.engine import writing
from factory.db.session import SESSIONS, Base, db
from factory.kernel.time import now
from factory.security import hashing, kiosk, service, sessions
from factory.security.domain import SYSTEM, Role
from factory.security.keys import new_ring
from factory.security.vault import RING
from tests.cast import CAST, PASSWORD
from tests.standing import Standing, keep

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
MORNING = "2026-11-24T10:00:00+09:00"
REPEATING = ("postgresql", "browser", "repeating")
"""Tests that walk through the same lines once more."""
LONGEST = (
    "tests/web/test_hostile.py",
    "tests/web/test_nobody_elses.py",
    "tests/browser/",
    "tests/web/test_pages.py",
)
"""What takes longest begins first, so that at the end no worker waits for another."""
T = TypeVar("T")
NEAR = {"127.0.0.1", "::1", "localhost"}
_ring = new_ring()
_templates = FileSystemBytecodeCache()
"""Each template is compiled once, however many applications the tests make."""
examples.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("busy")  # a busy machine is no fault of the factory's


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest before the rest, in its order."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    found = (place for place, start in enumerate(LONGEST) if nodeid.startswith(start))
    return next(found, len(LONGEST))


def pytest_collection_finish() -> None:
    """Let the collector of rubbish look seldom, and never at what was imported and collected."""
    keep_for_good()


class Measuring:
    """Coverage is measured by what runs on SQLite; what repeats it elsewhere runs at full speed."""

    def __init__(self) -> None:
        self.coverage = Coverage.current()  # none is current while it rests
        self.rests = False

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Rest, or go on, where the next test is of the other sort."""
        repeats = any(item.get_closest_marker(name) for name in REPEATING)
        if self.coverage is not None and repeats is not self.rests:
            (self.coverage.stop if repeats else self.coverage.start)()
            self.rests = repeats


def pytest_configure(config: pytest.Config) -> None:
    """Let coverage rest where it learns nothing new."""
    config.pluginmanager.register(Measuring())


@pytest.fixture(autouse=True, scope="session")
def no_sockets_but_loopback() -> Iterator[None]:
    """Refuse to speak with anybody but this computer."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in NEAR:
            message = f"tests talk to loopback only, not to {address[0]}"
            raise RuntimeError(message)
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[assignment,method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def dear_hasher() -> Iterator[PasswordHasher]:
    """Hash passwords at the least cost in tests; gives the hasher of the factory."""
    dear, hashing.HASHER = hashing.HASHER, PasswordHasher(1, 8, 1)
    yield dear
    hashing.HASHER = dear


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at ten in the morning of 24 November 2026; move it by `clock.shift`."""
    with time_machine.travel(datetime.fromisoformat(MORNING), tick=False) as travel:
        yield travel


def _created(url: str, instance: Path) -> Flask:
    settings = Settings(
        profile=Profile.TESTING,
        instance=instance,
        database_url=url,
        key_file=instance / "vault.key",
        secret_key="only for tests",
        language="en",
    )
    settings.key_file.touch(mode=0o600)
    app = create_app(settings, _ring)
    app.jinja_env.bytecode_cache = _templates
    return app


def make_app(url: str, instance: Path) -> Flask:
    """An application on an empty database with every table and its guards."""
    app = _created(url, instance)
    with app.app_context(), writing(), db.engine.begin() as connection:
        Base.metadata.create_all(connection)
        guard_all(connection)
    return app


def hurried(app: Flask) -> Flask:
    """The same application, that does not wait for its disk: in most tests no power fails."""
    with app.app_context():
        event.listen(db.engine, "connect", _without_waiting)
        db.engine.dispose()
    return app


def _without_waiting(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def make_app_on_copy(empty: Path, instance: Path) -> Flask:
    """An application on a copy of an empty SQLite database, which is quicker than to make one."""
    shutil.copy(empty, instance / empty.name)
    return _created(f"sqlite:///{instance / empty.name}", instance)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with every table and its guards, to be copied."""
    place = tmp_path_factory.mktemp("empty")
    app = make_app(f"sqlite:///{place / 'house.sqlite'}", place)
    with app.app_context():
        db.engine.dispose()
    return place / "house.sqlite"


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("sqlite")
    return make_app(f"sqlite:///{instance / 'test.sqlite'}", instance)


@pytest.fixture(scope="session")
def _postgresql_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    from tests.postgres import fresh_database

    with fresh_database() as url:
        app = make_app(url, tmp_path_factory.mktemp("postgresql"))
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_house(_sqlite_app: Flask) -> Iterator[Standing]:
    standing = Standing(_sqlite_app, {RING: _ring})
    yield standing
    standing.close()


@pytest.fixture(scope="session")
def _postgresql_house(_postgresql_app: Flask) -> Iterator[Standing]:
    standing = Standing(_postgresql_app, {RING: _ring})
    yield standing
    standing.close()


@pytest.fixture(params=ENGINES)
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on SQLite, then on PostgreSQL; whatever a test writes is rolled back."""
    standing: Standing = request.getfixturevalue(f"_{request.param}_house")
    with standing.one_test() as whole:
        yield whole


class Kept(Protocol):
    """Whatever a builder gives, from a house where it stands already: `kept(make_floor)`."""

    def __call__(self, build: Callable[..., T], *args: Any, **named: Any) -> T:
        """What `build(session, …)` gives."""


@pytest.fixture
def kept(app: Flask, clock: time_machine.Traveller) -> Kept:
    """Build, at ten in the morning, what many tests begin with."""
    return partial(keep, app)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session as services get it; rolled back after the test."""
    with app.app_context(), app.extensions[SESSIONS]() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def client(app: Flask, clock: time_machine.Traveller) -> FlaskClient:
    """A browser that nobody is signed in at; forms need no forgery token in these tests."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


SignIn = Callable[..., FlaskClient]


@pytest.fixture
def sign_in(app: Flask, client: FlaskClient) -> SignIn:
    """Sign the browser in as somebody with these roles: `sign_in(Role.MANAGER)`."""

    def signed_in(*roles: Role, name: str = "") -> FlaskClient:
        member = name or (CAST[roles[0]] if roles else "Stranger")
        client.set_cookie(kiosk.COOKIE, keep(app, signed_in_as, member, roles))
        return client

    return signed_in


def signed_in_as(session: Session, name: str, roles: tuple[Role, ...]) -> str:
    """The token of a browser at which somebody with these roles is signed in."""
    found = service.find_account_id(session, name)
    if found is None:
        found = service.create_account(
            session, name, PASSWORD, roles=roles, language="en", by=SYSTEM, at=now()
        )
    else:
        service.set_roles(session, found, roles, by=SYSTEM, at=now())
    return sessions.open_session(session, found, at=now())
