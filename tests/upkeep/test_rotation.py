"""Which backups stay, and when one is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.time import SEOUL, at, local
from factory.upkeep.rotation import (
    found_in,
    is_due,
    is_old,
    kept,
    moment_of,
    name_for,
)

NOON = at(date(2026, 11, 25), "12:00")
MOMENTS = st.integers(0, 400 * 24).map(lambda hours: NOON - timedelta(hours=hours))


def test_a_year_of_nights_leaves_days_weeks_and_months() -> None:
    nights = [NOON - timedelta(days=number) for number in range(400)]
    stay = sorted((local(each).date().isoformat() for each in kept(nights)), reverse=True)
    assert stay[:7] == [f"2026-11-{day}" for day in range(25, 18, -1)]
    assert "2026-11-15" in stay  # the Sunday two weeks ago
    assert "2026-10-31" in stay  # the month's last
    assert "2025-12-31" in stay
    assert "2025-11-30" not in stay
    assert len(stay) <= 7 + 5 + 12


@given(st.sets(MOMENTS, max_size=40))
def test_the_newest_always_stays_and_what_stays_once_stays_again(found: set[datetime]) -> None:
    stay = kept(found)
    assert stay <= found
    assert not found or max(found) in stay
    assert kept(stay) == stay


@given(MOMENTS)
def test_a_name_tells_its_moment(moment: datetime) -> None:
    assert moment_of(name_for(moment)) == moment


@pytest.mark.parametrize("name", ["didim.backup", "didim-2026-13-01-000000.backup", "other.txt"])
def test_a_file_of_another_name_is_none_of_ours(name: str, tmp_path: Path) -> None:
    assert moment_of(name) is None
    (tmp_path / name).touch()
    assert found_in(tmp_path) == {}
    assert found_in(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("newest", "now", "due"),
    [
        (None, "2026-11-25T12:00", True),
        ("2026-11-25T02:05", "2026-11-25T12:00", False),
        ("2026-11-24T23:00", "2026-11-25T02:00", True),
        ("2026-11-24T23:00", "2026-11-25T01:59", False),
        ("2026-11-24T01:00", "2026-11-25T01:59", True),
    ],
)
def test_one_is_due_once_the_night_began(newest: str | None, now: str, *, due: bool) -> None:
    then = datetime.fromisoformat(newest).replace(tzinfo=SEOUL) if newest else None
    assert is_due(then, datetime.fromisoformat(now).replace(tzinfo=SEOUL)) is due


def test_after_two_nights_without_one_the_newest_is_old() -> None:
    assert is_old(None, NOON)
    assert not is_old(NOON - timedelta(hours=49), NOON)
    assert is_old(NOON - timedelta(hours=51), NOON)
