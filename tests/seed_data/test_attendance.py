"""Comings and goings as a time clock would have them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.kernel.time import at, in_order
from factory.security.domain import WorkerId
from factory.timeclock.domain import Punch, PunchKind, pair
from seed_data.attendance import Attendance, attendance, forgetful, half_day, leaves
from tests.seed_data.build import chance, person

TUESDAY = date(2026, 11, 24)
HALF = at(TUESDAY, "13:40")


def usual(seed: int = 1, *, number: int = 1) -> Attendance:
    found = attendance(person(number=number), TUESDAY, chance(seed))
    assert found is not None
    return found


def worked(one: Attendance) -> int:
    return sum(span.minutes for span in one.spans)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 5000), rush=st.booleans(), hours=st.sampled_from((40, 25)))
def test_a_day_is_a_whole_shift_with_its_break(*, seed: int, rush: bool, hours: int) -> None:
    one = attendance(person(weekly_hours=hours, late=20), TUESDAY, chance(seed), rush=rush)
    if one is None:
        return
    assert in_order(moment for _, moment in one.punches)
    assert [span for span in one.spans if span.minutes <= 0] == []
    if hours == 40:
        assert 7 * 60 <= worked(one) <= 10 * 60 + 40
    else:
        assert 4 * 60 <= worked(one) <= 5 * 60 + 40
    paired = pair(Punch(WorkerId(1), kind, moment) for kind, moment in one.punches)
    assert len(paired.shifts) == (0 if one.forgotten else 1)


def test_long_evenings_come_only_in_a_rush_on_tuesdays_and_thursdays() -> None:
    def latest(day: date, *, rush: bool) -> int:
        found = (attendance(person(), day, chance(seed), rush=rush) for seed in range(60))
        return max(worked(one) for one in found if one is not None)

    assert latest(TUESDAY, rush=True) > 10 * 60
    assert latest(TUESDAY, rush=False) < 9 * 60
    assert latest(TUESDAY + timedelta(days=1), rush=True) < 9 * 60


def test_few_are_ill_and_few_forget_to_punch() -> None:
    days = [attendance(person(), TUESDAY, chance(seed)) for seed in range(4000)]
    assert 20 < days.count(None) < 80
    assert 4 < sum(one is not None and one.forgotten is not None for one in days) < 40


def test_lateness_depends_on_the_person() -> None:
    def late(in_the_hundred: int) -> int:
        found = (attendance(person(late=in_the_hundred), TUESDAY, chance(s)) for s in range(400))
        return sum(one is not None and one.punches[0][1] > at(TUESDAY, "09:01") for one in found)

    assert late(0) == 0
    assert 10 < late(10) < 90


def test_whoever_forgets_works_just_the_same() -> None:
    one = usual()
    forgot = forgetful(one)
    assert forgot.spans == one.spans
    assert forgot.punches == one.punches[:-1]
    assert forgot.forgotten == one.punches[-1][1]
    assert forgetful(forgot) == forgot


def test_a_day_is_cut_off_at_a_moment() -> None:
    one = usual().until(at(TUESDAY, "11:00"))
    assert [kind for kind, _ in one.punches] == [PunchKind.IN]
    assert one.spans[-1].end == at(TUESDAY, "11:00")
    assert len(one.spans) == 1
    nothing = usual().until(at(TUESDAY, "07:00"))
    assert (nothing.punches, nothing.spans) == ((), ())


def test_at_half_the_last_day_one_is_missing_and_one_on_her_break() -> None:
    everybody = [usual(number, number=number) for number in range(1, 9)]
    today = half_day(everybody, HALF)
    assert [one.person.number for one in today] == [1, 3, 4, 5, 6, 7, 8]
    last = {one.person.number: one.punches[-1][0] for one in today}
    assert last.pop(1) is PunchKind.BREAK_START
    assert set(last.values()) == {PunchKind.BREAK_END}
    assert all(moment <= HALF for one in today for _, moment in one.punches)


def test_at_noon_whoever_has_her_break_keeps_it() -> None:
    everybody = [usual(number, number=number) for number in range(1, 4)]
    today = half_day(everybody, at(TUESDAY, "12:20"))
    assert [kind for kind, _ in today[0].punches] == [PunchKind.IN, PunchKind.BREAK_START]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_in_a_tiny_house_nobody_is_missing(count: int) -> None:
    everybody = [usual(number, number=number) for number in range(1, count + 1)]
    assert len(half_day(everybody, HALF)) == count


def test_before_anybody_has_come_nobody_is_there() -> None:
    assert half_day([usual(1), usual(2)], at(TUESDAY, "08:00")) == ()


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 500), days=st.integers(1, 90))
def test_leave_lies_inside_the_season_and_never_on_its_last_day(seed: int, days: int) -> None:
    people = [person(number=1), person(number=2, first_day=days // 2), person(number=3, last_day=1)]
    found = leaves(people, days, chance(seed))
    assert sorted(found) == [1, 2, 3]
    for one in people:
        for day in found[one.number]:
            assert one.is_here(day)
            assert 0 < day < days - 1
