"""A day of the month has one mark, and the sums at the end are those of its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.attendance.domain.approved import State
from factory.attendance.domain.day import Flag, SheetDay
from factory.attendance.domain.month import (
    Around,
    Cell,
    Mark,
    MonthGrid,
    MonthRow,
    cell,
    mark_of,
    sums,
)
from factory.attendance.domain.plan import OFF, PlanKind, Planned
from factory.kernel.words import LANGUAGES, show
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from tests.attendance.build import day, worked

ON = date(2026, 11, 2)
NINE_TO_SIX = Planned("09:00", "18:00")


def empty() -> SheetDay:
    return SheetDay(ON, came=False)


def full(*flags: Flag) -> SheetDay:
    found = day(worked("02"))
    return SheetDay(ON, found.worked, found.present, found.breaks, flags=flags, shifts=found.shifts)


def around(**changes: Any) -> Around:
    given: dict[str, Any] = {"state": State.READY, "planned": NINE_TO_SIX}
    return Around(**(given | changes))


def shown(found: SheetDay | None = None, **changes: Any) -> Cell:
    return cell(found or empty(), around(**changes))


@pytest.mark.parametrize(
    ("flags", "mark"),
    [
        ((), Mark.WORKED),
        ((Flag.MISSING_OUT,), Mark.MISSING),
        ((Flag.MISSING_IN,), Mark.MISSING),
        ((Flag.PRESENT_NOT_SETTLED,), Mark.UNSETTLED),
        ((Flag.SCAN_IN_BREAK,), Mark.SCANNED),
        ((Flag.SCAN_IN_BREAK, Flag.PRESENT_NOT_SETTLED), Mark.UNSETTLED),
        ((Flag.PRESENT_NOT_SETTLED, Flag.MISSING_OUT), Mark.MISSING),
        ((Flag.BREAK_TOO_SHORT,), Mark.WORKED),
        ((Flag.OVER_52_HOURS, Flag.NIGHT_WITHOUT_CONSENT), Mark.WORKED),
    ],
)
def test_a_day_with_punches_says_first_what_is_to_be_settled(
    flags: tuple[Flag, ...], mark: Mark
) -> None:
    assert shown(full(*flags)).mark is mark


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({}, Mark.ABSENT),
        ({"over": False}, Mark.TO_COME),
        ({"planned": OFF}, Mark.FREE),
        ({"planned": None}, Mark.FREE),
        ({"planned": OFF, "holiday": True}, Mark.HOLIDAY),
        ({"planned": None, "holiday": True}, Mark.HOLIDAY),
        ({"leave": 480}, Mark.LEAVE),
        ({"leave": 480, "over": False}, Mark.LEAVE),
        ({"planned": Planned(kind=PlanKind.SHUTDOWN)}, Mark.SHUTDOWN),
        ({"planned": Planned(kind=PlanKind.ASKED_OFF)}, Mark.ASKED_OFF),
        ({"here": False}, Mark.NOT_HERE),
        ({"here": False, "leave": 480}, Mark.NOT_HERE),
    ],
)
def test_a_day_without_punches_says_why(changes: dict[str, Any], mark: Mark) -> None:
    assert shown(**changes).mark is mark


def test_a_holiday_that_is_planned_to_be_worked_and_was_not_is_an_absence() -> None:
    assert shown(holiday=True).mark is Mark.ABSENT


def test_whoever_is_still_there_is_neither_open_nor_ready() -> None:
    found = shown(full(), state=State.RUNNING, over=False)
    assert (found.mark, found.is_open, found.ready) == (Mark.RUNNING, False, False)


def test_a_forgotten_punch_keeps_the_day_open() -> None:
    found = shown(full(Flag.MISSING_OUT), state=State.OPEN)
    assert (found.is_open, found.ready, found.closed) == (True, False, False)


def test_a_day_that_was_worked_is_ready_once_it_is_over() -> None:
    assert shown(full()).ready
    assert not shown(full(), over=False).ready


def test_a_day_whose_pay_is_locked_is_not_closed_any_more() -> None:
    assert not shown(full(), locked=True).ready


def test_a_closed_day_is_neither_open_nor_ready() -> None:
    found = shown(full(), state=State.APPROVED)
    assert (found.closed, found.is_open, found.ready) == (True, False, False)


def test_an_absence_is_open_until_the_day_is_closed_and_can_be_closed_with_the_rest() -> None:
    assert (shown().is_open, shown().ready) == (True, True)
    closed = shown(state=State.APPROVED)
    assert (closed.mark, closed.is_open) == (Mark.ABSENT, False)


def test_a_change_after_the_close_is_open_and_ready_again_when_nothing_else_is() -> None:
    found = shown(full(), state=State.CHANGED)
    assert (found.mark, found.is_open, found.ready) == (Mark.CHANGED, True, True)
    again = shown(full(Flag.PRESENT_NOT_SETTLED), state=State.CHANGED)
    assert (again.is_open, again.ready) == (True, False)


@pytest.mark.parametrize("changes", [{"planned": OFF}, {"here": False}, {"over": False}])
def test_days_without_anything_are_not_counted_as_ready(changes: dict[str, Any]) -> None:
    found = shown(**changes)
    assert (found.is_open, found.ready) == (False, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mark_has_its_own_words(language: str) -> None:
    words = [show(mark, language) for mark in Mark]
    assert len(set(words)) == len(words)
    assert all(words)


def test_overtime_of_a_day_is_beyond_the_day_or_beyond_the_week() -> None:
    found = cell(SheetDay(ON, worked=600, overtime=120), around(), beyond=30)
    assert found.overtime == 150


def test_sums_count_minutes_and_days_of_each_kind() -> None:
    found = sums(
        [
            shown(full()),
            shown(full(Flag.MISSING_OUT), state=State.OPEN),
            shown(full(), state=State.APPROVED, leave=240),
            shown(leave=480),
            shown(planned=Planned(kind=PlanKind.SHUTDOWN)),
            shown(planned=Planned(kind=PlanKind.ASKED_OFF)),
            shown(),
            shown(planned=OFF),
        ]
    )
    assert (found.days, found.worked, found.leave) == (3, 3 * 480, 720)
    assert (found.shutdowns, found.absent) == (1, 2)
    assert (found.open, found.ready, found.missed, found.closed) == (2, 5, 1, 1)


def test_sums_of_nothing_are_nothing() -> None:
    assert sums([]) == type(sums([]))()


def worker(number: int) -> Worker:
    return Worker(
        id=WorkerId(number),
        number=number,
        name=f"W{number}",
        language="en",
        hired=ON,
        left=None,
        woman=False,
        night_consent=False,
    )


def row(number: int, *cells: Cell) -> MonthRow:
    return MonthRow(worker(number), cells, sums(cells))


def grid(*rows: MonthRow) -> MonthGrid:
    days = tuple(date(2026, 11, 2 + n) for n in range(len(rows[0].cells)))
    return MonthGrid(days, rows)


OPEN = shown(full(Flag.MISSING_OUT), state=State.OPEN)
READY = shown(full())
CLOSED = shown(full(), state=State.APPROVED)
BLANK = shown(planned=OFF)


def test_only_what_is_open_leaves_people_and_days_with_something_open() -> None:
    found = grid(
        row(1, READY, OPEN, READY), row(2, READY, READY, CLOSED), row(3, READY, READY, OPEN)
    ).only_open()
    assert [each.worker.number for each in found.rows] == [1, 3]
    assert found.days == (date(2026, 11, 3), date(2026, 11, 4))
    assert [[each.is_open for each in r.cells] for r in found.rows] == [
        [True, False],
        [False, True],
    ]


def test_her_sums_stay_those_of_the_whole_month_when_only_open_days_are_shown() -> None:
    whole = row(1, READY, OPEN, CLOSED)
    (left,) = grid(whole).only_open().rows
    assert left.sums == whole.sums


@pytest.mark.parametrize(
    ("people", "most", "parts"), [(0, 2, [[]]), (2, 2, [[1, 2]]), (3, 2, [[1, 2], [3]])]
)
def test_many_people_come_in_parts(people: int, most: int, parts: list[list[int]]) -> None:
    three = grid(*(row(number, READY, OPEN, READY) for number in (1, 2, 3)))
    whole = replace(three, rows=three.rows[:people])
    found = whole.parts(most)
    assert [[each.worker.number for each in part.rows] for part in found] == parts
    assert {part.days for part in found} == {whole.days}


def test_nothing_is_left_where_nothing_is_open() -> None:
    found = grid(row(1, READY, CLOSED)).only_open()
    assert (found.rows, found.days, found.by_day()) == ((), (), ())


def test_days_that_can_be_closed_are_those_with_somebody_ready() -> None:
    found = grid(row(1, CLOSED, OPEN, BLANK), row(2, CLOSED, READY, BLANK))
    assert found.ready_days() == (date(2026, 11, 3),)


KINDS = st.sampled_from([OPEN, READY, CLOSED, BLANK])


@given(st.lists(st.lists(KINDS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_days_and_people_come_to_the_same_total(rows: list[list[Cell]]) -> None:
    found = grid(*(row(number, *cells) for number, cells in enumerate(rows, 1)))
    by_day, total = found.by_day(), found.total
    for name in ("worked", "days", "open", "ready", "closed"):
        assert sum(getattr(each, name) for each in by_day) == getattr(total, name)
        assert sum(getattr(each.sums, name) for each in found.rows) == getattr(total, name)
    assert total.open == sum(each.sums.open for each in found.only_open().rows)


@given(
    st.sampled_from(list(State)), st.sets(st.sampled_from(list(Flag)), max_size=3), st.booleans()
)
def test_no_day_is_closed_and_open_or_ready_at_once(
    state: State,
    flags: set[Flag],
    over: bool,  # noqa: FBT001 - hypothesis gives it by place
) -> None:
    found = cell(full(*sorted(flags)), around(state=state, over=over))
    assert not (found.closed and (found.ready or found.is_open))
    assert mark_of(found.day, around(state=state)) is found.mark
