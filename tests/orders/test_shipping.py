"""The pages of shipments, delivery notes and customers."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from factory.db.session import reading
from factory.kernel.ids import new_id
from factory.kernel.words import LANGUAGES, tell
from factory.orders import queries
from factory.orders.domain import (
    NobodyToShipTo,
    NotConfirmed,
    NothingToShip,
    NotOnTheRail,
    OrderCancelled,
    OrderKind,
    packed,
)
from factory.stock import queries as stock
from tests.orders.house import S, draft_in, hang, order_in

# Shipping


def test_a_packing_list_says_which_coats_lie_in_which_carton(
    app: Flask, office: FlaskClient
) -> None:
    order = order_in(app, S.IN_PRODUCTION)
    hang(app, order, 1, "66", 10)
    at = f"/orders/{order.number}"
    office.post(f"{at}/ship", data={"ship:1:66": "7", "event_id": new_id()})
    assert "Packing list" in office.get(f"{at}?language=en").text
    for asked, cartons in (("?each=3", 3), ("", 1), ("?each=0", 1), ("?each=many", 1)):
        paper = office.get(f"{at}/1/packing.pdf{asked}")
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
        assert f"{order.number}-1" in text
        assert text.count("66") >= cartons


def test_what_hangs_ready_is_proposed_and_goes_out_with_a_delivery_note(
    app: Flask, office: FlaskClient
) -> None:
    order = order_in(app, S.IN_PRODUCTION)
    code = hang(app, order, 1, "66", 10)
    at = f"/orders/{order.number}"
    form = office.get(f"{at}/ship").text
    assert 'name="ship:1:66"' in form
    assert 'value="10"' in form
    answer = office.post(f"{at}/ship", data={"ship:1:66": "4", "event_id": new_id()})
    assert answer.status_code == 303
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, code) == 6
    page = office.get(at).text
    assert f"{at}/1.pdf" in page
    note = office.get(f"{at}/1.pdf")
    assert note.mimetype == "application/pdf"
    text = PdfReader(io.BytesIO(note.data)).pages[0].extract_text()
    assert "Delivery note" in text
    assert f"{order.number}-1" in text
    assert "Larch Street Shop" in text
    assert "4 coats" in text
    assert "120,000" not in text


def test_a_shipment_pressed_twice_goes_out_once(app: Flask, office: FlaskClient) -> None:
    order = order_in(app, S.IN_PRODUCTION)
    code, typed = hang(app, order, 1, "66", 10), {"ship:1:66": "4", "event_id": new_id()}
    for _ in range(2):
        assert office.post(f"/orders/{order.number}/ship", data=typed).status_code == 303
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, code) == 6


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ship:1:66": "16"}, "only 15 more are ordered; you typed 16"),
        ({"ship:1:66": "12345"}, "At most 9,999 coats"),
        ({"ship:1:55": "x"}, "Please type how many coats"),
        ({"ship:1:66": "0"}, "Please type how many coats go out"),
    ],
)
def test_a_shipment_that_cant_go_out_is_refused_and_nothing_moves(
    app: Flask, office: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    order = order_in(app, S.IN_PRODUCTION)
    code = hang(app, order, 1, "66", 10)
    answer = office.post(f"/orders/{order.number}/ship", data={"event_id": "x"} | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, code) == 10
        assert queries.shipments(session, order.number) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_hangs_there_is_said_beside_its_field_with_the_coats_name(
    app: Flask, office: FlaskClient, language: str
) -> None:
    order = order_in(app, S.IN_PRODUCTION)
    hang(app, order, 1, "66", 10)
    office.post("/language", data={"language": language})
    answer = office.post(f"/orders/{order.number}/ship", data={"ship:1:66": "11"})
    assert answer.status_code == 422
    colour = "black" if language == "en" else "검정"
    beside = re.search(r'<p class="problem" id="ship:1:66-wrong">(.*?)</p>', answer.text, re.DOTALL)
    assert beside is not None
    assert tell(NotOnTheRail(1, colour, "66", 10, 11), language) in beside[1]
    assert 'aria-describedby="ship:1:66-wrong"' in answer.text
    assert 'value="11"' in answer.text


# What can't be done has no page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["ship", "change"])
def test_a_cancelled_order_is_neither_sent_out_nor_changed(
    app: Flask, office: FlaskClient, page: str, language: str
) -> None:
    number = order_in(app).number
    office.post(f"/orders/{number}/cancel", data={"reason": "the shop has closed"})
    office.post("/language", data={"language": language})
    at = f"/orders/{number}/{page}"
    for answer in (office.get(at), office.post(at, data={"ship:1:66": "1"})):
        assert answer.status_code == 422
        assert tell(OrderCancelled(number=number), language) in answer.text
        assert "data-matrix" not in answer.text
    from_order = office.get(at, headers={"Referer": f"http://localhost/orders/{number}"})
    assert f'href="/orders/{number}"' in from_order.text


def test_what_can_not_go_out_has_no_page(app: Flask, office: FlaskClient) -> None:
    stock_order = order_in(app, S.IN_PRODUCTION, kind=OrderKind.STOCK).number
    for number, refusal in (
        (draft_in(app), NotConfirmed),
        (stock_order, NobodyToShipTo),
    ):
        answer = office.get(f"/orders/{number}/ship")
        assert answer.status_code == 422
        assert tell(refusal(number=number), "en") in answer.text


def test_a_confirmed_order_is_not_changed_like_a_draft(app: Flask, office: FlaskClient) -> None:
    number = order_in(app).number
    answer = office.get(f"/orders/{number}/change")
    assert answer.status_code == 422
    assert "can't be changed like a draft" in unescape(answer.text)


def test_a_delivery_note_that_is_not_there_is_not_found(app: Flask, office: FlaskClient) -> None:
    assert office.get(f"/orders/{order_in(app).number}/1.pdf").status_code == 404


# Customers


def test_customers_are_kept_corrected_and_listed(app: Flask, office: FlaskClient) -> None:
    assert office.get("/orders/customers/new").status_code == 200
    typed = {"name": "Plum Lane", "business_number": "123-45-67891", "phone": "", "address": ""}
    assert office.post("/orders/customers/new", data=typed).status_code == 303
    assert "Plum Lane" in office.get("/orders/customers").text
    form = office.get("/orders/customers/2").text
    assert 'value="1234567891"' in form
    moved = typed | {"address": "3 Plum Lane"}
    assert office.post("/orders/customers/2", data=moved).status_code == 303
    assert "3 Plum Lane" in office.get("/orders/customers").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "Larch Street Shop"}, "There is already a customer"),
        ({"business_number": "12"}, "This is no business registration number"),
    ],
)
def test_a_customer_that_cant_be_kept_is_refused_beside_the_field(
    office: FlaskClient, change: dict[str, str], sentence: str
) -> None:
    typed = {"name": "Plum Lane", "business_number": "", "address": "3 Plum Lane"} | change
    answer = office.post("/orders/customers/new", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "3 Plum Lane" in answer.text


@pytest.mark.parametrize(
    ("cells", "each", "expected"),
    [
        ((), 5, []),
        (((1, "66", 3),), 5, [((1, "66", 3),)]),
        (((1, "55", 4), (1, "66", 3)), 5, [((1, "55", 4), (1, "66", 1)), ((1, "66", 2),)]),
        (((1, "55", 2), (2, "55", 2)), 1, [((1, "55", 1),)] * 2 + [((2, "55", 1),)] * 2),
    ],
    ids=["nothing", "one carton", "a carton of two sizes", "one each"],
)
def test_coats_are_packed_line_by_line(
    cells: tuple[tuple[int, str, int], ...], each: int, expected: list[object]
) -> None:
    found = packed(cells, each)
    assert [carton.cells for carton in found] == expected
    assert [carton.number for carton in found] == list(range(1, len(found) + 1))
    assert sum(carton.quantity for carton in found) == sum(count for *_, count in cells)


def test_a_carton_takes_at_least_one_coat() -> None:
    with pytest.raises(NothingToShip):
        packed(((1, "66", 3),), 0)
