"""The pages about orders: that they work, what they refuse, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.kernel.money import Money
from factory.kernel.time import today
from factory.kernel.words import LANGUAGES
from factory.orders.domain import OrderKind
from factory.security.domain import Role
from tests.catalogue.build import make_style as make_new_style
from tests.conftest import SignIn
from tests.orders.build import make_customer, make_lines, make_style
from tests.orders.house import S, draft_in, hang, kept, order_in


def sheet(**changes: Any) -> dict[str, Any]:
    """What the order sheet sends: 30 black and 12 grey coats."""
    typed = {
        "style": "W-2601",
        "kind": "customer",
        "customer": "1",
        "due": (today() + timedelta(weeks=3)).isoformat(),
        "deposit": "500,000",
        "tolerance_percent": "3",
        "note": "by noon",
        "price:W-2601": "120,000",
        "cell:W-2601:BK:55": "10",
        "cell:W-2601:BK:66": "20",
        "cell:W-2601:GY:66": "12",
    }
    return typed | changes


# Taking an order


def test_an_order_is_typed_like_the_paper_sheet_and_kept_as_a_draft(
    app: Flask, office: FlaskClient
) -> None:
    assert "W-2601" in office.get("/orders/new").text
    page = office.get("/orders/new?style=W-2601").text
    assert 'name="cell:W-2601:CA:88"' in page
    assert 'name="price:W-2601"' in page
    answer = office.post("/orders/new", data=sheet())
    assert answer.status_code == 303
    (order,) = kept(app)
    assert (order.state, order.quantity, order.worth) == (S.DRAFT, 42, Money(42 * 120_000))
    assert (order.deposit, order.note) == (Money(500_000), "by noon")
    page = office.get(answer.location).text
    assert f"Order {order.number} is written down as a draft." in page
    assert "₩5,040,000" in page


def test_a_second_style_comes_into_the_sheet_and_nothing_typed_is_lost(
    app: Flask, office: FlaskClient
) -> None:
    with app.app_context(), transaction() as session:
        make_style(session, "W-2602")
    typed = sheet(more="1", another="W-2602", due="")
    answer = office.post("/orders/new", data=typed)
    assert answer.status_code == 200
    assert 'name="cell:W-2602:CA:88"' in answer.text
    assert 'value="20"' in answer.text
    assert kept(app) == ()
    more = {"style": ["W-2601", "W-2602"], "price:W-2602": "90000", "cell:W-2602:CA:44": "2"}
    assert office.post("/orders/new", data=sheet(**more)).status_code == 303
    assert [line.style for line in kept(app)[0].lines] == ["W-2601", "W-2601", "W-2602"]


REFUSED = [
    ({"cell:W-2601:BK:66": "twenty"}, "Please type how many coats"),
    ({"cell:W-2601:BK:66": "-5"}, "Please type how many coats"),
    ({"cell:W-2601:BK:66": "12345"}, "At most 9,999 coats of one colour and size"),
    ({"deposit": "9" * 13}, "At most ₩999,999,999,999 can be entered here."),
    ({"due": "2106-12-31"}, "more than 5 years away. Please look at the year."),
    ({"due": "99999-01-01"}, "Not a valid date value"),
    ({"price:W-2601": "12.5"}, "Please type whole won"),
    ({"price:W-2601": ""}, "Please give the price of one coat"),
    ({"deposit": "99,000,000"}, "The deposit can&#39;t be more"),
    ({"due": "2026-11-23"}, "is over. Please choose a later day"),
    ({"due": ""}, "This field is required"),
    ({"customer": ""}, "Please choose the customer"),
    ({"kind": "stock"}, "Please leave the customer empty"),
    ({"kind": "gift"}, "Not a valid choice"),
    ({"tolerance_percent": "50"}, "Number must be between 0 and 20"),
    ({"cell:W-2601:BK:55": "", "cell:W-2601:BK:66": "0", "cell:W-2601:GY:66": ""}, "at least one"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED)
def test_what_was_typed_stays_when_it_is_refused(
    app: Flask, office: FlaskClient, change: dict[str, str], sentence: str
) -> None:
    answer = office.post("/orders/new", data=sheet(**change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="120,000"' in answer.text or "price:W-2601" in change
    assert "by noon" in answer.text
    assert kept(app) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Please type how many coats, for example 12."),
        ("ko", "벌수를 숫자로 적어 주세요. 예: 12"),
        ("ko_easy", "몇 벌인지 숫자로 적어 주세요. 예: 12"),
    ],
)
def test_a_wrong_cell_is_marked_in_her_language_beside_the_cell(
    office: FlaskClient, language: str, sentence: str
) -> None:
    office.post("/language", data={"language": language})
    answer = office.post("/orders/new", data=sheet(**{"cell:W-2601:BK:66": "x"}))
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2  # at the top and below the row
    assert 'aria-describedby="cell:W-2601:BK:66-wrong"' in answer.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "has no operations yet, so it can&#39;t be made."),
        ("ko", "아직 공정이 없어서 만들 수 없어요."),
        ("ko_easy", "아직 일하는 차례가 없어서 만들 수 없어요."),
    ],
)
def test_a_style_of_which_nobody_knows_how_it_is_made_is_neither_ordered_nor_promised(
    app: Flask, office: FlaskClient, language: str, sentence: str
) -> None:
    with app.app_context(), transaction() as session:
        make_new_style(session, number="W-2699", sheet=None)
    office.post("/language", data={"language": language})
    typed = {"style": "W-2699", "price:W-2699": "90,000", "cell:W-2699:BK:66": "7"}
    answer = office.post("/orders/new", data=sheet() | typed)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2  # at the top and beside the price
    assert 'value="7"' in answer.text
    assert kept(app) == ()


def test_an_unknown_style_or_customer_is_not_found(office: FlaskClient) -> None:
    assert office.get("/orders/new?style=W-9999").status_code == 404
    assert office.post("/orders/new", data=sheet(customer="99")).status_code == 422


# One order


def test_a_draft_is_shown_typed_changed_and_confirmed(app: Flask, office: FlaskClient) -> None:
    number = draft_in(app)
    at = f"/orders/{number}"
    assert "This is a draft" in office.get(at).text
    form = office.get(f"{at}/change").text
    assert 'value="15"' in form
    assert 'value="120,000"' in form
    assert office.post(f"{at}/change", data=sheet(due="")).status_code == 422
    assert office.post(f"{at}/change", data=sheet()).status_code == 303
    assert kept(app)[0].quantity == 42
    assert office.post(f"{at}/confirm").status_code == 303
    assert kept(app)[0].state is S.CONFIRMED
    assert office.post(f"{at}/change", data=sheet()).status_code == 422


def test_an_emptied_cell_stays_empty_when_a_draft_is_typed_anew(
    app: Flask, office: FlaskClient
) -> None:
    number = draft_in(app)
    only = {"cell:W-2601:BK:55": "", "cell:W-2601:BK:66": "1", "cell:W-2601:GY:66": ""}
    assert (
        office.post(f"/orders/{number}/change", data=sheet(deposit="", **only)).status_code == 303
    )
    assert kept(app)[0].quantity == 1
    assert kept(app)[0].deposit == Money(0)


def test_a_draft_that_is_overdue_is_not_confirmed(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    number = draft_in(app, due=today())
    clock.shift(timedelta(days=1))
    answer = sign_in(Role.ORDER_MANAGER).post(f"/orders/{number}/confirm")
    assert answer.status_code == 422
    assert "is over" in answer.text


def test_cancelling_asks_why_and_says_what_it_does(app: Flask, office: FlaskClient) -> None:
    number = draft_in(app)
    at = f"/orders/{number}"
    assert "Nothing is made of it then" in office.get(at).text
    answer = office.post(f"{at}/cancel", data={"reason": " "})
    assert answer.status_code == 422
    assert "Please say why" in answer.text
    assert office.post(f"{at}/cancel", data={"reason": "gave up"}).status_code == 303
    page = office.get(at).text
    assert "cancelled" in page
    assert "What comes next" not in page
    assert office.post(f"{at}/confirm").status_code == 422


def test_what_is_cut_is_closed_and_not_cancelled(app: Flask, office: FlaskClient) -> None:
    at = f"/orders/{order_in(app, S.IN_CUTTING).number}"
    page = office.get(at).text
    assert f"{at}/close" in page
    assert f"{at}/cancel" not in page
    answer = office.post(f"{at}/cancel", data={"reason": "gave up"})
    assert answer.status_code == 422
    assert "Please close it short" in answer.text
    assert office.post(f"{at}/close", data={"reason": ""}).status_code == 422
    assert office.post(f"{at}/close", data={"reason": "no more cloth"}).status_code == 303
    assert kept(app)[0].state is S.CLOSED


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_page_reads_in_every_language(
    app: Flask, office: FlaskClient, language: str
) -> None:
    order = order_in(app, S.IN_PRODUCTION)
    hang(app, order, 1, "66", 7)
    office.post("/language", data={"language": language})
    page = office.get(f"/orders/{order.number}").text
    assert {"en": "on the rail", "ko": "행거", "ko_easy": "걸려 있음"}[language] in page
    assert ">7</td>" in page
    assert 'aria-current="step"' in page


# The list


def test_the_list_goes_by_due_date_and_marks_what_is_late(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    soon = order_in(app, due=today() + timedelta(days=2))
    later = order_in(app, kind=OrderKind.STOCK)
    clock.shift(timedelta(days=5))
    page = sign_in(Role.ORDER_MANAGER).get("/orders/").text
    assert page.index(soon.number) < page.index(later.number)
    assert page.count("late by 3 days") == 1
    assert "season stock for the shop" in page
    assert "Women&#39;s wool coat" in page


def test_many_coats_are_told_with_a_comma(app: Flask, office: FlaskClient) -> None:
    number = order_in(app, lines=make_lines(BK=(0, 0, 1234))).number
    draft_in(app, lines=make_lines(BK=(0, 0, 1000)))
    page = office.get("/orders/").text
    assert '<td class="number">1,234</td>' in page
    assert '<td class="number">2,234</td>' in page
    assert "<dd>1,234</dd>" in office.get(f"/orders/{number}").text


def test_the_list_is_filtered_by_its_address(app: Flask, office: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        plum = make_customer(session, "Plum Lane").number
    mine, other = order_in(app, customer=plum), order_in(app, S.CLOSED)
    assert other.number not in office.get("/orders/").text
    assert other.number in office.get("/orders/?show=all").text
    page = office.get(f"/orders/?show=all&customer={plum}").text
    assert mine.number in page
    assert other.number not in page
    assert office.get("/orders/?customer=x").status_code == 200
    assert "No orders here." in office.get("/orders/?customer=77").text


def test_the_list_comes_as_a_file_for_a_spreadsheet(app: Flask, office: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        odd = make_customer(session, "=HYPERLINK(1)").number
    order = order_in(app, customer=odd, lines=make_lines(BK=(1, 2)))
    file = office.get("/orders/orders.csv")
    lines = file.data.decode("utf-8-sig").splitlines()
    assert lines[0].endswith("Coats,Price,Amount")
    assert lines[1].startswith(f"{order.number},for a customer,'=HYPERLINK(1),")
    assert lines[1].endswith("W-2601,BK,44:1 55:2,3,120000,360000")


def test_the_floor_sees_orders_without_their_prices(app: Flask, sign_in: SignIn) -> None:
    number = order_in(app).number
    cutter = sign_in(Role.CUTTER)
    assert number in cutter.get("/orders/").text
    for path in ("/orders/", f"/orders/{number}"):
        assert "₩" not in cutter.get(path).text
    assert "120000" not in cutter.get("/orders/orders.csv").text
    assert "What comes next" not in cutter.get(f"/orders/{number}").text
    assert "₩" in sign_in(Role.CASHIER).get("/orders/").text


# Who may not


@pytest.mark.parametrize("role", [Role.CUTTER, Role.SUPERVISOR, Role.CASHIER])
def test_only_the_office_takes_and_moves_orders(app: Flask, sign_in: SignIn, role: Role) -> None:
    at = f"/orders/{order_in(app).number}"
    browser = sign_in(role)
    assert browser.get(at).status_code == 200
    for path in ("/orders/new", f"{at}/change", f"{at}/ship", "/orders/customers"):
        assert browser.get(path).status_code == 403
    for path in (f"{at}/confirm", f"{at}/cancel", f"{at}/close", "/orders/customers/new"):
        assert browser.post(path).status_code == 403


def test_whoever_knows_nobody_sees_no_order(app: Flask, sign_in: SignIn) -> None:
    number = order_in(app).number
    for browser in (sign_in(), sign_in(Role.WORKER), sign_in(Role.KEEPER)):
        for path in ("/orders/", f"/orders/{number}", "/orders/orders.csv", "/orders/customers/1"):
            assert browser.get(path).status_code == 403


def test_an_order_that_is_not_there_is_not_found(office: FlaskClient) -> None:
    for path in ("/orders/2026-9999", "/orders/2026-9999/ship", "/orders/2026-9999/change"):
        assert office.get(path).status_code == 404
    assert office.get("/orders/customers/99").status_code == 404
