"""An order from a customer's spreadsheet: every wrong cell by its line and column, nothing kept."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from factory.catalogue.domain import Style
from factory.db.session import reading
from factory.kernel.money import Money
from factory.kernel.words import LANGUAGES
from factory.orders import queries
from factory.orders.domain import NoWayOfWork
from factory.orders.domain.importing import (
    Known,
    LineAgain,
    NoSuchColour,
    NoSuchSize,
    NoSuchStyle,
    NotANumber,
    NotAPrice,
    SheetEmpty,
    SheetWrong,
    TooManyCoats,
    read_order_sheet,
)
from factory.security.domain import Role
from factory.web.xls import workbook as old_workbook
from tests.catalogue.build import BLACK, CAMEL, SIZES
from tests.conftest import Kept, SignIn
from tests.orders.build import make_customer, make_style
from tests.web.workbooks import LOCKED, Formula, Raw, packed, workbook

COAT = Style("W-2601", "여성 울 코트", "Women's wool coat", "26FW", SIZES, (BLACK, CAMEL))
BARE = Style("W-2699", "새 코트", "New coat", "26FW", SIZES, (BLACK,))
STYLES = {"W-2601": Known(COAT, Money(189_000), True), "W-2699": Known(BARE, Money(1), False)}
HEAD = "style,colour,price,44,55,66\n"


def test_a_sheet_becomes_the_lines_of_an_order() -> None:
    read = read_order_sheet(HEAD + "w-2601,BK,,1,,20\nW-2601,카멜,120000,0,3,\n", STYLES)
    assert read.mistakes == ()
    black, camel = read.checked()
    assert (black.colour, black.price, black.cells) == (
        "BK",
        Money(189_000),
        (("44", 1), ("66", 20)),
    )
    assert (camel.colour, camel.price) == ("CA", Money(120_000))
    assert read.coats == 24


def test_cells_copied_from_a_spreadsheet_stand_apart_by_tabs() -> None:
    read = read_order_sheet("스타일\t색상\t55\nW-2601\tblack\t1,200\n", STYLES)
    assert read.checked()[0].cells == (("55", 1200),)


@pytest.mark.parametrize(
    ("row", "column", "refusal"),
    [
        ("W-9999,BK,,1,,", "style", NoSuchStyle),
        (",BK,,1,,", "style", NoSuchStyle),
        ("W-2699,BK,,1,,", "style", NoWayOfWork),
        ("W-2601,PK,,1,,", "colour", NoSuchColour),
        ("W-2601,BK,dear,1,,", "price", NotAPrice),
        ("W-2601,BK,-5,1,,", "price", NotAPrice),
        ("W-2601,BK,,ten,,", "44", NotANumber),
        ("W-2601,BK,,-1,,", "44", NotANumber),
        ("W-2601,BK,,1.5,,", "44", NotANumber),
        ("W-2601,BK,,,99999,", "55", TooManyCoats),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(
    row: str, column: str, refusal: type[Exception]
) -> None:
    read = read_order_sheet(HEAD + "W-2601,CA,,1,,\n" + row, STYLES)
    (mistake,) = read.mistakes
    assert (mistake.line, mistake.column, type(mistake.refusal)) == (3, column, refusal)
    with pytest.raises(SheetWrong):
        read.checked()


def test_an_unknown_size_a_missing_column_and_a_line_twice() -> None:
    (size,) = read_order_sheet("style,colour,99\nW-2601,BK,4\n", STYLES).mistakes
    assert (size.column, type(size.refusal)) == ("99", NoSuchSize)
    assert [m.column for m in read_order_sheet("colour,44\nBK,1", STYLES).mistakes] == ["style"]
    twice = read_order_sheet(HEAD + "W-2601,BK,,1,,\nW-2601,검정,,2,,\n", STYLES)
    assert [(m.line, type(m.refusal)) for m in twice.mistakes] == [(3, LineAgain)]


@pytest.mark.parametrize("text", ["", "\n\n", HEAD])
def test_a_sheet_without_coats_is_no_order(text: str) -> None:
    with pytest.raises(SheetEmpty):
        read_order_sheet(text, STYLES).checked()


def _hazel(session: Session) -> None:
    make_style(session)
    make_customer(session)


@pytest.fixture
def hazel(sign_in: SignIn, kept: Kept) -> FlaskClient:
    """Hazel takes orders."""
    kept(_hazel)
    return sign_in(Role.ORDER_MANAGER)


SENT = {"kind": "customer", "customer": "1", "due": "2026-12-15", "deposit": "", "note": ""}
SENT |= {"tolerance_percent": "3"}


def orders(app: Flask) -> int:
    with app.app_context(), reading() as session:
        return len(queries.orders(session))


def test_it_is_looked_at_first_and_taken_then(app: Flask, hazel: FlaskClient) -> None:
    sheet = HEAD + "W-2601,BK,120000,1,2,3\n"
    look = hazel.post("/orders/import?language=en", data=SENT | {"sheet": sheet, "step": "look"})
    assert "This would be ordered" in look.text
    assert orders(app) == 0
    taken = hazel.post("/orders/import", data=SENT | {"sheet": sheet, "step": "take"})
    assert taken.status_code == 303
    assert orders(app) == 1


def test_a_sheet_with_a_wrong_cell_is_not_taken(app: Flask, hazel: FlaskClient) -> None:
    sheet = HEAD + "W-2601,BK,120000,one,2,3\n"
    answer = hazel.post("/orders/import", data=SENT | {"sheet": sheet, "step": "take"})
    assert answer.status_code == 422
    assert "one,2,3" in answer.text
    assert ">44<" in answer.text
    assert orders(app) == 0


GOOD_LINE = ("W-2601", "BK", 120000, 1, 2, 3)
SHEET_HEAD = ("style", "colour", "price", 44, 55, 66)


def send(browser: FlaskClient, data: bytes, step: str, language: str = "en") -> TestResponse:
    file = (io.BytesIO(data), "order.xlsx")
    return browser.post(
        f"/orders/import?language={language}", data=SENT | {"file": file, "step": step}
    )


def test_a_workbook_is_looked_at_first_and_taken_then(app: Flask, hazel: FlaskClient) -> None:
    rows = [("26FW",), (), SHEET_HEAD, GOOD_LINE, ("W-2601", "CA", None, Formula("2+2", "4"))]
    data = workbook(rows, merged=["A1:F1"], others=[("옛날", "hidden")])
    look = send(hazel, data, "look")
    assert look.status_code == 200
    for words in ("This would be ordered", "10 coats", "“주문” was read", "옛날", "D5"):
        assert words in look.text
    assert orders(app) == 0
    shown, *_ = re.findall(r"<textarea[^>]*>\r?\n(.*?)</textarea>", look.text, re.DOTALL)
    sheet = html.unescape(shown)
    taken = hazel.post("/orders/import", data=SENT | {"sheet": sheet, "step": "take"})
    assert taken.status_code == 303
    assert orders(app) == 1


def test_a_sheet_with_columns_without_end_is_answered_at_once(hazel: FlaskClient) -> None:
    for sheet in ("x," * 24_000, "style,colour," + "44," * 15_000, "x," * 100_000):
        answer = hazel.post("/orders/import", data=SENT | {"sheet": sheet, "step": "take"})
        assert answer.status_code == 422
        assert answer.text.count("<strong>") < 200


WRONG_CELLS = [
    ([SHEET_HEAD, (*GOOD_LINE[:4], "열 벌", 1)], "E2", "no number of coats"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], -1)], "D2", "no number of coats"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], 1.5)], "D2", "no number of coats"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], date(2026, 12, 1))], "D2", "“2026-12-01” is no number"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], "2026.12.01")], "D2", "“2026.12.01” is no number"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], Raw("<v>#REF!</v>", "e"))], "D2", "“#REF!” is no number"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], 10**9)], "D2", "is too many"),
    ([SHEET_HEAD, ("W-2601", "BK", "비싸요", 1)], "C2", "no price"),
    ([SHEET_HEAD, (), (), ("W-9999", "BK")], "A4", "no style"),
    ([SHEET_HEAD, ("W-2699", "BK", None, 1)], "A2", "no operations yet"),
    ([SHEET_HEAD, ("W-2601", "PK", None, 1)], "B2", "has no colour"),
    ([(*SHEET_HEAD, 110), (*GOOD_LINE, 4)], "G2", "has no size"),
    ([SHEET_HEAD, (*GOOD_LINE, None, 4)], "H2", "has no name in the first line"),
    ([(*SHEET_HEAD, 44), GOOD_LINE], "G1", "is there twice"),
    ([("style", 44), ("W-2601", 1)], "1", "is missing"),
    ([SHEET_HEAD, GOOD_LINE, GOOD_LINE], "B3", "stands in line 2 already"),
    ([SHEET_HEAD, (*GOOD_LINE[:3], Formula("A1"))], "D2", "formula"),
]


@pytest.mark.parametrize(("rows", "cell", "words"), WRONG_CELLS, ids=lambda given: str(given)[:20])
def test_a_wrong_cell_of_a_workbook_is_named_in_three_languages_and_nothing_is_kept(
    app: Flask, hazel: FlaskClient, kept: Kept, rows: Any, cell: str, words: str
) -> None:
    kept(lambda session: make_style(session, "W-2699", sheet=None))
    data = workbook(rows)
    told = {each: send(hazel, data, "take", each) for each in LANGUAGES}
    assert {answer.status_code for answer in told.values()} == {422}
    assert words in html.unescape(told["en"].text)
    assert words not in told["ko"].text
    for answer in told.values():
        assert re.search(rf"\b{cell}\b", answer.text)
    assert orders(app) == 0


FILES = [
    (workbook([SHEET_HEAD, GOOD_LINE], merged=["A2:A3"]), "A2", "합쳐진"),
    (workbook([SHEET_HEAD] * 600), "A501", "500줄"),
    (workbook([SHEET_HEAD, GOOD_LINE])[:-50], "", "깨져서"),
    (old_workbook([("style", "colour")]), "", ".xls"),
    (LOCKED, "", "비밀번호"),
    (packed({"content.xml": b""}), "", "아니에요"),
    (workbook([SHEET_HEAD], before="<!DOCTYPE x>"), "", "명령"),
]


@pytest.mark.parametrize(("data", "cell", "words"), FILES, ids=[each[2] for each in FILES])
def test_a_file_that_can_t_be_read_is_refused_in_three_languages_and_nothing_is_kept(
    app: Flask, hazel: FlaskClient, data: bytes, cell: str, words: str
) -> None:
    told = [send(hazel, data, "take", each) for each in LANGUAGES]
    assert [answer.status_code for answer in told] == [422] * len(LANGUAGES)
    assert words in told[LANGUAGES.index("ko")].text
    assert all(cell in answer.text for answer in told)
    assert all("<textarea" in answer.text for answer in told)
    assert orders(app) == 0
