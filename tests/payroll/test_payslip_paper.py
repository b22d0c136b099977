"""The payslip on A4: each item the law asks for is found in the text of its PDF."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from factory.kernel.words import LANGUAGES, say, show_day, show_money, show_month, speaking
from factory.law.articles import cite
from factory.law.book import law_book
from factory.payroll import documents
from factory.payroll.domain.run import Amounts, Entry, Worked, pay_date
from factory.payroll.explain import calculation, name_of
from factory.printing.service import pdf_of
from printers.pages import composed
from tests.payroll.build import OCTOBER, amounts, make_entry, make_slip

EARNED = (
    Amounts("base", 1_920_000, 160, "hour", 12_000),
    Amounts("overtime", 264_000, "14.5", "hour", 18_000),
    Amounts("piece", 300_000, 120, "piece", 2_500),
    Amounts("bonus.holiday", 500_000),
)
TAKEN = {"national_pension": 128_250, "income_tax": 60_000, "garnishment": 200_000}
WHY: dict[str, Any] = {
    "code": "overtime",
    "amount": 264_000,
    "formula": "hours * factor * wage",
    "inputs": [
        {"name": "hours", "value": "14.5", "unit": "hour", "origin": "time clock"},
        {"name": "factor", "value": "1.5", "unit": "ratio", "origin": "law"},
        {"name": "wage", "value": 12_000, "unit": "KRW/hour", "origin": "contract"},
    ],
    "rule": "Hours beyond 8 a day or 40 a week are paid at one and a half.",
    "article": "Labor Standards Act, art. 56(1)",
}


def long_entry(lines: int) -> Entry:
    """A month with so many lines, each with a reason of two lines."""
    codes = [f"bonus.{number}" for number in range(lines)]
    earned = tuple(Amounts(code, 10_000) for code in codes)
    why = tuple(WHY | {"code": code, "rule": WHY["rule"] * 2} for code in codes)
    slip = make_slip({"base": 10_000 * lines}, TAKEN, earnings=earned, explain=why)
    return make_entry(7, "초롱", slip=slip, final=True)


def test_a_few_lines_too_many_are_set_smaller_and_stay_on_one_page() -> None:
    with speaking("ko_easy"):
        sheet = documents.payslip(long_entry(11), OCTOBER)
        (page,) = composed(sheet).pages
        assert len(composed(replace(sheet, on_one=False)).pages) > 1
        assert len(composed(documents.payslip(long_entry(40), OCTOBER)).pages) > 1
    assert page


def entry() -> Entry:
    slip = make_slip(
        {"base": sum(each.amount for each in EARNED)},
        TAKEN,
        earnings=EARNED,
        non_taxable=200_000,
        employer=amounts(national_pension=128_250, industrial_accident=30_000),
        explain=(WHY,),
        worked=Worked(days=22, minutes=11_430, overtime=870, night=90, holiday=480),
    )
    return make_entry(7, "초롱", slip=slip, final=True)


def text_of(found: Entry, legal_name: str = "") -> str:
    data = pdf_of(documents.payslip(found, OCTOBER, legal_name=legal_name))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_item_of_article_27_2_of_the_decree_stands_on_it(language: str) -> None:
    """Who; when paid; the whole; each part; how it came about, with hours; what is taken off."""
    with speaking(language):
        text, slip = text_of(entry()), entry().slip
        who, when = ("초롱", f"{say('Number')} 7"), (show_day(pay_date(OCTOBER, law_book())),)
        whole = (f"{say('Total pay')} {say('Goes out')}", show_money(slip.gross))
        parts = [show_money(each.amount) for each in (*EARNED, *slip.deductions)]
        hours = ("190:30", "14:30", "8:00", "1:30", "160:00 × 12,000", "14:30 × 18,000")
        taken = (show_money(slip.taken), show_money(slip.net))
        for expected in (*who, *when, *whole[1:], *parts, *hours, *taken, say("Overtime hours")):
            assert expected in text
        for each in (*EARNED, *slip.deductions):
            assert name_of(each.code).split()[0] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_how_a_line_came_about_and_by_which_article(language: str) -> None:
    with speaking(language):
        text = text_of(entry()).replace(" ", "")
        for expected in (say(WHY["rule"]), calculation(WHY), cite(WHY["article"])):
            assert expected.replace(" ", "") in text


def test_it_tells_what_is_free_of_tax_and_what_the_house_pays_besides() -> None:
    with speaking("en"):
        text = text_of(entry())
    assert "Of this ₩200,000 is free of tax." in text
    assert "Besides, the house pays ₩158,250 for your insurances." in text
    bare = replace(entry(), slip=replace(entry().slip, non_taxable=0, employer=()))
    with speaking("en"):
        assert "Besides" not in text_of(bare)
        assert "free of tax" not in text_of(bare)


def test_a_legal_name_stands_on_it_only_where_it_is_handed_in() -> None:
    with speaking("en"):
        assert "Wide Field (초롱)" in text_of(entry(), legal_name="Wide Field")
        assert "Wide Field" not in text_of(entry())


def test_a_draft_says_that_it_is_one() -> None:
    with speaking("en"):
        assert "not yet approved" in text_of(replace(entry(), final=False))
        assert "not yet approved" not in text_of(entry())
        assert show_month(OCTOBER) in text_of(entry())


def test_an_ordinary_month_fits_on_two_pages_and_a_short_one_on_one() -> None:
    many = tuple(replace(each, code=f"bonus.{n}") for n, each in enumerate(EARNED * 5))
    with speaking("ko_easy"):
        short = pdf_of(documents.payslip(entry(), OCTOBER))
        slip = replace(entry().slip, earnings=many, explain=(WHY,) * 14)
        long = pdf_of(documents.payslip(replace(entry(), slip=slip), OCTOBER))
    assert len(PdfReader(BytesIO(short)).pages) == 1
    assert len(PdfReader(BytesIO(long)).pages) == 2
