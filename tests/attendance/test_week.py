"""A week's sheet: the 40th hour, the 52nd, and the weekly holiday."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factory.attendance.domain.day import Flag, Known
from tests.attendance.build import events, sheet, worked

WEEK = ("02", "03", "04", "05", "06")
SUNDAY = "08"


def week(found: Any, **given: Any) -> Any:
    (only,) = sheet(found, **given).weeks
    return only


@pytest.mark.parametrize(
    ("found", "overtime"),
    [
        (worked(*WEEK), 0),
        (worked("02", "03", "04", end="20:00"), 6 * 60),
        (worked(*WEEK, "07", end="19:00"), 14 * 60),
        (worked(*WEEK, "07"), 8 * 60),
        (worked(*WEEK, SUNDAY), 0),
        (worked(*WEEK[:4], "07", SUNDAY), 0),
        (worked(*WEEK[:4], "07", "06", end="19:00"), 14 * 60),
    ],
)
def test_a_weeks_overtime_counts_no_hour_twice(found: Any, overtime: int) -> None:
    assert week(found).overtime == overtime


def test_holiday_work_counts_towards_the_forty_hours_up_to_eight_a_day() -> None:
    found = [
        *events("in 2026-10-05 09:00", "out 2026-10-05 21:00"),
        *worked("2026-10-06", "2026-10-07", "2026-10-08", "2026-10-10"),
        *events("in 2026-10-11 09:00", "out 2026-10-11 10:00"),
    ]
    held = week(found)
    assert held.overtime == 0
    found += events("in 2026-10-10 19:00", "out 2026-10-10 19:30")
    assert week(found).overtime == 30


def test_a_shift_over_the_edge_of_the_week_belongs_to_the_week_it_starts_in() -> None:
    (held,) = sheet(events("in 08 22:00", "out 09 06:00")).weeks
    assert (str(held.monday), held.worked) == ("2026-11-02", 480)


def test_a_shift_over_the_edge_of_month_and_year_stays_whole() -> None:
    found = sheet(events("in 2026-12-31 20:00", "out 2027-01-01 04:00"))
    assert [str(each.date) for each in found.days] == ["2026-12-31"]
    assert [str(each.monday) for each in found.weeks] == ["2026-12-28"]


@pytest.mark.parametrize(
    ("last", "employees", "flagged"),
    [("19:00", 12, False), ("19:01", 12, True), ("19:01", 4, False)],
)
def test_more_than_52_hours_are_flagged_from_five_employees_on(
    last: str, employees: int, *, flagged: bool
) -> None:
    long = worked(*WEEK[:4], "07", end="20:00") + events("in 06 17:00", f"out 06 {last}")
    held = week(long, employees=employees)
    assert (held.flags == (Flag.OVER_52_HOURS,)) is flagged


@pytest.mark.parametrize(("last", "flagged"), [("17:00", False), ("17:01", True)])
def test_a_part_timer_may_work_twelve_hours_beyond_her_contract(
    last: str, *, flagged: bool
) -> None:
    found = worked("02", "03", "04") + events("in 05 09:00", f"out 05 {last}")
    held = week(found, weekly_hours=20, employees=3)
    assert (held.flags == (Flag.PART_TIME_OVER_12,)) is flagged


@pytest.mark.parametrize(
    ("found", "given", "earned"),
    [
        (worked(*WEEK), {}, True),
        (worked(*WEEK[:4]), {}, False),
        (worked(*WEEK[:4]) + events("in 06 09:00"), {}, True),
        (worked(*WEEK[:4]) + events("out 06 18:00"), {}, False),
        (worked(*WEEK), {"weekly_hours": 14}, False),
        (worked("02", "04"), {"weekly_hours": 15, "work_days": frozenset({0, 2})}, True),
        (worked(*WEEK), {"employed": False}, False),
        ([], {}, None),
    ],
)
def test_the_weekly_holiday_is_earned_by_coming_on_every_agreed_day(
    found: Any, given: dict[str, Any], *, earned: bool | None
) -> None:
    weeks = sheet(found, **given).weeks
    assert [held.weekly_holiday_earned for held in weeks] == ([] if earned is None else [earned])


@pytest.mark.parametrize(("employees", "earned"), [(12, True), (4, False)])
def test_a_public_holiday_stands_for_an_agreed_day(employees: int, *, earned: bool) -> None:
    found = worked("2026-10-06", "2026-10-07", "2026-10-08")
    held = week(found + worked("2026-10-05"), employees=employees)
    assert held.weekly_holiday_earned is earned


def test_a_day_of_paid_leave_counts_as_attended() -> None:
    known = Known(attended=frozenset({date(2026, 11, 6)}))
    assert week(worked(*WEEK[:4]), known=known).weekly_holiday_earned


def test_leave_alone_earns_no_weekly_holiday() -> None:
    known = Known(attended=frozenset(date(2026, 11, day) for day in range(2, 7)))
    assert not week(events("out 02 18:00"), known=known).weekly_holiday_earned
