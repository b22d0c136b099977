"""Exchanges, what becomes of coats that come back, and the shop's days for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now
from factory.kernel.words import say, speaking, tell
from factory.people import service as people
from factory.security import service as security
from factory.security import sessions
from factory.security.domain import SYSTEM, Actor, Role
from factory.security.queries import audit
from factory.stock import queries as stock
from factory.till import queries, service
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.discount import PinWanted
from factory.till.domain.exchange import NewExchange, carried, difference
from factory.till.domain.receipt import Fate, NewReturn, Receipt
from factory.till.domain.refund import Refund, RefundLine, TooLateToReturn
from factory.till.domain.sale import Paid, Tender, TenderKind
from tests.cast import PIN
from tests.conftest import Kept
from tests.people.build import make_worker
from tests.till.build import (
    FLOAT,
    LANGUAGES,
    PRICE,
    basket,
    card,
    cash,
    make_coat,
    make_sale,
    make_till,
    opens_drawer,
    papers,
    pay,
    reads,
    sold,
    value_of,
)

NOTED = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-2222-3333", "J77")
CASH, CARD = TenderKind.CASH, TenderKind.CARD
BIRCH = Actor(name="Birch", roles=frozenset({Role.CASHIER}))


def refund(**paid: int) -> Refund:
    kept = tuple(Paid(TenderKind(k), Money(won), Money(won)) for k, won in paid.items())
    return Refund((RefundLine(1, "4", 1, Money(sum(paid.values()))),), kept, ZERO)


@pytest.mark.parametrize(
    ("total", "tenders", "to_pay", "to_give"),
    [
        (100, [(CASH, 40), (CARD, 60)], 0, 0),
        (130, [(CASH, 40), (CARD, 60)], 30, 0),
        (50, [(CASH, 40), (CARD, 10)], 0, 50),
        (0, [], 0, 100),
    ],
)
def test_what_comes_back_pays_cash_first_and_the_card_gets_back_first(
    total: int, tenders: list[tuple[TenderKind, int]], to_pay: int, to_give: int
) -> None:
    back = refund(card=60, cash=40)
    found = carried(back, Money(total))
    assert found == tuple(Tender(kind, Money(won)) for kind, won in tenders)
    assert difference(back, Money(total)).to_pay == Money(to_pay)
    assert difference(back, Money(total)).to_give == Money(to_give)


def exchange(
    session: Session, sale: Receipt, code: str, *tenders: Tender, quantity: int = 1, off: int = 0
) -> service.Exchanged:
    back = NewReturn(new_id(), sale.number, {1: 1})
    new = make_sale(code, quantity, tenders=tenders, discount=off)
    return service.exchange(session, NewExchange(back, new), by=SYSTEM, at=now())


def test_another_size_at_the_same_price_moves_no_money_and_opens_no_drawer(
    session: Session,
) -> None:
    make_till(session)
    black, camel = make_coat(session, 1), make_coat(session, 1, colour="CA")
    noted = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-2222-3333", "J12345678")
    first = sold(session, black, cash_receipt=noted)
    done = exchange(session, first, camel)
    assert (stock.on_hand(session, black), stock.on_hand(session, camel)) == (1, 0)
    day = queries.today(session)
    assert day.expected == Money(FLOAT + PRICE)
    assert (day.net, day.coats) == (Money(PRICE), 1)
    assert [opens_drawer(paper) for paper in papers(session)[-2:]] == [False, False]
    assert done.sale.cash_receipt == first.cash_receipt or done.sale.cash_receipt is not None
    assert queries.owed_cash_receipts(session) == ()
    assert done.back.instead == done.sale.number
    assert done.back.cash_receipt_goes_on
    assert queries.recomputed(session) == ()


def test_a_new_cash_receipt_in_an_equal_exchange_replaces_the_old_one(session: Session) -> None:
    make_till(session)
    black, camel = make_coat(session), make_coat(session, colour="CA")
    first = sold(session, black, cash_receipt=NOTED)
    new = make_sale(camel, tenders=(), cash_receipt=replace(NOTED, approval="J88"))
    back = NewReturn(new_id(), first.number, {1: 1})
    done = service.exchange(session, NewExchange(back, new), by=SYSTEM, at=now())
    assert done.back.cash_receipt_falls
    assert not done.back.cash_receipt_goes_on
    slip = reads(papers(session)[-1])
    assert "현금영수증 취소:" in slip
    assert "J77" in slip
    (wrong,) = queries.cash_receipts_to_cancel(session)
    assert (wrong.code, wrong.noted.approval, wrong.left) == (first.code, "J77", ZERO)
    (other,) = wrong.replaced
    assert other.code == done.sale.code
    assert other.noted is not None
    assert other.noted.approval == "J88"
    service.cancel_cash_receipt(session, first.number, "C1", by=SYSTEM, at=now())
    assert queries.cash_receipts_to_cancel(session) == ()
    assert queries.owed_cash_receipts(session) == ()


def test_of_two_coats_one_is_exchanged_and_the_same_cash_receipt_holds_for_both(
    session: Session,
) -> None:
    make_till(session)
    black, camel = make_coat(session), make_coat(session, colour="CA")
    first = sold(session, black, 2, cash_receipt=NOTED)
    done = exchange(session, first, camel)
    assert done.back.cash_receipt_goes_on
    assert not done.back.cash_receipt_falls
    assert "현금영수증 취소:" not in reads(papers(session)[-1])
    assert queries.cash_receipts_to_cancel(session) == ()
    assert queries.owed_cash_receipts(session) == ()
    again = service.give_back(
        session, NewReturn(new_id(), first.number, {1: 1}), by=SYSTEM, at=now()
    ).receipt
    assert again.cash_receipt_falls
    (wrong,) = queries.cash_receipts_to_cancel(session)
    assert (wrong.amount, wrong.left, wrong.replaced) == (Money(2 * PRICE), Money(PRICE), ())
    assert wrong.others == (done.sale.code,)


def test_a_cash_receipt_that_went_on_is_cancelled_whole_and_what_is_left_is_owed_anew(
    session: Session,
) -> None:
    make_till(session)
    black, camel = make_coat(session), make_coat(session, colour="CA")
    first = sold(session, black, 2, cash_receipt=NOTED)
    sold(session, black, cash_receipt=NOTED)  # by chance the same number, and another slip
    other = exchange(session, first, camel).sale
    service.give_back(session, NewReturn(new_id(), other.number, {1: 1}), by=SYSTEM, at=now())
    (wrong,) = queries.cash_receipts_to_cancel(session)
    assert (wrong.code, wrong.others) == (other.code, (first.code,))
    assert (wrong.amount, wrong.left) == (Money(2 * PRICE), Money(PRICE))
    service.cancel_cash_receipt(session, other.number, "C1", by=SYSTEM, at=now())
    assert queries.cash_receipts_to_cancel(session) == ()
    (owed,) = queries.owed_cash_receipts(session)
    assert (owed.code, owed.amount) == (first.code, Money(PRICE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_says_what_replaces_a_cash_receipt(
    app: Flask, birch: FlaskClient, coat: str, language: str
) -> None:
    with app.app_context(), transaction() as session:
        camel = make_coat(session, 4, colour="CA")
        noted, unnoted = (sold(session, coat, cash_receipt=NOTED) for _ in "12")
        for first, receipt in ((noted, replace(NOTED, approval="J88")), (unnoted, None)):
            new = make_sale(camel, tenders=(), discount=9_000, cash_receipt=receipt)
            back = NewReturn(new_id(), first.number, {1: 1})
            service.exchange(session, NewExchange(back, new), by=SYSTEM, at=now())
    birch.post("/language", data={"language": language})
    page = birch.get("/till/cash-receipts").text
    with app.test_request_context(), speaking(language):
        said = (
            "A new cash receipt replaces this one: approval {approval}. Please cancel the old one."
        )
        assert say(said, approval="J88") in page
        assert page.count(say("Its new cash receipt is still to be issued.")) == 1


def test_nobodys_cash_receipt_stays_nobodys(session: Session) -> None:
    make_till(session)
    black, camel = make_coat(session), make_coat(session, colour="CA")
    first = sold(session, black, cash_receipt=CashReceipt(ReceiptPurpose.INCOME_DEDUCTION))
    noted = exchange(session, first, camel).sale.cash_receipt
    assert noted is not None
    assert noted.identifier == "010-000-1234"


def test_a_dearer_choice_is_paid_on_top_and_a_cheaper_one_given_back(session: Session) -> None:
    make_till(session)
    black, camel = make_coat(session), make_coat(session, colour="CA")
    dearer = exchange(session, sold(session, black), camel, cash(200_000), quantity=2)
    assert dearer.sale.change == Money(11_000)
    assert queries.today(session).expected == Money(FLOAT + 2 * PRICE)
    assert [opens_drawer(paper) for paper in papers(session)[-2:]] == [True, False]
    by_card = sold(session, black, tenders=(card(PRICE),))
    exchange(session, by_card, camel, off=9_000)
    takings = {each.kind: each.net for each in queries.today(session).takings}
    assert takings[CARD] == Money(PRICE - 9_000)
    assert queries.recomputed(session) == ()


def test_an_exchange_sent_twice_is_one(session: Session) -> None:
    make_till(session)
    black, camel = make_coat(session, 2), make_coat(session, 2, colour="CA")
    first = sold(session, black, tenders=(card(PRICE),))
    new = NewExchange(NewReturn(new_id(), first.number, {1: 1}), make_sale(camel, tenders=()))
    one = service.exchange(session, new, by=SYSTEM, at=now())
    two = service.exchange(session, new, by=SYSTEM, at=now())
    assert (one.again, two.again) == (False, True)
    assert one.sale.number == two.sale.number
    assert stock.on_hand(session, camel) == 1


# What becomes of them


def test_a_coat_with_a_flaw_comes_back_as_second_grade(session: Session) -> None:
    make_till(session)
    code = make_coat(session, 2)
    sale = sold(session, code, 2)
    new = NewReturn(new_id(), sale.number, {1: 2}, "torn seam", Fate.SECOND)
    for _ in "twice":
        service.give_back(session, new, by=SYSTEM, at=now())
    item = catalogue.item(session, code)
    second = catalogue.item_of(session, item.style, item.colour, item.size, Grade.SECOND)
    assert (stock.on_hand(session, code), stock.on_hand(session, second.code)) == (0, 2)
    assert stock.recomputed(session) == ()


def test_a_coat_beyond_use_never_hangs_again(session: Session) -> None:
    make_till(session)
    code = make_coat(session, 2)
    sale = sold(session, code)
    new = NewReturn(new_id(), sale.number, {1: 1}, fate=Fate.SCRAP)
    service.give_back(session, new, by=SYSTEM, at=now())
    assert stock.on_hand(session, code) == 1
    assert stock.recomputed(session) == ()
    assert "scrap" in [line.what for line in audit(session)]


def test_after_the_shops_days_only_a_manager_takes_coats_back(session: Session) -> None:
    make_till(session)
    sale = sold(session, make_coat(session))
    new = NewReturn(new_id(), sale.number, {1: 1})
    late = now() + timedelta(days=8)
    with pytest.raises(TooLateToReturn):
        service.give_back(session, new, by=BIRCH, at=late)
    approved = replace(new, approved="Willow")
    assert service.give_back(session, approved, by=BIRCH, at=late).receipt.total == Money(-PRICE)
    assert "take_back_late" in [line.what for line in audit(session)]


# At the till


def _black(session: Session, coat: str) -> Receipt:
    return sold(session, coat, tenders=(card(PRICE),))


@pytest.fixture
def black(coat: str, kept: Kept) -> Receipt:
    return kept(_black, coat)


def chosen(birch: FlaskClient, receipt: Receipt, **typed: str) -> str:
    at = f"/till/returns/{receipt.code}"
    data = {"event_id": new_id(), "lines-0": "1", "fate": "rail", "do": "exchange"} | typed
    answer = birch.post(at, data=data)
    assert answer.status_code == 200
    return answer.text


def test_an_exchange_goes_by_scanner_from_receipt_to_receipt(
    app: Flask, birch: FlaskClient, coat: str, black: Receipt
) -> None:
    with app.app_context(), transaction() as session:
        camel = make_coat(session, 1, colour="CA")
    page = chosen(birch, black, fate="second")
    assert "Exchange: 1 of receipt" in page
    hidden = ("sale_id", "back_code", "back_id", "back_lines", "back_fate", "back_reason")
    kept = {name: value_of(page, name) for name in hidden}
    assert kept["back_lines"] == "1:1"
    scanned = birch.post("/till/", data=kept | {"code": camel})
    assert "Left to pay" in scanned.text
    line = {"lines-0-code": camel, "lines-0-quantity": "1", "lines-0-discount": ""}
    money = birch.post("/till/", data=kept | line)
    assert 'name="quick"' not in money.text
    assert value_of(money.text, "back_fate") == "second"
    first, second = (pay(birch, **kept, **line) for _ in "12")
    assert first.location == second.location
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, camel) == 0
        assert queries.receipt(session, 3).instead == 2
        assert queries.receipt(session, 3).sale == black.number


def test_a_cheaper_coat_says_what_goes_back(birch: FlaskClient, coat: str, black: Receipt) -> None:
    page = chosen(birch, black)
    kept = {name: value_of(page, name) for name in ("back_code", "back_id", "back_lines")}
    money = birch.post("/till/", data=basket(coat, off="9,000") | kept)
    assert "Goes back to the customer" in money.text
    assert "₩9,000" in money.text


def test_the_receipt_of_an_exchange_says_what_changes_hands(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        camel = make_coat(session, 3, colour="CA")
        noted = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-2222-3333", "J77")
        first = sold(session, coat, cash_receipt=noted)
    for off, told in (("9,000", "Pay back: Cash"), ("", "Nothing to pay, nothing goes back")):
        page = chosen(birch, first)
        kept = {name: value_of(page, name) for name in ("back_code", "back_id", "back_lines")}
        done = pay(birch, **basket(camel, off=off) | kept, why="season" if off else "")
        page = birch.get(done.location).text
        assert told in page
        assert "Paid to the won" not in page
        assert ("₩9,000" in page) is bool(off)
        # a dearer or cheaper coat needs a cash receipt of its own; the old one falls
        assert ("too: approval J77" in page) is bool(off)
        with app.app_context(), transaction() as session:
            first = sold(session, coat)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_late_receipt_asks_for_the_managers_badge(
    app: Flask, birch: FlaskClient, black: Receipt, language: str, clock: object
) -> None:
    clock.shift(timedelta(days=8))  # type: ignore[attr-defined]
    birch = _again(app, birch)
    birch.post("/language", data={"language": language})
    at = f"/till/returns/{black.code}"
    data = {"event_id": new_id(), "lines-0": "1", "fate": "rail", "do": "pay_back"}
    refused = birch.post(at, data=data)
    assert refused.status_code == 422
    assert tell(TooLateToReturn(days=7), language) in refused.text
    assert 'name="badge"' in refused.text
    badge = _managers_badge(app)
    for _ in range(6):  # a badge alone is no attempt: her PIN is asked for
        half = birch.post(at, data=data | {"badge": badge})
        assert tell(PinWanted(), language) in half.text
    assert birch.post(at, data=data | {"badge": badge, "pin": PIN}).status_code == 303


def _again(app: Flask, client: FlaskClient) -> FlaskClient:
    """Birch signs in anew on another day."""
    with app.app_context(), transaction() as session:
        account = security.find_account_id(session, "Birch")
        assert account is not None
        client.set_cookie("didim_session", sessions.open_session(session, account, at=now()))
    return client


def _managers_badge(app: Flask) -> str:
    with app.app_context(), transaction() as session:
        worker = make_worker(session)
        account = security.find_account_id(session, str(worker.number))
        assert account is not None
        security.set_roles(session, account, [Role.WORKER, Role.MANAGER], by=SYSTEM, at=now())
        return people.issue_badge(session, worker, by=SYSTEM, at=now())
