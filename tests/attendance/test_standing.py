"""A closed day of which nothing was heard since need not be reckoned anew; all others are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.day import Flag
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.sheet import Sheet
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import DAY, Interval, at, day_of, days, month_of, now
from factory.leave import service as leave
from factory.leave.domain import Answer, LeaveKind, Wish
from factory.people import service as people
from factory.people.domain import WEEK, Worker
from factory.production.domain.pay import PayMode
from factory.production.records import ScanRow
from factory.security.domain import SYSTEM
from factory.timeclock import service as clock
from factory.timeclock.domain import PunchKind
from factory.timeclock.records import PunchRow
from tests.attendance.days import CEDAR, LONG, PLAIN, come, herself
from tests.conftest import Kept
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


@pytest.fixture
def house(kept: Kept) -> tuple[Worker, Worker]:
    """Pine and Oak, whose week is closed."""
    return kept(make_house)


def standing(session: Session) -> dict[str, set[date]]:
    """Whose days stand, after everybody's days were compared with those reckoned anew."""
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
    return {worker.name: set(closed.standing[worker.id]) for worker in closed.everybody}


def bare(sheet: Sheet) -> Sheet:
    """The same without its shifts."""
    return Sheet(tuple(replace(day, shifts=()) for day in sheet.days), sheet.weeks)


WEEK_DAYS = set(days(MONDAY, FRIDAY))


def test_closed_days_of_which_nothing_was_heard_stand(
    house: tuple[Worker, Worker], session: Session
) -> None:
    stand = standing(session)
    assert (stand["Pine"], stand["Oak"]) == (WEEK_DAYS, WEEK_DAYS)


def test_of_a_day_that_stands_no_punch_is_read(
    house: tuple[Worker, Worker], session: Session
) -> None:
    pine, _ = house
    book = queries.load_closed(session, MONDAY, FRIDAY)
    assert not book.punches
    assert [day.worked for day in book.sheet(pine).days] == [480] * 5


def test_of_an_open_day_its_own_punches_are_read_and_those_of_the_next(
    house: tuple[Worker, Worker], session: Session
) -> None:
    pine, oak = house
    punch(PunchKind.IN, "20:00")(session, pine)
    book = queries.load_closed(session, MONDAY, FRIDAY)
    assert {day_of(each.at) for each in book.punches[pine.id]} == {WEDNESDAY, WEDNESDAY + DAY}
    assert oak.id not in book.punches
    assert book.standing[pine.id] == WEEK_DAYS - {WEDNESDAY}


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
    how = {"id": new_id(), "rejected": 0, "source": "page", "by": "Cedar"}
    what = {"rate": Money(100), "pay": PayMode.PIECE}
    session.execute(insert(ScanRow), [one | when | how | what])


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


SEVERAL = {"a pattern": WEEK_DAYS, "terms": {WEDNESDAY, WEDNESDAY + DAY, FRIDAY}}
"""What concerns more than the one day."""


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_entered_since_lets_that_day_be_reckoned_anew(
    house: tuple[Worker, Worker], session: Session, name: str
) -> None:
    pine, _ = house
    CHANGES[name](session, pine)
    session.flush()
    assert standing(session)["Pine"] == WEEK_DAYS - SEVERAL.get(name, {WEDNESDAY})


def test_what_concerns_one_leaves_the_others_as_they_are(
    house: tuple[Worker, Worker], session: Session
) -> None:
    pine, _ = house
    claim(session, pine)
    assert standing(session)["Oak"] == WEEK_DAYS


SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)


@pytest.fixture
def night(house: tuple[Worker, Worker], session: Session) -> Worker:
    """Pine, at work in a night from Saturday on, of which both days are closed."""
    pine, _ = house
    come(session, pine, "in 22:00", day=SATURDAY)
    come(session, pine, "out 02:00", day=SUNDAY)
    whole = Interval(at(SATURDAY, "22:00"), at(SUNDAY, "02:00"))
    service.decide(session, pine, whole, "urgent", worked=True, by=CEDAR, at=now())
    service.close_day(session, SATURDAY, by=CEDAR, at=now() + LATER)
    return pine


def test_a_shift_over_midnight_is_reckoned_whenever_somebody_looks(
    night: Worker, session: Session
) -> None:
    assert standing(session)["Pine"] == WEEK_DAYS


def test_a_day_in_which_a_night_ends_is_reckoned_whenever_somebody_looks(
    night: Worker, session: Session
) -> None:
    pine = night
    come(session, pine, "in 09:00", "out 12:00", day=SUNDAY)
    morning = Interval(at(SUNDAY, "09:00"), at(SUNDAY, "12:00"))
    service.decide(session, pine, morning, "urgent", worked=True, by=CEDAR, at=now())
    service.close_day(session, SUNDAY, by=CEDAR, at=now() + LATER)
    number = session.scalars(select(PunchRow.id).where(PunchRow.at == at(SATURDAY, "22:00"))).one()
    clock.take_back(session, pine, number, "a slip", by=CEDAR, at=now() + 2 * LATER)
    assert standing(session)["Pine"] == WEEK_DAYS
    found = {day.date: day for day in queries.load_closed(session, MONDAY, SUNDAY).days(pine)}
    assert Flag.MISSING_IN in found[SUNDAY].flags


def test_a_night_that_is_entered_late_opens_both_its_days(
    house: tuple[Worker, Worker], session: Session
) -> None:
    pine, _ = house
    clock.correct(
        session, pine, PunchKind.IN, at(WEDNESDAY, "23:00"), "forgotten", by=CEDAR, at=now()
    )
    thursday = WEDNESDAY + DAY
    clock.correct(
        session, pine, PunchKind.OUT, at(thursday, "01:00"), "forgotten", by=CEDAR, at=now()
    )
    assert standing(session)["Pine"] == WEEK_DAYS - {WEDNESDAY, thursday}
