"""A closed day of which nothing was heard since need not be reckoned anew; all others are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.sheet import Sheet
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, days, month_of, now
from factory.leave import service as leave
from factory.leave.domain import Answer, LeaveKind, Wish
from factory.people import service as people
from factory.people.domain import WEEK, Worker
from factory.production.records import ScanRow
from factory.security.domain import SYSTEM
from factory.timeclock import service as clock
from factory.timeclock.domain import PunchKind
from factory.timeclock.records import PunchRow
from tests.attendance.days import CEDAR, LONG, PLAIN, come, herself
from tests.lawbook import build as lawbook
from tests.people.build import make_terms, make_worker
from tests.production.build import make_bundle

pytestmark = pytest.mark.usefixtures("clock")
MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
WEDNESDAY = date(2026, 11, 18)
LATER = timedelta(hours=1)
Change = Callable[[Session, Worker], object]


def make_house(session: Session) -> tuple[Worker, Worker]:
    """Six people, of whom two came all week until Friday; their days are closed."""
    for number in range(4):
        make_worker(session, f"Other {number}")
    pine, oak = make_worker(session, "Pine"), make_worker(session, "Oak")
    for day in days(MONDAY, FRIDAY):
        come(session, pine, *PLAIN, day=day)
        come(session, oak, *(LONG if day == WEDNESDAY else PLAIN), day=day)
    service.settle_rest(session, WEDNESDAY, "shower", by=CEDAR, at=now())
    for day in days(MONDAY, FRIDAY):
        service.close_day(session, day, by=CEDAR, at=now() + timedelta(minutes=1))
    return pine, oak


def standing(session: Session) -> set[str]:
    """Whose closed days stand, after everybody's days were compared with those reckoned anew."""
    closed = queries.load_closed(session, MONDAY, FRIDAY)
    anew = queries.load(session, MONDAY, FRIDAY)
    for worker in anew.everybody:
        assert bare(closed.sheet(worker)) == bare(anew.sheet(worker))
        assert queries.for_pay(closed, worker, MONDAY, FRIDAY) == queries.for_pay(
            anew, worker, MONDAY, FRIDAY
        )
        for found in anew.sheet(worker).days:
            assert closed.state(worker, found) is anew.state(worker, found)
    month = month_of(MONDAY)
    for row in queries.grid(session, month, at=now()).rows:
        hers = queries.hers(session, row.worker, month, at=now())
        assert row.sums == hers.sums
        assert [each.mark for each in row.cells] == [each.mark for each in hers.cells]
    return {worker.name for worker in closed.everybody if worker.id in closed.standing}


def bare(sheet: Sheet) -> Sheet:
    """The same without its shifts."""
    return Sheet(tuple(replace(day, shifts=()) for day in sheet.days), sheet.weeks)


def test_closed_days_of_which_nothing_was_heard_stand(session: Session) -> None:
    make_house(session)
    assert {"Pine", "Oak"} <= standing(session)


def test_of_whoever_stands_no_punch_of_a_closed_day_is_read(session: Session) -> None:
    pine, _ = make_house(session)
    book = queries.load_closed(session, MONDAY, FRIDAY)
    assert min(punch.at for punch in book.punches[pine.id]) >= at(date(2026, 11, 19), "00:00")
    assert [day.worked for day in book.sheet(pine).days] == [480] * 5


def punch(kind: PunchKind, wall: str) -> Change:
    def change(session: Session, worker: Worker) -> None:
        moment = at(WEDNESDAY, wall)
        clock.correct(session, worker, kind, moment, "forgotten", by=CEDAR, at=now() + LATER)

    return change


def take_back(session: Session, worker: Worker) -> None:
    which = select(PunchRow.id).where(
        PunchRow.worker_id == worker.id, PunchRow.at == at(WEDNESDAY, "18:00")
    )
    number = session.scalars(which).one()
    clock.take_back(session, worker, number, "a slip", by=CEDAR, at=now() + LATER)


