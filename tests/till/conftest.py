"""The cashier's browser, and a coat on the rail of a shop whose till is open."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.security.domain import Role
from tests.conftest import Kept, SignIn
from tests.till.build import make_coat, make_till


def _coat(session: Session) -> str:
    make_till(session)
    return make_coat(session)


@pytest.fixture
def coat(kept: Kept) -> str:
    """A coat on the rail, five of them, and an open till."""
    return kept(_coat)


@pytest.fixture
def birch(sign_in: SignIn) -> FlaskClient:
    """The cashier's browser."""
    return sign_in(Role.CASHIER)
