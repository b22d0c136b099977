"""What pay reads of days: what was approved, and first what still has to be decided."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.approved import State
from factory.attendance.domain.month import Mark
from factory.kernel.time import DAY, Interval, at, month_of, now
from factory.leave import queries as leave
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.guards import Consent, ConsentKind
from factory.timeclock import queries as clock_queries
from factory.timeclock import service as clock
from tests.attendance.days import CEDAR, LONG, PLAIN, TODAY, YESTERDAY, come, somebody

pytestmark = pytest.mark.usefixtures("clock")


def decide(session: Session, worker: Worker, start: str, end: str, *, worked: bool) -> None:
    span = Interval(at(YESTERDAY, start), at(YESTERDAY, end))
    service.decide(session, worker, span, "swept the floor", worked=worked, by=CEDAR, at=now())


def for_pay(session: Session, worker: Worker) -> queries.ForPay:
    return queries.for_pay(queries.load(session, YESTERDAY, YESTERDAY), worker, YESTERDAY, TODAY)


def test_what_pay_reads_is_what_was_approved(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    found = for_pay(session, pine)
    assert found.open_days == (YESTERDAY,)
    (shift,) = found.shifts
    assert shift.worked_minutes == 480
    decide(session, pine, "08:40", "09:00", worked=False)
    decide(session, pine, "18:00", "18:20", worked=True)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    found = for_pay(session, pine)
    assert (found.open_days, found.shifts[0].worked_minutes) == ((), 500)


def take_all_back(session: Session, worker: Worker, day: date = YESTERDAY) -> None:
    for punch in clock_queries.punches(session, worker.id, day):
        clock.take_back(session, worker, punch.id, "not hers", by=CEDAR, at=now())


def test_a_closed_day_whose_punches_were_all_taken_back_is_decided_anew(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    take_all_back(session, pine)
    found = for_pay(session, pine)
    assert found.open_days == (YESTERDAY,)
    assert [shift.worked_minutes for shift in found.shifts] == [480]  # as long as it is approved
    assert queries.first_open_day(session, at=now()) == YESTERDAY
    assert queries.line(session, pine, YESTERDAY, at=now()).state is State.CHANGED
    (hers,) = queries.own_days(session, pine, YESTERDAY, TODAY, at=now())
    assert hers.state is State.CHANGED
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    found = for_pay(session, pine)
    assert (found.open_days, found.shifts) == ((), ())
    assert leave.missed(session, pine.id) == {YESTERDAY}
    assert queries.first_open_day(session, at=now()) == TODAY


def test_a_day_changed_since_it_was_closed_is_the_first_to_look_at(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert queries.first_open_day(session, at=now()) == TODAY
    decide(session, pine, "17:00", "18:00", worked=False)
    come(session, pine, "in 20:00")
    assert queries.first_open_day(session, at=now()) == YESTERDAY


def test_a_missed_day_is_undecided_until_somebody_closes_it(session: Session) -> None:
    pine, monday = somebody(session, "Pine"), YESTERDAY
    come(session, pine, "in 09:00", day=TODAY)
    book = queries.load(session, monday, TODAY)
    assert queries.for_pay(book, pine, monday, TODAY).undecided == (monday,)
    service.close_day(session, monday, by=CEDAR, at=now())
    book = queries.load(session, monday, TODAY)
    found = queries.for_pay(book, pine, monday, TODAY)
    assert (found.undecided, found.absences) == ((), (monday,))


def test_a_silent_month_is_decided_by_somebody_and_not_paid_in_silence(session: Session) -> None:
    pine = somebody(session, "Pine", hired=date(2026, 9, 1))
    first, last = date(2026, 11, 16), YESTERDAY
    book = queries.load(session, first, last)
    found = queries.for_pay(book, pine, first, last)
    assert len(found.undecided) == 6
    for day in found.undecided:
        service.close_day(session, day, by=CEDAR, at=now())
    after = queries.for_pay(queries.load(session, first, last), pine, first, last)
    assert (after.undecided, after.absences) == ((), found.undecided)


def test_whoever_keeps_her_own_hours_is_missed_by_nobody(session: Session) -> None:
    pine = somebody(session, "Pine")
    word = Consent(ConsentKind.OWN_HOURS, YESTERDAY, given=True, how="in the contract")
    people.consent(session, pine, word, by=CEDAR, at=now())
    found = for_pay(session, pine)
    assert (found.undecided, found.absences) == ((), ())
    assert not queries.line(session, pine, YESTERDAY, at=now()).stays_away
    row = queries.hers(session, pine, month_of(YESTERDAY), at=now())
    before = YESTERDAY - DAY
    assert {c.mark for c in row.cells if before < c.day.date < TODAY} == {Mark.FREE}
    back = Consent(ConsentKind.OWN_HOURS, TODAY, given=False, how="by word")
    people.consent(session, pine, back, by=CEDAR, at=now())
    assert for_pay(session, pine).undecided == (TODAY,)
