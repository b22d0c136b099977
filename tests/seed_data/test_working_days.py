"""The days of a season: weekdays without holidays, and a last one that is half done."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.kernel.time import at, day_of
from seed_data.working_days import (
    half_of,
    is_working_day,
    last_told,
    last_working_day,
    working_days,
)

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 9, 25), False),  # Chuseok
        (date(2026, 10, 5), False),  # instead of 3 October, a Saturday
        (date(2026, 5, 1), False),  # Labour Day
        (date(2026, 12, 25), False),
    ],
)
def test_the_house_works_on_weekdays_that_are_no_holidays(*, day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


def test_on_a_day_of_rest_the_working_day_before_it_is_the_last() -> None:
    assert last_working_day(date(2026, 11, 22)) == date(2026, 11, 20)
    assert last_working_day(date(2026, 9, 27)) == date(2026, 9, 23)
    assert last_working_day(date(2026, 11, 24)) == date(2026, 11, 24)


@settings(max_examples=50, deadline=None)
@given(until=DAYS, count=st.integers(1, 90))
def test_a_season_has_as_many_working_days_as_asked_for(until: date, count: int) -> None:
    found = working_days(until, count)
    assert len(found) == count
    assert list(found) == sorted(set(found))
    assert all(is_working_day(day) for day in found)
    assert found[-1] == last_working_day(until)
    skipped = [day for day in found if day > until]
    assert skipped == []


def test_no_working_day_is_left_out() -> None:
    found = working_days(date(2026, 10, 9), 8)
    assert found[0] == date(2026, 9, 28)
    assert date(2026, 10, 5) not in found
    assert date(2026, 10, 9) not in found  # Hangul Day
    assert found[-1] == date(2026, 10, 8)


def test_a_day_is_half_done_after_the_noon_break() -> None:
    assert half_of(date(2026, 11, 24)) == at(date(2026, 11, 24), "13:40")
    assert half_of(date(2026, 11, 22)) == at(date(2026, 11, 20), "13:40")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-24T18:05", "2026-11-24T13:40"),
        ("2026-11-24T11:20:31", "2026-11-24T11:20"),
        ("2026-11-24T10:29", "2026-11-23T13:40"),  # too early to show anything
        ("2026-11-24T01:14", "2026-11-23T13:40"),
        ("2026-11-22T15:00", "2026-11-20T13:40"),  # a Sunday
        ("2026-11-23T05:00", "2026-11-20T13:40"),  # early on a Monday
    ],
)
def test_a_season_is_told_until_now_at_the_latest(now: str, told: str) -> None:
    assert last_told(datetime.fromisoformat(now + "+09:00")) == datetime.fromisoformat(
        told + "+09:00"
    )


@settings(max_examples=50, deadline=None)
@given(day=DAYS, minute=st.integers(0, 24 * 60 - 1))
def test_nothing_told_lies_in_the_future(day: date, minute: int) -> None:
    moment = at(day, f"{minute // 60:02d}:{minute % 60:02d}")
    told = last_told(moment)
    assert told <= moment
    assert is_working_day(day_of(told))
