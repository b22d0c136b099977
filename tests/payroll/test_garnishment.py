"""What a court may have taken from net pay, and what stays hers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.fields import Fields
from factory.kernel.words import LANGUAGES, speaking
from factory.law.book import law_book
from factory.payroll import explain
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import Garnishment
from factory.payroll.domain.given import read_case
from factory.payroll.rules.garnishment import attachable, garnishments
from tests.payroll.test_rules import case

BOOK = law_book()
OLD, NEW = date(2025, 12, 1), date(2026, 2, 1)
ALL = 10**9


def order(filed: date = NEW, most: int = ALL) -> Garnishment:
    return Garnishment("2026-17", filed, most)


def may_take(pay: int, filed: date = NEW, most: int = ALL) -> int:
    return attachable(pay, order(filed, most), BOOK.at(filed))


@pytest.mark.parametrize(
    ("net", "since_february", "before"),
    [
        (1_850_000, 0, 0),
        (2_500_000, 0, 650_000),
        (2_500_001, 1, 650_001),
        (3_000_000, 500_000, 1_150_000),
        (3_700_000, 1_200_000, 1_850_000),
        (4_000_001, 1_500_001, 2_000_000),
        (5_000_000, 2_500_000, 2_500_000),
        (6_000_000, 3_000_000, 3_000_000),
        (8_000_000, 4_500_000, 4_500_000),
        (0, 0, 0),
        (-5, 0, 0),
    ],
)
def test_half_at_most_and_never_below_the_least(net: int, since_february: int, before: int) -> None:
    assert may_take(net) == since_february
    assert may_take(net, OLD) == before


def test_an_order_without_an_amount_takes_what_the_law_lets_it_and_names_no_other() -> None:
    without = Garnishment("2026-17", NEW)
    (found,) = garnishments(3_700_000, (without,), BOOK)
    assert found.amount.won == may_take(3_700_000)
    assert "most" not in {each.name for each in found.inputs}


def test_the_limits_are_those_of_the_day_the_order_was_asked_for() -> None:
    assert may_take(2_400_000, date(2026, 1, 31)) == 550_000
    assert may_take(2_400_000, date(2026, 2, 1)) == 0


def test_no_more_is_taken_than_the_order_asks_for() -> None:
    assert may_take(3_000_000, most=120_000) == 120_000


def test_a_later_order_has_what_earlier_ones_left() -> None:
    orders = (order(most=300_000), order(most=300_000), order(most=300_000))
    found = [each.amount.won for each in garnishments(3_000_000, orders, BOOK)]
    assert found == [300_000, 200_000, 0]


@given(pay=st.integers(0, 12_000_000), most=st.integers(0, 5_000_000), old=st.booleans())
def test_what_stays_is_never_less_than_the_law_keeps(pay: int, most: int, *, old: bool) -> None:
    filed, least = (OLD, 1_850_000) if old else (NEW, 2_500_000)
    taken = may_take(pay, filed, most)
    assert 0 <= taken <= most
    assert pay - taken >= min(pay, least)
    assert may_take(pay + 10, filed, most) >= taken


def test_it_is_a_line_of_its_own_after_insurance_and_tax() -> None:
    whole = read_case(Fields(case(terms={"kind": "monthly", "rate": 3_500_000}), ""))
    before = calculate(whole, BOOK)
    slip = calculate(replace(whole, garnishments=(order(),)), BOOK)
    (line,) = [each for each in slip.deductions if each.code == "garnishment"]
    assert line.amount == before.net - 2_500_000
    assert slip.net == 2_500_000
    assert slip.gross == before.gross


def test_an_advance_is_not_taken_before_the_courts_part() -> None:
    extras = [{"code": "advance", "amount": -100_000}]
    whole = read_case(Fields(case(terms={"kind": "monthly", "rate": 3_500_000}, extras=extras), ""))
    assert calculate(replace(whole, garnishments=(order(),)), BOOK).net == 2_400_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_why_and_from_what(language: str) -> None:
    (line,) = garnishments(3_000_000, (order(),), BOOK)
    with speaking(language):
        why = explain.explained(line)
        told = [explain.input_words(each) for each in why["inputs"]]
        assert explain.calculation(why)
    assert why["rule"]
    assert all(all(words) for words in told)
