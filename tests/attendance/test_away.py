"""A day's plan without its leave."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.attendance.domain.away import less_leave, on_leave
from factory.attendance.domain.plan import OFF, Planned
from factory.attendance.domain.watch import ConcernKind, plan_minutes

DAY = date(2026, 11, 27)
NOON = (("12:00", "13:00"),)
WHOLE = Planned("09:00", "18:00", NOON)
NIGHT = Planned("22:00", "06:00", (("02:00", "03:00"),))


@pytest.mark.parametrize(
    ("planned", "minutes", "first", "left"),
    [
        (WHOLE, 240, True, Planned("14:00", "18:00")),
        (WHOLE, 240, False, Planned("09:00", "14:00", NOON)),
        (WHOLE, 120, True, Planned("11:00", "18:00", NOON)),
        (WHOLE, 180, True, Planned("13:00", "18:00")),
        (WHOLE, 300, False, Planned("09:00", "12:00")),
        (WHOLE, 480, True, OFF),
        (WHOLE, 600, False, OFF),
        (WHOLE, 0, True, WHOLE),
        (OFF, 240, True, OFF),
        (NIGHT, 210, True, Planned("01:30", "06:00", (("02:00", "03:00"),))),
        (NIGHT, 210, False, Planned("22:00", "01:30")),
    ],
)
def test_a_plan_without_its_leave(
    planned: Planned, minutes: int, *, first: bool, left: Planned
) -> None:
    assert less_leave(planned, DAY, minutes, first=first) == left


@given(minutes=st.integers(1, 479), first=st.booleans())
def test_leave_takes_exactly_its_minutes(minutes: int, *, first: bool) -> None:
    left = less_leave(WHOLE, DAY, minutes, first=first)
    assert plan_minutes(left, DAY) == 480 - minutes


def test_work_on_a_day_of_leave_is_told_where_it_is_more_than_the_leave_left() -> None:
    (told,) = on_leave(DAY, WHOLE, OFF, 480)
    assert (told.kind, told.minutes, told.article) == (ConcernKind.ON_LEAVE, 480, "")
    assert on_leave(DAY, OFF, OFF, 480) == ()
    assert on_leave(DAY, WHOLE, WHOLE, 0) == ()
    assert on_leave(DAY, Planned("09:00", "13:00"), Planned("09:00", "14:00", NOON), 240) == ()
