"""Many months paid, corrected and paid again: each comes to the month paid right at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from factory.people.domain import TermsKind
from tests.payroll.corrected import HEARD, RATES, Heard, paid_and_right

pytestmark = [pytest.mark.endure, pytest.mark.usefixtures("clock")]
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("kind", RATES)
@MANY
@given(heard=HEARD)
def test_many_months_corrected_come_to_the_month_paid_right_at_once(
    session: Session, kind: TermsKind, heard: Heard
) -> None:
    paid, right = paid_and_right(session, kind, heard)
    assert paid == right
