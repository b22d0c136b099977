"""What the tests of pages about orders stand on."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.security.domain import Role
from tests.conftest import Kept, SignIn
from tests.orders.build import make_customer, make_style


def _office(session: Session) -> None:
    make_style(session)
    make_customer(session)


@pytest.fixture
def office(sign_in: SignIn, kept: Kept) -> FlaskClient:
    """The order manager's browser; one style and one customer are there."""
    kept(_office)
    return sign_in(Role.ORDER_MANAGER)
