"""Sheets of the till for the office, and what a card terminal has to reverse."""

from __future__ import annotations

import csv
import io

from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from tests.conftest import SignIn
from tests.till.build import PRICE, basket, make_count, pay, sold


def test_what_goes_back_to_a_card_is_reversed_by_its_approval_number(
    birch: FlaskClient, coat: str
) -> None:
    sold_ = pay(birch, **basket(coat), card=str(PRICE), card_note="30119988")
    code = sold_.location.split("/")[-1].split("?")[0]
    data = {"event_id": new_id(), "lines-0": "1", "fate": "rail", "do": "look"}
    look = birch.post(f"/till/returns/{code}", data=data)
    assert "reverse it at the card terminal: approval 30119988." in look.text
    done = birch.post(f"/till/returns/{code}", data=data | {"do": "pay_back"})
    assert "approval 30119988." in birch.get(done.location).text


def test_the_receipts_of_a_day_and_the_days_that_ended_are_sheets_as_well(
    app: Flask, sign_in: SignIn, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        sale = sold(session, coat)
        counted = make_count(queries.today(session).expected.won - 500)
        service.close_day(session, counted, by=SYSTEM, at=now())
    maple = sign_in(Role.ORDER_MANAGER)
    head, row = _rows(maple.get(f"/till/sales/{today().isoformat()}/receipts.csv").data)
    assert (head[1], row[1:3]) == ("Receipt", [sale.code, "sale"])
    assert row[-1] == str(sale.total.won)
    head, row = _rows(maple.get("/till/days.csv").data)
    assert (head[-1], row[0], row[-2:]) == (
        "Over or short",
        "1",
        [str(sale.total.won), "-500"],
    )


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
