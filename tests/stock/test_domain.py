"""From which lot a coat is taken, and what an order's cell adds up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.stock.domain import (
    FOUND,
    Balance,
    CellBalance,
    Kind,
    Lots,
    NothingMoved,
    NotInStock,
    NotSoldLikeThat,
    cell_balance,
    draw,
    given_back,
    put_back,
)

CUSTOMERS = Balance("2026-0001/1/66", 5, for_customer=True)
SEASON = Balance("2026-0002/1/66", 3)
LATER = Balance("2026-0003/1/66", 2)
RAIL = (CUSTOMERS, SEASON, LATER)


@pytest.mark.parametrize(
    ("quantity", "lots"),
    [
        (1, ((SEASON.lot, 1),)),
        (3, ((SEASON.lot, 3),)),
        (4, ((SEASON.lot, 3), (LATER.lot, 1))),
        (6, ((SEASON.lot, 3), (LATER.lot, 2), (CUSTOMERS.lot, 1))),
        (10, ((SEASON.lot, 3), (LATER.lot, 2), (CUSTOMERS.lot, 5))),
    ],
)
def test_season_stock_goes_first_then_the_oldest(quantity: int, lots: Lots) -> None:
    assert draw(RAIL, quantity) == lots


def test_empty_lots_are_passed_by() -> None:
    assert draw((Balance("a", 0), Balance("b", 1)), 1) == (("b", 1),)


def test_more_than_is_there_is_refused() -> None:
    with pytest.raises(NotInStock) as refused:
        draw(RAIL, 11)
    assert refused.value.values == {"there": 10, "asked": 11}
    with pytest.raises(NotInStock):
        draw((), 1)


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_can_move(quantity: int) -> None:
    with pytest.raises(NothingMoved):
        draw(RAIL, quantity)
    with pytest.raises(NothingMoved):
        given_back((("a", 1),), quantity, "31")


BALANCES = st.lists(
    st.builds(
        Balance,
        st.uuids().map(str),
        st.integers(0, 20),
        st.booleans(),
    ),
    max_size=8,
)


@given(balances=BALANCES, quantity=st.integers(1, 200))
def test_what_is_drawn_is_asked_for_and_was_there(balances: list[Balance], quantity: int) -> None:
    there = {balance.lot: balance.on_hand for balance in balances}
    if quantity > sum(there.values()):
        with pytest.raises(NotInStock):
            draw(balances, quantity)
        return
    lots = draw(balances, quantity)
    assert sum(number for _, number in lots) == quantity
    assert len({lot for lot, _ in lots}) == len(lots)
    assert all(0 < number <= there[lot] for lot, number in lots)
    customers = {balance.lot for balance in balances if balance.for_customer}
    if any(lot in customers for lot, _ in lots):
        season = sum(b.on_hand for b in balances if not b.for_customer)
        assert sum(number for lot, number in lots if lot not in customers) == season


def test_found_coats_go_where_a_count_had_missed_them() -> None:
    assert put_back((("a", 2), ("b", 1)), 3) == (("a", 2), ("b", 1))
    assert put_back((("a", 2),), 1) == (("a", 1),)
    assert put_back((("a", 2),), 5) == (("a", 2), (FOUND, 3))
    assert put_back((), 1) == ((FOUND, 1),)


def test_no_more_is_given_back_than_was_sold() -> None:
    assert given_back((("a", 1), ("b", 2)), 2, "31") == (("a", 1), ("b", 1))
    with pytest.raises(NotSoldLikeThat) as refused:
        given_back((("a", 1),), 2, "31")
    assert refused.value.values == {"ref": "31", "sold": 1, "asked": 2}


def test_the_golden_cell_adds_up() -> None:
    """The finished part of the golden case of R2: 30 + 3 + 12 + 1 + 1 of what came."""
    found = cell_balance(
        [
            (Kind.RECEIVED, False, 46),
            (Kind.RECEIVED, True, 3),
            (Kind.TAKEN_BACK, False, -2),
            (Kind.SHIPPED, False, -12),
            (Kind.SOLD, False, -2),
            (Kind.RETURNED, False, 1),
            (Kind.SCRAPPED, False, -1),
            (Kind.COUNTED, False, 0),
        ]
    )
    assert found == CellBalance(first=30, second=3, shipped=12, sold=1, scrapped=1, lost=0)
    assert found.came == 47
    assert cell_balance([]) == CellBalance()


SUMS = st.lists(st.tuples(st.sampled_from(Kind), st.booleans(), st.integers(-50, 50)))


@given(sums=SUMS)
def test_a_cell_holds_whatever_came_less_what_went_back_to_work(
    sums: list[tuple[Kind, bool, int]],
) -> None:
    counts = {Kind.RECEIVED, Kind.TAKEN_BACK, Kind.REGRADED}  # out of one grade, into the other
    came = sum(n for kind, _, n in sums if kind in counts)
    assert cell_balance(sums).came == came


def test_every_kind_of_movement_has_its_name() -> None:
    assert len({kind.label for kind in Kind}) == len(Kind)
