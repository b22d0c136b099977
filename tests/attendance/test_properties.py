"""Whatever is punched, in whatever order: no minute is lost, none counts twice."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from factory.attendance.domain.day import Event, Known, SheetDay
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.spans import common, merged, minutes, without
from factory.kernel.time import DAY, Interval, days
from factory.timeclock.domain import PunchKind
from tests.attendance.build import MONDAY, moment, sheet

FIRST = moment("02 00:00")
SECONDS = st.integers(0, 9 * 24 * 3600)
EVENTS = st.lists(
    st.builds(
        lambda kind, after: Event(kind, FIRST + timedelta(seconds=after)),
        st.sampled_from(PunchKind),
        SECONDS,
    ),
    max_size=14,
)
PLAN = {
    day: Planned("09:00", "18:00", (("12:00", "13:00"),)) for day in days(MONDAY, MONDAY + 8 * DAY)
}
SPANS = st.lists(
    st.builds(
        lambda start, length: Interval(
            FIRST + timedelta(minutes=start), FIRST + timedelta(minutes=start + length)
        ),
        st.integers(0, 9 * 24 * 60),
        st.integers(0, 900),
    ),
    max_size=6,
).map(tuple)


@given(EVENTS, st.randoms(use_true_random=False), st.sampled_from([Known(), Known(PLAN)]))
def test_order_and_repetition_change_nothing(
    found: list[Event], chance: object, known: Known
) -> None:
    shuffled = [*found, *found[: len(found) // 2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sheet(shuffled, known=known) == sheet(found, known=known)


@given(EVENTS)
def test_without_a_plan_every_minute_present_is_worked_or_break(found: list[Event]) -> None:
    for day in sheet(found).days:
        assert day.worked == day.present - day.breaks
        assert day.worked >= 0


@given(EVENTS, SPANS, SPANS)
def test_with_a_plan_every_minute_present_is_accounted_for(
    found: list[Event], approved: tuple[Interval, ...], refused: tuple[Interval, ...]
) -> None:
    known = Known(PLAN, approved, refused)
    for day in sheet(found, known=known).days:
        for shift in day.shifts:
            there = (shift.whole,)
            outside = without(there, (*shift.worked, *shift.breaks, *shift.unsettled))
            assert not without(outside, refused)
            assert not common(shift.worked, shift.breaks)
            assert not common(shift.worked, shift.unsettled)


@given(EVENTS, SPANS)
def test_an_approval_never_takes_a_minute_away(
    found: list[Event], approved: tuple[Interval, ...]
) -> None:
    before, after = sheet(found, known=Known(PLAN)), sheet(found, known=Known(PLAN, approved))
    for earlier, later in zip(before.days, after.days, strict=True):
        assert later.worked >= earlier.worked
        assert later.worked + later.breaks + minutes(later.unsettled) == later.present


@given(EVENTS, SECONDS)
def test_a_punch_entered_and_taken_back_restores_the_day(found: list[Event], after: int) -> None:
    before = sheet(found, known=Known(PLAN))
    forgotten = Event(PunchKind.OUT, FIRST + timedelta(seconds=after, microseconds=1))
    with_it = [*found, forgotten]
    sheet(with_it, known=Known(PLAN))
    assert sheet([each for each in with_it if each != forgotten], known=Known(PLAN)) == before


@given(EVENTS)
def test_seconds_never_cost_a_minute(found: list[Event]) -> None:
    for day in sheet(found).days:
        assert day.present >= _seconds(day, found) // 60


def _seconds(day: SheetDay, found: list[Event]) -> int:
    """What the clock saw of the day's shifts, by the second."""
    total = 0
    for shift in day.shifts:
        ends = [e.at for e in found if timedelta(0) <= shift.end - e.at < timedelta(minutes=1)]
        starts = [e.at for e in found if timedelta(0) <= e.at - shift.start < timedelta(minutes=1)]
        came = max(starts, default=shift.start)  # she came again in the minute in which she went
        total += int((min(ends) - came).total_seconds())
    return total


@given(EVENTS)
def test_kinds_of_minutes_stay_within_what_is_worked(found: list[Event]) -> None:
    for day in sheet(found).days:
        assert day.night <= day.worked
        assert day.overtime + day.holiday <= day.worked
    for week in sheet(found).weeks:
        assert week.overtime <= week.worked


@given(SPANS, SPANS)
def test_two_sets_of_minutes_split_without_loss(
    some: tuple[Interval, ...], others: tuple[Interval, ...]
) -> None:
    assert minutes(common(some, others)) + minutes(without(some, others)) == minutes(merged(some))