def swap_a_punch(session: Session, worker: Worker) -> None:
    """As many punches as before, and another day all the same."""
    take_back(session, worker)
    punch(PunchKind.OUT, "17:00")(session, worker)


def claim(session: Session, worker: Worker) -> None:
    span = Interval(at(WEDNESDAY, "17:00"), at(WEDNESDAY, "18:00"))
    service.claim(session, worker, span, "sewing", by=herself(worker), at=now() + LATER)


def decide(session: Session, worker: Worker) -> None:
    span = Interval(at(WEDNESDAY, "17:00"), at(WEDNESDAY, "18:00"))
    service.decide(session, worker, span, "a talk", worked=False, by=CEDAR, at=now() + LATER)


def scan(session: Session, worker: Worker) -> None:
    bundle, moment = make_bundle(session), at(WEDNESDAY, "12:30")
    one = {"bundle": bundle.code, "operation": "S01", "worker_id": worker.id, "good": 1}
    when = {"at": moment, "received": now() + LATER, "day": WEDNESDAY}
    how = {"id": new_id(), "rejected": 0, "source": "page", "by": "Cedar", "rate": Money(100)}
    session.execute(insert(ScanRow), [one | when | how])


def plan(session: Session, worker: Worker) -> None:
    planned = Planned("09:00", "17:00")
    service.plan_day(session, worker, WEDNESDAY, planned, by=CEDAR, at=now() + LATER)


def change_pattern(session: Session, worker: Worker) -> None:
    early = Planned("08:00", "17:00")
    service.set_pattern(session, "early", early, MONDAY, by=CEDAR, at=now() + LATER)
    service.assign(session, worker, "early", MONDAY, by=CEDAR, at=now() + LATER)


def change_terms(session: Session, worker: Worker) -> None:
    shorter = make_terms(since=WEDNESDAY, weekly_hours=20, work_days=WEEK[:4])
    people.change_terms(session, worker, shorter, by=SYSTEM, at=now() + LATER)


def grant_leave(session: Session, worker: Worker) -> None:
    wish = Wish(LeaveKind.UNPAID, WEDNESDAY, WEDNESDAY)
    found = leave.ask(session, worker, wish, by=herself(worker), at=now() + LATER)
    leave.answer(session, found.id, Answer.GRANTED, by=CEDAR, at=now() + LATER)


def decree(session: Session, worker: Worker) -> None:
    lawbook.decree(session, WEDNESDAY)


def reopen(session: Session, worker: Worker) -> None:
    service.reopen(session, worker, WEDNESDAY, "a mistake", by=CEDAR, at=now() + LATER)


CHANGES = {
    "a second shift": punch(PunchKind.IN, "20:00"),
    "a punch taken back": take_back,
    "a punch for another": swap_a_punch,
    "a claim": claim,
    "a decision": decide,
    "a scan in the break": scan,
    "a plan": plan,
    "a pattern": change_pattern,
    "terms": change_terms,
    "leave": grant_leave,
    "a decreed holiday": decree,
    "opened again": reopen,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_entered_since_lets_her_days_be_reckoned_anew(
    session: Session, change: Change
) -> None:
    pine, _ = make_house(session)
    change(session, pine)
    session.flush()
    assert "Pine" not in standing(session)


def test_what_concerns_one_leaves_the_others_as_they_are(session: Session) -> None:
    pine, _ = make_house(session)
    claim(session, pine)
    assert "Oak" in standing(session)


def test_a_shift_over_midnight_is_reckoned_whenever_somebody_looks(session: Session) -> None:
    pine, _ = make_house(session)
    come(session, pine, "in 22:00", day=date(2026, 11, 21))
    come(session, pine, "out 02:00", day=date(2026, 11, 22))
    whole = Interval(at(date(2026, 11, 21), "22:00"), at(date(2026, 11, 22), "02:00"))
    service.decide(session, pine, whole, "urgent", worked=True, by=CEDAR, at=now())
    service.close_day(session, date(2026, 11, 21), by=CEDAR, at=now() + LATER)
    assert "Pine" not in standing(session)
