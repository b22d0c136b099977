"""How many employees the house has by the decree: person-days by operating days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.time import DAY
from factory.people.domain.headcount import (
    HeadCount,
    MonthNotOver,
    NobodyWorked,
    count,
    refuse_running,
)

MONTH = date(2026, 11, 1)


def counted(*heads: int) -> HeadCount:
    return count(MONTH, {MONTH + n * DAY: number for n, number in enumerate(heads)})


@pytest.mark.parametrize(
    ("heads", "number", "below", "taken_for"),
    [
        ((12, 12, 12), Fraction(12), 0, 12),
        ((5, 5, 5, 5), Fraction(5), 0, 5),
        ((4, 4, 4, 4), Fraction(4), 4, 4),
        # below five on average, but on fewer than half of the days: all rules bind
        ((5, 5, 5, 2), Fraction(17, 4), 1, 5),
        ((5, 5, 5, 1, 1), Fraction(17, 5), 2, 5),
        # five and more on average, but half of the days or more lie below: they don't
        ((10, 10, 4, 4), Fraction(7), 2, 4),
        ((30, 4, 3), Fraction(37, 3), 2, 4),
        ((1, 1), Fraction(1), 2, 1),
        ((7, 8), Fraction(15, 2), 0, 7),
    ],
)
def test_the_decree_s_method(
    heads: tuple[int, ...], number: Fraction, below: int, taken_for: int
) -> None:
    found = counted(*heads)
    assert (found.number, found.days_below, found.counted) == (number, below, taken_for)
    assert found.all_rules_bind == (taken_for >= 5)
    assert (found.person_days, found.operating_days) == (sum(heads), len(heads))


def test_the_working_is_kept_in_order_with_its_article() -> None:
    found = count(date(2026, 11, 15), {MONTH + DAY: 6, MONTH: 7})
    assert found.month == MONTH
    assert found.heads == ((MONTH, 7), (MONTH + DAY, 6))
    assert found.article == "Enforcement Decree of the Labor Standards Act, art. 7-2"
    assert found.least == 5


def test_a_month_without_work_is_not_counted() -> None:
    with pytest.raises(NobodyWorked):
        count(MONTH, {})


def test_a_month_is_counted_when_it_is_over() -> None:
    for day in (MONTH, date(2026, 11, 30)):
        with pytest.raises(MonthNotOver):
            refuse_running(MONTH, day)
    refuse_running(MONTH, date(2026, 12, 1))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=31))
def test_the_days_decide_whether_all_rules_bind_and_the_average_how_many(heads: list[int]) -> None:
    found = counted(*heads)
    below = sum(1 for number in heads if number < 5)
    assert found.all_rules_bind == (2 * below < len(heads))
    if found.all_rules_bind == (found.number >= 5):
        assert found.counted == found.number.numerator // found.number.denominator
    else:
        assert found.counted in {4, 5}
