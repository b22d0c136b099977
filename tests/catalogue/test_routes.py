"""The catalogue's pages: that they work, what they refuse, and who may not."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.catalogue import queries
from factory.db.session import reading
from factory.kernel.words import LANGUAGES
from factory.security.domain import Role
from tests.catalogue.build import SHEET, make_season, make_style
from tests.conftest import Kept, SignIn
from tests.web.workbooks import workbook

SEASON = {"code": "26fw", "name": "26 가을·겨울", "name_en": "Autumn and winter 26"}
STYLE = {
    "number": "w-2601",
    "name": "여성 울 코트",
    "name_en": "Women's wool coat",
    "season": "26FW",
    "sizes": "44 82-88-150\n66 88-94-160",
    "colour_code": "bk",
    "colour_name": "검정",
    "colour_name_en": "black",
    "colour_swatch": "#20242C",
    "price": "189,000",
    "second_price": "120000원",
}
COLOUR = {"code": "BR", "name": "밤색", "name_en": "brown", "swatch": "#5b4030"}
AT = "/styles/W-2601"


@pytest.fixture
def style(kept: Kept) -> None:
    """The wool coat, in the database."""
    kept(make_style)


@pytest.fixture
def season(kept: Kept) -> None:
    """Autumn and winter, open."""
    kept(make_season)


def spoken(browser: FlaskClient, language: str) -> None:
    browser.set_cookie("didim_language", language)


def test_from_an_empty_catalogue_to_a_coat_with_operations(sign_in: SignIn) -> None:
    browser = sign_in(Role.ORDER_MANAGER)
    assert "No style yet" in browser.get("/styles/").text
    assert "No season is open yet" in browser.get("/styles/new").text
    assert browser.get("/styles/seasons/new").status_code == 200
    assert browser.post("/styles/seasons/new", data=SEASON).status_code == 303
    assert "26FW" in browser.get("/styles/new").text
    answer = browser.post("/styles/new", data=STYLE)
    assert answer.location == AT
    shown = browser.get(AT).text
    assert "₩189,000" in shown
    assert "₩120,000" in shown
    assert "88-94-160" in shown
    assert 'fill="#20242c"' in shown
    assert "No operations yet" in shown
    sheet = {"sheet": SHEET, "rate_per_minute": "180", "step": "take"}
    assert browser.post(f"{AT}/operations", data=sheet).location == AT
    shown = browser.get(AT).text
    assert "45 operations · 78.90 minutes · ₩14,202 a coat" in shown
    assert "Version 1" in shown
    assert "Set sleeves x2" in shown
    assert "S27, S19" in shown
    listed = browser.get("/styles/").text
    assert "78.90" in listed
    assert "Women&#39;s wool coat" in listed


def test_styles_are_shown_by_season(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.CASHIER)
    assert "W-2601" in browser.get("/styles/?season=26FW").text
    assert "W-2601" not in browser.get("/styles/?season=27SS").text


def test_what_is_wrong_with_a_style_is_said_and_nothing_typed_is_lost(
    sign_in: SignIn, season: None
) -> None:
    browser = sign_in(Role.MANAGER)
    for change, sentence in (
        ({"number": "옷 1"}, "Please use capital letters"),
        ({"number": ""}, "This field is required"),
        ({"sizes": "66 88 94 160"}, "is no size"),
        ({"sizes": "66\n66"}, "The size 66 is there twice"),
        ({"colour_code": ""}, "A style needs at least one colour"),
        ({"colour_name": ""}, "Please name the new colour"),
        ({"colour_swatch": "black"}, "Please choose a colour"),
        ({"price": "0"}, "at least one won"),
        ({"price": "cheap"}, "Please type whole won"),
        ({"season": "27SS"}, "Not a valid choice"),
    ):
        answer = browser.post("/styles/new", data=STYLE | change)
        assert answer.status_code == 422, change
        assert sentence in answer.text, change
        assert "여성 울 코트" in answer.text
    assert "No style yet" in browser.get("/styles/").text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ko", "가격을 1원 이상으로 적어 주세요."),
        ("ko_easy", "값을 1원 이상으로 적어 주세요."),
        ("en", "Please give a price of at least one won."),
    ],
)
def test_a_refusal_is_said_in_the_readers_language(
    sign_in: SignIn, season: None, language: str, sentence: str
) -> None:
    browser = sign_in(Role.MANAGER)
    spoken(browser, language)
    answer = browser.post("/styles/new", data=STYLE | {"second_price": "0"})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_number_is_given_once(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    answer = browser.post("/styles/new", data=STYLE)
    assert answer.status_code == 422
    assert "There is a style W-2601 already" in answer.text
    answer = browser.post("/styles/seasons/new", data=SEASON)
    assert "The season 26FW is open already" in answer.text


def test_colours_of_other_styles_can_be_ticked(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    assert "camel (CA)" in browser.get("/styles/new").text
    entry = STYLE | {"number": "W-2602", "colours": ["CA", "GY"], "colour_code": ""}
    assert browser.post("/styles/new", data=entry).location == "/styles/W-2602"
    shown = browser.get("/styles/W-2602").text
    assert "camel" in shown
    assert "black" not in shown


def test_a_colour_more(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    assert browser.get(f"{AT}/colours").status_code == 200
    assert browser.post(f"{AT}/colours", data=COLOUR).location == AT
    assert "brown" in browser.get(AT).text
    again = browser.post(f"{AT}/colours", data=COLOUR)
    assert again.status_code == 422
    assert "The colour BR is there already" in again.text


def test_a_price_from_a_day_on(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    price = {"grade": "first", "price": "149,000", "since": "2026-12-01"}
    assert browser.get(f"{AT}/prices").status_code == 200
    assert browser.post(f"{AT}/prices", data=price).location == f"{AT}/prices"
    kept = browser.get(f"{AT}/prices").text
    assert kept.index("₩149,000") < kept.index("₩189,000")
    assert "₩189,000" in browser.get(AT).text
    browser.post(f"{AT}/prices", data=price | {"since": "2026-11-24", "price": "169000"})
    assert "₩169,000" in browser.get(AT).text
    for change, sentence in (
        ({"since": "2026-11-23"}, "today at the earliest"),
        ({"since": "someday"}, "Not a valid date value"),
        ({"price": "-5"}, "at least one won"),
    ):
        answer = browser.post(f"{AT}/prices", data=price | change)
        assert answer.status_code == 422
        assert sentence in answer.text


def test_a_sheet_is_looked_at_before_it_is_taken_over(
    app: Flask, sign_in: SignIn, style: None
) -> None:
    browser = sign_in(Role.MANAGER)
    assert "심지 접착" in browser.get(f"{AT}/operations").text
    assert "Nothing would change" in browser.post(f"{AT}/operations", data={"sheet": SHEET}).text
    faster = SHEET.replace("SNLS,3.60,E", "SNLS,3.40,E").replace("검침", "검침 확인")
    looked = browser.post(f"{AT}/operations", data={"sheet": faster, "step": "look"})
    assert looked.status_code == 200
    assert looked.text.count("change-changed") == 2
    assert "Take it over" in looked.text
    with app.app_context(), reading() as session:
        assert queries.routing(session, "W-2601").version == 1
    browser.post(f"{AT}/operations", data={"sheet": faster, "step": "take"})
    with app.app_context(), reading() as session:
        assert queries.routing(session, "W-2601").version == 2
        assert queries.routing(session, "W-2601").step("S28").sam == 340


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_file_is_read_as_spreadsheets_write_it(
    sign_in: SignIn, style: None, encoding: str
) -> None:
    browser = sign_in(Role.MANAGER)
    text = SHEET.replace("소매 달기", "소매 꼭 달기")
    file = (BytesIO(text.encode(encoding)), "coat.csv")
    looked = browser.post(f"{AT}/operations", data={"file": file, "step": "look"})
    assert looked.status_code == 200
    assert "소매 꼭 달기" in looked.text
    assert "Take it over" in looked.text


def as_numbers(sheet: str) -> list[list[object]]:
    """The sheet as a spreadsheet keeps it: minutes as numbers."""
    rows = csv.reader(sheet.splitlines())
    return [[float(t) if re.fullmatch(r"[0-9.]+", t) else t or None for t in row] for row in rows]


def test_a_workbook_is_read_like_the_sheet(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    same = {"file": (BytesIO(workbook(as_numbers(SHEET))), "coat.xlsx")}
    assert "Nothing would change" in browser.post(f"{AT}/operations", data=same).text
    rows = as_numbers(SHEET.replace("소매 달기", "소매 꼭 달기"))
    data = workbook([(), *rows], others=[("메모", "hidden")])
    looked = browser.post(f"{AT}/operations", data={"file": (BytesIO(data), "c.xlsx")})
    for words in ("소매 꼭 달기", "Take it over", "메모"):
        assert words in looked.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_cell_of_a_workbook_is_named_and_nothing_is_taken(
    app: Flask, sign_in: SignIn, style: None, language: str
) -> None:
    browser, address = sign_in(Role.MANAGER), f"{AT}/operations?language={language}"
    head: list[object] = ["code", "group", "name_ko", "sam_min", "predecessors", "rate"]
    rows: list[list[object]] = [
        head,
        ["S01", "prep", "박기", "빨리", None, 100],
        ["S02", "kitchen", "박기", 1.5, "S01", -3],
        ["?", "prep", None, date(2026, 1, 2), "S02", 100],
    ]
    file = (BytesIO(workbook(rows)), "coat.xlsx")
    answer = browser.post(address, data={"file": file, "step": "take"})
    assert answer.status_code == 422
    for cell in ("D2", "B3", "F3", "A4", "C4", "D4"):
        assert f"<strong>{cell}</strong>" in answer.text
    ring: list[list[object]] = [
        head,
        ["S01", "prep", "박기", 1, "S02", 1],
        ["S02", "prep", "박기", 1, "S09", 1],
    ]
    file = (BytesIO(workbook(ring)), "coat.xlsx")
    assert "<strong>E3</strong>" in browser.post(address, data={"file": file}).text
    file = (BytesIO(workbook([[*head, "code"], ["S01"]])), "coat.xlsx")
    assert "<strong>G1</strong>" in browser.post(address, data={"file": file}).text
    file = (BytesIO(workbook(rows, merged=["B2:B3"])), "coat.xlsx")
    answer = browser.post(address, data={"file": file, "step": "take"})
    assert answer.status_code == 422
    assert "B2:B3" in answer.text
    with app.app_context(), reading() as session:
        assert queries.routing(session, "W-2601").version == 1


def test_every_wrong_line_of_a_sheet_is_named(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    wrong = SHEET.replace("C01,cutting,cut", "C01,cutting,kitchen").replace(",2.40,E,S12", ",x,E,")
    wrong = wrong.replace("button sewer,1.60", "button sewer,1.60.1")
    answer = browser.post(f"{AT}/operations", data={"sheet": wrong, "step": "take"})
    assert answer.status_code == 422
    assert "There is no station “kitchen”" in answer.text
    assert "“1.60.1” is no time" in answer.text
    assert "2 things in the sheet are not right yet" in answer.text
    assert "Take it over" not in answer.text
    assert "button sewer,1.60.1" in answer.text
    empty = browser.post(f"{AT}/operations", data={"sheet": "", "step": "look"})
    assert empty.status_code == 422
    assert "whole sheet" in empty.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ko", "‘kitchen’이라는 자리는 없어요"), ("ko_easy", "표에 고칠 곳이 1군데 있어요")],
)
def test_mistakes_in_a_sheet_are_said_in_the_readers_language(
    sign_in: SignIn, style: None, language: str, sentence: str
) -> None:
    browser = sign_in(Role.MANAGER)
    spoken(browser, language)
    wrong = SHEET.replace("C01,cutting,cut", "C01,cutting,kitchen")
    assert sentence in browser.post(f"{AT}/operations", data={"sheet": wrong}).text


def test_a_downloaded_sheet_changes_nothing_when_it_is_brought_back(
    sign_in: SignIn, style: None
) -> None:
    browser = sign_in(Role.MANAGER)
    answer = browser.get(f"{AT}/operations.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbfcode,")
    file = (BytesIO(answer.data), "coat.csv")
    looked = browser.post(f"{AT}/operations", data={"file": file, "step": "look"})
    assert "Nothing would change" in looked.text


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_every_page_opens_in_every_language(sign_in: SignIn, style: None, language: str) -> None:
    browser = sign_in(Role.MANAGER)
    spoken(browser, language)
    for path in ("", "new", "seasons/new", *(f"W-2601{part}" for part in PARTS)):
        assert browser.get(f"/styles/{path}").status_code == 200, path


PARTS = ("", "/colours", "/prices", "/operations", "/operations.csv")


def test_who_may_look_may_not_change(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert "Begin a style" not in browser.get("/styles/").text
    assert "Enter operations" not in browser.get(AT).text
    for path in ("new", "seasons/new", *(f"W-2601{part}" for part in PARTS[1:4])):
        assert browser.get(f"/styles/{path}").status_code == 403
        assert browser.post(f"/styles/{path}", data=STYLE).status_code == 403
    assert sign_in(Role.FLOOR_TERMINAL).get("/styles/").status_code == 403


def test_a_style_that_is_not_there_is_said_so(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    for part in PARTS:
        answer = browser.get(f"/styles/W-9999{part}")
        assert answer.status_code in {404, 422}
        assert "W-9999" in answer.text
    assert browser.get(f"{AT}").status_code == 404
    assert browser.post(f"{AT}/prices", data={}).status_code == 404
