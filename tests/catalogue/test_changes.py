"""What a new sheet would change, and a way of work by parts of the floor."""

from __future__ import annotations

from factory.catalogue.domain import Section, Station, routing
from factory.catalogue.domain.changes import Change, compare, parts
from factory.catalogue.domain.sheet import read_sheet
from factory.kernel.money import Money
from tests.catalogue.build import RATE, SHEET, make_step

OLD = routing("uid", "W-2601", 1, (make_step("S01"), make_step("S02", "S01")))


def test_new_changed_same_and_gone_are_told_apart() -> None:
    steps = (make_step("S01", sam=120), make_step("S03", "S01"))
    found = compare(OLD, steps)
    assert [change for _, change in found.lines] == [Change.CHANGED, Change.NEW]
    assert [step.code for step in found.gone] == ["S02"]
    assert found.changes_anything


def test_the_same_sheet_changes_nothing() -> None:
    found = compare(OLD, OLD.steps)
    assert {change for _, change in found.lines} == {Change.SAME}
    assert not found.changes_anything


def test_a_step_that_only_goes_is_a_change() -> None:
    assert compare(OLD, OLD.steps[:1]).changes_anything


def test_all_is_new_in_the_first_sheet() -> None:
    found = compare(None, OLD.steps)
    assert {change for _, change in found.lines} == {Change.NEW}
    assert not compare(None, ()).changes_anything


def test_parts_of_the_floor_add_up_to_the_coat() -> None:
    coat = routing("uid", "W-2601", 1, read_sheet(SHEET, RATE, None).steps)
    found = parts(coat)
    assert [part.section for part in found] == list(Section)
    assert [part.minutes for part in found] == ["9.00", "56.40", "13.50"]
    assert sum(part.sam for part in found) == coat.sam
    assert Money.total(part.rate for part in found) == coat.rate
    assert coat.minutes == "78.90"


def test_a_part_without_steps_is_left_out() -> None:
    sewn = routing("uid", "W-2601", 1, (make_step("S01", station=Station.PREP),))
    assert [part.section for part in parts(sewn)] == [Section.SEWING]
