"""Leave that lapsed unused is a line of the next month's payslip."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.leave import service as leave
from factory.leave.domain.promotion import Promotion, Round
from factory.payroll import queries
from factory.people.domain import TermsKind, Worker
from factory.security.domain import SYSTEM
from tests.leave.build import make_house
from tests.payroll.build import work
from tests.people.build import make_terms

pytestmark = pytest.mark.usefixtures("clock")
HIRED = date(2025, 11, 10)
"""A year of service ends on 9 November 2026: the first year's days lapse then. The first of
them never arose: fewer than five worked here on that day."""
DECEMBER = date(2026, 12, 1)


@pytest.fixture
def pine(session: Session, clock: time_machine.Traveller) -> Worker:
    clock.move_to(datetime.fromisoformat("2026-12-30T10:00:00+09:00"))
    found = make_house(session, hired=HIRED, terms=make_terms(since=HIRED))
    work(session, found, DECEMBER, date(2026, 12, 4))
    return found


def unused(session: Session, pine: Worker, month: date = DECEMBER) -> dict[str, int]:
    slip = queries.entry(session, pine, month).slip
    return {each.code: each.amount for each in slip.earnings if each.code == "unused_leave"}


def test_ten_days_are_paid_at_the_ordinary_wage(session: Session, pine: Worker) -> None:
    assert unused(session, pine) == {"unused_leave": 10 * 8 * 12_000}
    (why,) = [
        each
        for each in queries.entry(session, pine, DECEMBER).slip.explain
        if each["code"] == "unused_leave"
    ]
    assert "60(5)" in why["article"]


def test_they_are_paid_once(session: Session, pine: Worker) -> None:
    assert unused(session, pine, date(2026, 11, 1)) == {}


def test_the_written_procedure_ends_the_duty_to_pay_them(session: Session, pine: Worker) -> None:
    step = Promotion(Round.FIRST, date(2026, 11, 9), date(2026, 8, 12), date(2026, 10, 1))
    leave.promote(session, pine, step, by=SYSTEM, at=now())
    assert unused(session, pine) == {"unused_leave": 2 * 8 * 12_000}


def test_a_freelancer_has_no_leave_to_lapse(session: Session) -> None:
    ash = make_house(
        session, "Ash", hired=HIRED, terms=make_terms(since=HIRED, kind=TermsKind.FREELANCE)
    )
    assert unused(session, ash) == {}
