"""The close of a day: who is asked first, who may still come, who missed it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.approved import DayOpen, State
from factory.attendance.domain.day import Flag
from factory.attendance.domain.plan import OFF
from factory.attendance.domain.slack import Slack
from factory.attendance.queries import DayLine
from factory.kernel.time import at, now
from factory.leave import queries as leave
from factory.leave.domain import Answer, LeaveKind, Part
from factory.leave.service import answer
from factory.people.domain import Worker
from factory.security.domain import SYSTEM
from tests.attendance.days import CEDAR, PLAIN, TODAY, YESTERDAY, come
from tests.leave.build import ask, grant, make_house, make_wish
from tests.people.build import FIRST, make_leader, make_terms, make_worker

LATE = at(TODAY, "23:00")
pytestmark = pytest.mark.usefixtures("clock")


def line(session: Session, worker: Worker) -> DayLine:
    return queries.line(session, worker, YESTERDAY, at=now())


def test_a_day_missed_without_leave_is_noted_at_its_close_and_no_more_when_she_came(
    session: Session,
) -> None:
    pine = make_worker(session)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert leave.missed(session, pine.id) == {YESTERDAY}
    come(session, pine, *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert leave.missed(session, pine.id) == frozenset()


def test_a_day_on_which_the_factory_rests_is_missed_by_nobody(session: Session) -> None:
    pine = make_worker(session)
    service.close_for_us(session, [YESTERDAY], Slack.NO_ORDERS, by=CEDAR, at=now())
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert leave.missed(session, pine.id) == frozenset()


def test_a_day_closed_as_missed_is_so_no_more_where_the_factory_rested_after_all(
    session: Session,
) -> None:
    pine, oak = make_worker(session, "Pine"), make_worker(session, "Oak")
    for worker in (pine, oak):
        come(session, worker, "in 09:00", day=TODAY)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert absences(session, pine) == (YESTERDAY,)
    service.close_for_us(session, [YESTERDAY], Slack.NO_POWER, [pine], by=CEDAR, at=now())
    service.plan_day(session, oak, YESTERDAY, OFF, by=CEDAR, at=now())
    for worker in (pine, oak):
        assert leave.missed(session, worker.id) == frozenset()
        assert absences(session, worker) == ()


def test_a_day_she_asked_for_without_leave_is_missed_in_leave_and_pay_alike(
    session: Session,
) -> None:
    pine = make_worker(session)
    service.take_off(session, pine, YESTERDAY, "a wedding", by=CEDAR, at=now())
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert leave.missed(session, pine.id) == {YESTERDAY} == set(absences(session, pine))


def test_a_day_for_which_leave_was_asked_is_closed_when_somebody_has_answered(
    session: Session,
) -> None:
    pine = make_house(session, hired=FIRST, terms=make_terms(since=FIRST))
    asked = [ask(session, pine, make_wish(YESTERDAY, kind=LeaveKind.MENSTRUAL))]
    asked.append(ask(session, pine, make_wish(TODAY)))
    for request in asked:
        day = request.wish.first
        assert pine.name in service.close_ready(session, day, by=CEDAR, at=LATE).waiting
        answer(session, request.id, Answer.GRANTED, by=CEDAR, at=LATE)
        assert pine.id in {
            each.worker for each in service.close_ready(session, day, by=CEDAR, at=LATE).days
        }
    assert leave.missed(session, pine.id) == frozenset()


def test_leave_that_is_granted_later_makes_a_missed_day_attended(session: Session) -> None:
    pine = make_house(session, hired=FIRST, terms=make_terms(since=FIRST))
    come(session, pine, "in 09:00", day=TODAY)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    as_of = date(2026, 12, 1)
    assert leave.ledger(session, pine.id, as_of).days(arisen(session, pine, as_of)) == "2"
    grant(session, pine, make_wish(YESTERDAY))
    assert leave.ledger(session, pine.id, as_of).days(arisen(session, pine, as_of)) == "3"
    assert absences(session, pine) == ()


def test_whoever_does_not_use_the_clock_is_not_absent_in_pay_by_the_clock_alone(
    session: Session,
) -> None:
    pine = make_leader(session)
    make_worker(session, "Cedar")
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert absences(session, pine) == ()
    service.take_off(session, pine, YESTERDAY, "a wedding", by=CEDAR, at=now())
    assert absences(session, pine) == (YESTERDAY,)


def test_a_day_with_half_of_it_on_leave_is_not_deducted_as_a_whole_one(session: Session) -> None:
    pine = make_house(session)
    come(session, pine, "in 09:00", day=TODAY)
    grant(session, pine, make_wish(YESTERDAY, part=Part.FIRST_HALF))
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert absences(session, pine) == ()


def absences(session: Session, worker: Worker) -> tuple[date, ...]:
    book = queries.load(session, YESTERDAY, YESTERDAY)
    return queries.for_pay(book, worker, YESTERDAY, YESTERDAY).absences


def arisen(session: Session, worker: Worker, as_of: date) -> int:
    return leave.ledger(session, worker.id, as_of).arisen


def test_whoever_may_still_come_today_keeps_her_day_open(session: Session) -> None:
    make_worker(session)
    with pytest.raises(DayOpen):
        service.close_day(session, TODAY, by=CEDAR, at=now())
    evening = at(TODAY, "18:00")
    (day,) = service.close_day(session, TODAY, by=CEDAR, at=evening).days
    assert day.worked == 0


def test_work_on_a_day_of_leave_is_asked_before_the_day_is_closed(session: Session) -> None:
    pine = make_house(session)
    kept = grant(session, pine, make_wish(YESTERDAY))
    come(session, pine, *PLAIN)
    assert Flag.WORK_ON_LEAVE in line(session, pine).sheet.flags
    assert line(session, pine).state is State.OPEN
    answer(session, kept.id, Answer.REFUSED, "she came to work", by=SYSTEM, at=now())
    assert line(session, pine).state is State.READY
