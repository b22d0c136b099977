from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.time import (
    Interval,
    Period,
    at,
    ceil_minute,
    clock_at,
    day_of,
    days,
    floor_minute,
    in_order,
    local,
    monday_of,
    month_of,
    night_minutes,
    now,
    today,
)

NOV_2 = date(2026, 11, 2)
moments = st.integers(0, 365 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
lengths = st.timedeltas(timedelta(0), timedelta(hours=30))


def spell(start: str, end: str, day: date = NOV_2) -> Interval:
    return Interval(at(day, start), at(day, end))


def test_nine_in_the_morning_in_seoul_is_midnight_in_utc() -> None:
    assert at(NOV_2, "09:00") == datetime(2026, 11, 2, tzinfo=UTC)
    assert local(at(NOV_2, "09:00")).hour == 9


def test_an_early_shift_lies_on_its_day_in_seoul() -> None:
    assert day_of(datetime(2026, 11, 1, 20, tzinfo=UTC)) == NOV_2


def test_the_clock_can_stand_still() -> None:
    with clock_at(at(NOV_2, "09:00")):
        assert now() == at(NOV_2, "09:00")
        assert today() == NOV_2
    assert now() > at(date(2020, 1, 1), "00:00")


def test_night_is_from_ten_in_the_evening_to_six() -> None:
    assert night_minutes(spell("21:00", "23:30")) == 90
    assert night_minutes(Interval(at(NOV_2, "21:00"), at(date(2026, 11, 3), "07:00"))) == 480
    assert night_minutes(spell("05:00", "09:00")) == 60
    assert night_minutes(spell("09:00", "18:00")) == 0


@given(moments, lengths)
def test_night_never_exceeds_the_interval(start: datetime, length: timedelta) -> None:
    interval = Interval(start, start + length)
    assert 0 <= night_minutes(interval) <= interval.minutes + 2


def test_what_is_taken_out_leaves_two_parts() -> None:
    rest = spell("09:00", "18:00").less([spell("12:00", "13:00")])
    assert rest == (spell("09:00", "12:00"), spell("13:00", "18:00"))
    later = [spell("19:00", "20:00"), spell("12:00", "13:00"), spell("12:30", "14:00")]
    assert spell("09:00", "18:00").less(later) == (
        spell("09:00", "12:00"),
        spell("14:00", "18:00"),
    )
    assert spell("09:00", "10:00").less([spell("08:00", "11:00")]) == ()
    assert spell("09:00", "10:00").less([spell("11:00", "12:00")]) == (spell("09:00", "10:00"),)


def test_the_common_part_of_two_intervals() -> None:
    assert spell("09:00", "12:00").overlap(spell("11:00", "13:00")) == 60
    assert spell("09:00", "12:00").within(spell("11:00", "13:00")) == spell("11:00", "12:00")
    assert spell("09:00", "10:00").within(spell("11:00", "13:00")) is None


def test_in_is_cut_down_and_out_is_lifted_to_the_minute() -> None:
    moment = at(NOV_2, "09:00") + timedelta(seconds=12)
    assert floor_minute(moment) == at(NOV_2, "09:00")
    assert ceil_minute(moment) == at(NOV_2, "09:01")
    assert ceil_minute(at(NOV_2, "09:00")) == at(NOV_2, "09:00")


def test_weeks_months_and_days() -> None:
    assert monday_of(date(2026, 11, 8)) == NOV_2
    assert month_of(NOV_2) == Period(date(2026, 11, 1), date(2026, 11, 30))
    assert month_of(NOV_2).length == 30
    assert NOV_2 in month_of(NOV_2)
    assert len(list(month_of(NOV_2))) == 30
    assert list(days(NOV_2, NOV_2)) == [NOV_2]
    assert month_of(NOV_2).interval.minutes == 30 * 24 * 60


def test_order_of_instants() -> None:
    assert in_order([at(NOV_2, "09:00"), at(NOV_2, "09:00"), at(NOV_2, "10:00")])
    assert not in_order([at(NOV_2, "10:00"), at(NOV_2, "09:00")])
