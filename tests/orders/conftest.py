"""What the tests of pages about orders stand on."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.orders.build import make_customer, make_style


@pytest.fixture
def office(app: Flask, sign_in: SignIn) -> FlaskClient:
    """The order manager's browser; one style and one customer are there."""
    with app.app_context(), transaction() as session:
        make_style(session)
        make_customer(session)
    return sign_in(Role.ORDER_MANAGER)
