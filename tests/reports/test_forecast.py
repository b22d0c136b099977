"""When an order will be finished, and how sure that is."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from factory.db.session import transaction
from factory.kernel.time import DAY
from factory.production.domain.metrics import done_by
from factory.reports.domain import Wanted, outlooks
from factory.reports.forecast import Forecast, forecasts
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.production import build

WEDNESDAY = date(2026, 11, 25)
HISTORY = (6, 8, 9, 10, 12)
SATURDAY = 5


def free(day: date) -> bool:
    return day.weekday() >= SATURDAY


def wanted(order: str, left: int, days: int) -> Wanted:
    due = WEDNESDAY + timedelta(days=days)
    return Wanted(order=order, customer="Clover", due=due, ordered=left, finished=0)


def foretold(*orders: Wanted, history: tuple[int, ...] = HISTORY) -> dict[str, Forecast]:
    looks = outlooks(orders, Fraction(9), WEDNESDAY, free)
    return dict(forecasts(looks, history, WEDNESDAY, free))


def test_the_worked_example_as_days() -> None:
    found = foretold(wanted("a", 30, 2))["a"]
    assert found.even == found.fairly == WEDNESDAY + 5 * DAY  # the fourth working day, a Monday
    assert found.in_time == 25  # 32 ways of 125 by the third day
    assert (found.together, found.history) == (30, HISTORY)


def test_what_is_due_before_comes_first_and_what_is_finished_has_no_forecast() -> None:
    found = foretold(wanted("a", 20, 1), wanted("b", 0, 2), wanted("c", 10, 7))
    assert set(found) == {"a", "c"}
    assert found["c"].together == 30
    assert found["c"].in_time == 100


def test_what_is_late_is_not_in_time_and_a_house_without_a_past_says_nothing() -> None:
    assert foretold(wanted("a", 5, -1))["a"].in_time == 0
    assert foretold(wanted("a", 5, 9), history=(0, 0)) == {}
    assert foretold(wanted("a", 5, 9), history=()) == {}


def test_too_far_ahead_nothing_is_said() -> None:
    found = foretold(wanted("a", 5_000, 9))["a"]
    assert (found.even, found.fairly, found.in_time) == (None, None, 0)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.integers(0, 30), st.integers(1, 4))
def test_every_way_in_which_the_days_can_fall_is_counted(
    history: list[int], remaining: int, most: int
) -> None:
    for day, chance in done_by(history, remaining, most).items():
        ways = [sum(days) >= remaining for days in itertools.product(history, repeat=day)]
        assert chance == Fraction(sum(ways), len(ways))


def test_without_a_past_only_nothing_is_done() -> None:
    assert done_by([], 3, 2) == {1: 0, 2: 0}
    assert done_by([], 0, 1) == {1: 1}


def test_the_order_and_the_board_say_when(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        order = build.make_coat_order(session)
        bundle = build.make_bundle(session, order)
    cedar = sign_in(Role.SUPERVISOR)
    assert "When it will be finished" not in cedar.get(f"/orders/{order.number}?language=en").text
    with app.app_context(), transaction() as session:
        build.finish(session, bundle)
    clock.shift(DAY)
    cedar = sign_in(Role.SUPERVISOR)
    page = cedar.get(f"/orders/{order.number}?language=en").text
    assert "When it will be finished" in page
    assert "with all that are due before: 35" in page
    assert "언제 다 끝나는지" in cedar.get(f"/orders/{order.number}?language=ko").text
    assert "85 of 100" in cedar.get("/board/?language=en").text
