"""The watch against a reckoning of its own: every minute of a shift looked at by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import Rules
from factory.attendance.domain.watch import ConcernKind, concerns, plan_minutes
from factory.kernel.time import DAY
from tests.attendance.build import MONDAY, rules

K = ConcernKind
HOUR = 60
HOLIDAYS = {date(2026, 12, 25)}
DAYS = st.sampled_from([MONDAY + n * DAY for n in range(7)] + sorted(HOLIDAYS))


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Planned, set[int]]:
    """A plan, and its minutes of work counted from the day's midnight."""
    start = draw(st.integers(0, 24 * HOUR - 1))
    length = draw(st.integers(1, 16 * HOUR))
    first = draw(st.integers(0, length))
    pause = draw(st.integers(0, min(90, length - first)))
    breaks = ((wall(start + first), wall(start + first + pause)),) if pause else ()
    taken = set(range(start + first, start + first + pause))
    planned = Planned(wall(start), wall(start + length), breaks)
    return planned, set(range(start, start + length)) - taken


def wall(minute: int) -> str:
    hours, rest = divmod(minute % (24 * HOUR), HOUR)
    return f"{hours:02d}:{rest:02d}"


held = st.builds(
    lambda employees, woman, night, holiday, spared: rules(
        employees=employees,
        woman=woman,
        night_consent=night,
        holiday_consent=holiday,
        spared=spared,
    ),
    st.sampled_from([1, 4, 5, 12]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def expected(own: Rules, day: date, work: set[int], breaks: int, others: int) -> Iterator[K]:
    """What the law says, from minutes alone."""
    small, length = own.employees < 5, len(work)
    night = {minute for minute in work if not 6 * HOUR <= minute % (24 * HOUR) < 22 * HOUR}
    free = day.weekday() == 6 or (day in HOLIDAYS and not small)
    if own.spared and (night or free):
        yield K.SPARED_NIGHT
    if own.spared and (length > 8 * HOUR or length + others > 40 * HOUR):
        yield K.SPARED_OVERTIME
    if not small and length + others > 52 * HOUR:
        yield K.OVER_52_HOURS
    if not small and own.woman:
        if night and not own.night_consent:
            yield K.NIGHT_WITHOUT_CONSENT
        if free and not own.holiday_consent:
            yield K.HOLIDAY_WITHOUT_CONSENT
    due = 60 if length >= 8 * HOUR else 30 if length >= 4 * HOUR else 0
    if breaks < due:
        yield K.BREAK_DUE
    if day in HOLIDAYS and not small:
        yield K.PUBLIC_HOLIDAY


@given(own=held, day=DAYS, shift=shifts(), others=st.integers(0, 60 * HOUR))
def test_every_concern_follows_from_the_minutes(
    own: Rules, day: date, shift: tuple[Planned, set[int]], others: int
) -> None:
    planned, work = shift
    if not work:
        return
    found = concerns(own, day, planned, {day + DAY: others})
    taken = sum(pause.minutes for pause in planned.pauses(day))
    assert [each.kind for each in found] == list(expected(own, day, work, taken, others))


@given(day=DAYS, shift=shifts())
def test_a_plan_has_the_minutes_of_its_shift_without_the_breaks(
    day: date, shift: tuple[Planned, set[int]]
) -> None:
    planned, work = shift
    assert plan_minutes(planned, day) == len(work)


@given(own=held, day=DAYS, shift=shifts(), others=st.integers(0, 60 * HOUR))
def test_every_concern_has_its_minutes_its_article_and_its_place(
    own: Rules, day: date, shift: tuple[Planned, set[int]], others: int
) -> None:
    planned, _ = shift
    found = concerns(own, day, planned, {day + DAY: others})
    assert all(each.minutes > 0 and each.article and each.day == day for each in found)
    assert [each.kind for each in found] == sorted({e.kind for e in found}, key=list(K).index)
    assert all(own.spared for each in found if each.kind.is_forbidden)


@given(own=held, day=DAYS, shift=shifts(), others=st.integers(0, 60 * HOUR))
def test_more_consent_never_adds_a_concern(
    own: Rules, day: date, shift: tuple[Planned, set[int]], others: int
) -> None:
    planned, _ = shift
    willing = rules(
        employees=own.employees,
        woman=own.woman,
        night_consent=True,
        holiday_consent=True,
        spared=own.spared,
    )
    without = {each.kind for each in concerns(own, day, planned, {day + DAY: others})}
    with_it = {each.kind for each in concerns(willing, day, planned, {day + DAY: others})}
    asked = {K.NIGHT_WITHOUT_CONSENT, K.HOLIDAY_WITHOUT_CONSENT}
    assert with_it == without - asked


def test_the_two_reckonings_agree_on_what_a_minute_is() -> None:
    start = datetime(2026, 11, 2) + timedelta(minutes=22 * HOUR)  # noqa: DTZ001 - wall clock
    assert wall(22 * HOUR) == f"{start:%H:%M}"
    assert wall(25 * HOUR) == "01:00"
