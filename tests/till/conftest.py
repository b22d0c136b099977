"""The cashier's browser, and a coat on the rail of a shop whose till is open."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.till.build import make_coat, make_till


@pytest.fixture
def coat(app: Flask, clock: time_machine.Traveller) -> str:
    """A coat on the rail, five of them, and an open till."""
    with app.app_context(), transaction() as session:
        make_till(session)
        return make_coat(session)


@pytest.fixture
def birch(sign_in: SignIn) -> FlaskClient:
    """The cashier's browser."""
    return sign_in(Role.CASHIER)
