"""Leave of the invented season: asked in time, answered, and in the end some that waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.kernel.time import at, day_of
from factory.leave import queries
from factory.leave.domain import Answer, LeaveKind
from factory.people.domain import TermsKind
from seed_data import away, opening
from seed_data.acts import Act, FellIll, Hired, LeaveAnswered, LeaveAsked, Punched
from seed_data.entering import enter
from seed_data.ledger import Ledger
from seed_data.orders import Make
from seed_data.people import Person
from seed_data.working_days import is_working_day, working_days
from tests.seed_data.build import Told, chance, house, person, told

DAYS = working_days(date(2026, 11, 24), 60)
WOOL = Make("W-2601", ("44",), ("BK",), 189_000)


@pytest.fixture(scope="module")
def season() -> Told:
    """A season of a dozen people."""
    return told(seed=1, at=house(workers=12, days=20, orders=5))


def acts(season: Told) -> list[Act]:
    return [act for day in season.acts for act in day]


def test_leave_is_asked_three_days_before_and_answered_on_the_next() -> None:
    pine, leave = person(), {1: frozenset({10})}
    found = {turn: list(away.asked([pine], leave, DAYS, turn)) for turn in range(15)}
    assert [type(act) for act in found[7]] == [LeaveAsked]
    assert [type(act) for act in found[8]] == [LeaveAnswered]
    assert {act.day for turn in (7, 8) for act in found[turn]} == {DAYS[10]}
    assert sum(map(len, found.values())) == 2


def test_whoever_has_just_begun_asks_and_is_answered_on_her_first_day() -> None:
    pine, leave = person(first_day=9), {1: frozenset({10})}
    found = list(away.asked([pine], leave, DAYS, 9))
    assert [type(act) for act in found] == [LeaveAsked, LeaveAnswered]
    assert found[0].at < found[1].at


def test_nobody_comes_on_a_day_she_asked_for(season: Told) -> None:
    asked = {(a.person.number, a.day) for a in acts(season) if isinstance(a, LeaveAnswered)}
    came = {(a.person.number, day_of(a.at)) for a in acts(season) if isinstance(a, Punched)}
    assert asked
    assert not asked & came


def test_whoever_is_ill_did_not_come(season: Told) -> None:
    ill = {(a.person.number, day_of(a.at)) for a in acts(season) if isinstance(a, FellIll)}
    came = {(a.person.number, day_of(a.at)) for a in acts(season) if isinstance(a, Punched)}
    assert not ill & came


def test_in_the_end_two_requests_for_working_days_to_come_wait(season: Told) -> None:
    last = season.season.house.days[-1]
    found = [a for a in season.acts[-1] if isinstance(a, LeaveAsked)]
    assert len(found) == away.WAITING
    assert all(is_working_day(a.day) and a.day > last + timedelta(days=7) for a in found)
    alone = list(away.waiting([person()], last, 5))
    assert len(alone) == 1


def entered(session: Session, people: list[Person], *told_acts: Act) -> Ledger:
    ledger = Ledger()
    opening.fill(session, ledger, chance(), at(DAYS[0], "07:30"))
    ledger.operations = catalogue.routing(session, WOOL.style).steps
    hired = [Hired(at=at(DAYS[0], "08:00"), person=one, day=DAYS[0]) for one in people]
    for act in (*hired, *told_acts):
        enter(act, session, ledger)
    return ledger


def test_before_a_month_is_over_leave_is_without_pay_and_then_annual(session: Session) -> None:
    people = [person(number=n, name=f"참나무{n}", stations=()) for n in range(1, 6)]
    pine, early, late = people[0], DAYS[5], DAYS[40]
    ledger = entered(
        session,
        people,
        LeaveAsked(at=at(DAYS[2], "12:10"), person=pine, day=early, note="집에 일이 있어요"),
        LeaveAnswered(at=at(DAYS[3], "16:40"), person=pine, day=early),
        LeaveAsked(at=at(DAYS[37], "12:10"), person=pine, day=late),
    )
    first, second = queries.requests_of(session, ledger.workers[1])
    assert (first.wish.kind, first.answer) == (LeaveKind.UNPAID, Answer.GRANTED)
    assert (second.wish.kind, second.answer) == (LeaveKind.ANNUAL, Answer.OPEN)
    assert (first.answered_by, first.wish.note) == ("삼나무", "집에 일이 있어요")


def test_an_ill_day_is_entered_and_granted(session: Session) -> None:
    ill = person(kind=TermsKind.MONTHLY, rate=3_000_000, stations=())
    ledger = entered(session, [ill], FellIll(at=at(DAYS[4], "09:25"), person=ill))
    (leave,) = queries.on_leave(session, DAYS[0], DAYS[-1])
    assert (leave.worker, leave.day) == (ledger.workers[1], DAYS[4])
    (asked,) = queries.requests_of(session, leave.worker)
    assert asked.wish.kind is LeaveKind.SICK


def test_the_house_gives_days_for_family_events(session: Session) -> None:
    entered(session, [])
    rules = queries.house_rules(session)
    assert {(rule.event, rule.days) for rule in rules} == set(opening.HOUSE_LEAVE)
    assert all(rule.paid for rule in rules)
