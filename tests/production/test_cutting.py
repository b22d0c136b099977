"""Lays and bundles: what may be cut, and that every piece lies in one bundle."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.words import speaking, tell
from factory.production.domain import balance
from factory.production.domain.balance import CellState
from factory.production.domain.bundles import Bundle, Part, parts, pieces_by_cell
from factory.production.domain.cutting import (
    Asked,
    BundleSizeWrong,
    FigureTooLarge,
    Lay,
    LayState,
    NewLay,
    NothingToCut,
    OverCut,
    check_lay,
)
from factory.production.domain.progress import StepState
from tests.production.ways import CUT, after, line

ASKED = {
    (no, size): Asked(colour, 41) for no, colour in ((1, "black"), (2, "camel")) for size in "SML"
}


def make_lay(**changes: Any) -> NewLay:
    given_: dict[str, Any] = {"line_plies": {1: 20, 2: 10}, "marker": {"S": 1, "M": 2}}
    return NewLay(order="2026-0012", **(given_ | changes))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"line_plies": {}}, NothingToCut),
        ({"line_plies": {1: 0}}, NothingToCut),
        ({"line_plies": {1: -3, 2: 5}}, NothingToCut),
        ({"marker": {"S": 0}}, NothingToCut),
        ({"marker": {"S": -1}}, NothingToCut),
        ({"bundle_size": 0}, BundleSizeWrong),
        ({"bundle_size": 31}, BundleSizeWrong),
        ({"line_plies": {1: 201}}, FigureTooLarge),
        ({"marker": {"S": 13}}, FigureTooLarge),
        ({"line_plies": {1: 21}}, OverCut),  # 42 of M, and 41 may be cut
    ],
)
def test_a_lay_that_cant_be_is_refused(changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_lay(make_lay(**changes), ASKED)


def test_an_order_is_cut_up_to_what_its_tolerance_allows() -> None:
    check_lay(make_lay(), ASKED)
    check_lay(make_lay(line_plies={1: 41}, marker={"S": 1}), ASKED)
    with pytest.raises(OverCut):
        check_lay(make_lay(line_plies={1: 42}, marker={"S": 1}), ASKED)
    rest = {(1, "S"): Asked("black", 41, cut=38)}
    check_lay(make_lay(line_plies={1: 3}, marker={"S": 1}), rest)
    with pytest.raises(OverCut) as refusal:
        check_lay(make_lay(line_plies={1: 4}, marker={"S": 1}), rest)
    with speaking("en"):
        assert tell(refusal.value) == "Of black S at most 3 more may be cut for this order."


def test_what_was_cut_beyond_the_order_leaves_no_room() -> None:
    assert Asked("black", 40, cut=44).more == 0


def test_a_lay_counts_as_cut_once_it_is_cut() -> None:
    planned = Lay(
        1, "2026-0012", 1, "W-2601", (("S", 1), ("M", 2)), ((1, 20),), 10, LayState.PLANNED
    )
    assert planned.garments == 60
    cut = Lay(
        1,
        "2026-0012",
        1,
        "W-2601",
        (("S", 1), ("M", 2)),
        ((1, 20),),
        10,
        LayState.CUT,
        ((1, 18),),
    )
    assert (cut.plies, cut.garments) == (((1, 18),), 54)


def test_a_lay_of_two_colours_becomes_bundles_of_one_colour_and_size() -> None:
    found = list(parts([(1, 23), (2, 4)], [("66", 2), ("77", 1)], 10))
    black = [p for p in found if p.line == 1 and p.size == "66"]
    assert [(p.place, p.ply_from, p.ply_to) for p in black] == [
        (1, 1, 8), (1, 9, 16), (1, 17, 23),
        (2, 1, 8), (2, 9, 16), (2, 17, 23),
    ]  # fmt: skip
    assert [(p.ply_from, p.ply_to) for p in found if p.line == 2] == [(24, 27)] * 3
    assert pieces_by_cell(found) == {(1, "66"): 46, (1, "77"): 23, (2, "66"): 8, (2, "77"): 4}


@given(
    plies=st.lists(st.integers(0, 60), min_size=1, max_size=4),
    marker=st.lists(st.integers(0, 3), min_size=1, max_size=5),
    most=st.integers(1, 30),
)
def test_every_piece_of_a_lay_lies_in_exactly_one_bundle(
    plies: list[int], marker: list[int], most: int
) -> None:
    found = list(parts(enumerate(plies, 1), [(str(n), m) for n, m in enumerate(marker)], most))
    pieces = Counter(
        (p.line, p.size, p.place, ply) for p in found for ply in range(p.ply_from, p.ply_to + 1)
    )
    assert set(pieces.values()) <= {1}
    assert sum(p.quantity for p in found) == len(pieces) == sum(plies) * sum(marker)
    assert all(1 <= p.quantity <= most for p in found)
    lines = {ply: p.line for p in found for ply in range(p.ply_from, p.ply_to + 1)}
    for p in found:
        assert {lines[ply] for ply in range(p.ply_from, p.ply_to + 1)} == {p.line}


# The rules


def golden(**changes: int) -> CellState:
    """Black 66 of apparel-production §1.4: ordered 100, cut 102."""
    figures = {
        "ordered": 100, "cut": 102, "wip_sewing": 38, "wip_finishing": 17, "first": 30,
        "second": 3, "shipped": 12, "sold": 1, "scrapped": 1, "lost": 0,
    }  # fmt: skip
    return CellState(**(figures | changes))


def test_the_golden_cell_holds() -> None:
    assert golden().holds
    assert golden().in_work == 55
    assert list(balance.r2("black 66", golden())) == []


@pytest.mark.parametrize(
    "figure",
    ["wip_sewing", "wip_finishing", "first", "second", "shipped", "sold", "scrapped", "lost"],
)
def test_a_cell_that_misses_a_coat_anywhere_does_not_hold(figure: str) -> None:
    (broken,) = balance.r2("black 66", golden(**{figure: getattr(golden(), figure) + 1}))
    assert (broken.rule, broken.stands, broken.should) == ("R2", "103", "102")


def test_rework_beside_the_work_in_progress_would_not_hold() -> None:
    assert not golden(wip_sewing=38 + 3).holds


def test_bundles_hold_what_the_lays_give() -> None:
    assert list(balance.r1("cell", planned=46, bundled=46)) == []
    assert [b.rule for b in balance.r1("cell", planned=46, bundled=45)] == ["R1"]


def test_a_step_ahead_of_the_one_before_it_is_found() -> None:
    fine = after(line(), (CUT, ("sew", 6, 0)))
    assert list(balance.r3(line(), "b", fine)) == list(balance.r4(line(), "b", fine, {})) == []
    steps = {**fine.steps, "press": StepState(good=7)}
    ahead = type(fine)(10, steps)
    assert [b.key for b in balance.r3(line(), "b", ahead)] == ["b press"]
    assert {b.key for b in balance.r4(line(), "b", ahead, {})} == {"b press", "b pack"}


def test_a_piece_that_went_out_and_is_still_counted_is_found() -> None:
    fine = after(line(), (("cut", 5, 0), ("sew", 3, 1)))
    assert list(balance.r4(line(), "b", fine, {"sew": 0})) == []
    assert [b.key for b in balance.r4(line(), "b", fine, {"sew": 1})] == ["b sew"]


def make_bundle(part: Part) -> Bundle:
    return Bundle(
        code="20000120", order="2026-0012", line=part.line, style="W-2601", colour="BK",
        size=part.size, lay=1, number=1, of=1, place=part.place, ply_from=part.ply_from,
        ply_to=part.ply_to, quantity=part.quantity, routing_uid="uid",
    )  # fmt: skip


def test_a_ply_in_two_bundles_is_found() -> None:
    apart = [make_bundle(Part(1, "66", 1, 1, 8)), make_bundle(Part(1, "66", 1, 9, 16))]
    assert list(balance.r5("lay", apart)) == []
    twice = [make_bundle(Part(1, "66", 1, 1, 8)), make_bundle(Part(1, "66", 1, 8, 16))]
    assert [b.key for b in balance.r5("lay", twice)] == ["lay (1, '66', 1, 8)"]
    assert list(balance.r5("lay", [apart[0], make_bundle(Part(1, "66", 2, 1, 8))])) == []
    assert apart[0].cell == (1, "66")


def test_a_step_paid_beyond_its_good_pieces_is_found() -> None:
    assert list(balance.r6("b", paid={"sew": 10}, good={"sew": 10})) == []
    (broken,) = balance.r6("b", paid={"sew": 11, "press": 0}, good={"sew": 10})
    assert (broken.rule, broken.key) == ("R6", "b sew")
