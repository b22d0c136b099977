"""Leave that lapsed unused is a line of the next month's payslip."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now
from factory.leave import service as leave
from factory.leave.domain.promotion import Promotion, Round
from factory.payroll import queries
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain import TermsKind, Worker
from factory.security.domain import SYSTEM
from tests.conftest import Kept
from tests.leave.build import make_house
from tests.payroll.build import work
from tests.people.build import make_terms

pytestmark = pytest.mark.usefixtures("clock")
HIRED = date(2025, 11, 10)
"""A year of service ends on 9 November 2026: the first year's days lapse then. The first of
them never arose: fewer than five worked here on that day."""
DECEMBER = date(2026, 12, 1)


def at_work(session: Session) -> Worker:
    found = make_house(session, hired=HIRED, terms=make_terms(since=HIRED))
    work(session, found, DECEMBER, date(2026, 12, 4))
    return found


@pytest.fixture
def pine(kept: Kept, clock: time_machine.Traveller) -> Worker:
    clock.move_to(datetime.fromisoformat("2026-12-30T10:00:00+09:00"))
    return kept(at_work)


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


def raised(session: Session, pine: Worker, since: date) -> None:
    terms = make_terms(since=since, rate=Money(15_000))
    people.change_terms(session, pine, terms, by=SYSTEM, at=now())


def test_a_raise_after_the_last_month_of_use_does_not_change_them(
    session: Session, pine: Worker
) -> None:
    raised(session, pine, DECEMBER)
    assert unused(session, pine) == {"unused_leave": 10 * 8 * 12_000}


@pytest.mark.parametrize("since", [date(2026, 11, 1), date(2026, 11, 20)], ids=str)
def test_a_raise_in_the_last_month_of_use_does(session: Session, pine: Worker, since: date) -> None:
    raised(session, pine, since)
    assert unused(session, pine) == {"unused_leave": 10 * 8 * 15_000}


def test_they_stand_on_one_slip_where_terms_change_in_the_month_that_pays_them(
    session: Session, pine: Worker
) -> None:
    raised(session, pine, date(2026, 12, 10))
    assert unused(session, pine) == {"unused_leave": 10 * 8 * 12_000}


def test_pieces_of_the_last_month_of_use_make_the_hour(session: Session) -> None:
    """No pieces and no hours: the hour is the minimum wage of that month."""
    terms = make_terms(since=HIRED, kind=TermsKind.PIECE, rate=Money(0))
    ash = make_house(session, "Ash", hired=HIRED, terms=terms)
    assert unused(session, ash) == {"unused_leave": 10 * 8 * 10_320}


@pytest.mark.parametrize(
    ("last", "days"),
    [(date(2026, 11, 8), 10), (date(2026, 11, 9), 10), (date(2026, 11, 20), 25)],
    ids=["the day before", "the last day of use", "after they lapsed, and 15 more arose"],
)
def test_who_leaves_in_the_month_in_which_they_lapse_is_paid_every_day(
    session: Session, pine: Worker, last: date, days: int
) -> None:
    gone = leaving(session, pine, last)
    month = date(2026, 11, 1)
    assert unused(session, gone, month) == {"unused_leave": days * 8 * 12_000}


def leaving(session: Session, pine: Worker, last: date) -> Worker:
    people.leave(session, pine, last, by=SYSTEM, at=now())
    return people_queries.worker(session, pine.id)


def test_days_that_lapsed_and_days_left_at_leaving_are_paid_each_at_its_wage(
    session: Session, pine: Worker
) -> None:
    raised(session, pine, DECEMBER)
    gone = leaving(session, pine, date(2026, 12, 4))
    lapsed, left = 10 * 8 * 12_000, 15 * 8 * 15_000
    assert unused(session, gone) == {"unused_leave": lapsed + left}


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
