"""What nobody may settle: overtime of whoever is spared it, days she came, closed nights."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.approved import State
from factory.attendance.domain.slack import SheCame
from factory.attendance.domain.watch import SparedFromNight, SparedFromOvertime
from factory.kernel.time import DAY, Interval, at, now
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.guards import Spared
from factory.timeclock import service as clock
from factory.timeclock.domain.asking import PeriodClosed
from tests.attendance.days import CEDAR, LONG, PLAIN, TODAY, YESTERDAY, come, herself, somebody
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")


def wall(start: str, end: str, day: date = YESTERDAY) -> Interval:
    return Interval(at(day, start), at(day, end))


def line(session: Session, worker: Worker) -> queries.DayLine:
    return queries.line(session, worker, YESTERDAY, at=now())


def decide(session: Session, worker: Worker, span: Interval) -> None:
    service.decide(session, worker, span, "swept the floor", worked=True, by=CEDAR, at=now())


def test_whoever_came_did_not_ask_for_the_day(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    with pytest.raises(SheCame):
        service.ask_off(session, [YESTERDAY], [pine], "", by=CEDAR, at=now())
    assert line(session, pine).state is State.APPROVED


def test_overtime_to_come_is_not_approved_for_whoever_is_spared_it(session: Session) -> None:
    pine = make_worker(session)
    people.spare(session, pine, Spared(TODAY), by=CEDAR, at=now())
    with pytest.raises(SparedFromOvertime):
        decide(session, pine, wall("18:00", "19:00", TODAY + DAY))
    with pytest.raises(SparedFromNight):
        decide(session, pine, wall("22:00", "23:00", TODAY + DAY))
    decide(session, pine, wall("10:00", "11:00", TODAY + DAY))


def test_what_was_worked_against_the_law_is_worked_all_the_same(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    people.spare(session, pine, Spared(YESTERDAY), by=CEDAR, at=now())
    decide(session, pine, wall("18:00", "18:20"))
    assert line(session, pine).sheet.worked == 500


def test_a_night_of_a_locked_month_stays_closed_after_midnight(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(shift_start="18:00", shift_end="23:00"))
    come(session, pine, "in 18:00", day=YESTERDAY)
    come(session, pine, "out 02:00", day=TODAY)
    clock.lock(session, YESTERDAY, by=CEDAR, at=now())
    after = wall("00:30", "01:00", TODAY)
    with pytest.raises(PeriodClosed):
        decide(session, pine, after)
    with pytest.raises(PeriodClosed):
        service.claim(session, pine, after, by=herself(pine), at=now())
