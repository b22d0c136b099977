"""Leave that somebody was granted and left before it came."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.leave import queries
from factory.people import service as people
from factory.security.domain import SYSTEM
from tests.leave.build import grant, make_house, make_wish

pytestmark = pytest.mark.usefixtures("clock")


def test_leave_granted_for_days_after_her_last_one_is_not_taken(
    session: Session,
) -> None:
    pine = make_house(session)
    before = queries.ledger(session, pine.id, date(2026, 11, 24)).left
    grant(session, pine, make_wish(date(2026, 12, 3), date(2026, 12, 4)))
    assert queries.ledger(session, pine.id, date(2026, 12, 3)).used == 2 * 480
    people.leave(session, pine, date(2026, 12, 3), by=SYSTEM, at=now())
    assert queries.ledger(session, pine.id, date(2026, 12, 3)).used == 480
    assert queries.ledger(session, pine.id, date(2026, 11, 24)).left == before - 480
