"""The pages of shipments, delivery notes and customers."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from factory.db.session import reading
from factory.kernel.ids import new_id
from factory.orders import queries
from factory.stock import queries as stock
from tests.orders.house import S, hang, order_in

# Shipping


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
        ({"ship:1:66": "11"}, "Of this coat there are 10"),
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
