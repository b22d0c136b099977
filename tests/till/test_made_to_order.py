"""Coats made to order: the floor's order, its deposit, and the pick-up from its own lot."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import speaking
from factory.orders import queries as orders
from factory.orders import service as ordering
from factory.orders.domain import NewLine, NotConfirmed, Order, OrderKind, OrderState
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.till import queries, service
from factory.till.domain.receipt import NewReturn
from factory.till.domain.sale import vat_inside
from factory.till.domain.ticket import NotAllOnTheRail, OrderHasTicket, TicketKind, TicketState
from factory.till.records import ReceiptRow
from printers.document import Barcode, Row, Text
from tests.orders.build import STYLE, finish, make_draft, make_order
from tests.stock.build import make_stock
from tests.till.build import card, cash, make_till, papers
from tests.till.test_cash_receipts import NOTED
from tests.till.test_entered_law import hold
from tests.till.tickets import cancel, make_payment, make_ready, make_ticket, pick_up

PRICE, DEPOSIT = 289_000, 100_000
LINES = (NewLine(STYLE, "BK", Money(PRICE), (("66", 1),)),)


@pytest.fixture
def order(session: Session, clock: time_machine.Traveller) -> Order:
    make_till(session)
    return make_order(session, lines=LINES)


def make(session: Session, order: Order) -> str:
    """The floor has made the coat."""
    ordering.advance(session, order.number, OrderState.COMPLETE, by=SYSTEM, at=now())
    return finish(session, order, 1, "66", 1)


def test_the_price_and_the_coat_are_the_orders(session: Session, order: Order) -> None:
    ticket = make_ticket(session, order=order.number, coat="", tasks=())
    assert (ticket.kind, ticket.price) == (TicketKind.MADE_TO_ORDER, Money(PRICE))
    assert "66" in ticket.coat
    assert [each.number for each in queries.orders_without_ticket(session)] == []
    with pytest.raises(OrderHasTicket):
        make_ticket(session, order=order.number, tasks=())


def test_an_unknown_order_and_a_draft_have_no_ticket(session: Session, order: Order) -> None:
    with pytest.raises(NotFound):
        make_ticket(session, order="2026-9999", tasks=())
    draft = make_draft(session, lines=LINES)
    with pytest.raises(NotConfirmed):
        make_ticket(session, order=draft.number, tasks=())


def test_deposit_and_balance_pay_the_coat_which_leaves_from_its_own_lot(
    session: Session, order: Order
) -> None:
    paid = make_payment(DEPOSIT, card(DEPOSIT))
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=paid)
    with pytest.raises(NotAllOnTheRail):
        make_ready(session, ticket)
    make_stock(session, quantity=3)  # coats of the shop hang there too
    code = make(session, order)
    make_ready(session, ticket)
    slip = pick_up(session, ticket, make_payment(PRICE - DEPOSIT, cash(200_000)))
    assert (slip.total, slip.change) == (Money(PRICE - DEPOSIT), Money(11_000))
    assert [line.amount.won for line in slip.lines] == [PRICE, -DEPOSIT]
    (lot,) = order.cells()
    assert stock.cell_balance(session, lot).sold == 1
    assert stock.on_hand(session, code) == 3
    assert orders.order(session, order.number).state is OrderState.CLOSED
    assert queries.recomputed(session) == stock.recomputed(session) == ()


def test_a_coat_that_comes_back_is_paid_back_by_deposit_and_balance(
    session: Session, order: Order
) -> None:
    paid = make_payment(DEPOSIT, card(DEPOSIT))
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=paid)
    make(session, order)
    make_ready(session, ticket)
    slip = pick_up(session, ticket, make_payment(PRICE - DEPOSIT))
    back = service.give_back(
        session, NewReturn(new_id(), slip.number, {1: 1}), by=SYSTEM, at=now()
    ).receipt
    assert back.total == Money(-PRICE)
    assert [(each.kind.value, each.kept.won) for each in back.paid] == [
        ("card", -DEPOSIT),
        ("cash", DEPOSIT - PRICE),
    ]
    receipts = session.scalars(select(ReceiptRow)).all()
    assert Money.total(row.total for row in receipts) == ZERO
    assert Money.total(row.vat for row in receipts) == ZERO
    assert queries.recomputed(session) == ()


def test_of_a_coat_that_comes_back_the_cash_receipts_of_deposit_and_balance_are_cancelled(
    session: Session, order: Order
) -> None:
    paid = make_payment(DEPOSIT, cash_receipt=NOTED)
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=paid)
    make(session, order)
    make_ready(session, ticket)
    slip = pick_up(session, ticket, make_payment(PRICE - DEPOSIT, cash_receipt=NOTED))
    assert queries.cash_receipts_to_cancel(session) == ()
    service.give_back(session, NewReturn(new_id(), slip.number, {1: 1}), by=SYSTEM, at=now())
    wrong = queries.cash_receipts_to_cancel(session)
    assert [(each.amount.won, each.left) for each in wrong] == [
        (DEPOSIT, ZERO),
        (PRICE - DEPOSIT, ZERO),
    ]
    for each in wrong:
        number = queries.number_of(session, each.code)
        service.cancel_cash_receipt(session, number, "C1", by=SYSTEM, at=now())
    assert queries.cash_receipts_to_cancel(session) == ()
    assert queries.owed_cash_receipts(session) == ()


def test_of_a_coat_that_comes_back_nothing_is_owed_for_its_deposit(
    session: Session, order: Order
) -> None:
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=make_payment(DEPOSIT))
    make(session, order)
    make_ready(session, ticket)
    slip = pick_up(session, ticket, make_payment(PRICE - DEPOSIT))
    assert len(queries.owed_cash_receipts(session)) == 2
    service.give_back(session, NewReturn(new_id(), slip.number, {1: 1}), by=SYSTEM, at=now())
    assert queries.owed_cash_receipts(session) == ()


def test_a_deposit_whose_tax_waits_for_the_supply_leaves_all_of_it_to_the_pick_up(
    session: Session, order: Order
) -> None:
    hold(session, "sales_tax.deposit_taxed_at_once", Fraction(0))
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=make_payment(DEPOSIT))
    (deposit,) = queries.ticket_receipts(session, ticket.number)
    assert queries.receipt(session, deposit).vat == ZERO
    make(session, order)
    make_ready(session, ticket)
    slip = pick_up(session, ticket, make_payment(PRICE - DEPOSIT))
    assert slip.vat == vat_inside(Money(PRICE), Fraction(1, 10))


def test_a_cancelled_ticket_leaves_the_order_to_the_office(session: Session, order: Order) -> None:
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=make_payment(DEPOSIT))
    cancel(session, ticket)
    assert orders.order(session, order.number).state is OrderState.CONFIRMED
    assert [each.number for each in queries.orders_without_ticket(session)] == [order.number]
    assert queries.ticket(session, ticket.number).state is TicketState.CANCELLED


def test_the_pick_up_ticket_says_what_is_still_to_pay(session: Session, order: Order) -> None:
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=make_payment(DEPOSIT))
    paper = next(
        each
        for each in papers(session)
        if "계약금" not in each.title
        and any(isinstance(block, Barcode) and block.data == ticket.code for block in each.blocks)
    )
    rows = [block.right for block in paper.blocks if isinstance(block, Row)]
    assert {"289,000원", "100,000원", "189,000원"} <= set(rows)
    assert any(isinstance(block, Text) and block.text == "1" for block in paper.blocks)


def test_coats_for_one_person_wait_for_their_ticket_before_what_firms_ordered(
    session: Session, order: Order
) -> None:
    later = today() + timedelta(weeks=9)
    hers = make_order(session, kind=OrderKind.MADE, lines=LINES, due=later)
    waiting = [each.number for each in queries.orders_without_ticket(session)]
    assert waiting == [hers.number, order.number]


def test_a_coat_that_is_made_is_shown_as_hanging_there_until_it_is_marked_ready(
    app: Flask, birch: FlaskClient, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        make_till(session)
        order = make_order(session, kind=OrderKind.MADE, lines=LINES)
        ticket = make_ticket(session, order=order.number, tasks=())
    for there in (False, True):
        assert ("hangs on the rail" in birch.get("/till/tickets").text) is there
        page = birch.get(f"/till/tickets/{ticket.number}").text
        assert ("The coat hangs on the rail." in page) is there
        if not there:
            with app.app_context(), transaction() as session:
                make(session, order)
    with app.app_context(), transaction() as session:
        make_ready(session, ticket)
    assert "hangs on the rail" not in birch.get("/till/tickets").text


def test_the_coat_is_named_in_the_customers_language_whoever_takes_it_in(
    session: Session, order: Order
) -> None:
    with speaking("en"):
        ticket = make_ticket(session, order=order.number, coat="", tasks=())
    with speaking("ko"):
        names = [name for name, *_ in queries.coats_of_order(session, order)]
    assert ticket.coat == ", ".join(names)
    assert "Black" not in ticket.coat
