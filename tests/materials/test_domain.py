"""What coats take, and what a roll gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.materials.domain import (
    BomItem,
    Need,
    NothingMoved,
    NotOurCloth,
    Roll,
    RollInspection,
    RollNotPassed,
    RollTooShort,
    WidthMissing,
    check_inspection,
    exploded,
    in_units,
    refuse_unfit,
    remnant_for,
    taken,
)
from tests.materials.build import WOOL

AT = datetime(2026, 11, 24, tzinfo=UTC)


def roll(number: int = 1, left: int = 5_000, shade: str = "A", owner: str = "") -> Roll:
    return Roll(number, WOOL.number, shade, 150, owner, 6_000, left, AT)


def item(each: int, colour: str = "", size: str = "", wastage: int = 0) -> BomItem:
    return BomItem("W-2601", colour, size, WOOL.number, each, wastage)


COATS = {("W-2601", "BK", "66"): 10, ("W-2601", "BK", "88"): 5, ("W-2601", "CA", "66"): 2}


@pytest.mark.parametrize(
    ("items", "needed"),
    [
        ((item(240),), 17 * 240),
        ((item(240, wastage=3),), 4_203),
        ((item(240), item(250, size="88")), 12 * 240 + 5 * 250),
        ((item(240), item(250, colour="BK"), item(260, "BK", "88")), 10 * 250 + 5 * 260 + 480),
        ((item(250, size="88"), item(260, colour="BK")), 15 * 260),
        ((BomItem("W-2602", "", "", WOOL.number, 240),), None),
    ],
)
def test_the_most_particular_line_says_what_a_coat_takes(
    items: tuple[BomItem, ...], needed: int | None
) -> None:
    assert exploded(items, COATS).get(WOOL.number) == needed


def test_an_order_of_another_colour_takes_nothing_of_it() -> None:
    assert exploded((item(240, colour="GY"),), COATS) == {}


def test_a_roll_gives_what_is_left_and_no_more() -> None:
    assert taken(roll(), 5_000, "") == 0
    with pytest.raises(RollTooShort) as short:
        taken(roll(), 5_001, "")
    assert short.value.values == {"roll": "R1", "there": "50", "asked": "50.01"}
    with pytest.raises(NothingMoved):
        taken(roll(), 0, "")


def test_cloth_of_a_customer_is_for_their_orders_alone() -> None:
    assert taken(roll(owner="Larch"), 100, "Larch") == 4_900
    with pytest.raises(NotOurCloth):
        taken(roll(owner="Larch"), 100, "Elm")
    with pytest.raises(NotOurCloth):
        taken(roll(owner="Larch"), 100, "")


def test_a_panel_is_cut_again_from_the_smallest_remnant_of_its_shade() -> None:
    some = (roll(1, 900), roll(2, 80, "B"), roll(3, 120), roll(4, 60))
    assert remnant_for(some, WOOL.number, "A", 100) == some[2]
    assert remnant_for(some, WOOL.number, "C", 100) is None
    assert remnant_for(some, "SILK", "A", 1) is None


def test_what_is_short_has_to_be_bought() -> None:
    assert Need(WOOL, 500, 120).short == 380
    assert Need(WOOL, 500, 700).short == 0


@pytest.mark.parametrize(
    ("amount", "text"),
    [(3_150, "31.5"), (400, "4"), (0, "0"), (-205, "-2.05"), (123_456_00, "123,456")],
)
def test_amounts_are_said_as_people_write_them(amount: int, text: str) -> None:
    assert in_units(amount) == text


@given(st.integers(0, 10**6), st.integers(0, 50), st.integers(0, 400))
def test_wastage_never_makes_it_less(each: int, wastage: int, coats: int) -> None:
    found = exploded((item(each, wastage=wastage),), {("W-2601", "BK", "66"): coats})
    assert found[WOOL.number] >= each * coats


@pytest.mark.parametrize(
    ("faults", "points", "in_a_hundred"),
    [((0, 0, 0, 0), 0, 0), ((3, 2, 1, 1), 14, Fraction(56, 3)), ((0, 0, 0, 9), 36, 48)],
)
def test_faults_count_by_their_length(
    faults: tuple[int, int, int, int], points: int, in_a_hundred: Fraction
) -> None:
    found = RollInspection(5_000, faults, passed=True)
    assert found.points == points
    assert found.in_a_hundred(150) == in_a_hundred


def test_a_roll_without_width_or_beyond_its_length_is_not_reckoned() -> None:
    look = RollInspection(5_000, (1, 0, 0, 0), passed=True)
    check_inspection(roll(), look)
    with pytest.raises(WidthMissing):
        check_inspection(replace(roll(), width=0), look)
    for metres in (0, 6_001):
        with pytest.raises(NothingMoved):
            check_inspection(roll(), replace(look, metres=metres))


def test_only_a_roll_that_did_not_pass_is_not_cut() -> None:
    for passed in (None, True):
        refuse_unfit(replace(roll(), passed=passed))
    with pytest.raises(RollNotPassed):
        refuse_unfit(replace(roll(), passed=False))
