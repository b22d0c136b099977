"""Everybody's running week from what is in the database, and plans that the watch refuses."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.plan import PlanKind, Planned
from factory.attendance.domain.watch import ConcernKind, SparedFromNight, SparedFromOvertime
from factory.kernel.time import DAY, Interval, at, now
from factory.leave.domain import LeaveKind, Part
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.guards import BreakWish, Consent, ConsentKind, Spared
from factory.security import queries as security
from factory.security.domain import SYSTEM
from tests.attendance.days import CEDAR, PLAIN, TODAY, YESTERDAY, come, somebody
from tests.lawbook.build import decree, undo
from tests.leave.build import grant, make_wish
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")

HOUR = 60
K = ConcernKind
NOON = (("12:00", "13:00"),)
LATE = Planned("09:00", "22:30", NOON)
FRIDAY, SATURDAY, SUNDAY = TODAY + 3 * DAY, TODAY + 4 * DAY, TODAY + 5 * DAY
FAMILY = ("Oak", "Elm", "Ash", "Yew", "Fir")


def house(session: Session) -> None:
    """Five more, so that all rules bind."""
    for name in FAMILY:
        make_worker(session, name)


def plan(session: Session, worker: Worker, day: date, planned: Planned) -> None:
    service.plan_day(session, worker, day, planned, by=CEDAR, at=now())


def kinds(session: Session, worker: Worker, day: date, planned: Planned) -> list[ConcernKind]:
    found = queries.would_break(session, worker, day, planned, at=now())
    return [each.kind for each in found]


def test_a_week_is_what_was_worked_and_what_is_planned(session: Session) -> None:
    house(session)
    pine = somebody(session, "Pine", *PLAIN)
    week = queries.own_week(session, pine, at=now()).week
    assert (week.worked, week.planned, week.limit) == (8 * HOUR, 32 * HOUR, 52 * HOUR)
    assert week.left == 12 * HOUR


def test_a_day_that_lacks_a_scan_counts_as_planned(session: Session) -> None:
    house(session)
    pine = somebody(session, "Pine", "in 09:00")
    week = queries.own_week(session, pine, at=now()).week
    assert (week.worked, week.planned, week.left) == (0, 40 * HOUR, 12 * HOUR)
    late = Planned("09:00", "22:00", NOON)
    for day in (TODAY, TODAY + DAY, TODAY + 2 * DAY):
        plan(session, pine, day, late)
    assert K.OVER_52_HOURS in kinds(session, pine, FRIDAY, late)


def test_a_shift_that_is_going_on_counts_up_to_now(session: Session) -> None:
    house(session)
    pine = somebody(session, "Pine", *PLAIN)
    come(session, pine, "in 09:00", day=TODAY)
    week = queries.own_week(session, pine, at=now()).week
    assert (week.worked, week.planned) == (9 * HOUR, 31 * HOUR)
    assert week.left == 12 * HOUR


def test_minutes_nobody_has_settled_are_told_apart(session: Session) -> None:
    pine = somebody(session, "Pine", "in 08:40", "break 12:00", "back 13:00", "out 18:20")
    found = queries.own_week(session, pine, at=now())
    assert (found.week.worked, found.unsettled) == (8 * HOUR, 40)
    evening = Interval(at(YESTERDAY, "18:00"), at(YESTERDAY, "18:20"))
    service.decide(session, pine, evening, worked=True, by=CEDAR, at=now())
    found = queries.own_week(session, pine, at=now())
    assert (found.week.worked, found.unsettled) == (8 * HOUR + 20, 20)


def test_whoever_is_nearest_to_the_limit_stands_first(session: Session) -> None:
    house(session)
    pine = somebody(session, "Pine", *PLAIN)
    plan(session, pine, FRIDAY, Planned("09:00", "21:00", NOON))
    short = make_worker(session, "Rose", terms=make_terms(weekly_hours=20, shift_end="13:00"))
    lines = queries.week(session, at=now())
    assert [line.worker.name for line in lines[:2]] == [pine.name, short.name]
    left = [line.week.left for line in lines]
    assert left == sorted(left)  # type: ignore[type-var]
    own = next(line for line in lines if line.worker == short)
    assert own.week.limit == 32 * HOUR


def test_whoever_has_left_is_not_on_the_list(session: Session) -> None:
    pine = make_worker(session)
    people.leave(session, pine, YESTERDAY, by=SYSTEM, at=now())
    assert queries.week(session, at=now()) == ()


def test_the_watch_speaks_before_the_shift(session: Session) -> None:
    house(session)
    pine = somebody(session, "Pine", *PLAIN)
    for back in range(4):
        plan(session, pine, TODAY + back * DAY, Planned("09:00", "21:00", NOON))
    found = queries.own_week(session, pine, at=now())
    assert found.week.left == 0
    assert found.concerns == ()
    assert kinds(session, pine, FRIDAY, Planned("09:00", "21:01", NOON)) == [K.OVER_52_HOURS]
    plan(session, pine, FRIDAY, Planned("09:00", "21:30", NOON))
    found = queries.own_week(session, pine, at=now())
    assert found.week.left == -30
    assert {(each.kind, each.minutes) for each in found.concerns} == {(K.OVER_52_HOURS, 30)}
    assert pine.id in queries.concerns_on(session, FRIDAY, at=now())


def test_a_consent_silences_the_watch_and_taking_it_back_wakes_it(session: Session) -> None:
    house(session)
    pine = make_worker(session)
    assert kinds(session, pine, TODAY, LATE) == [K.NIGHT_WITHOUT_CONSENT]
    given = Consent(ConsentKind.NIGHT, TODAY, given=True, how="by word")
    people.consent(session, pine, given, by=SYSTEM, at=now())
    assert kinds(session, pine, TODAY, LATE) == []
    assert kinds(session, pine, SUNDAY, Planned("09:00", "18:00", NOON)) == [
        K.HOLIDAY_WITHOUT_CONSENT
    ]
    back = Consent(ConsentKind.NIGHT, FRIDAY, given=False, how="by word")
    people.consent(session, pine, back, by=SYSTEM, at=now())
    assert kinds(session, pine, FRIDAY, LATE) == [K.NIGHT_WITHOUT_CONSENT]
    assert kinds(session, pine, TODAY, LATE) == []


def test_no_overtime_is_planned_for_who_is_spared(session: Session) -> None:
    pine = make_worker(session, night_consent=True)
    people.spare(session, pine, Spared(TODAY, FRIDAY), by=SYSTEM, at=now())
    with pytest.raises(SparedFromNight):
        plan(session, pine, FRIDAY, LATE)
    with pytest.raises(SparedFromOvertime):
        plan(session, pine, FRIDAY, Planned("09:00", "18:30", NOON))
    plan(session, pine, FRIDAY, Planned("09:00", "18:00", NOON))
    plan(session, pine, SATURDAY, Planned(kind=PlanKind.OFF))
    assert queries.own_week(session, pine, at=now()).spared
    plan(session, pine, SUNDAY + DAY, LATE)
    assert "plan_day" in {each.what for each in security.audit(session)}


def test_four_hours_go_without_a_break_by_her_own_wish(session: Session) -> None:
    pine = make_worker(session)
    short, day = Planned("09:00", "13:00"), date(2026, 12, 9)
    assert kinds(session, pine, day, short) == [K.BREAK_DUE]
    people.waive_break(session, pine, BreakWish(day), by=SYSTEM, at=now())
    assert kinds(session, pine, day, short) == []
    assert kinds(session, pine, day, Planned("09:00", "13:30")) == [K.BREAK_DUE]


def test_a_decreed_holiday_is_watched_and_counted_as_one(session: Session) -> None:
    house(session)
    pine = make_worker(session)
    assert kinds(session, pine, FRIDAY, Planned("09:00", "18:00", NOON)) == []
    number = decree(session, FRIDAY)
    assert K.PUBLIC_HOLIDAY in kinds(session, pine, FRIDAY, Planned("09:00", "18:00", NOON))
    assert queries.own_week(session, pine, at=now()).week.planned == 24 * HOUR
    with time_machine.travel(at(SUNDAY, "10:00"), tick=False):
        come(session, pine, *PLAIN, day=FRIDAY)
        (day,) = queries.sheet(session, pine.id, FRIDAY, FRIDAY).days
    assert day.holiday == day.worked
    undo(session, number)
    week = queries.own_week(session, pine, at=now()).week
    assert (week.worked, week.planned) == (8 * HOUR, 24 * HOUR)


def test_a_schedule_at_night_is_not_given_to_who_is_spared(session: Session) -> None:
    pine, oak = make_worker(session), make_worker(session, "Oak")
    people.spare(session, pine, Spared(TODAY, FRIDAY), by=SYSTEM, at=now())
    service.set_pattern(session, "late", Planned("14:00", "23:00"), TODAY, by=CEDAR, at=now())
    with pytest.raises(SparedFromNight):
        service.assign(session, pine, "late", TODAY, by=CEDAR, at=now())
    service.assign(session, oak, "late", TODAY, by=CEDAR, at=now())
    service.assign(session, pine, "late", FRIDAY + DAY, by=CEDAR, at=now())
    assert {each.worker for each in queries.assigned(session, TODAY)} == {pine.id, oak.id}


def test_on_leave_nothing_is_planned_and_nothing_is_warned_of(session: Session) -> None:
    house(session)
    pine = make_worker(session)
    before = queries.own_week(session, pine, at=now()).week.planned
    wish = make_wish(FRIDAY, kind=LeaveKind.UNPAID)
    grant(session, pine, wish)
    assert queries.own_week(session, pine, at=now()).week.planned == before - 8 * HOUR


def test_with_less_than_four_hours_left_somebody_is_near(session: Session) -> None:
    house(session)
    pine = make_worker(session)
    plan(session, pine, FRIDAY, Planned("09:00", "22:00", NOON))
    plan(session, pine, SATURDAY, Planned("09:00", "22:00", NOON))
    assert queries.near(queries.week(session, at=now())) == ()
    plan(session, pine, SATURDAY, Planned("09:00", "22:01", NOON))
    (near,) = queries.near(queries.week(session, at=now()))
    assert (near.worker, near.week.left) == (pine, 4 * HOUR - 1)


def test_a_week_to_come_is_planned_from_its_monday_and_of_one_past_nothing_is_left(
    session: Session,
) -> None:
    house(session)
    pine = make_worker(session)
    ahead = queries.week_of(session, pine, SUNDAY + 3 * DAY, at=now())
    assert ahead is not None
    assert (ahead.monday, ahead.planned, ahead.left) == (SUNDAY + DAY, 40 * HOUR, 12 * HOUR)
    assert queries.week_of(session, pine, YESTERDAY - DAY, at=now()) is None


@pytest.mark.parametrize(
    ("part", "planned"), [(Part.FIRST_HALF, 240), (Part.SECOND_HALF, 240), (Part.WHOLE, 0)]
)
def test_leave_takes_its_minutes_from_the_plan_of_the_week(
    session: Session, part: Part, planned: int
) -> None:
    house(session)
    pine = make_worker(session, "Pine", hired=date(2026, 1, 5))
    before = queries.own_week(session, pine, at=now()).week
    grant(session, pine, make_wish(FRIDAY, part=part))
    week = queries.own_week(session, pine, at=now()).week
    assert before.planned - week.planned == 8 * HOUR - planned
    assert before.left is not None
    assert week.left == before.left + 8 * HOUR - planned


def test_planning_work_on_a_day_of_leave_is_told(session: Session) -> None:
    house(session)
    pine = make_worker(session, "Pine", hired=date(2026, 1, 5))
    grant(session, pine, make_wish(FRIDAY))
    assert kinds(session, pine, FRIDAY, Planned("09:00", "18:00", NOON)) == [K.ON_LEAVE]
    assert kinds(session, pine, FRIDAY, Planned(kind=PlanKind.OFF)) == []
    assert kinds(session, pine, FRIDAY + 3 * DAY, Planned("09:00", "18:00", NOON)) == []


def test_planning_the_other_half_of_a_half_day_of_leave_is_fine(session: Session) -> None:
    house(session)
    pine = make_worker(session, "Pine", hired=date(2026, 1, 5))
    grant(session, pine, make_wish(FRIDAY, part=Part.SECOND_HALF))
    assert kinds(session, pine, FRIDAY, Planned("09:00", "13:00", (("11:00", "11:30"),))) == []
    assert K.ON_LEAVE in kinds(session, pine, FRIDAY, Planned("09:00", "18:00", NOON))
