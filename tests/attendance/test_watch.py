"""The law's watch: it speaks before the shift that would break the week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.attendance.domain.plan import OFF, PlanKind, Planned
from factory.attendance.domain.watch import (
    Concern,
    ConcernKind,
    SparedFromNight,
    SparedFromOvertime,
    WeekLeft,
    concerns,
    limit,
    once,
    plan_minutes,
    refuse_forbidden,
    week_left,
    with_agreed_break,
)
from factory.kernel.time import DAY, Length
from factory.kernel.words import LANGUAGES, speaking
from factory.law.book import law_book
from tests.attendance.build import MONDAY, rules
from tests.lawbook.build import holiday

K = ConcernKind
NOON = (("12:00", "13:00"),)
USUAL = Planned("09:00", "18:00", NOON)
TUESDAY, SATURDAY, SUNDAY = MONDAY + DAY, MONDAY + 5 * DAY, MONDAY + 6 * DAY
HOUR = 60
FULL = {MONDAY + n * DAY: 8 * HOUR for n in range(1, 5)}
CHRISTMAS = date(2026, 12, 25)


def found(
    planned: Planned = USUAL,
    day: date = MONDAY,
    others: Mapping[date, int] | None = None,
    **given: Any,
) -> dict[ConcernKind, int]:
    """What the shift would break, with minutes."""
    held = rules(**({"woman": True} | given))
    return {each.kind: each.minutes for each in concerns(held, day, planned, others or {})}


def test_a_usual_week_gives_no_concern() -> None:
    assert found(others=FULL) == {}


@pytest.mark.parametrize("planned", [OFF, Planned(kind=PlanKind.SHUTDOWN), Planned()])
def test_a_day_without_work_breaks_nothing(planned: Planned) -> None:
    assert found(planned, SUNDAY, FULL, spared=True) == {}


@pytest.mark.parametrize(
    ("others", "over"),
    [(44 * HOUR, 0), (44 * HOUR + 1, 1), (50 * HOUR, 6 * HOUR)],
)
def test_a_week_has_52_hours(others: int, over: int) -> None:
    assert found(others={TUESDAY: others}).get(K.OVER_52_HOURS, 0) == over


def test_fewer_than_five_employees_have_no_52_hours_and_no_consent() -> None:
    late = Planned("14:00", "23:00", (("18:00", "19:00"),))
    assert found(late, MONDAY, {TUESDAY: 60 * HOUR}, employees=4) == {}
    assert limit(rules(employees=4), MONDAY) is None


def test_a_part_timer_has_her_contract_and_12_hours() -> None:
    short: dict[str, Any] = {"weekly_hours": 20}
    assert limit(rules(**short), MONDAY) == 32 * HOUR
    assert found(others={TUESDAY: 25 * HOUR}, **short) == {K.PART_TIME_OVER_12: HOUR}
    assert limit(rules(employees=4, **short), MONDAY) == 32 * HOUR


@pytest.mark.parametrize(
    ("planned", "due"),
    [
        (Planned("09:00", "12:59"), 0),
        (Planned("09:00", "13:00"), 30),
        (Planned("09:00", "13:30", (("11:00", "11:30"),)), 0),
        (Planned("09:00", "18:00", (("12:00", "12:30"),)), 30),
        (Planned("09:00", "18:00"), 60),
    ],
)
def test_breaks_are_due_in_the_shift(planned: Planned, due: int) -> None:
    assert found(planned).get(K.BREAK_DUE, 0) == due


@pytest.mark.parametrize(
    ("day", "planned", "due"),
    [
        (date(2026, 12, 8), Planned("09:00", "13:00"), 30),
        (date(2026, 12, 9), Planned("09:00", "13:00"), 0),
        (date(2026, 12, 9), Planned("09:00", "13:01"), 30),
    ],
)
def test_four_hours_go_without_a_break_if_she_asked_and_the_law_allows(
    day: date, planned: Planned, due: int
) -> None:
    assert found(planned, day, break_waived=True).get(K.BREAK_DUE, 0) == due
    assert found(planned, day).get(K.BREAK_DUE) == 30


def test_night_work_needs_her_consent() -> None:
    late = Planned("14:00", "23:30", (("18:00", "19:00"),))
    assert found(late) == {K.NIGHT_WITHOUT_CONSENT: 90}
    assert found(late, night_consent=True) == {}
    assert found(late, woman=False) == {}


def test_work_on_her_rest_day_needs_her_consent() -> None:
    assert found(day=SUNDAY) == {K.HOLIDAY_WITHOUT_CONSENT: 8 * HOUR}
    assert found(day=SUNDAY, holiday_consent=True) == {}


def test_a_public_holiday_is_told_to_everybody() -> None:
    assert found(day=CHRISTMAS, holiday_consent=True) == {K.PUBLIC_HOLIDAY: 8 * HOUR}
    assert found(day=CHRISTMAS, woman=False) == {K.PUBLIC_HOLIDAY: 8 * HOUR}
    assert found(day=CHRISTMAS, employees=4) == {}
    assert found(day=date(2026, 5, 1), employees=4) == {K.PUBLIC_HOLIDAY: 8 * HOUR}


def test_a_decreed_day_is_a_public_holiday() -> None:
    law = law_book().with_entries((), [holiday(TUESDAY)])
    assert K.PUBLIC_HOLIDAY in found(day=TUESDAY, law=law)
    assert K.PUBLIC_HOLIDAY not in found(day=TUESDAY, law=law, employees=4)


def test_one_day_of_the_week_is_for_rest() -> None:
    six = {MONDAY + n * DAY: 6 * HOUR for n in range(6)}
    assert K.NO_REST_DAY in found(day=SUNDAY, others=six)
    assert K.NO_REST_DAY not in found(day=SUNDAY, others=six | {TUESDAY: 0})


@pytest.mark.parametrize(
    ("planned", "day", "others", "kind", "minutes"),
    [
        (Planned("09:00", "18:30", NOON), MONDAY, {}, K.SPARED_OVERTIME, 30),
        (USUAL, MONDAY, {TUESDAY: 33 * HOUR}, K.SPARED_OVERTIME, HOUR),
        (Planned("14:00", "22:01", (("18:00", "19:00"),)), MONDAY, {}, K.SPARED_NIGHT, 1),
        (USUAL, SUNDAY, {}, K.SPARED_NIGHT, 8 * HOUR),
        (USUAL, CHRISTMAS, {}, K.SPARED_NIGHT, 8 * HOUR),
    ],
)
@pytest.mark.parametrize("employees", [3, 12])
def test_who_is_spared_works_neither_late_nor_at_night_nor_on_holidays(
    employees: int,
    planned: Planned,
    day: date,
    others: dict[date, int],
    kind: ConcernKind,
    minutes: int,
) -> None:
    given = {"spared": True, "night_consent": True, "holiday_consent": True}
    if day == CHRISTMAS and employees < 5:
        return  # the house has no public holidays but 1 May
    assert found(planned, day, others, employees=employees, **given).get(kind) == minutes


def test_a_usual_week_of_somebody_spared_is_lawful() -> None:
    assert found(others=FULL, spared=True) == {}
    part: dict[str, Any] = {"weekly_hours": 20, "spared": True}
    half = Planned("09:00", "13:30", (("11:00", "11:30"),))
    assert found(half, others={TUESDAY: 16 * HOUR}, **part) == {}
    assert found(half, others={TUESDAY: 17 * HOUR}, **part) == {K.SPARED_OVERTIME: HOUR}


def test_what_the_law_forbids_is_refused_and_the_rest_is_told() -> None:
    night = concerns(rules(spared=True), MONDAY, Planned("22:00", "23:00"), {})
    with pytest.raises(SparedFromNight):
        refuse_forbidden("Pine", night)
    late = concerns(rules(spared=True), MONDAY, Planned("09:00", "19:00", NOON), {})
    with pytest.raises(SparedFromOvertime) as refused:
        refuse_forbidden("Pine", late)
    assert refused.value.values["time"] == Length(HOUR)
    refuse_forbidden("Pine", concerns(rules(woman=True), SUNDAY, USUAL, {}))
    assert [kind for kind in K if kind.is_forbidden] == [K.SPARED_NIGHT, K.SPARED_OVERTIME]


def test_every_concern_names_its_article() -> None:
    (only,) = concerns(rules(), MONDAY, USUAL, {TUESDAY: 50 * HOUR})
    assert only.article == "Labor Standards Act, art. 53(1)"
    (due,) = concerns(rules(), MONDAY, Planned("09:00", "13:00"), {})
    assert due.article == "Labor Standards Act, art. 54(1)"


def test_a_concern_is_a_sentence_in_every_language() -> None:
    each = Concern(K.OVER_52_HOURS, MONDAY, 150, "Labor Standards Act, art. 53(1)")
    told = {}
    for language in LANGUAGES:
        with speaking(language):
            told[language] = each.said("초롱")
    assert told["en"] == "초롱 would be 2 h 30 min over what a week may have."
    assert "2시간 30분" in told["ko"]
    for kind in K:
        with speaking("ko"):
            assert "Pine" in Concern(kind, MONDAY, 1, "").said("Pine")


def test_of_a_week_its_hours_are_spoken_of_once_and_each_night_by_itself() -> None:
    over = [Concern(K.OVER_52_HOURS, MONDAY + n * DAY, 60, "") for n in range(3)]
    nights = [Concern(K.NIGHT_WITHOUT_CONSENT, MONDAY + n * DAY, 30, "") for n in range(3)]
    assert once([*over, *nights]) == (over[0], *nights)
    assert once([]) == ()


@pytest.mark.parametrize(
    ("planned", "agreed", "breaks"),
    [
        (Planned("09:00", "18:00"), 480, NOON),
        (Planned("09:00", "13:30"), 240, (("12:00", "12:30"),)),
        (Planned("14:00", "22:30"), 480, (("18:00", "18:30"),)),
        (Planned("07:00", "12:30"), 300, (("09:30", "10:00"),)),
        (Planned("09:00", "13:00"), 240, ()),
        (Planned("09:00", "18:00"), 0, ()),
        (Planned("09:00", "18:00", NOON), 450, NOON),
    ],
)
def test_the_contract_s_break_is_taken_for_planned_where_none_is_named(
    planned: Planned, agreed: int, breaks: tuple[tuple[str, str], ...]
) -> None:
    found = with_agreed_break(planned, agreed)
    assert found == Planned(planned.start, planned.end, breaks)
    if not planned.breaks and breaks:
        assert plan_minutes(found, MONDAY) == agreed


PLAN = {MONDAY + n * DAY: USUAL for n in range(5)} | {SATURDAY: OFF, SUNDAY: OFF}


@pytest.mark.parametrize(
    ("worked", "today", "expected"),
    [
        ({}, MONDAY, (0, 40, 12)),
        ({MONDAY: 10}, TUESDAY, (10, 32, 10)),
        ({MONDAY: 8, TUESDAY: 3}, TUESDAY, (11, 29, 12)),
        ({MONDAY: 8, TUESDAY: 11}, TUESDAY, (19, 24, 9)),
        ({MONDAY + n * DAY: 11 for n in range(5)}, SATURDAY, (55, 0, -3)),
    ],
)
def test_what_is_left_of_the_week(
    worked: dict[date, int], today: date, expected: tuple[int, int, int]
) -> None:
    minutes = {day: hours * HOUR for day, hours in worked.items()}
    week = week_left(minutes, PLAN, rules(), today=today)
    done, planned, left = (hours * HOUR for hours in expected)
    assert week == WeekLeft(MONDAY, done, planned, 52 * HOUR)
    assert week.left == left


def test_where_the_law_sets_no_limit_nothing_is_said_to_be_left() -> None:
    assert week_left({}, PLAN, rules(employees=4), today=MONDAY).left is None


def test_the_last_week_and_the_next_do_not_count() -> None:
    worked = {MONDAY - DAY: 600, MONDAY + 7 * DAY: 600}
    assert week_left(worked, PLAN, rules(), today=MONDAY).worked == 0


@given(
    shifts=st.lists(st.integers(0, 12 * HOUR), min_size=7, max_size=7),
    today=st.integers(0, 6),
)
def test_whoever_plans_all_that_is_left_breaks_nothing_and_a_minute_more_breaks_it(
    shifts: list[int], today: int
) -> None:
    """What is left and what the watch says of a shift are two sides of one rule."""
    day = MONDAY + today * DAY
    worked = {MONDAY + n * DAY: shifts[n] for n in range(today)}
    left = week_left(worked, {}, rules(), today=day).left
    assert left is not None
    for more in (0, 1):
        length = left + more
        if not 0 < length < 20 * HOUR:
            continue
        end = f"{length // HOUR:02d}:{length % HOUR:02d}"
        planned = Planned("00:00", end)
        assert plan_minutes(planned, day) == length
        over = found(planned, day, worked).get(K.OVER_52_HOURS, 0)
        assert over == more
