"""What the board says of pace and due dates."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.time import DAY
from factory.reports.domain import (
    Risk,
    Wanted,
    bars,
    last_working_days,
    outlooks,
    pace,
    plan_of_day,
    working_days,
)

TODAY = date(2026, 11, 25)  # a Wednesday
SATURDAY = 5


def free(day: date) -> bool:
    return day.weekday() >= SATURDAY


def wanted(order: str = "2026-0001", **changes: Any) -> Wanted:
    given: dict[str, Any] = {
        "customer": "Clover",
        "due": TODAY + timedelta(days=7),
        "ordered": 100,
        "finished": 0,
    }
    return Wanted(order=order, **(given | changes))


def test_working_days_leave_the_weekend_out() -> None:
    assert len(tuple(working_days(TODAY, TODAY + timedelta(days=6), free))) == 5
    assert tuple(working_days(TODAY, TODAY - DAY, free)) == ()
    assert last_working_days(TODAY, 3, free) == (
        date(2026, 11, 20),
        date(2026, 11, 23),
        date(2026, 11, 24),
    )


def test_a_day_without_a_coat_counts_for_the_pace() -> None:
    on = last_working_days(TODAY, 4, free)
    assert pace({on[0]: 12, on[3]: 8}, on) == 5
    assert pace({}, on) == 0
    assert pace({}, ()) == 0


@pytest.mark.parametrize(
    ("changes", "usual", "risk"),
    [
        ({"due": TODAY - DAY}, 20, Risk.LATE),
        ({"due": TODAY - DAY, "finished": 100}, 20, Risk.FINE),
        ({}, 20, Risk.FINE),
        ({"due": TODAY + timedelta(days=6)}, 20, Risk.TIGHT),
        ({"due": TODAY + timedelta(days=5)}, 20, Risk.AT_RISK),
        ({}, 0, Risk.AT_RISK),
        ({"finished": 130}, 0, Risk.FINE),
    ],
    ids=[
        "the day is over",
        "over, and done before",
        "a day to spare",
        "just so",
        "a day too few",
        "nobody knows the pace",
        "more than wanted is there",
    ],
)
def test_how_an_order_stands(changes: dict[str, Any], usual: int, risk: Risk) -> None:
    (found,) = outlooks([wanted(**changes)], Fraction(usual), TODAY, free)
    assert found.risk is risk
    assert found.risk.label
    assert (found.risk.icon == "done") is (risk is Risk.FINE)


def test_what_is_due_before_comes_first() -> None:
    late, early = wanted("2026-0002"), wanted("2026-0001", due=TODAY + DAY, ordered=20)
    first, second = outlooks([late, early], Fraction(20), TODAY, free)
    assert first.wanted == early
    assert first.days_needed == 1
    assert second.days_needed == 6
    assert second.risk is Risk.TIGHT


@given(st.lists(st.integers(0, 10**6), max_size=12))
def test_whatever_is_there_can_be_seen_in_its_picture(values: list[int]) -> None:
    found = bars((str(number), value) for number, value in enumerate(values))
    assert [bar.value for bar in found] == values
    for bar in found:
        assert (bar.length > 0) is (bar.value > 0)
        assert bar.length <= 100
        assert bar.length == 100 or bar.value < max(values, default=0) or not bar.value


def test_a_finished_order_needs_no_day_though_another_is_late_before_it() -> None:
    late, done = wanted("2026-0001", due=TODAY - DAY), wanted("2026-0002", finished=100)
    first, second = outlooks([late, done], Fraction(20), TODAY, free)
    assert [first.days_needed, second.days_needed] == [5, 0]


@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.integers(1, 60))
def test_an_order_that_is_due_later_never_needs_fewer_days(lefts: list[int], usual: int) -> None:
    orders = [
        wanted(f"2026-{n:04d}", ordered=left, due=TODAY + timedelta(days=n))
        for n, left in enumerate(lefts)
    ]
    needed = [each.days_needed or 0 for each in outlooks(orders, Fraction(usual), TODAY, free)]
    assert needed == sorted(needed)
    assert needed[-1] == Fraction(sum(lefts), usual)


@pytest.mark.parametrize(
    ("orders", "plan"),
    [
        ([], 0),
        ([(2, 20, 0)], 7),
        ([(2, 20, 20)], 0),
        ([(2, 20, 0), (7, 40, 0)], 10),
        ([(7, 60, 0), (2, 6, 0)], 11),
        ([(-1, 9, 4)], 5),
        ([(-1, 90, 4)], 6),
        ([(-1, 30, 0), (2, 6, 0)], 12),
        ([(-1, 30, 0), (2, 6, 6)], 6),
    ],
    ids=[
        "none",
        "one",
        "finished",
        "the later asks more",
        "together",
        "late",
        "far too late",
        "both",
        "late, and one that is finished asks nothing",
    ],
)
def test_the_plan_of_a_day_keeps_every_order_in_time(
    orders: list[tuple[int, int, int]], plan: int
) -> None:
    asked = [
        wanted(str(turn), due=TODAY + timedelta(days=days), ordered=ordered, finished=finished)
        for turn, (days, ordered, finished) in enumerate(orders)
    ]
    assert plan_of_day(outlooks(asked, Fraction(6), TODAY, free), 6) == plan
