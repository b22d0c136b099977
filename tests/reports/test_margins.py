"""What styles bring beyond their cost: by the rolls bought, by what was entered, line by line."""

from __future__ import annotations

import csv
import io
import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.materials import service as materials
from factory.materials.domain import BomItem, CustomersClothIsFree, Price
from factory.production import service as production
from factory.production.domain.cutting import LaidRoll
from factory.reports import margins
from factory.security.domain import SYSTEM, Role
from factory.till import service
from factory.till.domain.accounts import Margin
from tests.conftest import Kept, SignIn
from tests.materials.build import BUTTON, make_material, make_roll
from tests.production.build import make_lay
from tests.till.build import make_coat, make_till, sold


def make_lot(session: Session, first: Price | None, second: Price | None) -> str:
    """The code of a sold coat whose lot was cut from two rolls, 15 and 10 metres of them."""
    lay = make_lay(session, plies={1: 10})
    make_till(session)
    code = make_coat(session)
    sold(session, code, 2)
    style = catalogue.item(session, code).style
    rolls = [make_roll(session, 30, price=price) for price in (first, second)]
    make_material(session, BUTTON)
    make_roll(session, 2, material=BUTTON.number, price=Price(Money(150)))
    for material, each in ((rolls[0].material, 250), (BUTTON.number, 400)):
        item = BomItem(style, "", "", material, each)
        materials.set_bom(session, item, by=SYSTEM, at=now())
    laid = [LaidRoll(1, rolls[0].number, 6, 1_500), LaidRoll(1, rolls[1].number, 4, 1_000)]
    production.record_cut(session, lay.id, {1: 10}, 0, laid, by=SYSTEM, at=now())
    return code


def only(session: Session) -> Margin:
    (one,) = margins.margins(session, today(), today())
    return one


def test_the_rolls_of_the_lot_give_the_margin_its_materials(
    session: Session, clock: time_machine.Traveller
) -> None:
    code = make_lot(session, Price(Money(12_000), "T-1"), Price(Money(14_500), "T-2"))
    style = catalogue.item(session, code).style
    service.enter_material_cost(session, style, Money(70_000), by=SYSTEM, at=now())
    one = only(session)
    each = 13_000 * 250 // 100 + 4 * 150  # 15 m at 12,000 and 10 m at 14,500: 13,000 a metre
    assert (one.is_reckoned, one.material_of_one) == (True, Money(each))
    assert one.margin == one.supply - (one.labour + Money(each)) * 2
    told = margins.explained(session, style, today())
    assert [(laid.amount, bought.price) for laid, bought in told.lots] == [
        (1_500, Price(Money(12_000), "T-1")),
        (1_000, Price(Money(14_500), "T-2")),
    ]


def test_where_a_price_is_missing_what_was_entered_holds_until_it_is_said(
    session: Session, clock: time_machine.Traveller
) -> None:
    code = make_lot(session, Price(Money(12_000)), None)
    style = catalogue.item(session, code).style
    assert (only(session).is_reckoned, only(session).material_of_one) == (False, None)
    service.enter_material_cost(session, style, Money(70_000), by=SYSTEM, at=now())
    assert only(session).material_of_one == Money(70_000)
    second = margins.explained(session, style, today()).lots[-1][1].roll.number
    materials.price_roll(session, second, Price(Money(14_000)), by=SYSTEM, at=now())
    materials.price_roll(session, second, Price(Money(14_500)), by=SYSTEM, at=now())
    assert only(session).material_of_one == Money(33_100)


def test_what_a_customer_brought_has_no_price(session: Session) -> None:
    theirs = make_roll(session, 30, owner="Elm Street")
    with pytest.raises(CustomersClothIsFree):
        materials.price_roll(session, theirs.number, Price(Money(1)), by=SYSTEM, at=now())
    with pytest.raises(CustomersClothIsFree):
        make_roll(session, 30, owner="Elm Street", price=Price(Money(1)))


# On the pages


@pytest.fixture
def maple(sign_in: SignIn, kept: Kept) -> FlaskClient:
    kept(make_lot, Price(Money(12_000), "T-1"), None)
    return sign_in(Role.ORDER_MANAGER)


def test_the_office_says_what_a_roll_cost_and_sees_each_line_of_the_margin(
    app: Flask, maple: FlaskClient
) -> None:
    page = maple.get("/board/margins").text
    assert "not entered yet" in page
    line = maple.get("/board/margins/W-2601").text
    for told in ("no price yet: R", "T-1", "₩12,000", "the rolls that were cut"):
        assert told in line, told
    (number,) = re.findall(r"no price yet: R(\d+)", line)
    for wrong in ("", "-1", "many", "99,000,000"):
        refused = maple.post(f"/materials/rolls/{number}/price", data={"price": wrong})
        assert refused.status_code == 422
    assert "not known yet" in maple.get(f"/materials/rolls/{number}").text
    typed = {"price": "14,500", "document": "T-2"}
    assert maple.post(f"/materials/rolls/{number}/price", data=typed).status_code == 303
    assert "₩14,500" in maple.get(f"/materials/rolls/{number}").text
    assert 'value="14,500"' in maple.get(f"/materials/rolls/{number}/price").text
    page = maple.get("/board/margins").text
    assert "₩33,100" in page
    assert "by the rolls bought" in page
    line = maple.get("/board/margins/W-2601").text
    assert "13,000" in line
    assert "no price yet" not in line
    sheet = list(csv.reader(io.StringIO(maple.get("/board/margins.csv").data.decode("utf-8-sig"))))
    assert sheet[1][2] == "2"
    assert sheet[1][5:7] == ["33100", "by the rolls bought"]


def test_a_roll_comes_in_with_its_price_and_a_customers_without(
    app: Flask, maple: FlaskClient
) -> None:
    came = {"material": "WOOL-BK", "amount": "50", "shade": "A", "width": "150", "owner": ""}
    answer = maple.post("/materials/receive", data=came | {"price": "13,300", "document": "T-9"})
    assert "₩13,300" in maple.get(answer.location).text
    assert "T-9" in maple.get(answer.location).text


def test_whoever_cuts_or_sells_does_not_see_what_cloth_was_bought_for(
    maple: FlaskClient, sign_in: SignIn
) -> None:
    line = maple.get("/board/margins/W-2601").text
    number = min(re.findall(r"/materials/rolls/(\d+)", line), key=int)
    assert "₩12,000" in maple.get(f"/materials/rolls/{number}").text
    for role in (Role.CUTTER, Role.CASHIER):
        other = sign_in(role)
        assert "₩12,000" not in other.get(f"/materials/rolls/{number}").text
        for address in ("/board/margins", "/board/margins.csv", "/board/margins/W-2601"):
            assert other.get(address).status_code == 403
        assert other.get(f"/materials/rolls/{number}/price").status_code == 403


def test_how_far_coats_have_sold_is_a_sheet_as_well(app: Flask, maple: FlaskClient) -> None:
    text = maple.get("/board/sold/through.csv").data.decode("utf-8-sig")
    sheet = list(csv.reader(io.StringIO(text)))
    assert sheet[1][1:4] == ["2", "3", "40"]
    assert maple.get("/board/sold").text.count("<svg") >= 1
