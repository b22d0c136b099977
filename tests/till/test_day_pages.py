"""Returns, money in and out, the blind count, the day end and what the office sees, by pages."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import CodeMisread, WrongKindOfCode, new_id
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.printing import queries as printed
from factory.printing import spool
from factory.security.domain import SYSTEM, Role
from factory.stock import queries as stock
from factory.till import queries, service
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.receipt import Receipt
from factory.till.domain.refund import ReceiptUnknown
from factory.till.domain.sale import receipt_code
from tests.conftest import Kept, SignIn
from tests.till.build import (
    FLOAT,
    LANGUAGES,
    SHOP,
    SHORT,
    card,
    cash,
    give_back,
    make_coat,
    make_count,
    make_till,
    sold,
    value_of,
)


def _sale(session: Session) -> Receipt:
    make_till(session)
    noted = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "", "J77")
    paid = (card(300_000), cash(80_000))
    return sold(session, make_coat(session), 2, tenders=paid, cash_receipt=noted)


@pytest.fixture
def sale(kept: Kept) -> Receipt:
    """Two coats sold for card and cash, with a cash receipt."""
    return kept(_sale)


# Returns


def test_coats_come_back_by_their_receipt_after_one_look(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    assert birch.get("/till/returns").status_code == 200
    at = f"/till/returns/{sale.code}"
    assert birch.post("/till/returns", data={"code": sale.code}).location == at
    asked = birch.get(at).text
    assert "sold 2, can come back 2" in asked
    look = birch.post(at, data={"event_id": value_of(asked, "event_id"), "do": "all"})
    assert look.status_code == 200
    assert "₩300,000" in look.text
    assert "₩78,000" in look.text
    assert "Please cancel the cash receipt at the card terminal too: approval J77." in look.text
    event = value_of(look.text, "event_id")
    assert event == value_of(asked, "event_id")
    done = {"event_id": event, "lines-0": value_of(look.text, "lines-0"), "do": "pay_back"}
    first = birch.post(at, data=done | {"reason": "too large"})
    assert first.status_code == 303
    second = birch.post(at, data=done)
    assert second.status_code == 422  # all of it came back
    page = birch.get(first.location).text
    assert "Taken back" in page
    assert "Reason: too large" in page
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, sale.lines[0].item) == 5
        assert queries.today(session).net == Money(0)


def test_a_part_comes_back_and_pressing_twice_pays_once(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    at, event = f"/till/returns/{sale.code}", new_id()
    look = birch.post(at, data={"event_id": event, "lines-0": "1", "do": "look"})
    assert "₩189,000" in look.text
    done = {"event_id": event, "lines-0": "1", "do": "pay_back"}
    first, second = birch.post(at, data=done), birch.post(at, data=done)
    assert first.location == second.location
    assert "Nothing was paid back twice." in birch.get(second.location).text
    with app.app_context(), reading() as session:
        assert queries.today(session).returns == 1
        assert queries.receipt(session, 1).left == 1
    assert "1 came back" in birch.get(f"/till/receipt/{sale.code}").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3", "Of line 1 only 2 can come back."),
        ("-1", "Of line 1 only 2 can come back."),
        ("", "Please say which coats come back."),
        ("one", "Not a valid integer value."),
    ],
)
def test_a_return_that_can_not_be_is_refused_and_stays_typed(
    birch: FlaskClient, sale: Receipt, typed: str, sentence: str
) -> None:
    given = {"lines-0": typed, "reason": "too large", "do": "look"}
    answer = birch.post(f"/till/returns/{sale.code}", data=given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert value_of(answer.text, "lines-0") == typed
    assert value_of(answer.text, "reason") == "too large"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (receipt_code(9), ReceiptUnknown()),
        ("30000090", CodeMisread()),
        ("20000120", WrongKindOfCode()),
        ("", CodeMisread()),
    ],
)
def test_a_paper_that_is_no_receipt_is_refused(
    birch: FlaskClient, sale: Receipt, language: str, code: str, refusal: Refused
) -> None:
    birch.post("/language", data={"language": language})
    answer = birch.post("/till/returns", data={"code": code})
    assert answer.status_code == 422
    assert tell(refusal, language) in answer.text
    assert value_of(answer.text, "code") == code


def test_a_return_is_no_sale_and_what_all_came_back_says_so(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    with app.app_context(), transaction() as session:
        back = give_back(session, sale, {1: 2})
    answer = birch.post("/till/returns", data={"code": back.code})
    assert "This is the receipt of a return." in answer.text
    assert (
        "All coats of this receipt came back already."
        in birch.get(f"/till/returns/{sale.code}").text
    )


def test_a_closed_till_takes_nothing_back(app: Flask, birch: FlaskClient, sale: Receipt) -> None:
    with app.app_context(), transaction() as session:
        service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
    given = {"lines-0": "1", "do": "pay_back"}
    answer = birch.post(f"/till/returns/{sale.code}", data=given)
    assert answer.status_code == 422
    assert "The till is closed." in answer.text


# Money in and out


def test_money_is_put_in_and_taken_out_with_a_reason(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    for way, amount in (("in", "50,000"), ("out", "20,000")):
        assert birch.get(f"/till/money/{way}").status_code == 200
        given = {"amount": amount, "reason": "change", "event_id": new_id()}
        for _ in range(2):  # pressed twice
            assert birch.post(f"/till/money/{way}", data=given).location == "/till/"
    with app.app_context(), reading() as session:
        day = queries.today(session)
    assert (day.paid_in, day.paid_out) == (Money(50_000), Money(20_000))


@pytest.mark.parametrize(
    ("amount", "reason", "sentence"),
    [
        ("", "thread", "This field is required."),
        ("0", "thread", "Please give an amount above zero."),
        ("5", "", "Please say what the money is for."),
        ("900,000", "bank", "There is not that much in the drawer."),
    ],
)
def test_money_that_can_not_be_taken_out_is_refused_and_stays_typed(
    birch: FlaskClient, sale: Receipt, amount: str, reason: str, sentence: str
) -> None:
    answer = birch.post("/till/money/out", data={"amount": amount, "reason": reason})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert value_of(answer.text, "amount") == amount
    assert value_of(answer.text, "reason") == reason


# The day end


def test_the_count_is_blind_and_the_day_ends_with_it(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    empty = birch.post("/till/day", data={"n50000": "", "n10000": ""})
    assert empty.status_code == 422
    assert "Where nothing lies in the drawer, type 0." in empty.text
    blind = birch.get("/till/day").text
    assert "278,000" not in blind
    assert birch.post("/till/day", data={"n50000": "5", "n10000": "2"}).location == (
        "/till/day/counted"
    )
    shown = birch.get("/till/day/counted").text
    assert "Short" in shown
    assert "₩8,000" in shown
    assert "₩278,000" in shown
    assert "₩270,000" in shown
    closed = birch.post("/till/day/counted", data={"note": "change given twice"})
    assert closed.location == "/till/days/1"
    page = birch.get(closed.location).text
    assert "change given twice" in page
    assert "The day is closed." in page
    assert birch.get("/till/").location == "/till/open"
    with app.app_context(), reading() as session:
        assert queries.day_end(session, 1).over == Money(-8_000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"n10000": "-1"}, "Please give a number of notes or coins, not below zero."),
        ({"n10000": "two"}, "Not a valid integer value."),
    ],
)
def test_a_count_that_can_not_be_is_refused_and_stays_typed(
    birch: FlaskClient, sale: Receipt, typed: dict[str, str], sentence: str
) -> None:
    answer = birch.post("/till/day", data=typed | {"n50000": "5"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert value_of(answer.text, "n10000") == typed["n10000"]
    assert value_of(answer.text, "n50000") == "5"


def test_what_was_sold_after_the_count_asks_for_another(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    assert birch.get("/till/day/counted").location == "/till/day"
    birch.post("/till/day", data={"n50000": "5"})
    with app.app_context(), transaction() as session:
        sold(session, sale.lines[0].item)
    answer = birch.post("/till/day/counted", data={"note": ""})
    assert answer.status_code == 422
    assert "Please count the drawer first." in answer.text
    assert 'name="n50000"' in answer.text
    with app.app_context(), reading() as session:
        assert queries.opening(session) is not None


def test_a_till_closed_twice_is_refused(birch: FlaskClient, sale: Receipt) -> None:
    birch.post("/till/day", data={"n50000": "5"})
    assert birch.post("/till/day/counted", data={"note": SHORT}).status_code == 303
    for again in ("/till/day/counted", "/till/day"):
        answer = birch.post(again, data={"n50000": "5"})
        assert answer.status_code == 422
        assert "The till is closed." in answer.text
    assert birch.get("/till/days/7").status_code == 404


def test_the_days_report_is_printed_again_as_a_copy(
    app: Flask, birch: FlaskClient, sale: Receipt
) -> None:
    with app.app_context(), transaction() as session:
        service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
        job = printed.job_of_event(session, service.day_end_event(1))
        assert job is not None
        spool.claim(session, job.id, b"x", at=now())
        spool.settle(session, job.id, None, 1, at=now())
    assert birch.post("/till/days/1/again").location == "/till/days/1"
    assert birch.post("/till/days/2/again").status_code == 422


# The office


def test_the_office_sees_the_days_sales_and_prints_an_interim_report(
    app: Flask, sign_in: SignIn, sale: Receipt
) -> None:
    maple = sign_in(Role.ORDER_MANAGER)
    assert maple.get("/till/sales").location == "/till/sales/2026-11-24"
    page = maple.get("/till/sales/2026-11-24").text
    for part in (sale.code, "₩378,000", "₩34,364", "Print the interim report"):
        assert part in page
    assert "Nothing was sold on this day." in maple.get("/till/sales/2026-11-23").text
    assert maple.get("/till/sales/someday").status_code == 404
    assert maple.post("/till/interim").location == "/till/sales"
    assert "No day has ended yet." in maple.get("/till/days").text
    with app.app_context(), transaction() as session:
        service.close_day(session, make_count(FLOAT), note=SHORT, by=SYSTEM, at=now())
    assert "-₩78,000" in maple.get("/till/days").text
    assert "The till is closed." in maple.get("/till/sales/2026-11-24").text
    assert maple.post("/till/interim").status_code == 422


def test_whoever_does_not_stand_at_the_till_sees_receipts_and_day_ends_all_the_same(
    app: Flask, sign_in: SignIn, sale: Receipt
) -> None:
    maple = sign_in(Role.ORDER_MANAGER)
    with app.app_context(), transaction() as session:
        back = give_back(session, sale, {1: 1})
        service.close_day(session, make_count(FLOAT), note=SHORT, by=SYSTEM, at=now())
    page = maple.get("/till/sales/2026-11-24").text
    assert f'href="/till/sales/receipt/{sale.code}"' in page
    assert back.code in maple.get(f"/till/sales/receipt/{sale.code}").text
    assert sale.code in maple.get(f"/till/sales/receipt/{back.code}").text
    assert 'href="/till/days/1/figures"' in maple.get("/till/days").text
    assert "₩200,000" in maple.get("/till/days/1/figures").text
    assert maple.get("/till/days/2/figures").status_code == 404
    assert maple.get(f"/till/receipt/{sale.code}").status_code == 403


def test_a_cash_receipt_that_is_due_is_on_the_offices_list_until_it_is_noted(
    app: Flask, sign_in: SignIn, sale: Receipt
) -> None:
    maple, list_ = sign_in(Role.ORDER_MANAGER), "/till/sales/2026-11-24"
    assert "still due" not in maple.get(list_).text  # the sale of the fixture has its own
    with app.app_context(), transaction() as session:
        owed = sold(session, sale.lines[0].item, 2)
    page = maple.get(list_).text
    assert "Cash receipts that are still due" in page
    assert "₩378,000 · until 29 Nov 2026 (Sun)" in page
    with app.app_context(), transaction() as session:
        give_back(session, owed, {1: 1})
    assert "₩189,000 · until" in maple.get(list_).text
    with app.app_context(), transaction() as session:
        give_back(session, owed, {1: 1})
    assert "still due" not in maple.get(list_).text


def test_the_manager_describes_the_shop(app: Flask, sign_in: SignIn) -> None:
    willow = sign_in(Role.MANAGER)
    typed: dict[str, Any] = {
        "name": SHOP.name,
        "registration": "1248100997",
        "representative": SHOP.representative,
        "address": SHOP.address,
        "phone": SHOP.phone,
        "tolerance": "1,000",
    }
    wrong = willow.post("/till/shop", data=typed)
    assert wrong.status_code == 422
    assert "This is no business registration number." in wrong.text
    assert value_of(wrong.text, "name") == SHOP.name
    assert willow.post("/till/shop", data=typed | {"registration": "1248100998"}).status_code == 303
    assert value_of(willow.get("/till/shop").text, "registration") == "124-81-00998"
    with app.app_context(), reading() as session:
        assert queries.shop(session) == SHOP


def test_the_start_page_leads_to_the_till(birch: FlaskClient, sale: Receipt) -> None:
    page = birch.get("/").text
    for address in ("/till/", "/till/returns", "/till/day"):
        assert f'href="{address}"' in page
    assert 'href="/till/sales"' not in page


@pytest.mark.parametrize(("language", "words"), [("en", "At most"), ("ko", "까지만 적을")])
def test_a_code_in_the_place_of_the_float_is_refused(
    sign_in: SignIn, language: str, words: str
) -> None:
    browser = sign_in(Role.CASHIER)
    answer = browser.post(f"/till/open?language={language}", data={"float": "40000015"})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="40000015"' in answer.text


def test_more_notes_than_a_drawer_holds_are_refused(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        make_till(session)
    answer = sign_in(Role.CASHIER).post("/till/day", data={"n50000": "9999999999"})
    assert answer.status_code == 422
    assert 'value="9999999999"' in answer.text
