"""The law book: the value of a day, its sources, and the withholding table it makes."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from factory.kernel.words import catalogue, tell
from factory.law.book import LawBookBegins, NoSuchFigure, RateNotPublished, law_book
from factory.law.calendar import is_public_holiday
from factory.payroll.domain.withholding import table_tax

BOOK = law_book()
TABLE = """\
1160: 2440 0
1500: 8920 4420 0
2000: 19520 14750 6600 3220 0
2800: 56800 39300 25180 19930 16130 12760 9380 6010 2630 0 0
3000: 74350 56850 31940 26690 21440 17100 13730 10350 6980 3600 0
4000: 195960 167950 109590 91670 78550 65420 52300 39170 33570 28320 23070
5000: 335470 306710 237850 219100 200350 181600 162850 144100 125350 106600 87850
7000: 732700 684290 557350 527350 497350 471470 452720 433970 415220 396470 377720
10000: 1507400 1431570 1200840 1170840 1140840 1110840 1080840 1050840 1020840 990840 960840
"""


def test_a_figure_holds_from_its_first_day() -> None:
    wage = "wages.minimum_hourly"
    assert BOOK.on(date(2026, 12, 31)).number(wage) == 10320
    assert BOOK.on(date(2027, 1, 1)).number(wage) == 10700


def test_a_day_before_the_book_is_refused() -> None:
    with pytest.raises(LawBookBegins):
        BOOK.on(date(2025, 12, 31))


def test_what_is_not_published_is_refused_by_its_label() -> None:
    with pytest.raises(RateNotPublished):
        BOOK.on(date(2027, 1, 1)).figure("social_insurance.long_term_care")
    with pytest.raises(NoSuchFigure):
        BOOK.on(date(2027, 1, 1)).figure("wages.tips")


def test_every_figure_is_called_in_korean() -> None:
    called = {figure.label for history in BOOK.figures.values() for figure in history}
    assert sorted(called - set(catalogue("ko"))) == [], "say it in ko/law.po"


@pytest.mark.parametrize("language", ["ko", "ko_easy"])
def test_what_is_not_published_is_told_without_an_english_word(language: str) -> None:
    with pytest.raises(RateNotPublished) as refused:
        BOOK.on(date(2027, 1, 1)).figure("social_insurance.long_term_care")
    assert not re.search("[A-Za-z]", tell(refused.value, language))


def test_every_figure_has_its_article_and_source_in_order_of_time() -> None:
    for history in BOOK.figures.values():
        assert [f.since for f in history] == sorted({f.since for f in history})
        for figure in history:
            assert figure.article
            assert figure.source
            assert figure.label


def test_exact_numbers_stay_exact() -> None:
    law = BOOK.on(date(2026, 8, 1))
    assert law.number("social_insurance.pension") == Fraction(475, 10000)
    assert law.number("social_insurance.long_term_care") == Fraction(9448, 71900)


@pytest.mark.parametrize("row", TABLE.splitlines())
def test_the_withholding_table_is_reproduced(row: str) -> None:
    pay, cells = row.split(":")
    law = BOOK.on(date(2026, 12, 10))
    for family, cell in enumerate(cells.split(), 1):
        assert table_tax(int(pay) * 1000, family, law) == int(cell)


@pytest.mark.parametrize(
    ("pay", "family", "tax"),
    [
        (12_000_000, 1, 2_218_400),
        (15_000_000, 1, 3_276_800),
        (5_000_000, 12, 69_100),
        (769_999, 1, 0),
    ],
)
def test_beyond_the_table(pay: int, family: int, tax: int) -> None:
    assert table_tax(pay, family, BOOK.on(date(2026, 12, 10))) == tax


@pytest.mark.parametrize(
    "day", ["2026-02-17", "2026-03-02", "2026-05-01", "2026-05-25", "2026-07-17", "2027-02-09"]
)
def test_holidays_with_their_substitutes(day: str) -> None:
    assert is_public_holiday(date.fromisoformat(day))
    assert not is_public_holiday(date(2026, 6, 8))
