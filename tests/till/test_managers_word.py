"""What only a manager's word allows: other prices, unseen coats, coats back without a receipt."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.security import service as security
from factory.security.domain import SYSTEM, Actor, Role
from factory.stock import queries as stock
from factory.stock import service as rail
from factory.stock.domain import NotInStock
from factory.till import queries, service
from factory.till.domain.discount import NotOnRail, OtherPrice
from factory.till.domain.drawer import NotThatMuch
from factory.till.domain.receipt import Fate, LooseReturn, Slip
from factory.till.domain.refund import RefundTooLarge, WhyWithoutReceipt, WithoutReceipt
from factory.till.domain.sale import PriceBelowZero, TenderKind, Wanted
from tests.cast import PASSWORD
from tests.till.build import (
    FLOAT,
    LANGUAGES,
    PRICE,
    basket,
    cash,
    make_coat,
    make_sale,
    make_till,
    pay,
    sell,
)

BIRCH = Actor(name="Birch", roles=frozenset({Role.CASHIER}))
DEARER = 250_000


@pytest.fixture
def black(session: Session, clock: time_machine.Traveller) -> str:
    make_till(session)
    return make_coat(session, 1)


def sell_as(session: Session, by: Actor, new: Any) -> Any:
    return service.sell(session, new, by=by, at=now(), received=now()).sale


def dearer(code: str, **changes: Any) -> Any:
    lines = (Wanted(code, price=Money(DEARER)),)
    return make_sale(code, lines=lines, tenders=(cash(DEARER),), **changes)


def test_another_price_is_a_managers_and_stands_on_the_receipt(
    session: Session, black: str
) -> None:
    with pytest.raises(OtherPrice):
        sell_as(session, BIRCH, dearer(black))
    slip = sell_as(session, BIRCH, dearer(black, approved="Willow"))
    assert (slip.total, slip.lines[0].price) == (Money(DEARER), Money(DEARER))
    assert queries.recomputed(session) == ()


def test_a_price_below_zero_is_nobodys(session: Session, black: str) -> None:
    lines = (Wanted(black, price=Money(-1)),)
    with pytest.raises(PriceBelowZero):
        sell(session, make_sale(black, lines=lines))


def test_a_coat_the_books_do_not_know_is_sold_on_a_managers_word_and_marked_to_be_counted(
    session: Session, black: str
) -> None:
    with pytest.raises(NotOnRail) as short:
        sell_as(session, BIRCH, make_sale(black, 2))
    assert (short.value.field, short.value.values["there"]) == ("badge", 1)
    slip = sell_as(session, BIRCH, make_sale(black, 2, approved="Willow"))
    assert slip.coats == 2
    assert stock.on_hand(session, black) == 0
    assert [line.code for line in stock.to_count(session, today())] == [black]
    assert stock.recomputed(session) == ()
    kinds = [(line.kind.value, line.quantity) for line in stock.movements(session, black)]
    assert ("counted", 1) in kinds
    assert {quantity for kind, quantity in kinds if kind == "sold"} == {-1}
    rail.count(session, black, 0, "looked", by=SYSTEM, at=now())
    assert stock.to_count(session, today()) == ()
    assert stock.recomputed(session) == ()


def test_the_same_sale_on_a_managers_word_again_finds_nothing_twice(
    session: Session, black: str
) -> None:
    new = make_sale(black, 3, approved="Willow")
    assert [sell(session, new).again for _ in "12"] == [False, True]
    assert stock.on_hand(session, black) == 0


def test_a_terminal_by_itself_is_told_that_the_coat_is_not_there(
    session: Session, black: str
) -> None:
    terminal = Actor(name="till 1", device="till 1")
    with pytest.raises(NotInStock) as short:
        sell_as(session, terminal, make_sale(black, 2))
    assert type(short.value) is NotInStock


# Back without a receipt


def make_loose(code: str, **changes: Any) -> LooseReturn:
    given: dict[str, Any] = {"id": new_id(), "item": code, "quantity": 1, "amount": Money(150_000)}
    given |= {"kind": TenderKind.CASH, "reason": "lost", "approved": "Willow"}
    return LooseReturn(**(given | changes))


def take_back(session: Session, new: LooseReturn) -> Any:
    return service.give_back_without(session, new, by=BIRCH, at=now())


def test_a_coat_without_a_receipt_comes_back_under_a_managers_name(
    session: Session, black: str
) -> None:
    new = make_loose(black)
    first, again = take_back(session, new), take_back(session, new)
    slip = first.receipt
    assert (first.again, again.again, again.receipt.number) == (False, True, slip.number)
    assert (slip.kind, slip.sale, slip.total) == (Slip.RETURN, None, Money(-150_000))
    assert (slip.vat, slip.is_back, slip.coats) == (Money(-13_636), True, -1)
    assert stock.on_hand(session, black) == 2
    assert queries.today(session).expected == Money(FLOAT - 150_000)
    assert queries.recomputed(session) == ()
    assert stock.recomputed(session) == ()


@pytest.mark.parametrize("fate", Fate)
def test_what_comes_back_without_a_receipt_has_a_grade_too(
    session: Session, black: str, fate: Fate
) -> None:
    take_back(session, make_loose(black, fate=fate))
    assert stock.on_hand(session, black) == (2 if fate is Fate.RAIL else 1)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"approved": ""}, WithoutReceipt),
        ({"reason": " "}, WhyWithoutReceipt),
        ({"amount": Money(PRICE + 1)}, RefundTooLarge),
        ({"amount": Money(-1)}, RefundTooLarge),
        ({"quantity": 3, "amount": Money(FLOAT + 1)}, NotThatMuch),
    ],
    ids=["no_manager", "no_reason", "too_much", "below_zero", "not_in_the_drawer"],
)
def test_what_is_wrong_without_a_receipt_is_refused_and_nothing_is_written(
    session: Session, black: str, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal), session.begin_nested():
        take_back(session, make_loose(black, **changes))
    assert stock.on_hand(session, black) == 1
    assert queries.today(session).returns == 0


def test_nothing_paid_back_is_allowed_and_opens_no_drawer(session: Session, black: str) -> None:
    slip = take_back(session, make_loose(black, amount=ZERO)).receipt
    assert (slip.total, slip.vat) == (ZERO, ZERO)


# At the pages


@pytest.fixture
def willow(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        security.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )


def test_at_the_till_a_missing_coat_asks_for_a_manager_and_is_sold_with_her(
    app: Flask, birch: FlaskClient, coat: str, willow: None
) -> None:
    many = basket(coat, "6") | {"cash": str(6 * PRICE)}
    for language in LANGUAGES:
        birch.post("/language", data={"language": language})
        answer = pay(birch, **many)
        assert answer.status_code == 422
        assert 'name="pin"' in answer.text
        told = tell(NotOnRail(coat="", there=5, asked=6), language)
        assert told.split("6")[-1][-12:] in answer.text
    wrong = pay(birch, **many, badge="willow", pin="wrong")
    assert wrong.status_code == 422
    done = pay(birch, **many, badge="willow", pin=PASSWORD)
    assert done.status_code == 303
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, coat) == 0
        assert len(stock.to_count(session, today())) == 1


def test_at_the_till_another_price_is_typed_beside_the_coat(
    app: Flask, birch: FlaskClient, coat: str, willow: None
) -> None:
    one = basket(coat) | {"lines-0-price": "250,000"}
    assert "₩250,000" in birch.post("/till/", data=one | {"do": "recount"}).text
    refused = pay(birch, **one, cash="250000")
    assert refused.status_code == 422
    assert "Another price needs a manager." in refused.text
    done = pay(birch, **one, cash="250000", badge="willow", pin=PASSWORD)
    assert done.status_code == 303


def test_at_the_till_coats_without_a_receipt_need_badge_and_pin(
    app: Flask, birch: FlaskClient, coat: str, willow: None
) -> None:
    typed = {"code": coat, "quantity": "1", "amount": "100,000", "kind": "cash", "fate": "rail"}
    typed |= {"reason": "gift", "event_id": new_id()}
    assert birch.get("/till/returns/without").status_code == 200
    for language in LANGUAGES:
        birch.post("/language", data={"language": language})
        refused = birch.post("/till/returns/without", data=typed)
        assert refused.status_code == 422
        assert tell(WithoutReceipt(), language) in refused.text
    done = birch.post("/till/returns/without", data=typed | {"badge": "willow", "pin": PASSWORD})
    assert done.status_code == 303
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, coat) == 6


def test_a_customer_without_her_receipt_is_known_by_the_number_on_her_card(
    birch: FlaskClient, coat: str
) -> None:
    pay(birch, **basket(coat), cash=str(PRICE), customer="17")
    found = birch.post("/till/returns", data={"code": "17"})
    assert "/till/returns/3" in found.text
    nobody = birch.post("/till/returns", data={"code": "18"})
    assert nobody.status_code == 422
    assert "card number 18" in nobody.text
    wrong = pay(birch, **basket(coat), cash=str(PRICE), customer="0")
    assert wrong.status_code == 422
