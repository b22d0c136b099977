"""The law book: the value of a day, its sources, and the withholding table it makes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from factory.kernel.words import catalogue, tell
from factory.law.book import (
    HOLIDAYS,
    Decreed,
    Entered,
    LawBookBegins,
    NoSuchFigure,
    RateNotPublished,
    law_book,
)
from factory.law.calendar import computed, is_labour_day
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


def is_public_holiday(day: date) -> bool:
    """Whether the library takes it for one; the printed years are held against it."""
    return is_labour_day(day) or computed(day) is not None


@pytest.mark.parametrize(
    "day", ["2026-02-17", "2026-03-02", "2026-05-01", "2026-05-25", "2026-07-17", "2027-02-09"]
)
def test_holidays_with_their_substitutes(day: str) -> None:
    assert is_public_holiday(date.fromisoformat(day))
    assert not is_public_holiday(date(2026, 6, 8))


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(n) for n in range(366 if year % 4 == 0 else 365)]


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_printed_holidays_agree_with_the_library(year: int) -> None:
    for day in days_of(year):
        assert BOOK.is_public_holiday(day) is is_public_holiday(day), day


def test_years_that_are_not_printed_are_computed() -> None:
    assert BOOK.holiday(date(2028, 1, 1)) is not None
    assert BOOK.holiday(date(2028, 5, 1)) == "Labour Day"
    assert BOOK.holiday(date(2025, 5, 1)) == "Labour Day"
    assert BOOK.holiday(date(2028, 1, 4)) is None


def test_every_holiday_is_called_in_korean() -> None:
    called = {name for year in BOOK.figures[HOLIDAYS] for name in year.value.values()}
    assert sorted(called - set(catalogue("ko"))) == []


CARE = "social_insurance.long_term_care"
CHECKED = date(2026, 12, 22)
NEW_CARE = Entered(CARE, date(2027, 1, 1), Fraction("0.132"), "art. 9", "notice", CHECKED)
DAY = date(2026, 12, 18)
BY_ELECTION = Decreed(DAY, "by-election", "decree")


def test_a_book_with_entries_answers_where_the_printed_one_could_not() -> None:
    book = BOOK.with_entries([NEW_CARE])
    assert book.on(date(2027, 1, 1)).number(CARE) == Fraction("0.132")
    assert book.on(date(2026, 12, 31)).number(CARE) == Fraction("0.1314")
    with pytest.raises(RateNotPublished):
        BOOK.on(date(2027, 1, 1)).number(CARE)


def test_an_entry_between_two_values_holds_until_the_next() -> None:
    wage = "wages.minimum_hourly"
    between = replace(NEW_CARE, name=wage, since=date(2026, 10, 1), value=Fraction(10400))
    book = BOOK.with_entries([between])
    found = [book.on(day).number(wage) for day in (date(2026, 9, 30), DAY, date(2027, 1, 1))]
    assert found == [10320, 10400, 10700]


def test_named_numbers_are_entered_as_such() -> None:
    parts = (("least", Fraction(11000)), ("most", Fraction(4700000)))
    name = "social_insurance.health_premium"
    book = BOOK.with_entries([replace(NEW_CARE, name=name, value=parts)])
    assert book.on(date(2027, 1, 1)).figure(name).table == dict(parts)


def test_a_decreed_day_is_a_holiday_of_that_book_alone() -> None:
    book = BOOK.with_entries((), [BY_ELECTION])
    assert book.holiday(DAY) == "by-election"
    assert book.is_public_holiday(date(2026, 12, 25))
    assert not BOOK.is_public_holiday(DAY)


def test_a_book_opens_on_its_first_day_for_days_before_it() -> None:
    assert BOOK.at(date(2020, 1, 1)).day == date(2026, 1, 1)
    assert BOOK.at(DAY).day == DAY


def test_the_fingerprint_changes_with_values_and_days_and_with_nothing_else() -> None:
    printed = BOOK.fingerprint
    assert BOOK.with_entries(()).fingerprint == printed
    assert BOOK.with_entries([NEW_CARE]).fingerprint != printed
    other = replace(NEW_CARE, value=Fraction("0.133"))
    assert BOOK.with_entries([NEW_CARE]).fingerprint != BOOK.with_entries([other]).fingerprint
    assert BOOK.with_entries((), [BY_ELECTION]).fingerprint != printed
    told = replace(NEW_CARE, source="the same notice, better cited")
    assert BOOK.with_entries([NEW_CARE]).fingerprint == BOOK.with_entries([told]).fingerprint
