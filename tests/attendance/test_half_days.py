"""A half day of leave: the plan is the other half, and work in hers is asked, never paid twice."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.day import Flag
from factory.attendance.domain.plan import Planned
from factory.kernel.time import at, now
from factory.leave.domain import Part
from factory.people.domain import Worker
from tests.attendance.days import CEDAR, TODAY, YESTERDAY, come
from tests.leave.build import grant, make_house, make_wish
from tests.people.build import make_terms

HALVES = {Part.FIRST_HALF: ("14:00", "18:00"), Part.SECOND_HALF: ("09:00", "14:00")}


def line(session: Session, worker: Worker, clock: str = "10:00") -> queries.DayLine:
    return queries.line(session, worker, TODAY, at=at(TODAY, clock))


@pytest.mark.parametrize("part", HALVES)
def test_the_plan_is_the_other_half(session: Session, part: Part) -> None:
    pine = make_house(session)
    grant(session, pine, make_wish(TODAY, part=part))
    assert line(session, pine).planned == Planned(*HALVES[part])
    early = Planned("08:00", "17:00", (("12:00", "13:00"),))
    service.set_pattern(session, "early", early, YESTERDAY, by=CEDAR, at=now())
    service.assign(session, pine, "early", YESTERDAY, by=CEDAR, at=now())
    by_schedule = {Part.FIRST_HALF: ("13:00", "17:00"), Part.SECOND_HALF: ("08:00", "12:00")}
    assert line(session, pine).planned == Planned(*by_schedule[part])


def test_whoever_has_the_morning_off_is_not_missed_in_it(session: Session) -> None:
    pine = make_house(session)
    grant(session, pine, make_wish(TODAY, part=Part.FIRST_HALF))
    assert [line(session, pine, clock).stays_away for clock in ("10:00", "14:30")] == [False, True]


def test_work_in_the_half_that_is_off_is_asked_and_never_paid_twice(session: Session) -> None:
    pine = make_house(session)
    grant(session, pine, make_wish(YESTERDAY, part=Part.SECOND_HALF))
    come(session, pine, "in 09:00", "break 12:00", "back 13:00", "out 18:00")
    found = queries.line(session, pine, YESTERDAY, at=now())
    assert (found.sheet.worked, found.leave) == (240, 240)
    assert found.sheet.flags == (Flag.PRESENT_NOT_SETTLED,)
    assert [(str(span.start)[11:16], span.minutes) for span in found.sheet.unsettled] == [
        ("05:00", 240)
    ]


def test_two_halves_and_a_day_planned_by_itself_stand_as_they_are(session: Session) -> None:
    pine, usual = make_house(session), Planned("09:00", "18:00")
    grant(session, pine, make_wish(TODAY, part=Part.FIRST_HALF))
    own = Planned("12:00", "17:00", (("14:00", "14:30"),))
    service.plan_day(session, pine, TODAY, own, by=CEDAR, at=now())
    assert line(session, pine).planned == own
    service.plan_day(session, pine, TODAY, None, by=CEDAR, at=now())
    grant(session, pine, make_wish(TODAY, part=Part.SECOND_HALF))
    assert line(session, pine).planned == usual
    assert line(session, pine).on_leave


def test_a_part_timers_half_is_half_of_her_own_day(session: Session) -> None:
    terms = make_terms(weekly_hours=25, shift_start="09:00", shift_end="14:30")
    make_house(session)
    oak = make_house(session, "Oak", terms=terms)
    grant(session, oak, make_wish(TODAY, part=Part.SECOND_HALF))
    assert line(session, oak).planned == Planned("09:00", "11:30")
