"""Who comes and goes in the tests of the clock."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.people import queries as people
from factory.people.domain import Worker
from tests.conftest import Kept
from tests.people.build import make_worker


def _pine(session: Session) -> tuple[Worker, str]:
    worker = make_worker(session)
    return worker, people.badges(session)[worker.id]


@pytest.fixture
def pine(kept: Kept) -> tuple[Worker, str]:
    """Pine and her badge."""
    return kept(_pine)
