"""Cash receipts: what is still to be issued, and what has to be cancelled after a return."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now
from factory.security.domain import SYSTEM
from factory.till import queries, service
from factory.till.domain.cash_receipt import (
    CashReceipt,
    NoCancelNumber,
    NothingToCancel,
    ReceiptPurpose,
)
from factory.till.domain.sale import receipt_code
from tests.till.build import PRICE, card, cash, give_back, make_coat, make_till, sold
from tests.till.tickets import SLEEVES, cancel, make_payment, make_ticket

NOTED = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-2222-3333", "J1")


@pytest.fixture
def black(session: Session, clock: time_machine.Traveller) -> str:
    make_till(session)
    return make_coat(session)


def stop(session: Session, number: int, approval: str = "C1") -> None:
    service.cancel_cash_receipt(session, number, approval, by=SYSTEM, at=now())


def test_a_return_makes_the_cash_receipt_one_to_cancel_and_the_rest_one_to_issue(
    session: Session, black: str
) -> None:
    sale = sold(session, black, 2, cash_receipt=NOTED)
    assert queries.cash_receipts_to_cancel(session) == ()
    give_back(session, sale, {1: 1})
    (wrong,) = queries.cash_receipts_to_cancel(session)
    assert (wrong.code, wrong.amount, wrong.left) == (sale.code, Money(2 * PRICE), Money(PRICE))
    assert wrong.noted.approval == "J1"
    stop(session, sale.number)
    assert queries.cash_receipts_to_cancel(session) == ()
    (owed,) = queries.owed_cash_receipts(session)
    assert (owed.code, owed.amount) == (sale.code, Money(PRICE))
    service.note_cash_receipt(session, sale.number, NOTED, by=SYSTEM, at=now())
    assert queries.owed_cash_receipts(session) == ()
    assert queries.cash_receipts_to_cancel(session) == ()


def test_when_everything_came_back_nothing_is_owed_after_the_cancellation(
    session: Session, black: str
) -> None:
    sale = sold(session, black, cash_receipt=NOTED)
    give_back(session, sale, {1: 1})
    stop(session, sale.number)
    assert queries.owed_cash_receipts(session) == ()
    assert queries.cash_receipts_to_cancel(session) == ()


def test_a_return_to_the_card_leaves_the_cash_receipt_alone(session: Session, black: str) -> None:
    tenders = (card(PRICE), cash(PRICE))
    sale = sold(session, black, 2, tenders=tenders, cash_receipt=NOTED)
    give_back(session, sale, {1: 1})
    assert queries.cash_receipts_to_cancel(session) == ()


def test_nothing_is_cancelled_that_holds_and_nothing_without_its_number(
    session: Session, black: str
) -> None:
    sale = sold(session, black, cash_receipt=NOTED)
    with pytest.raises(NothingToCancel):
        stop(session, sale.number)
    give_back(session, sale, {1: 1})
    with pytest.raises(NoCancelNumber):
        stop(session, sale.number, " ")
    stop(session, sale.number)
    with pytest.raises(NothingToCancel):
        stop(session, sale.number)


def test_a_deposit_of_a_dear_coat_owes_a_cash_receipt_however_small_it_is(
    session: Session, black: str
) -> None:
    dear = make_payment(10_000)
    make_ticket(session, deposit=dear, tasks=(task(150_000),))
    make_ticket(session, deposit=make_payment(10_000), tasks=(task(99_999),))
    (owed,) = queries.owed_cash_receipts(session)
    assert owed.amount == Money(10_000)


def task(won: int) -> Any:
    return type(SLEEVES)("new lining", "", Money(won))


def test_a_deposit_that_goes_back_has_its_cash_receipt_cancelled(
    session: Session, black: str
) -> None:
    ticket = make_ticket(session, deposit=make_payment(20_000, cash_receipt=NOTED))
    cancel(session, ticket)
    (wrong,) = queries.cash_receipts_to_cancel(session)
    assert wrong.left == ZERO


def test_the_cashier_sees_what_is_due_and_notes_a_cancellation(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        open_one = sold(session, coat)
        done = sold(session, coat, cash_receipt=NOTED)
        give_back(session, done, {1: 1})
    text = birch.get("/till/cash-receipts").text
    assert open_one.code in text
    assert "To cancel at the card terminal" in text
    assert "Cash receipts still to issue: 1" in birch.get("/till/day").text
    address = f"/till/cash-receipts/{done.code}/cancel"
    refused = birch.post(address, data={"approval": ""})
    assert refused.status_code == 422
    assert "approval number of the cancellation" in refused.text
    assert birch.post(address, data={"approval": "C9"}).status_code == 303
    assert "To cancel at the card terminal" not in birch.get("/till/cash-receipts").text


def test_a_small_deposit_of_a_dear_coat_asks_for_its_cash_receipt_at_once(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        make_ticket(session, deposit=make_payment(10_000), tasks=(task(150_000),))
        make_ticket(session, deposit=make_payment(10_000), tasks=(task(90_000),))
    pages = [birch.get(f"/till/receipt/{receipt_code(number)}").text for number in (1, 2)]
    assert ["A cash receipt over" in text for text in pages] == [True, False]
