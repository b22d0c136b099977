"""A floor with work on it, and a terminal that stands somewhere, unless a test brings its own."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from factory.security.domain import Role
from tests.conftest import Kept, SignIn
from tests.production.floor import At, Floor, make_floor


@pytest.fixture
def floor(kept: Kept) -> Floor:
    """Three bundles ready for the fusing press, Pine and her badge."""
    return kept(make_floor)


@pytest.fixture
def at(sign_in: SignIn) -> At:
    """A floor terminal that stands somewhere."""

    def stand(place: str, language: str = "ko") -> FlaskClient:
        browser = sign_in(Role.FLOOR_TERMINAL)
        browser.post("/language", data={"language": language})
        assert browser.post("/station/place", data={"place": place}).status_code == 303
        return browser

    return stand
