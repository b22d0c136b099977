"""Alterations at the till's pages: written down, paid, brought along, handed over, cancelled."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.orders.domain import OrderKind
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.ticket import (
    DepositTooLarge,
    NotReadyYet,
    NoWork,
    OrderHasTicket,
    PricedTask,
    PromiseInThePast,
    PromiseTooFar,
    TicketState,
    TicketUnknown,
    WhichCoat,
)
from tests.conftest import SignIn
from tests.orders.build import make_lines, make_order
from tests.till.build import LANGUAGES, make_till, value_of
from tests.till.tickets import make_payment, make_ready, make_ticket


def typed(**more: str) -> dict[str, str]:
    """An alteration as it is typed: sleeves for 15,000 won, promised in three days."""
    given = {
        "ticket_id": new_id(),
        "pay_id": new_id(),
        "coat": "black wool coat 66",
        "tasks-0-name": "Sleeves",
        "tasks-0-how": "-2 cm",
        "tasks-0-price": "15,000",
        "promised": (today() + timedelta(days=3)).isoformat(),
    }
    return given | more


@pytest.fixture
def till(app: Flask, clock: Any) -> None:
    with app.app_context(), transaction() as session:
        make_till(session)


@pytest.fixture
def ticket(app: Flask, till: None) -> int:
    with app.app_context(), transaction() as session:
        return make_ticket(session).number


def state_of(app: Flask, number: int) -> TicketState:
    with app.app_context(), reading() as session:
        return queries.ticket(session, number).state


def test_the_price_list_fills_a_line_and_another_line_is_added(
    app: Flask, birch: FlaskClient, till: None
) -> None:
    with app.app_context(), transaction() as session:
        task = PricedTask(0, "Buttons", Money(3_000))
        service.price_task(session, task, by=SYSTEM, at=now())
    shown = birch.get("/till/tickets/new")
    assert "Buttons" in shown.text
    one = birch.post("/till/tickets/new", data=typed(do="add:1"))
    assert value_of(one.text, "tasks-1-name") == "Buttons"
    assert value_of(one.text, "tasks-1-price") == "3,000"
    assert value_of(one.text, "tasks-0-how") == "-2 cm"
    more = birch.post("/till/tickets/new", data=typed(do="add"))
    assert 'name="tasks-1-name"' in more.text
    assert "₩15,000" in more.text


def test_a_ticket_without_a_deposit_is_taken_in_at_once(
    app: Flask, birch: FlaskClient, till: None
) -> None:
    answer = birch.post("/till/tickets/new", data=typed(), follow_redirects=True)
    assert "It is taken in" in answer.text
    assert "Ticket no. 1" in answer.text
    assert birch.get("/till/tickets").text.count("still to pay ₩15,000") == 1


@pytest.mark.parametrize("do", ["recount", "show", "back"])
def test_recounting_another_language_and_going_back_take_nothing_in(
    birch: FlaskClient, till: None, do: str
) -> None:
    answer = birch.post("/till/tickets/new", data=typed(do=do, **{"tasks-0-price": "16,000"}))
    assert answer.status_code == 200
    assert '<output class="quantity" id="price" data-part>₩16,000' in answer.text
    assert "Nothing is taken in yet." in birch.get("/till/tickets").text


def test_a_deposit_goes_to_the_money_first_and_twice_is_once(
    app: Flask, birch: FlaskClient, till: None
) -> None:
    entered = typed(amount="5,000")
    money = birch.post("/till/tickets/new", data=entered)
    assert money.status_code == 200
    assert "till-pay" in money.text
    assert value_of(money.text, "tasks-0-name") == "Sleeves"
    assert value_of(money.text, "pay_id") == entered["pay_id"]
    for _ in "12":
        done = birch.post("/till/tickets/new", data=entered | {"quick": "cash:5000"})
        assert done.status_code == 303
    with app.app_context(), reading() as session:
        (one,) = queries.tickets(session)
        assert (one.paid, one.open) == (Money(5_000), Money(10_000))
        assert queries.today(session).deposits.taken == Money(5_000)


def test_too_little_paid_is_told_and_nothing_typed_is_lost(birch: FlaskClient, till: None) -> None:
    entered = typed(amount="5000", cash="4000", do="pay", note="thread")
    answer = birch.post("/till/tickets/new", data=entered)
    assert answer.status_code == 422
    assert "₩1,000 are still missing." in answer.text
    assert value_of(answer.text, "cash") == "4000"
    assert value_of(answer.text, "note") == "thread"
    odd = birch.post("/till/tickets/new", data=entered | {"cash": "many"})
    assert odd.status_code == 422
    assert "till-pay" in odd.text  # what is wrong about the money is said with the money
    assert "Please type whole won" in odd.text
    assert "Nothing is taken in yet." in birch.get("/till/tickets").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"tasks-0-name": "", "tasks-0-how": "", "tasks-0-price": ""}, NoWork()),
        ({"coat": ""}, WhichCoat()),
        ({"amount": "15001"}, DepositTooLarge(most=Money(15_000))),
        ({"promised": "2026-01-02"}, PromiseInThePast),
    ],
    ids=["no_work", "no_coat", "deposit_too_large", "promise_in_the_past"],
)
def test_what_is_wrong_is_told_beside_it_in_her_language(
    birch: FlaskClient, till: None, language: str, changes: dict[str, str], refusal: Any
) -> None:
    birch.post("/language", data={"language": language})
    answer = birch.post("/till/tickets/new", data=typed() | changes)
    assert answer.status_code == 422
    if refusal is PromiseInThePast:
        refusal = PromiseInThePast(day=date(2026, 1, 2))
    assert tell(refusal, language) in answer.text
    assert value_of(answer.text, "ticket_id")


def test_a_ticket_comes_along_and_is_handed_over_against_the_rest(
    app: Flask, birch: FlaskClient, ticket: int
) -> None:
    page = f"/till/tickets/{ticket}"
    assert birch.post(f"{page}/pay", data={"amount": "10000"}).status_code == 200
    paid = {"amount": "10000", "pay_id": new_id(), "quick": "card:10000"}
    receipt = birch.post(f"{page}/pay", data=paid, follow_redirects=True)
    assert "The deposit is received" in receipt.text
    birch.post(f"{page}/move", data={"to": "ready"})
    assert state_of(app, ticket) is TicketState.READY
    rest = birch.get(f"{page}/pay")
    assert "₩25,000" in rest.text
    done = birch.post(
        f"{page}/pay",
        data={"pay_id": new_id(), "amount": "25000", "cash": "30000", "do": "pay"},
        follow_redirects=True,
    )
    assert "₩5,000" in done.text
    assert state_of(app, ticket) is TicketState.PICKED_UP
    assert "Deposit, paid before" in done.text


def test_a_ticket_that_is_not_ready_takes_a_deposit_and_is_not_handed_over(
    app: Flask, birch: FlaskClient, ticket: int
) -> None:
    answer = birch.post(f"/till/tickets/{ticket}/pay", data={"quick": "cash:1", "pay_id": ""})
    assert answer.status_code == 422
    assert state_of(app, ticket) is TicketState.TAKEN
    assert tell(NotReadyYet(number=1), "ko_easy") != tell(NotReadyYet(number=1), "en")


def test_fitting_promise_and_reprint_are_buttons_on_the_ticket(
    app: Flask, birch: FlaskClient, ticket: int
) -> None:
    page = f"/till/tickets/{ticket}"
    later = (today() + timedelta(days=5)).isoformat()
    noted = birch.post(f"{page}/fitting", data={"day": later, "fitting": "14:30"})
    assert noted.status_code == 303
    shown = birch.get(page).text
    assert "She tried it on" in shown
    assert birch.post(f"{page}/fitting", data={"held": "1"}).status_code == 303
    assert "tried on" in birch.get(page).text
    assert birch.post(f"{page}/fitting", data={"day": later, "fitting": "25"}).status_code == 422
    assert birch.post(f"{page}/promise", data={"promised": later}).status_code == 303
    assert birch.post(f"{page}/promise", data={"promised": "2026-01-01"}).status_code == 422
    waits = birch.post(f"{page}/again")  # its first paper has not come out yet
    assert waits.status_code == 422


def test_a_cancelled_ticket_needs_a_reason_and_pays_the_deposit_back(
    app: Flask, birch: FlaskClient, till: None
) -> None:
    with app.app_context(), transaction() as session:
        make_ticket(session, deposit=make_payment(5_000))
    refused = birch.post("/till/tickets/1/cancel", data={"reason": ""})
    assert refused.status_code == 422
    assert "Please write why it is cancelled." in refused.text
    assert birch.post("/till/tickets/1/cancel", data={"reason": "moved"}).status_code == 303
    with app.app_context(), reading() as session:
        assert queries.deposits_held(session) == Money(0)
    assert "Please write" not in birch.get("/till/tickets/1").text


def test_a_scanned_ticket_opens_from_the_till_and_from_the_list(
    app: Flask, birch: FlaskClient, ticket: int
) -> None:
    with app.app_context(), reading() as session:
        code = queries.ticket(session, ticket).code
    opened = birch.post("/till/", data={"code": code}, follow_redirects=True)
    assert "Ticket no. 1" in opened.text
    for number in (code, "1"):
        assert birch.post("/till/tickets", data={"code": number}).status_code == 303
    refused = birch.post("/till/tickets", data={"code": "77"})
    assert tell(TicketUnknown(), "en") in refused.text


def test_the_ready_list_stands_before_what_is_promised(
    app: Flask, birch: FlaskClient, ticket: int
) -> None:
    with app.app_context(), transaction() as session:
        make_ready(session, queries.ticket(session, ticket))
        make_ticket(session, coat="camel coat 55")
    text = birch.get("/till/tickets").text
    assert text.index("Ready to pick up") < text.index("Promised") < text.index("camel coat 55")


def test_the_price_list_is_kept_by_whoever_keeps_the_catalogue(
    sign_in: SignIn, birch: FlaskClient
) -> None:
    assert birch.get("/till/prices").status_code == 403
    office = sign_in(Role.ORDER_MANAGER)
    kept = office.post("/till/prices", data={"name": "Hem", "price": "20000", "offered": "y"})
    assert kept.status_code == 303
    assert "₩20,000" in office.get("/till/prices").text
    twice = office.post("/till/prices", data={"name": "Hem", "price": "1", "offered": "y"})
    assert twice.status_code == 422
    assert "has Hem already" in twice.text
    anew = office.post("/till/prices/1", data={"name": "Hem", "price": "22000"})
    assert anew.status_code == 303
    assert "₩22,000" in office.get("/till/prices/1").text
    assert office.get("/till/prices/9").status_code == 404
    below = office.post("/till/prices/1", data={"name": "Hem", "price": "-1"})
    assert below.status_code == 422


def test_nobody_without_the_till_sees_tickets(sign_in: SignIn, ticket: int) -> None:
    stranger = sign_in(Role.CUTTER)
    for address in ("/till/tickets", "/till/tickets/new", "/till/tickets/1", "/till/tickets/1/pay"):
        assert stranger.get(address).status_code == 403


def test_a_till_that_is_closed_takes_no_deposit(birch: FlaskClient, clock: Any) -> None:
    refused = birch.post("/till/tickets/new", data=typed(amount="5000", quick="cash:5000"))
    assert refused.status_code == 422
    assert "The till is closed" in refused.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_money_is_asked_for_what_can_not_be_taken_in(
    app: Flask, birch: FlaskClient, till: None, language: str
) -> None:
    birch.post("/language", data={"language": language})
    past, far = today() - timedelta(days=1), today() + timedelta(days=367)
    for wrong, refusal in (
        ({"promised": past.isoformat()}, PromiseInThePast(day=past)),
        ({"promised": far.isoformat()}, PromiseTooFar(day=far)),
        ({"coat": " "}, WhichCoat()),
    ):
        for do in ({}, {"do": "pay", "cash": "5000"}, {"quick": "cash:5000"}):
            answer = birch.post("/till/tickets/new", data=typed(amount="5000", **wrong, **do))
            assert answer.status_code == 422
            assert tell(refusal, language) in answer.text
            assert 'name="coat" type="text"' in answer.text or 'id="coat"' in answer.text
    with app.app_context(), reading() as session:
        assert queries.tickets(session) == ()


def test_no_money_is_asked_for_an_order_that_has_its_ticket(
    app: Flask, birch: FlaskClient, till: None
) -> None:
    with app.app_context(), transaction() as session:
        order = make_order(session, kind=OrderKind.MADE, lines=make_lines(BK=(0, 0, 1)))
        has = make_ticket(session, order=order.number, tasks=())
    page = birch.get(f"/till/tickets/new?order={order.number}").text
    assert re.search(r'<input[^>]*autofocus[^>]*name="amount"', page)
    entry = typed(amount="5000", order=order.number)
    answer = birch.post("/till/tickets/new", data=entry)
    assert answer.status_code == 422
    assert tell(OrderHasTicket(number=has.number), "en") in answer.text
    assert "To pay" not in answer.text


def test_a_deposit_for_an_order_that_is_sent_twice_is_taken_once_and_refused_by_nothing(
    app: Flask, birch: FlaskClient, till: None
) -> None:
    with app.app_context(), transaction() as session:
        order = make_order(session, kind=OrderKind.MADE, lines=make_lines(BK=(0, 0, 1)))
    entered = typed(amount="5,000", order=order.number, quick="cash:5000")
    for _ in "12":
        assert birch.post("/till/tickets/new", data=entered).status_code == 303
    with app.app_context(), reading() as session:
        (one,) = queries.tickets(session)
    assert (one.order, one.paid) == (order.number, Money(5_000))
