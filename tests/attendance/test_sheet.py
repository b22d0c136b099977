"""A day's sheet: what is worked, what is only presence, and what is to be looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factory.attendance.domain.day import Flag, Known
from factory.attendance.domain.plan import OFF, Planned
from factory.attendance.domain.spans import minutes
from tests.attendance.build import MONDAY, day, events, moment, planned, sheet, span, worked

EVENING = events("in 02 08:40", "break 02 12:00", "back 02 13:00", "out 02 20:10")


def test_without_a_plan_all_minutes_present_less_breaks_are_worked() -> None:
    found = day(EVENING)
    assert (found.present, found.breaks, found.worked) == (690, 60, 630)
    assert (found.overtime, found.flags) == (150, ())


def test_with_a_plan_what_lies_outside_is_presence_until_it_is_settled() -> None:
    found = day(EVENING, known=Known(planned("02")))
    assert (found.present, found.worked, found.overtime) == (690, 480, 0)
    assert found.unsettled == (span("02 08:40 02 09:00"), span("02 18:00 02 20:10"))
    assert found.flags == (Flag.PRESENT_NOT_SETTLED,)


def test_an_approval_makes_exactly_its_minutes_work() -> None:
    known = Known(planned("02"), (span("02 18:00 02 20:00"), span("02 17:00 02 18:30")))
    found = day(EVENING, known=known)
    assert (found.worked, found.overtime) == (600, 120)
    assert minutes(found.unsettled) == 30


def test_an_approval_without_presence_gives_nothing() -> None:
    known = Known(planned("02"), (span("02 20:00 02 23:00"),))
    assert day(worked("02"), known=known).worked == 480


def test_what_was_called_presence_only_is_settled_and_not_worked() -> None:
    refused = (span("02 08:40 02 09:00"), span("02 18:00 02 20:10"))
    found = day(EVENING, known=Known(planned("02"), refused=refused))
    assert (found.present, found.worked, found.unsettled, found.flags) == (690, 480, (), ())


def test_calling_planned_hours_presence_only_takes_nothing_off() -> None:
    known = Known(planned("02"), refused=(span("02 09:00 02 18:00"),))
    assert day(worked("02"), known=known).worked == 480


def test_on_a_free_day_all_presence_waits_to_be_settled() -> None:
    found = day(worked("07"), known=Known({date(2026, 11, 7): OFF}))
    assert (found.worked, minutes(found.unsettled)) == (0, 480)


@pytest.mark.parametrize(
    ("entries", "flags", "present"),
    [
        (("in 02 09:00",), (Flag.MISSING_OUT,), 0),
        (("out 02 18:00",), (Flag.MISSING_IN,), 0),
        (("break 02 12:00", "back 02 13:00"), (Flag.MISSING_IN,), 0),
        (("back 02 13:00",), (Flag.MISSING_IN,), 0),
        (("out 02 08:00", "in 02 09:00"), (Flag.MISSING_OUT, Flag.MISSING_IN), 0),
        (("in 02 09:00", "in 02 13:00", "out 02 15:00"), (Flag.MISSING_OUT,), 120),
    ],
)
def test_what_is_missing_is_flagged_and_counts_no_minute(
    entries: tuple[str, ...], flags: tuple[Flag, ...], present: int
) -> None:
    found = day(events(*entries))
    assert (found.flags, found.present) == (flags, present)


def test_a_forgotten_going_does_not_touch_the_next_day() -> None:
    first, second = sheet(events("in 02 09:00", "in 03 09:00", "out 03 12:00")).days
    assert (first.worked, first.flags) == (0, (Flag.MISSING_OUT,))
    assert (second.worked, second.flags) == (180, ())


def test_a_forgotten_going_and_coming_never_make_a_shift_longer_than_a_day() -> None:
    first, second = sheet(events("in 02 09:00", "out 03 18:00")).days
    assert (first.worked, first.flags) == (0, (Flag.MISSING_OUT,))
    assert (second.worked, second.flags) == (0, (Flag.MISSING_IN,))


def test_seconds_are_cut_in_her_favour() -> None:
    entries = ("in 02 08:58:59", "break 02 12:00:01", "back 02 12:59:59", "out 02 18:00:01")
    found = day(events(*entries))
    assert (found.present, found.breaks, found.worked) == (543, 58, 485)


def test_a_shift_over_midnight_belongs_to_its_first_day() -> None:
    found = day(events("in 02 20:00", "out 03 07:00"), night_consent=True)
    assert (found.date, found.worked, found.night) == (MONDAY, 660, 480)


def test_a_plan_over_midnight_covers_the_night() -> None:
    known = Known(planned("02", start="20:00", end="04:00"))
    found = day(events("in 02 19:50", "out 03 04:10"), known=known)
    assert (found.worked, found.night, minutes(found.unsettled)) == (480, 360, 20)


def test_only_minutes_worked_are_night_minutes() -> None:
    found = day(events("in 02 13:00", "out 02 23:00"), known=Known(planned("02", start="13:00")))
    assert (found.worked, found.night) == (300, 0)


@pytest.mark.parametrize(
    ("out", "pause", "flagged"),
    [
        ("12:59", None, False),
        ("13:00", None, True),
        ("13:30", ("12:00", "12:30"), False),
        ("13:30", ("12:00", "12:29"), True),
        ("17:59", ("12:00", "13:00"), False),
        ("18:00", ("12:00", "12:59"), True),
        ("18:00", ("12:00", "13:00"), False),
    ],
)
def test_a_break_is_owed_from_four_and_from_eight_hours(
    out: str, pause: tuple[str, str] | None, *, flagged: bool
) -> None:
    entries = ["in 02 09:00", f"out 02 {out}"]
    if pause:
        entries += [f"break 02 {pause[0]}", f"back 02 {pause[1]}"]
    assert (Flag.BREAK_TOO_SHORT in day(events(*entries)).flags) is flagged


@pytest.mark.parametrize(
    ("given", "flagged"),
    [
        ({"woman": True}, True),
        ({"woman": True, "night_consent": True}, False),
        ({"woman": False}, False),
        ({"woman": True, "employees": 4}, False),
    ],
)
def test_night_work_of_women_needs_their_consent_from_five_employees_on(
    given: dict[str, bool], *, flagged: bool
) -> None:
    found = day(events("in 02 19:00", "out 02 22:01"), **given)
    assert (Flag.NIGHT_WITHOUT_CONSENT in found.flags) is flagged


def test_holiday_work_needs_her_consent_too() -> None:
    sunday = worked("08")
    assert day(sunday, woman=True).flags == (Flag.HOLIDAY_WITHOUT_CONSENT,)
    assert day(sunday, woman=True, holiday_consent=True).flags == ()


@pytest.mark.parametrize(
    ("text", "employees", "holiday"),
    [
        ("2026-11-08", 12, True),
        ("2026-11-08", 3, True),
        ("2026-11-07", 12, False),
        ("2026-10-05", 12, True),
        ("2026-10-05", 4, False),
        ("2026-05-01", 4, True),
    ],
)
def test_holiday_minutes_are_those_of_the_rest_day_and_of_public_holidays(
    text: str, employees: int, *, holiday: bool
) -> None:
    found = day(events(f"in {text} 09:00", f"out {text} 12:00"), employees=employees)
    assert found.holiday == (180 if holiday else 0)


def test_holiday_work_is_never_overtime() -> None:
    found = day(events("in 08 09:00", "out 08 20:00"))
    assert (found.worked, found.holiday, found.overtime) == (660, 660, 0)


@pytest.mark.parametrize(
    ("text", "given", "overtime"),
    [
        ("02", {"weekly_hours": 20, "work_days": frozenset({0, 2})}, 0),
        ("02", {"weekly_hours": 10, "work_days": frozenset({0, 2})}, 180),
        ("03", {"weekly_hours": 20, "work_days": frozenset({0, 2})}, 480),
        ("03", {"weekly_hours": 20, "work_days": frozenset({0, 2}), "paid_by_day": True}, 0),
        ("02", {"weekly_hours": 0}, 0),
        ("02", {"weekly_hours": 35, "full_time_hours": 35}, 0),
    ],
)
def test_a_part_timers_day_is_limited_by_her_contract(
    text: str, given: dict[str, object], overtime: int
) -> None:
    assert day(worked(text), **given).overtime == overtime


def test_a_planned_break_that_nobody_punched_is_taken_off() -> None:
    known = Known(planned("02", breaks=[("12:00", "13:00")]))
    found = day(events("in 02 09:00", "out 02 18:00"), known=known)
    assert (found.breaks, found.worked) == (60, 480)


def test_a_punched_break_stands_for_the_planned_one() -> None:
    known = Known(planned("02", breaks=[("12:00", "13:00"), ("15:00", "15:10")]))
    entries = ("in 02 09:00", "break 02 12:10", "back 02 12:40", "out 02 18:00")
    assert day(events(*entries), known=known).breaks == 40


def test_a_planned_break_with_a_scan_inside_is_asked_not_taken_off() -> None:
    plan = planned("02", breaks=[("12:00", "13:00")])
    found = day(
        events("in 02 09:00", "out 02 18:00"), known=Known(plan, scans=(moment("02 12:20"),))
    )
    assert (found.breaks, found.worked) == (0, 540)
    assert found.asked == (span("02 12:00 02 13:00"),)
    assert Flag.SCAN_IN_BREAK in found.flags


@pytest.mark.parametrize(("said", "breaks"), [("approved", 0), ("refused", 60)])
def test_the_answer_settles_a_break_with_a_scan(said: str, breaks: int) -> None:
    noon = (span("02 12:00 02 13:00"),)
    plan = planned("02", breaks=[("12:00", "13:00")])
    known = Known(
        plan,
        approved=noon if said == "approved" else (),
        refused=noon if said == "refused" else (),
        scans=(moment("02 12:20"),),
    )
    found = day(events("in 02 09:00", "out 02 18:00"), known=known)
    assert (found.breaks, found.asked, found.worked) == (breaks, (), 540 - breaks)


def test_a_planned_break_before_she_came_is_not_taken_off() -> None:
    known = Known(planned("02", breaks=[("12:00", "13:00")]))
    assert day(events("in 02 12:30", "out 02 18:00"), known=known).breaks == 30


def test_a_planned_break_after_midnight_lies_on_the_next_day() -> None:
    plan = {MONDAY: Planned("20:00", "05:00", (("00:30", "01:30"),))}
    found = day(events("in 02 20:00", "out 03 05:00"), known=Known(plan))
    assert (found.breaks, found.worked) == (60, 480)


def test_a_days_first_and_last_minute_lie_on_their_own_days() -> None:
    whole = sheet(events("in 02 00:00", "out 02 01:00", "in 02 23:59", "out 03 00:30")).days
    assert [(each.date - MONDAY, each.worked) for each in whole] == [(timedelta(0), 91)]
