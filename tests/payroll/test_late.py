"""What is typed of a closed month: impossible times, rates and sums are refused by their field."""

from __future__ import annotations

from datetime import date

import pytest

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.time import Interval, at
from factory.payroll.domain.correction import LateDecision, LatePunch
from factory.payroll.domain.late import (
    NoDayGiven,
    NoRateGiven,
    NoTimesGiven,
    OverNightTooLong,
    PaidByPieces,
    ThereAlready,
    came,
    other_rate,
    pause_of,
    refuse_there,
    span_of,
)
from factory.people.domain import TermsKind
from tests.people.build import make_terms

TUESDAY, WEDNESDAY = date(2026, 10, 13), date(2026, 10, 14)


def shift(start: str = "09:00", end: str = "18:00", day: date = TUESDAY) -> Interval:
    return Interval(at(day, start), at(day, end))


def test_an_end_before_the_start_is_on_the_next_day_where_a_night_is_that_long() -> None:
    assert span_of(TUESDAY, "22:00", "06:00").end == at(WEDNESDAY, "06:00")
    assert span_of(TUESDAY, "18:00", "06:00").minutes == 12 * 60


@pytest.mark.parametrize(
    ("day", "start", "end", "refused"),
    [
        (None, "09:00", "18:00", NoDayGiven),
        (TUESDAY, "", "18:00", NoTimesGiven),
        (TUESDAY, "09:00", "", NoTimesGiven),
        (TUESDAY, "09:00", "09:00", NoTimesGiven),
        (TUESDAY, "18:00", "09:00", OverNightTooLong),
    ],
)
def test_times_that_are_none_are_refused_by_their_field(
    day: date | None, start: str, end: str, refused: type[Refused]
) -> None:
    with pytest.raises(refused) as found:
        span_of(day, start, end)
    assert found.value.field in {"day", "start", "end"}


def test_a_break_lies_within_its_shift_also_after_midnight() -> None:
    night = span_of(TUESDAY, "22:00", "06:00")
    assert pause_of(night, "01:00", "01:30") == shift("01:00", "01:30", WEDNESDAY)
    assert pause_of(shift(), "12:00", "13:00") == shift("12:00", "13:00")
    assert pause_of(shift(), "", "") is None


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("20:00", "21:00", "pause"),
        ("13:00", "12:00", "pause"),
        ("17:30", "18:30", "pause"),
        ("08:00", "08:30", "pause"),
        ("12:00", "", "pause"),
    ],
)
def test_a_break_outside_of_its_shift_is_refused(start: str, end: str, field: str) -> None:
    with pytest.raises(Refused) as found:
        pause_of(shift(), start, end)
    assert found.value.field == field


def test_all_but_the_break_was_work() -> None:
    said = came(shift(), shift("12:00", "13:00"))
    worked = [each.interval for each in said if isinstance(each, LateDecision)]
    assert worked == [shift("09:00", "12:00"), shift("13:00", "18:00")]
    assert len([each for each in said if isinstance(each, LatePunch)]) == 4


@pytest.mark.parametrize("won", [None, 0, -5])
def test_no_rate_holds_that_is_not_above_zero(won: int | None) -> None:
    with pytest.raises(NoRateGiven):
        other_rate(make_terms(), TUESDAY, None if won is None else Money(won))


def test_whoever_is_paid_by_the_piece_has_no_rate_of_her_own() -> None:
    with pytest.raises(PaidByPieces):
        other_rate(make_terms(kind=TermsKind.PIECE), TUESDAY, Money(12_000))
    assert other_rate(make_terms(), TUESDAY, Money(12_000)).terms.since == TUESDAY


def test_nobody_comes_while_she_is_there() -> None:
    late = came(shift(), None)
    with pytest.raises(ThereAlready):
        refuse_there("Pine", late, [shift("17:00", "20:00")])
    refuse_there("Pine", late, [shift("18:00", "20:00"), shift(day=WEDNESDAY)])
    two_days = (*late, *came(shift(day=date(2026, 10, 15)), None))
    refuse_there("Pine", two_days, [shift(day=WEDNESDAY)])
