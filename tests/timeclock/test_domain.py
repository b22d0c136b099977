"""Pairing punches: every punch counts once, in any order; contradictions become flags."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.time import at
from factory.security.domain import WorkerId
from factory.timeclock.domain import (
    Flag,
    FromTheFuture,
    Punch,
    PunchKind,
    counted_on,
    next_kinds,
    pair,
    punch,
    to_the_minute,
)

PINE = WorkerId(1)
IN, OUT = PunchKind.IN, PunchKind.OUT
BREAK, BACK = PunchKind.BREAK_START, PunchKind.BREAK_END


def moment(text: str) -> datetime:
    day, clock = text.split(" ")
    return at(datetime.fromisoformat(day).date(), clock)


def punches(*entries: tuple[PunchKind, str]) -> list[Punch]:
    return [Punch(PINE, kind, moment(f"2026-11-{text}")) for kind, text in entries]


def test_a_day_with_a_break() -> None:
    found = pair(
        punches((IN, "02 09:00"), (BREAK, "02 12:00"), (BACK, "02 13:00"), (OUT, "02 18:00"))
    )
    (shift,) = found.shifts
    assert (shift.present_minutes, shift.break_minutes, shift.worked_minutes) == (540, 60, 480)
    assert found.flags == ()
    assert found.open_since is None


@pytest.mark.parametrize(
    ("kind", "at_night", "day"),
    [
        (OUT, "03 02:00", "2026-11-02"),
        (BREAK, "03 00:30", "2026-11-02"),
        (IN, "03 02:00", "2026-11-03"),
        (OUT, "03 23:00", "2026-11-03"),
    ],
)
def test_what_ends_a_night_counts_on_the_day_it_began(
    kind: PunchKind, at_night: str, day: str
) -> None:
    before = punches((OUT, "02 18:00"), (IN, "02 22:00"))
    assert str(counted_on(kind, moment(f"2026-11-{at_night}"), before)) == day
    assert str(counted_on(kind, moment(f"2026-11-{at_night}"), before[:1])) == "2026-11-03"


def test_a_shift_over_midnight_belongs_to_the_day_it_starts_on() -> None:
    (shift,) = pair(punches((IN, "02 20:00"), (OUT, "03 02:00"))).shifts
    assert str(shift.day) == "2026-11-02"
    assert shift.night_minutes == 4 * 60


def test_a_break_at_night_is_no_night_work() -> None:
    entries = ((IN, "02 20:00"), (BREAK, "02 22:00"), (BACK, "02 23:00"), (OUT, "02 23:30"))
    (shift,) = pair(punches(*entries)).shifts
    assert shift.night_minutes == 30


@pytest.mark.parametrize(
    ("entries", "flag"),
    [
        (((IN, "02 09:00"),), Flag.MISSING_OUT),
        (((OUT, "02 18:00"),), Flag.MISSING_IN),
        (((BREAK, "02 12:00"),), Flag.MISSING_IN),
        (((IN, "02 09:00"), (IN, "03 09:00"), (OUT, "03 18:00")), Flag.MISSING_OUT),
    ],
)
def test_what_is_missing_is_flagged(entries: tuple[tuple[PunchKind, str], ...], flag: Flag) -> None:
    found = pair(punches(*entries))
    assert [kind for _, kind in found.flags] == [flag]


def test_going_home_ends_the_break() -> None:
    (shift,) = pair(punches((IN, "02 09:00"), (BREAK, "02 17:00"), (OUT, "02 18:00"))).shifts
    assert shift.worked_minutes == 8 * 60


def test_a_second_break_inside_a_break_says_nothing_new() -> None:
    entries = (
        (IN, "02 09:00"),
        (BACK, "02 10:00"),
        (BREAK, "02 12:00"),
        (BREAK, "02 12:10"),
        (BACK, "02 13:00"),
        (OUT, "02 18:00"),
    )
    assert pair(punches(*entries)).shifts[0].break_minutes == 60


def test_seconds_count_in_her_favour() -> None:
    half = moment("2026-11-02 09:00") + timedelta(seconds=30)
    assert to_the_minute(IN, half) == moment("2026-11-02 09:00")
    assert to_the_minute(BACK, half) == moment("2026-11-02 09:00")
    assert to_the_minute(OUT, half) == moment("2026-11-02 09:01")
    assert to_the_minute(BREAK, moment("2026-11-02 09:00")) == moment("2026-11-02 09:00")


def test_a_minute_in_which_she_went_and_came_again_counts_once() -> None:
    seconds = punches(
        (IN, "02 08:00:00"), (OUT, "02 12:00:10"), (IN, "02 12:00:40"), (OUT, "02 17:00:00")
    )
    found = pair(seconds)
    assert [shift.worked_minutes for shift in found.shifts] == [241, 299]
    again = punches((IN, "02 08:00"), (OUT, "02 12:00:10"), (IN, "02 12:00:20"))
    gone = pair([*again, *punches((OUT, "02 12:00:50"))])
    assert [shift.worked_minutes for shift in gone.shifts] == [241]
    assert (gone.flags, gone.open_since) == ((), None)


def test_only_the_future_is_refused() -> None:
    now = moment("2026-11-02 09:00")
    assert punch(PINE, IN, at=now + timedelta(minutes=5), now=now).kind is IN
    assert punch(PINE, IN, at=now - timedelta(days=30), now=now).kind is IN
    with pytest.raises(FromTheFuture):
        punch(PINE, IN, at=now + timedelta(minutes=5, seconds=1), now=now)


def test_what_may_come_next() -> None:
    assert next_kinds(None) == next_kinds(OUT) == (IN,)
    assert next_kinds(IN) == next_kinds(BACK) == (OUT, BREAK)
    assert next_kinds(BREAK) == (BACK, OUT)


KINDS = st.sampled_from(list(PunchKind))
MINUTES = st.integers(0, 5 * 24 * 60)


@given(entries=st.lists(st.tuples(KINDS, MINUTES), max_size=30), seed=st.randoms())
def test_order_and_repeats_change_nothing_and_no_shift_overlaps(
    entries: list[tuple[PunchKind, int]], seed: object
) -> None:
    start = moment("2026-11-02 00:00")
    events = [Punch(PINE, kind, start + timedelta(minutes=m)) for kind, m in entries]
    mixed = [*events, *events]
    seed.shuffle(mixed)  # type: ignore[attr-defined]
    found = pair(events)
    assert pair(mixed) == found
    for earlier, later in zip(found.shifts, found.shifts[1:], strict=False):
        assert earlier.end <= later.start
    for shift in found.shifts:
        assert 0 <= shift.worked_minutes <= shift.present_minutes
        assert 0 <= shift.night_minutes <= shift.worked_minutes
    ins = sum(1 for kind, _ in set(entries) if kind is IN)
    missing = sum(1 for _, flag in found.flags if flag is Flag.MISSING_OUT)
    assert len(found.shifts) + missing == ins
