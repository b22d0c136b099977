"""The pages of the rail: that they work, what they refuse, and who may not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.catalogue.domain import Grade
from factory.db.session import reading
from factory.kernel.ids import CodeKind, new_id, running_code
from factory.kernel.time import today
from factory.security.domain import SYSTEM, Role
from factory.stock import queries, service
from factory.stock.exports import stock_sheet
from tests.catalogue.build import BEGUN
from tests.conftest import Kept, SignIn
from tests.stock.build import LOT, make_item, make_stock

UNKNOWN = running_code(CodeKind.COAT, 99_999)


def on_the_rail(session: Session) -> str:
    found = make_stock(session, quantity=10, at=BEGUN)
    make_stock(session, make_item(session, colour="CA", grade=Grade.SECOND), 1)
    service.sell(session, found, 3, "30000017", event_id=new_id(), by=SYSTEM, at=BEGUN)
    return found


@pytest.fixture
def code(kept: Kept) -> str:
    """Ten black coats in 66, three of them sold, and one of second grade."""
    return kept(on_the_rail)


def there(app: Flask, code: str) -> int:
    with app.app_context(), reading() as session:
        return queries.on_hand(session, code)


def spoken(browser: FlaskClient, language: str) -> FlaskClient:
    browser.set_cookie("didim_language", language)
    return browser


def test_the_rail_is_a_matrix_of_colours_and_sizes(sign_in: SignIn, code: str) -> None:
    shown = sign_in(Role.CASHIER).get("/stock/").text
    assert "W-2601 · Women&#39;s wool coat" in shown
    assert 'aria-label="black 66: 7"' in shown
    assert 'aria-label="black 44: 0"' in shown
    assert shown.count("second grade") == 1
    assert f"/stock/coats/{code}" in shown
    assert '<td class="sum">8</td>' in shown


def test_the_rail_of_one_season(sign_in: SignIn, code: str) -> None:
    browser = sign_in(Role.CASHIER)
    assert "W-2601" in browser.get("/stock/?season=26FW").text
    assert "no coat can be on the rail" in browser.get("/stock/?season=27SS").text


def test_a_coat_shows_what_came_and_went(sign_in: SignIn, code: str) -> None:
    shown = sign_in(Role.SUPERVISOR).get(f"/stock/coats/{code}").text
    assert "7 coats" in shown
    assert "₩189,000" in shown
    assert shown.index("30000017") < shown.index("+10")
    assert LOT in shown
    assert "the shop" in shown
    assert "Count it" not in shown


def test_a_coat_that_never_came_has_its_page_too(app: Flask, sign_in: SignIn, code: str) -> None:
    with app.app_context(), reading() as session:
        grey = make_item(session, colour="GY").code
    shown = sign_in(Role.MANAGER).get(f"/stock/coats/{grey}").text
    assert "None of this coat has ever been on the rail" in shown
    assert "0 coats" in shown


def test_a_scanned_tag_leads_to_its_coat(sign_in: SignIn, code: str) -> None:
    browser = sign_in(Role.CASHIER)
    assert browser.post("/stock/look", data={"code": code}).location == f"/stock/coats/{code}"
    for typed, sentence in (
        (UNKNOWN, "No coat has this code"),
        ("40000014", "This code was not read well"),
        (running_code(CodeKind.BUNDLE, 1), "This is not the paper"),
        ("", "This field is required"),
    ):
        answer = browser.post("/stock/look", data={"code": typed})
        assert answer.status_code == 422
        assert sentence in answer.text


def test_an_unknown_coat_is_refused_by_its_page(sign_in: SignIn, code: str) -> None:
    answer = sign_in(Role.CASHIER).get(f"/stock/coats/{UNKNOWN}")
    assert answer.status_code == 422
    assert "No coat has this code" in answer.text


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (7, "7 counted, as known"),
        (5, "5 counted, 2 missing"),
        (9, "9 counted, 2 more than known"),
    ],
)
def test_a_count_says_what_differs(
    app: Flask, sign_in: SignIn, code: str, counted: int, told: str
) -> None:
    browser = sign_in(Role.ORDER_MANAGER)
    assert f'value="{code}"' in browser.get(f"/stock/count?code={code}").text
    entry = {"code": code, "counted": str(counted), "reason": "count of the year"}
    answer = browser.post("/stock/count", data=entry)
    assert answer.status_code == 303
    after = browser.get(answer.location).text
    assert told in after
    assert 'value="count of the year"' in after
    assert there(app, code) == counted


def test_a_count_that_is_sent_twice_counts_once(app: Flask, sign_in: SignIn, code: str) -> None:
    browser = sign_in(Role.ORDER_MANAGER)
    entry = {"code": code, "counted": "5", "reason": "count", "event_id": new_id()}
    browser.post("/stock/count", data=entry)
    browser.post("/stock/count", data=entry | {"counted": "4"})
    assert there(app, code) == 5


def test_counts_that_cant_be_are_refused_and_stay_typed(
    app: Flask, sign_in: SignIn, code: str
) -> None:
    browser = sign_in(Role.MANAGER)
    entry = {"code": code, "counted": "5", "reason": "count of the year"}
    for change, sentence in (
        ({"code": UNKNOWN}, "No coat has this code"),
        ({"code": "1"}, "This code was not read well"),
        ({"counted": ""}, "This field is required"),
        ({"counted": "five"}, "Not a valid integer value"),
        ({"counted": "-1"}, "A count can&#39;t be below zero"),
        ({"counted": "100001"}, "Number must be at most 100000"),
        ({"reason": ""}, "This field is required"),
        ({"reason": "   "}, "Please say why, so that"),
    ):
        answer = browser.post("/stock/count", data=entry | change)
        assert answer.status_code == 422, change
        assert sentence in answer.text, change
    assert (
        'value="count of the year"'
        in browser.post("/stock/count", data=entry | {"counted": ""}).text
    )
    assert there(app, code) == 7


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ko", "이 옷은 8벌이 없고 7벌 있어요."),
        ("ko_easy", "이 옷은 8벌이 없고 7벌 있어요."),
        ("en", "Of this coat there are 7 on the rail, not 8."),
    ],
)
def test_no_more_than_is_there_is_taken_off(
    app: Flask, sign_in: SignIn, code: str, language: str, sentence: str
) -> None:
    browser = spoken(sign_in(Role.MANAGER), language)
    assert f'value="{code}"' in browser.get(f"/stock/scrap?code={code}").text
    entry = {"code": code, "quantity": "8", "reason": "moths"}
    answer = browser.post("/stock/scrap", data=entry)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="moths"' in answer.text
    assert there(app, code) == 7


def test_what_is_beyond_use_leaves_the_rail(app: Flask, sign_in: SignIn, code: str) -> None:
    browser = sign_in(Role.MANAGER)
    entry = {"code": code, "quantity": "2", "reason": "moths"}
    answer = browser.post("/stock/scrap", data=entry)
    assert answer.location == f"/stock/coats/{code}"
    shown = browser.get(answer.location).text
    assert "2 off the rail" in shown
    assert "moths" in shown
    assert "Willow" in shown
    assert there(app, code) == 5
    assert browser.post("/stock/scrap", data=entry | {"quantity": "0"}).status_code == 422


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_every_page_opens_in_every_language(sign_in: SignIn, code: str, language: str) -> None:
    browser = spoken(sign_in(Role.MANAGER), language)
    for path in ("", f"coats/{code}", "count", "scrap", "stock.csv"):
        assert browser.get(f"/stock/{path}").status_code == 200, path


def test_the_stock_as_a_spreadsheet(sign_in: SignIn, code: str) -> None:
    answer = spoken(sign_in(Role.CASHIER), "ko").get("/stock/stock.csv")
    assert answer.headers["Content-Disposition"].endswith("stock-2026-11-24.csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 31
    assert lines[0].startswith("태그 번호,")
    assert f"{code},W-2601,여성 울 코트,검정,66,정상품,189000,7" in lines


@pytest.mark.usefixtures("code")
def test_no_name_of_a_style_becomes_a_formula(app: Flask) -> None:
    with app.app_context(), reading() as session:
        lines = queries.list_stock(session, today())
    sly = [replace(lines[0], style_name="=1+1")]
    assert b",'=1+1," in stock_sheet(sly)


def test_an_empty_house_has_an_empty_rail(sign_in: SignIn) -> None:
    browser = sign_in(Role.CASHIER)
    assert "no coat can be on the rail" in browser.get("/stock/").text
    assert len(browser.get("/stock/stock.csv").data.splitlines()) == 1


def test_who_may_look_may_not_count(sign_in: SignIn, code: str) -> None:
    browser = sign_in(Role.CASHIER)
    assert "Count coats" not in browser.get("/stock/").text
    for path in ("count", "scrap"):
        assert browser.get(f"/stock/{path}").status_code == 403
        entry = {"code": code, "counted": "1", "quantity": "1", "reason": "x"}
        assert browser.post(f"/stock/{path}", data=entry).status_code == 403
    assert sign_in(Role.WORKER).get("/stock/").status_code == 403


def test_where_a_coat_hangs_is_noted_and_the_newest_word_holds(
    app: Flask, sign_in: SignIn, code: str
) -> None:
    hazel, at = sign_in(Role.ORDER_MANAGER), f"/stock/coats/{code}"
    for place in ("A-1", "B-3"):
        assert hazel.post(f"{at}/place", data={"place": place}).location == at
    page = hazel.get(at).text
    assert "B-3" in page
    assert "A-1" not in page
    with app.app_context(), reading() as session:
        assert queries.places(session)[code] == "B-3"
    assert sign_in(Role.CASHIER).post(f"{at}/place", data={"place": "C"}).status_code == 403
