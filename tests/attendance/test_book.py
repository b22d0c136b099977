"""What many have alike is worked out once; what is one's own stays her own."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.plan import Planned
from factory.kernel.time import now
from factory.people import service as people
from factory.people.domain import WEEK
from factory.people.domain.guards import Consent, ConsentKind
from factory.security.domain import SYSTEM
from tests.attendance.days import CEDAR
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
USUAL = ("09:00", "18:00")


def test_a_plan_of_her_own_is_nobody_else_s(session: Session) -> None:
    pine, oak = make_worker(session, "Pine"), make_worker(session, "Oak")
    late = Planned("10:00", "19:00")
    service.plan_day(session, pine, MONDAY, late, by=CEDAR, at=now())
    book = queries.load(session, MONDAY, TUESDAY)
    assert (book.planned(pine, MONDAY), book.planned(pine, TUESDAY)) == (late, Planned(*USUAL))
    assert book.planned(oak, MONDAY) == Planned(*USUAL)


def test_other_terms_have_other_plans_and_limits(session: Session) -> None:
    pine = make_worker(session, "Pine")
    short = make_terms(weekly_hours=20, work_days=WEEK[:4], shift_end="14:00")
    oak = make_worker(session, "Oak", terms=short)
    book = queries.load(session, MONDAY, TUESDAY)
    assert book.planned(oak, MONDAY) == Planned("09:00", "14:00")
    most = [book.rules(worker)(MONDAY).most(MONDAY) for worker in (pine, oak)]
    assert most == [480, 300]


def test_those_alike_share_their_rules_and_a_consent_is_one_s_own(session: Session) -> None:
    pine, oak, elm = (make_worker(session, name) for name in ("Pine", "Oak", "Elm"))
    people.consent(
        session, elm, Consent(ConsentKind.NIGHT, TUESDAY, given=True), by=SYSTEM, at=now()
    )
    session.flush()
    book = queries.load(session, MONDAY, TUESDAY)
    assert book.rules(pine)(TUESDAY) is book.rules(oak)(TUESDAY)
    consents = [book.rules(worker)(TUESDAY).night_consent for worker in (pine, oak, elm)]
    assert consents == [False, False, True]


def test_whoever_came_later_shares_nothing_with_those_before(session: Session) -> None:
    pine, new = make_worker(session, "Pine"), make_worker(session, "New", hired=TUESDAY)
    book = queries.load(session, MONDAY, TUESDAY)
    assert book.planned(pine, MONDAY) is not None
    assert (book.planned(new, MONDAY), book.planned(new, TUESDAY)) == (None, Planned(*USUAL))
