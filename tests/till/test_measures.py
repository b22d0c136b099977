"""What is measured for a coat: kept with its ticket, printed for whoever cuts, measured anew."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.measures import Measure, MeasureOutOfRange, NothingMeasured
from factory.till.domain.ticket import Ticket, TicketCancelled
from tests.conftest import SignIn
from tests.till.build import make_till, papers, reads
from tests.till.tickets import cancel, make_ticket

TAKEN = {Measure.BUST: 925, Measure.HIP: 980, Measure.SLEEVE: 580}


@pytest.fixture
def ticket(session: Session, clock: Any) -> Ticket:
    make_till(session)
    return make_ticket(session)


def measure(session: Session, ticket: Ticket, given: dict[Measure, int]) -> Ticket:
    return service.measure(session, ticket.number, given, by=SYSTEM, at=now())


def test_measures_stand_with_the_ticket_and_on_a_slip_with_its_code(
    session: Session, ticket: Ticket
) -> None:
    found = measure(session, ticket, TAKEN)
    assert [(each.what, each.shown) for each in found.measures] == [
        (Measure.BUST, "92.5 cm"),
        (Measure.HIP, "98 cm"),
        (Measure.SLEEVE, "58 cm"),
    ]
    slip = papers(session)[-1]
    text = reads(slip)
    assert all(word in text for word in ("치수", "가슴둘레", "92.5 cm", str(ticket.number)))
    assert ticket.code in str(slip.blocks)


def test_who_measures_anew_keeps_what_differs_and_prints_once(
    session: Session, ticket: Ticket
) -> None:
    measure(session, ticket, TAKEN)
    before = len(papers(session))
    measure(session, ticket, TAKEN)
    assert len(papers(session)) == before
    found = measure(session, ticket, {Measure.BUST: 930})
    assert [each.millimetres for each in found.measures] == [930, 980, 580]
    assert len(papers(session)) == before + 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, NothingMeasured),
        ({Measure.BUST: 0}, NothingMeasured),
        ({Measure.WAIST: 99}, MeasureOutOfRange),
        ({Measure.HEIGHT: 2_501}, MeasureOutOfRange),
    ],
)
def test_what_nobody_measures_is_refused_and_nothing_is_written(
    session: Session, ticket: Ticket, given: dict[Measure, int], refusal: type[Exception]
) -> None:
    before = len(papers(session))
    with pytest.raises(refusal):
        measure(session, ticket, given)
    assert queries.ticket(session, ticket.number).measures == ()
    assert len(papers(session)) == before


def test_of_a_cancelled_ticket_nothing_is_measured(session: Session, ticket: Ticket) -> None:
    cancel(session, ticket)
    with pytest.raises(TicketCancelled):
        measure(session, ticket, TAKEN)


def test_the_page_takes_centimetres_and_shows_what_was_measured(
    app: Flask, sign_in: SignIn, clock: Any
) -> None:
    with app.app_context(), transaction() as session:
        make_till(session)
        number = make_ticket(session, id=new_id()).number
    birch = sign_in(Role.CASHIER)
    page = f"/till/tickets/{number}/measures"
    assert birch.get(page).status_code == 200
    wrong = birch.post(page, data={"bust": "a lot", "hip": "98"})
    assert wrong.status_code == 422
    assert 'value="98"' in wrong.text
    far = birch.post(page, data={"bust": "925"})
    assert far.status_code == 422
    answer = birch.post(page, data={"bust": "92,5", "hip": "98"}, follow_redirects=True)
    assert "92.5 cm" in answer.text
    assert 'value="92.5"' in birch.get(page).text
    with app.app_context(), reading() as session:
        assert len(queries.ticket(session, number).measures) == 2


def test_measures_are_for_whoever_sells(sign_in: SignIn, clock: Any) -> None:
    cutter: FlaskClient = sign_in(Role.CUTTER)
    assert cutter.get("/till/tickets/1/measures").status_code == 403
