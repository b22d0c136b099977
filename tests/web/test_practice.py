"""The demo factory is never taken for the real one: a frame and a sentence on every screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from factory.app import SETTINGS, create_app
from factory.db.session import transaction
from factory.kernel.time import now
from factory.security import kiosk, service, sessions
from factory.security.domain import SYSTEM, Role
from factory.security.keys import new_ring
from tests.cast import PASSWORD
from tests.conftest import make_app_on_copy

SIGN = "Practice factory: everybody and everything here is invented."


@pytest.fixture
def real(empty_database: Path, tmp_path: Path) -> Flask:
    """A house like any other."""
    return make_app_on_copy(empty_database, tmp_path)


@pytest.fixture
def demo(real: Flask) -> Flask:
    """The same as a demo, with the key that everybody knows."""
    with real.app_context(), transaction() as session:
        service.mark_demo(session)
    settings: Settings = real.extensions[SETTINGS]
    return create_app(replace(settings, language="en"), new_ring(demo=True))


def screens(app: Flask) -> dict[str, str]:
    """Signing in, an office, a door, and a page that is not there."""
    return {
        "sign in": app.test_client().get("/sign-in?language=en").text,
        "office": signed_in(app, Role.MANAGER).get("/people/?language=en").text,
        "door": signed_in(app, Role.CLOCK_TERMINAL).get("/clock/?language=en").text,
        "nothing": signed_in(app, Role.KEEPER).get("/nothing?language=en").text,
    }


def signed_in(app: Flask, role: Role) -> FlaskClient:
    browser = app.test_client()
    with app.app_context(), transaction() as session:
        account = service.create_account(
            session, role.value, PASSWORD, roles=[role], language="en", by=SYSTEM, at=now()
        )
        browser.set_cookie(kiosk.COOKIE, sessions.open_session(session, account, at=now()))
    return browser


def test_every_screen_of_the_demo_says_so_and_has_its_frame(demo: Flask) -> None:
    for name, page in screens(demo).items():
        assert SIGN in page, name
        assert ' practice"' in page, name


def test_no_screen_of_a_real_house_does(real: Flask) -> None:
    for name, page in screens(real).items():
        assert SIGN not in page, name
        assert "practice" not in page, name
