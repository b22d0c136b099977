"""A day that was closed as missed, in the pay of whoever is paid by the month."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.payroll import queries
from factory.people.domain import TermsKind
from factory.security.domain import SYSTEM
from tests.payroll.build import OCTOBER, work
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
SALARY, DIVISOR = 2_600_000, 209
MISSED = date(2026, 10, 15)


def test_a_day_closed_as_missed_is_taken_off_a_salary_with_its_weekly_holiday(
    session: Session,
) -> None:
    terms = make_terms(kind=TermsKind.MONTHLY, rate=Money(SALARY))
    pine = make_worker(session, terms=terms)
    work(session, pine, date(2026, 9, 28), date(2026, 10, 14))
    attendance.close_day(session, MISSED, by=SYSTEM, at=now())
    work(session, pine, date(2026, 10, 16), date(2026, 10, 31))
    (entry,) = queries.run(session, OCTOBER).entries
    earned = {each.code: each.amount for each in entry.slip.earnings}
    assert earned["base"] == SALARY - (8 + 8) * SALARY // DIVISOR
    assert entry.open_days == ()
