"""The orders of a season: believable sizes, firms and ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.orders.domain import OrderKind
from seed_data.orders import (
    MOST_PLIES,
    Fate,
    Make,
    PlannedOrder,
    days_taken,
    fates,
    for_shop,
    lays,
    make_of,
)
from tests.seed_data.build import chance

COAT = Make("W-2601", ("44", "55", "66", "77", "88"), ("BK", "CA", "GY"), 389_000)
SMALL = Make("W-2602", ("F",), ("NV",), 259_000)


def order(*, place: int = 0, firm: str | None = "목련상사", coats: int = 120) -> PlannedOrder:
    return PlannedOrder(
        place=place,
        kind=OrderKind.CUSTOMER if firm else OrderKind.STOCK,
        firm=firm,
        make=COAT,
        lays=lays(COAT, coats, chance()),
        due=date(2026, 11, 27),
        fate=Fate.SEWN,
    )


@pytest.mark.parametrize(
    ("orders", "ends"),
    [
        (1, []),
        (2, []),
        (3, [Fate.CONFIRMED]),
        (4, [Fate.CONFIRMED, Fate.DRAFT]),
        (5, [Fate.CUT, Fate.CONFIRMED, Fate.DRAFT]),
        (12, [Fate.CUT, Fate.CONFIRMED, Fate.DRAFT]),
    ],
)
def test_the_last_orders_end_before_the_machines(orders: int, ends: list[Fate]) -> None:
    found = fates(orders)
    assert len(found) == orders
    assert [fate for fate in found if fate is not Fate.SEWN] == ends


@settings(max_examples=50, deadline=None)
@given(orders=st.integers(1, 40), days=st.integers(1, 120))
def test_every_order_is_taken_inside_the_season_in_turn(orders: int, days: int) -> None:
    taken = days_taken(orders, days)
    assert len(taken) == orders
    assert all(0 <= day < days for day in taken)
    sewn = fates(orders).count(Fate.SEWN)
    assert list(taken[:sewn]) == sorted(taken[:sewn])
    assert list(taken[sewn:]) == sorted(taken[sewn:])
    assert taken[0] == 0


@settings(max_examples=50, deadline=None)
@given(coats=st.integers(30, 900), seed=st.integers(0, 500))
def test_an_order_has_about_as_many_coats_as_it_is_meant_to(coats: int, seed: int) -> None:
    found = sum(lay.coats for lay in lays(COAT, coats, chance(seed)))
    assert coats * 70 // 100 - 12 <= found <= coats * 115 // 100 + 12


@settings(max_examples=50, deadline=None)
@given(coats=st.integers(10, 900), seed=st.integers(0, 500), make=st.sampled_from((COAT, SMALL)))
def test_no_lay_is_higher_than_the_knife_cuts(coats: int, seed: int, make: Make) -> None:
    for lay in lays(make, coats, chance(seed)):
        assert all(0 < n <= MOST_PLIES for _, n in lay.plies)
        assert lay.coats > 0


def test_most_coats_are_of_the_middle_size_and_few_of_the_ends() -> None:
    cells = order(coats=300).cells()
    assert sorted(cells) == ["BK", "CA", "GY"]
    for sizes in cells.values():
        assert sizes["66"] > sizes["55"] == sizes["77"] > sizes["44"] == sizes["88"] > 0


def test_a_small_order_has_one_colour() -> None:
    assert list(order(coats=30).cells()) == ["BK"]


def test_a_firm_pays_less_than_the_shop_asks_and_some_of_it_at_once() -> None:
    found = order()
    assert found.price == 233_000
    assert 0 < found.deposit < found.price * found.coats
    stock = order(firm=None)
    assert (stock.price, stock.deposit) == (0, 0)


def test_the_own_shop_has_its_turn_early_and_again() -> None:
    assert [place for place in range(12) if for_shop(place)] == [1, 5, 9]


def test_every_third_order_is_of_another_style() -> None:
    styles = [make_of(place, [COAT, SMALL]).style for place in range(6)]
    assert styles == ["W-2601", "W-2601", "W-2602", "W-2601", "W-2601", "W-2602"]
    assert make_of(2, [COAT]).style == "W-2601"
