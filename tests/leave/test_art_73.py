"""Leave that the law gives for the asking (art. 73): hers from then on, and like every other."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.leave import domain, queries, service
from factory.leave.domain import Answer, LeaveKind, refuse_answer
from factory.people.domain import Worker
from factory.security.domain import SYSTEM, Actor, Role
from tests.conftest import Kept
from tests.leave.build import HIRED, ask, grant_asked, make_house, make_wish, paid
from tests.leave.test_asking import make_request
from tests.people.build import make_terms, make_worker

FRIDAY = date(2026, 12, 11)
SUPERVISOR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, hired in January, in a house of five."""
    return kept(make_house)


def test_menstrual_leave_holds_for_her_from_the_asking_one_day_a_month(
    session: Session, pine: Worker
) -> None:
    ask(session, pine, make_wish(kind=LeaveKind.MENSTRUAL))
    (asked,) = queries.requests_of(session, pine.id)
    assert (asked.answer, asked.holds, paid(session, asked)) == (Answer.OPEN, True, False)
    with pytest.raises(domain.OnceAMonth):
        ask(session, pine, make_wish(FRIDAY, kind=LeaveKind.MENSTRUAL))
    assert ask(session, pine, make_wish(date(2027, 1, 4), kind=LeaveKind.MENSTRUAL)).counts


def test_menstrual_leave_is_taken_back_by_nobody_but_herself(
    session: Session, pine: Worker
) -> None:
    asked = ask(session, pine, make_wish(kind=LeaveKind.MENSTRUAL))
    with pytest.raises(domain.HersAlone) as refusal:
        service.answer(session, asked.id, Answer.REFUSED, "busy", by=SYSTEM, at=now())
    assert refusal.value.field == "answer"
    grant_asked(session, asked)
    with pytest.raises(domain.HersAlone):
        service.answer(session, asked.id, Answer.REFUSED, "busy", by=SYSTEM, at=now())
    assert queries.request(session, asked.id).answer is Answer.GRANTED
    assert not service.withdraw(session, pine, asked.id, by=SYSTEM, at=now()).counts


def test_menstrual_leave_is_not_offered_to_men(session: Session, pine: Worker) -> None:
    oak = make_worker(session, "Oak", hired=HIRED, woman=False, terms=make_terms(since=HIRED))
    with pytest.raises(domain.NotOffered):
        ask(session, oak, make_wish(kind=LeaveKind.MENSTRUAL))


@pytest.mark.parametrize("kind", LeaveKind)
def test_whoever_leads_the_shift_grants_every_kind_and_says_no_to_none(kind: LeaveKind) -> None:
    request = make_request(make_wish(kind=kind))
    refuse_answer(request, Answer.GRANTED, "", SUPERVISOR)
    with pytest.raises(domain.OfficeSaysNo):
        refuse_answer(request, Answer.REFUSED, "a rush", SUPERVISOR)


@pytest.mark.parametrize("kind", LeaveKind)
def test_only_what_the_law_gives_for_the_asking_holds_before_an_answer(kind: LeaveKind) -> None:
    request = make_request(make_wish(kind=kind))
    assert request.holds is (kind is LeaveKind.MENSTRUAL)
    assert make_request(make_wish(kind=kind), answer=Answer.GRANTED).holds
    assert not make_request(make_wish(kind=kind), answer=Answer.WITHDRAWN).holds


@pytest.mark.parametrize("kind", LeaveKind)
@pytest.mark.parametrize("given_answer", [Answer.GRANTED, Answer.REFUSED])
def test_of_what_was_granted_whoever_may_not_know_its_kind_hears_the_same(
    kind: LeaveKind, given_answer: Answer
) -> None:
    request = make_request(answer=Answer.GRANTED, wish=make_wish(kind=kind))
    with pytest.raises(domain.GrantedStays):
        refuse_answer(request, given_answer, "a rush", SUPERVISOR)
