"""Figures as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from factory.kernel.words import catalogue, speaking
from factory.law.book import law_book
from factory.law.shown import PARTS, UNITS, amount, parts_of, show_days, shown

BOOK = law_book()


@pytest.mark.parametrize(
    ("number", "unit", "korean", "english"),
    [
        (Fraction(10320), "KRW/hour", "1시간에 10,320원", "₩10,320 an hour"),
        (Fraction(475, 10000), "ratio", "4.75%", "4.75 %"),
        (Fraction(1, 2), "ratio", "50%", "50 %"),
        (Fraction(9448, 71900), "ratio", "≈ 13.1405%", "≈ 13.1405 %"),
        (Fraction(365, 84), "ratio", "365/84", "365/84"),
        (Fraction(12), "hour", "12시간", "12 hours"),
        (Fraction(8928499, 100), "KRW", "89,284.99", "89,284.99"),
        (Fraction(18), "year", "18년", "18 years"),
    ],
)
def test_an_amount_has_its_unit(number: Fraction, unit: str, korean: str, english: str) -> None:
    with speaking("ko"):
        assert amount(number, unit) == korean
    with speaking("en"):
        assert amount(number, unit) == english


def test_a_figure_of_parts_names_each_of_them() -> None:
    with speaking("ko_easy"):
        found = dict(shown(BOOK.newest("social_insurance.pension_base")))
        assert found["가장 많을 때"] == "6,590,000원"
    with speaking("ko"):
        assert dict(shown(BOOK.newest("working_time.annual_leave")))["최소 출근율"] == "80%"
    with speaking("en"):
        assert shown(BOOK.newest("wages.minimum_hourly")) == (("", "₩10,700 an hour"),)


def test_whole_tables_are_called_so() -> None:
    with speaking("en"):
        assert shown(BOOK.newest("income_tax.withholding_body")) == (("", "a whole table"),)
        assert shown(BOOK.newest("public_holidays.year")) == (("", "24 days"),)
    assert parts_of(BOOK.newest("income_tax.withholding_rows")) == ()


def test_the_days_of_a_year_are_named() -> None:
    with speaking("ko"):
        first = show_days(BOOK.on(date(2027, 1, 1)).figure("public_holidays.year"))[0]
    assert first == ("2027년 1월 1일(금)", "신정")


def test_every_unit_and_every_part_has_its_words() -> None:
    told = {word for word, _ in PARTS.values()} | {u for u in UNITS.values() if u != "{amount}"}
    assert sorted(told - set(catalogue("ko"))) == []
    for history in BOOK.figures.values():
        for figure in history:
            assert figure.unit in UNITS
            if isinstance(figure.value, Mapping):
                short = figure.name.partition(".")[2]
                named = parts_of(figure)
                assert all(part in PARTS or f"{short}.{part}" in PARTS for part in named), short
