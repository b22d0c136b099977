"""The cutter's sheet, and the lay that it offers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.production.domain.cutting import MOST_IN_MARKER, MOST_PLIES
from factory.production.domain.sheet import Sheet, SheetCell, Suggested, sheets, suggested
from tests.production.coats import make_order, make_style

Counts = dict[str, int]


def sheet_of(
    black: Counts | None = None,
    camel: Counts | None = None,
    cut: dict[tuple[int, str], int] | None = None,
    planned: dict[tuple[int, str], int] | None = None,
) -> Sheet:
    style = make_style()
    (made,) = sheets(make_order(black, camel), {style.number: style}, cut or {}, planned or {})
    return made


def test_a_sheet_shows_ordered_cut_and_what_is_still_to_cut() -> None:
    sheet = sheet_of(cut={(1, "66"): 20, (2, "55"): 13})
    black, camel = sheet.rows
    assert [cell.to_cut for cell in black.cells] == [25, 30, 0]
    assert [cell.to_cut for cell in camel.cells] == [0, 24, 0]
    assert (black.sum("ordered"), black.sum("cut"), black.sum("to_cut")) == (75, 20, 55)
    assert sheet.column("66", "to_cut") == 54
    assert sheet.sum("ordered") == 111


def test_sizes_keep_their_order_and_colours_the_order_of_the_lines() -> None:
    sheet = sheet_of()
    assert sheet.sizes == ("55", "66", "77")
    assert [row.colour.code for row in sheet.rows] == ["BK", "CA"]


def test_a_style_that_is_not_ordered_has_no_sheet() -> None:
    style = make_style(number="W-9999")
    assert sheets(make_order(), {style.number: style}, {}, {}) == ()


def test_more_cut_than_ordered_leaves_nothing_to_cut() -> None:
    assert SheetCell("66", 10, 12).to_cut == 0


@pytest.mark.parametrize(
    ("black", "camel", "marker", "plies"),
    [
        ({"55": 25, "66": 50}, {"55": 12, "66": 24}, {"55": 1, "66": 2}, {1: 25, 2: 12}),
        ({"66": 30}, {"66": 10}, {"66": 1}, {1: 30, 2: 10}),
        ({"55": 10, "66": 20, "77": 10}, {"77": 4}, {"55": 1, "66": 2, "77": 1}, {1: 10}),
    ],
)
def test_the_lay_that_is_offered_cuts_what_one_lay_can(
    black: Counts, camel: Counts, marker: Counts, plies: dict[int, int]
) -> None:
    found = suggested(sheet_of(black, camel))
    assert found == Suggested(marker, plies)


def test_where_nothing_is_left_no_lay_is_offered() -> None:
    cut = {(1, "66"): 5, (2, "66"): 3}
    assert suggested(sheet_of({"66": 5}, {"66": 3}, cut)) is None


def test_what_is_planned_already_is_offered_no_second_time() -> None:
    planned = {(1, "66"): 20, (2, "66"): 10}
    sheet = sheet_of({"66": 30}, {"66": 10}, planned=planned)
    assert sheet.sum("to_cut") == 40
    assert suggested(sheet) == Suggested({"66": 1}, {1: 10})
    everything = {(1, "66"): 30, (2, "66"): 10}
    assert suggested(sheet_of({"66": 30}, {"66": 10}, planned=everything)) is None


amounts = st.dictionaries(
    st.sampled_from(["55", "66", "77"]), st.integers(0, 150), min_size=1, max_size=3
)


@settings(deadline=None)
@given(black=amounts, camel=amounts)
def test_an_offered_lay_never_cuts_too_much_and_fits_on_the_table(
    black: Counts, camel: Counts
) -> None:
    sheet = sheet_of(black, camel)
    found = suggested(sheet)
    if found is None:
        assert sheet.sum("to_cut") == 0
        return
    assert 0 < found.coats <= sheet.sum("to_cut")
    assert sum(found.marker.values()) <= MOST_IN_MARKER
    assert sum(found.plies.values()) <= MOST_PLIES
    for row in sheet.rows:
        for cell in row.cells:
            given_here = found.plies.get(row.line, 0) * found.marker.get(cell.size, 0)
            assert given_here <= cell.to_cut
