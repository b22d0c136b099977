"""A day's minutes: normal, overtime, holiday and night; each worked minute counts once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.money import Money
from factory.kernel.time import Interval, at, monday_of
from factory.people.domain import WEEK, Terms, TermsKind
from factory.timeclock.domain import Shift
from factory.timeclock.domain.minutes import (
    LONGEST_SHIFT,
    DayMinutes,
    DayRules,
    Minutes,
    Timesheet,
    beyond_the_week,
    is_still_there,
    minutes_of,
    rules_of,
)

MONDAY = date(2026, 11, 2)
ORDINARY = DayRules(most=480, holiday=False, comes=None)
HOLIDAY = DayRules(most=480, holiday=True, comes=None)


def terms(**changes: Any) -> Terms:
    usual: dict[str, Any] = {"since": date(2026, 1, 1), "kind": TermsKind.HOURLY}
    return Terms(**({"rate": Money(12000)} | usual | changes))


def shift(start: str, end: str, *breaks: tuple[str, str], day: date = MONDAY) -> Shift:
    next_day = day + timedelta(days=int(end <= start))
    pauses = tuple(Interval(at(day, a), at(day, b)) for a, b in breaks)
    return Shift(at(day, start), at(next_day, end), pauses)


LUNCH = ("12:00", "13:00")


@pytest.mark.parametrize(
    ("shifts", "rules", "expected"),
    [
        ([], ORDINARY, Minutes()),
        ([shift("09:00", "18:00", LUNCH)], ORDINARY, Minutes(normal=480)),
        ([shift("09:00", "18:01", LUNCH)], ORDINARY, Minutes(normal=480, overtime=1)),
        ([shift("09:00", "13:00")], ORDINARY, Minutes(normal=240)),
        (
            [shift("09:00", "15:00"), shift("16:00", "20:00")],
            ORDINARY,
            Minutes(normal=480, overtime=120),
        ),
        ([shift("21:00", "23:00")], ORDINARY, Minutes(normal=120, night=60)),
        ([shift("20:00", "06:30")], ORDINARY, Minutes(normal=480, overtime=150, night=480)),
        ([shift("05:00", "07:00")], ORDINARY, Minutes(normal=120, night=60)),
        ([shift("09:00", "20:00", LUNCH)], HOLIDAY, Minutes(holiday=600)),
        ([shift("21:00", "23:00")], HOLIDAY, Minutes(holiday=120, night=60)),
        (
            [shift("09:00", "15:00")],
            DayRules(most=240, holiday=False, comes=None),
            Minutes(normal=240, overtime=120),
        ),
    ],
)
def test_a_day_by_kinds_of_minutes(shifts: list[Shift], rules: DayRules, expected: Minutes) -> None:
    assert minutes_of(shifts, rules) == expected


@pytest.mark.parametrize(
    ("day", "employees", "holiday", "comes"),
    [
        ("2026-11-02", 12, False, True),  # an ordinary Monday
        ("2026-11-07", 12, False, False),  # Saturday: neither agreed nor a holiday
        ("2026-11-08", 12, True, False),  # Sunday, her rest day
        ("2026-10-09", 12, True, False),  # Hangul Day
        ("2026-10-09", 4, False, True),  # binds from five employees on
        ("2026-05-01", 4, True, False),  # Labour Day binds everywhere
        ("2026-10-05", 5, True, False),  # the substitute for 3 October
        ("2025-11-03", 12, False, True),  # before the law book: as in its first year
    ],
)
def test_what_holds_on_a_day(day: str, employees: int, *, holiday: bool, comes: bool) -> None:
    found = rules_of(date.fromisoformat(day), terms(), employees)
    assert (found.holiday, found.comes is not None, found.most) == (holiday, comes, 480)


def test_whoever_rests_on_monday_has_her_holiday_then() -> None:
    hers = terms(rest_day="mon", work_days=("tue", "wed", "thu", "fri", "sun"))
    assert rules_of(MONDAY, hers, 12).holiday
    assert not rules_of(date(2026, 11, 8), hers, 12).holiday


def test_she_is_waited_for_from_the_hour_that_was_agreed() -> None:
    assert rules_of(MONDAY, terms(shift_start="08:30"), 12).comes == at(MONDAY, "08:30")
    assert rules_of(MONDAY, None, 12) == ORDINARY


@pytest.mark.parametrize(
    ("changes", "day", "most"),
    [
        ({"weekly_hours": 20}, "2026-11-02", 240),
        ({"weekly_hours": 20, "work_days": ("mon", "wed", "fri")}, "2026-11-02", 400),
        ({"weekly_hours": 20, "work_days": ("mon", "wed", "fri")}, "2026-11-03", 0),
        ({"weekly_hours": 30, "work_days": ("mon", "tue", "wed")}, "2026-11-02", 480),
        ({"weekly_hours": 20, "kind": TermsKind.DAILY}, "2026-11-02", 480),
        ({"weekly_hours": 0}, "2026-11-02", 480),
        ({"weekly_hours": 48}, "2026-11-02", 480),
    ],
)
def test_a_part_timers_overtime_begins_beyond_her_agreed_hours(
    changes: dict[str, Any], day: str, most: int
) -> None:
    assert rules_of(date.fromisoformat(day), terms(**changes), 12).most == most


# The week


def week(*hours: int, sunday: int = 0, first: date = MONDAY) -> list[DayMinutes]:
    """Days of so many hours from Monday on, and a Sunday."""
    found = []
    for number, length in [*enumerate(hours), (6, sunday)]:
        day = first + timedelta(days=number)
        if length:
            end = at(day, "08:00") + timedelta(hours=length)
            whole = (Shift(at(day, "08:00"), end),)
            found.append(DayMinutes(day, whole, HOLIDAY if number == 6 else ORDINARY))
    return found


@pytest.mark.parametrize(
    ("days", "overtime", "normal"),
    [
        (week(8, 8, 8, 8, 8), 0, 40),
        (week(10, 10, 10), 6, 24),
        (week(9, 9, 9, 9, 9, 9), 14, 40),
        (week(8, 8, 8, 8, 8, 8), 8, 40),
        (week(8, 8, 8, 8, 8, sunday=8), 0, 40),
        ([*week(8, 8, 8, 8, 8), *week(8, first=MONDAY + timedelta(days=7))], 0, 48),
    ],
)
def test_overtime_of_a_week_is_counted_once(
    days: list[DayMinutes], overtime: int, normal: int
) -> None:
    total = Timesheet(tuple(days), beyond_the_week(days)).total
    assert (total.overtime, total.normal) == (overtime * 60, normal * 60)


def test_holiday_work_fills_the_week_up_to_eight_hours_a_day() -> None:
    monday_off = [DayMinutes(each.day, each.shifts, HOLIDAY) for each in week(10)]
    rest = [day for day in week(0, 8, 8, 8, 8, 8) if day.day != MONDAY]
    assert beyond_the_week([*monday_off, *rest]) == {MONDAY + timedelta(days=5): 8 * 60}


def test_whoever_came_in_yesterday_is_not_taken_for_being_there() -> None:
    since = at(MONDAY, "09:00")
    assert is_still_there(since, at(MONDAY, "09:00"))
    assert is_still_there(since, since + LONGEST_SHIFT - timedelta(minutes=1))
    assert not is_still_there(since, since + LONGEST_SHIFT)
    assert not is_still_there(since, since - timedelta(minutes=1))
    assert not is_still_there(None, since)


# What holds for any days


LENGTHS = st.integers(1, 18 * 60)
RULES = st.builds(
    DayRules, most=st.sampled_from([0, 240, 480]), holiday=st.booleans(), comes=st.none()
)


@st.composite
def a_shift(draw: st.DrawFn, day: date = MONDAY) -> Shift:
    start = at(day, "00:00") + timedelta(minutes=draw(st.integers(0, 24 * 60 - 1)))
    length = draw(LENGTHS)
    begins = draw(st.integers(0, length))
    ends = draw(st.integers(begins, length))
    pause = Interval(start + timedelta(minutes=begins), start + timedelta(minutes=ends))
    return Shift(start, start + timedelta(minutes=length), (pause,) if begins < ends else ())


@given(shifts=st.lists(a_shift(), max_size=4), rules=RULES)
def test_each_minute_is_of_one_kind_and_night_is_among_them(
    shifts: list[Shift], rules: DayRules
) -> None:
    found = minutes_of(shifts, rules)
    assert found.worked == sum(each.worked_minutes for each in shifts)
    assert 0 <= found.night <= found.worked
    assert min(found.normal, found.overtime, found.holiday) >= 0
    assert found.normal <= rules.most
    assert found.overtime == 0 or found.normal == rules.most
    assert found.holiday == 0 or found.normal == found.overtime == 0


@given(shifts=st.lists(a_shift(), min_size=1, max_size=4), rules=RULES, more=LENGTHS)
def test_staying_longer_never_takes_minutes_away(
    shifts: list[Shift], rules: DayRules, more: int
) -> None:
    *others, last = shifts
    longer = Shift(last.start, last.end + timedelta(minutes=more), last.breaks)
    before, after = minutes_of(shifts, rules), minutes_of([*others, longer], rules)
    assert after.worked == before.worked + more
    assert after.normal >= before.normal
    assert after.overtime >= before.overtime
    assert after.holiday >= before.holiday
    assert after.night >= before.night


@given(shifts=st.lists(a_shift(), max_size=4), rules=RULES, order=st.randoms())
def test_the_order_of_shifts_changes_nothing(
    shifts: list[Shift], rules: DayRules, order: Any
) -> None:
    mixed = list(shifts)
    order.shuffle(mixed)
    assert minutes_of(mixed, rules) == minutes_of(shifts, rules)


@given(
    lengths=st.lists(st.tuples(st.integers(0, 20), LENGTHS, st.booleans()), max_size=20),
    order=st.randoms(),
)
def test_a_week_moves_minutes_and_loses_none(
    lengths: list[tuple[int, int, bool]], order: Any
) -> None:
    found: dict[date, DayMinutes] = {}
    for number, length, free in lengths:
        day = MONDAY + timedelta(days=number)
        start = at(day, "05:00")
        one = (Shift(start, start + timedelta(minutes=length)),)
        found[day] = DayMinutes(day, one, HOLIDAY if free else ORDINARY)
    days = list(found.values())
    order.shuffle(days)
    beyond = beyond_the_week(days)
    total = Timesheet(tuple(days), beyond).total
    assert total.worked == sum(each.minutes.worked for each in days)
    assert all(0 < late <= found[day].minutes.normal for day, late in beyond.items())
    for monday in {monday_of(day) for day in found}:
        of_week = [each for each in days if monday_of(each.day) == monday]
        normal = sum(each.minutes.normal - beyond.get(each.day, 0) for each in of_week)
        assert normal <= 40 * 60
    assert beyond_the_week(sorted(days, key=lambda each: each.day)) == beyond


def test_every_day_of_the_week_is_known_by_its_name() -> None:
    for number, name in enumerate(WEEK):
        day = MONDAY + timedelta(days=number)
        hers = terms(rest_day=name, work_days=tuple(set(WEEK) - {name}))
        assert rules_of(day, hers, 12).holiday
        assert datetime.fromisoformat(f"{day}T09:00:00+09:00").date() == day
