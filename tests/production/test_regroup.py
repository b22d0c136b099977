"""Split and merge: whole pieces, whole plies, and everything that was done stays done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.production.domain.bundles import Bundle, Part
from factory.production.domain.progress import Progress, begun, moved, reached
from factory.production.domain.regroup import (
    NotAlike,
    NotEquallyFar,
    OneBundleIsNoMerge,
    PliesDoNotFit,
    SplitTooFew,
    carrying,
    decide_split,
    merged_plies,
    refuse_unlike,
    split_plies,
    whole_load,
    without,
)
from factory.production.domain.tickets import read_ticket, ticket_code
from tests.production.test_cutting import make_bundle
from tests.production.ways import after, coat, line

WHOLE = make_bundle(Part(1, "66", 1, 1, 10))


def test_a_split_takes_those_furthest_on_first() -> None:
    ten = after(line(), (("cut", 10, 0), ("sew", 6, 1), ("press", 2, 0)))
    first, rest = (carrying(line(), [load]) for load in decide_split(line(), ten, 4))
    assert (first.quantity, first.steps["sew"].good, first.steps["press"].good) == (4, 4, 2)
    assert (rest.quantity, rest.steps["sew"].good, rest.steps["sew"].rework) == (6, 2, 1)
    assert (rest.steps["sew"].left, rest.steps["press"].left) == (3, 2)


def test_what_hangs_on_the_rail_already_is_not_split() -> None:
    ten = after(line(), (("cut", 10, 0), ("sew", 10, 0), ("press", 10, 0), ("pack", 3, 0)))
    first, rest = decide_split(line(), ten, 5)
    assert (first.pieces, rest.pieces, first.passed.get("pack")) == (5, 2, None)
    left_behind = without(line(), without(line(), ten, first), rest)
    assert (left_behind.in_work, left_behind.packed, left_behind.moved) == (0, 3, 7)


@pytest.mark.parametrize("first", [0, 10, 11, -1])
def test_each_part_needs_a_piece(first: int) -> None:
    with pytest.raises(SplitTooFew):
        decide_split(line(), begun(line(), 10), first)


@settings(max_examples=60)
@given(st.data())
def test_no_part_of_a_split_is_ahead_of_itself(data: st.DataObject) -> None:
    way, progress = coat(), begun(coat(), 9)
    for _ in range(data.draw(st.integers(0, 25))):
        open_ = [code for code in way if progress.steps[code].left]
        if not open_:
            break
        code = data.draw(st.sampled_from(open_))
        good = data.draw(st.integers(0, progress.steps[code].left))
        bad = data.draw(st.integers(0, min(1, progress.steps[code].left - good)))
        progress = moved(way, progress, code, good=good, rework=bad)
    if progress.in_work < 2:
        return
    loads = decide_split(way, progress, data.draw(st.integers(1, progress.in_work - 1)))
    parts = [carrying(way, [load]) for load in loads]
    assert sum(part.quantity for part in parts) == progress.in_work
    for part in parts:
        _is_sound(part)
    together = carrying(way, loads)
    assert {c: s.left for c, s in together.steps.items()} == {
        code: step.left for code, step in progress.steps.items()
    }
    behind = without(way, without(way, progress, loads[0]), loads[1])
    assert behind.in_work == 0
    assert not any(step.left or step.rework for step in behind.steps.values())


def _is_sound(part: Progress) -> None:
    for code, step in part.steps.items():
        assert min(step.good, step.rework, step.left) >= 0, code
        assert reached(coat(), part, code) == step.taken + step.left, code


def test_no_ply_is_in_both_parts_of_a_split() -> None:
    loads = decide_split(line(), begun(line(), 10), 4)
    assert split_plies(WHOLE, 4, loads) == ("1:1-4", "1:5-10")
    with pytest.raises(PliesDoNotFit):
        split_plies(WHOLE, 3, loads)
    with pytest.raises(PliesDoNotFit):
        split_plies(WHOLE, 5, loads)


def test_where_pieces_are_gone_their_plies_may_go_with_either_part() -> None:
    eight = after(line(), (("cut", 8, 2),))
    gone = replace(eight, scrapped=2, steps={**eight.steps})
    loads = decide_split(line(), gone, 4)
    assert split_plies(WHOLE, 6, loads) == ("1:1-6", "1:7-10")


def test_merged_bundles_keep_all_their_plies_and_can_be_split_again() -> None:
    other = replace(WHOLE, code="20000138", place=2, ply_from=4, ply_to=6, quantity=3)
    merged = replace(WHOLE, plies=merged_plies([other, WHOLE]), quantity=13)
    assert merged.plies == "1:1-10 2:4-6"
    loads = decide_split(line(), begun(line(), 13), 11)
    assert split_plies(merged, 11, loads) == ("1:1-10 2:4-4", "2:5-6")


def _some(*others: tuple[Bundle, Progress]) -> list[tuple[Bundle, Progress]]:
    return [(WHOLE, begun(line(), 10)), *others]


def test_only_what_is_alike_and_equally_far_is_put_together() -> None:
    twin = replace(WHOLE, code="20000138")
    refuse_unlike(line(), _some((twin, begun(line(), 10))))
    with pytest.raises(OneBundleIsNoMerge):
        refuse_unlike(line(), _some())
    with pytest.raises(OneBundleIsNoMerge):
        refuse_unlike(line(), _some((WHOLE, begun(line(), 10))))
    for change in ({"size": "55"}, {"line": 2}, {"lay": 2}, {"order": "2026-0013"}):
        with pytest.raises(NotAlike):
            refuse_unlike(line(), _some((replace(twin, **change), begun(line(), 10))))
    for done in ((("cut", 10, 0),), (("cut", 4, 0),)):
        with pytest.raises(NotEquallyFar):
            refuse_unlike(line(), _some((twin, after(line(), done))))


def test_a_merged_bundle_has_passed_what_its_parts_have() -> None:
    sewn = after(line(), (("cut", 10, 0), ("sew", 10, 0)))
    merged = carrying(line(), [whole_load(line(), sewn)] * 2)
    assert (merged.quantity, merged.steps["sew"].good, merged.steps["press"].left) == (20, 20, 20)


@pytest.mark.parametrize("serial", [1, 12, 99, 100, 999_999])
def test_every_ticket_has_eight_digits_and_is_read_back(serial: int) -> None:
    code = ticket_code(serial)
    assert len(code) == 8
    assert read_ticket(f" {code} ") == code
