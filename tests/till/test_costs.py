"""What the materials of a coat were bought for: by its lots, by what came in, or not known."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.money import Money
from factory.materials.domain import BomItem, Price, Roll
from factory.till.domain.costs import Bought, Laid, Origin, cost_lines, cost_of

COAT = ("W-2601", "BK", "66")
WOOL, LINING = "WOOL-BK", "LINING"
ITEMS = (BomItem("W-2601", "BK", "", WOOL, 250, 4), BomItem("W-2601", "", "", LINING, 230))


def roll(number: int, material: str = WOOL, won: int | None = None, owner: str = "") -> Bought:
    there = Roll(number, material, "A", 150, owner, 5_000, 0, datetime(2026, 11, 2, tzinfo=UTC))
    return Bought(there, None if won is None else Price(Money(won), f"T-{number}"))


def laid(number: int, amount: int, lot: str = "2026-0001 · 1", colour: str = "BK") -> Laid:
    return Laid(lot, "W-2601", colour, number, amount)


def known(*rolls: Bought) -> dict[int, Bought]:
    return {each.roll.number: each for each in rolls}


def test_cloth_costs_what_the_rolls_of_its_lots_cost_by_their_metres() -> None:
    rolls = known(
        roll(1, won=12_000), roll(2, won=15_000), roll(3, won=99_000), roll(4, LINING, 2_400)
    )
    taken = [laid(1, 2_000), laid(2, 1_000, "2026-0002 · 1"), laid(3, 500, colour="CA")]
    lining, wool = cost_lines(ITEMS, COAT, taken, rolls)
    assert (wool.origin, [each.roll.name for each in wool.rolls]) == (Origin.LAID, ["R1", "R2"])
    assert (wool.takes, wool.each) == (Fraction(26, 10), Fraction(13_000))
    assert wool.cost == 33_800
    assert lining.origin is Origin.RECEIVED
    assert (lining.each, lining.cost) == (Fraction(2_400), Fraction(5_520))
    assert cost_of((lining, wool)) == 39_320


def test_one_roll_without_a_price_leaves_the_coat_unknown_and_is_named() -> None:
    rolls = known(roll(1, won=12_000), roll(2), roll(4, LINING, 2_400))
    lining, wool = cost_lines(ITEMS, COAT, [laid(1, 2_000), laid(2, 10)], rolls)
    assert (wool.each, wool.cost) == (None, None)
    assert [each.roll.name for each in wool.unknown] == ["R2"]
    assert cost_of((lining, wool)) is None
    nothing, _ = cost_lines(ITEMS, COAT, [], known(roll(4, LINING)))
    assert (nothing.rolls, nothing.cost) == ((), None)
    assert cost_of(()) is None


def test_the_customers_own_cloth_costs_nothing() -> None:
    rolls = known(roll(1, owner="Elm Street"), roll(2, won=15_000), roll(4, LINING, 2_400))
    _, wool = cost_lines(ITEMS, COAT, [laid(1, 2_000)], rolls)
    assert wool.each == wool.cost == 0
    assert not wool.unknown
    # what a customer brought gives no price to coats that were cut from nothing known
    _, ours = cost_lines(ITEMS, COAT, [], rolls)
    assert [each.roll.name for each in ours.rolls] == ["R2"]


@given(st.lists(st.tuples(st.integers(1, 9_000), st.integers(0, 90_000)), min_size=1, max_size=6))
def test_a_metre_costs_neither_less_nor_more_than_the_rolls_it_came_from(
    cut: list[tuple[int, int]],
) -> None:
    rolls = known(*(roll(number, won=won) for number, (_, won) in enumerate(cut, 1)))
    taken = [laid(number, amount) for number, (amount, _) in enumerate(cut, 1)]
    (wool,) = cost_lines(ITEMS[:1], COAT, taken, rolls)
    assert wool.each is not None
    assert min(won for _, won in cut) <= wool.each <= max(won for _, won in cut)
    assert wool.each * sum(amount for amount, _ in cut) == sum(a * won for a, won in cut)
