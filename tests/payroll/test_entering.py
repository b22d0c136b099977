"""What is entered for pay goes into the payslip, and stays out of closed ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
import time_machine
from sqlalchemy import event
from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance import service as attendance_service
from factory.attendance.domain.slack import Slack
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.payroll import queries, service
from factory.payroll.domain.case import Extra, Insurance
from factory.payroll.domain.entered import Item, MoreThanEarned, NeverTaken, NotHereThen
from factory.payroll.domain.known import Billed, PayFacts, Reported, YearFacts
from factory.payroll.domain.run import RunLocked, last_day
from factory.payroll.queries.cases import Month
from factory.payroll.queries.months import gather, month_of
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import TermsKind, Worker
from factory.people.domain.allowances import Allowance, AllowanceKind
from factory.security import queries as security
from factory.security.domain import SYSTEM
from tests.payroll.build import (
    NOVEMBER,
    OCTOBER,
    approve,
    make_attachment,
    make_entered,
    work,
    work_october,
)
from tests.payroll.closed import close_month, slip_of
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
MEAL = Allowance(AllowanceKind.MEAL, Money(200_000), non_taxable=True, ordinary_wage=True)


def month(session: Session, worker: Worker, first: date = OCTOBER) -> Month:
    found = month_of(session, worker, first, attendance.load(session, first, last_day(first)))
    assert found is not None
    return found


def enter(session: Session, worker: Worker, first: date = OCTOBER, **entry: object) -> None:
    service.enter(session, worker, first, make_entered(**entry), by=SYSTEM, at=now())


def test_allowances_of_the_terms_are_paid(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(allowances=(MEAL,)))
    work_october(session, pine)
    slip = queries.entry(session, pine, OCTOBER).slip
    assert {line.code: line.amount for line in slip.earnings}["allowance.meal"] == 200_000
    assert slip.non_taxable == 200_000


def test_her_family_decides_her_tax(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(kind=TermsKind.MONTHLY, rate=Money(3_000_000)))
    taxed = {
        line.code: line.amount for line in queries.entry(session, pine, OCTOBER).slip.deductions
    }
    assert taxed["income_tax"] == 74_350
    facts = PayFacts(OCTOBER, family_members=2)
    service.set_facts(session, pine, facts, by=SYSTEM, at=now())
    taxed = {
        line.code: line.amount for line in queries.entry(session, pine, OCTOBER).slip.deductions
    }
    assert taxed["income_tax"] == 56_850


def test_facts_hold_from_their_day_on_and_the_newest_counts(session: Session) -> None:
    pine = make_worker(session)
    for since, members in ((OCTOBER, 3), (NOVEMBER, 4), (OCTOBER, 2)):
        facts = PayFacts(since, family_members=members)
        service.set_facts(session, pine, facts, by=SYSTEM, at=now())
    assert month(session, pine).case.person.family_members == 2
    assert month(session, pine, NOVEMBER).case.person.family_members == 4
    assert month(session, pine, date(2026, 9, 1)).case.person.family_members == 1
    assert [facts.family_members for facts in queries.facts_of(session, pine.id)] == [2, 4]


def test_reported_pay_holds_from_its_month_until_it_is_nothing(session: Session) -> None:
    pine = make_worker(session)
    for since, won in ((OCTOBER, 2_300_000), (NOVEMBER, 0)):
        reported = Reported(Insurance.PENSION, since, Money(won))
        service.report_pay(session, pine, reported, by=SYSTEM, at=now())
    assert month(session, pine).case.person.reported_pay == {Insurance.PENSION: 2_300_000}
    assert month(session, pine, NOVEMBER).case.person.reported_pay == {}
    assert len(queries.reported_of(session, pine.id)) == 2


def test_a_year_is_known_from_elsewhere(session: Session) -> None:
    pine = make_worker(session)
    for used in (100, 200):
        year = YearFacts(2026, Money(30_000_000), Money(used))
        service.set_year(session, pine, year, by=SYSTEM, at=now())
    person = month(session, pine).case.person
    assert (person.previous_year_pay, person.exempt_used) == (30_000_000, 200)
    assert len(queries.years_of(session, pine.id)) == 1


def test_an_entry_is_a_line_and_the_newest_one_counts(session: Session) -> None:
    pine = make_worker(session)
    enter(session, pine, amount=Money(100_000))
    enter(session, pine, amount=Money(300_000))
    enter(session, pine, item=Item.LODGING, amount=Money(50_000), agreed_on=OCTOBER)
    assert month(session, pine).case.extras == (
        Extra("bonus.chuseok", 300_000),
        Extra("agreed.lodging", -50_000),
    )
    enter(session, pine, amount=Money(0))
    assert month(session, pine).case.extras == (Extra("agreed.lodging", -50_000),)
    assert month(session, pine, NOVEMBER).case.extras == ()
    (line,) = queries.entries(session, OCTOBER)[pine.id]
    assert (line.by, line.entered.agreed_on) == ("didim", OCTOBER)


def test_what_is_refused_leaves_nothing_behind(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(NeverTaken):
        enter(session, pine, item=Item.TILL)
    assert queries.entries(session, OCTOBER) == {}


def test_an_advance_is_pay_that_is_earned_already(session: Session) -> None:
    pine = make_worker(session)
    work(session, pine, date(2026, 11, 2), date(2026, 11, 23))
    earned = service.earned_so_far(session, pine, NOVEMBER, at=now())
    assert 16 * 8 * 12_000 < earned < 19 * 8 * 12_000
    with pytest.raises(MoreThanEarned) as refused:
        enter(session, pine, NOVEMBER, item=Item.ADVANCE, amount=Money(earned + 1))
    assert refused.value.values["earned"] == Money(earned)
    enter(session, pine, NOVEMBER, item=Item.ADVANCE, amount=Money(earned))
    enter(session, pine, NOVEMBER, item=Item.ADVANCE, amount=Money(earned))


def test_a_month_by_the_month_is_earned_day_by_day(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session, terms=make_terms(kind=TermsKind.MONTHLY, rate=Money(3_000_000)))
    none = PayFacts(OCTOBER, insured=frozenset(), family_members=11)
    service.set_facts(session, pine, none, by=SYSTEM, at=now())
    assert service.earned_so_far(session, pine, NOVEMBER, at=now()) == 2_400_000
    assert service.earned_so_far(session, pine, date(2026, 12, 1), at=now()) == 0
    clock.move_to("2026-12-03T10:00:00+09:00")
    assert service.earned_so_far(session, pine, NOVEMBER, at=now()) == 3_000_000


def test_bills_are_kept_beside_and_can_be_taken_back(session: Session) -> None:
    pine = make_worker(session)
    pension = Billed("national_pension", Money(100_000), Money(100_000))
    health = Billed("health_insurance", Money(80_000), Money(80_000))
    service.bill(session, pine, OCTOBER, [pension, health], by=SYSTEM, at=now())
    assert set(queries.billed(session, OCTOBER)[pine.id]) == {pension, health}
    service.bill(session, pine, OCTOBER, [health], by=SYSTEM, at=now())
    assert queries.billed(session, OCTOBER)[pine.id] == (health,)


def test_a_court_s_attachment_holds_between_its_days(session: Session) -> None:
    pine = make_worker(session)
    paper = make_attachment(first=date(2026, 10, 15), monthly=Money(300_000))
    service.attach(session, pine, paper, by=SYSTEM, at=now())
    assert queries.for_month(session, OCTOBER).attached[pine.id] == (paper,)
    ended = make_attachment(first=date(2026, 10, 15), until=date(2026, 11, 15))
    service.attach(session, pine, ended, by=SYSTEM, at=now())
    assert queries.attachments(session)[pine.id] == (ended,)
    assert queries.for_month(session, NOVEMBER).attached[pine.id] == ()


def test_nothing_is_entered_into_a_closed_month_or_for_who_was_not_here(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(NotHereThen):
        enter(session, pine, date(2026, 8, 1))
    work_october(session, pine)
    approve(session)
    with pytest.raises(RunLocked):
        enter(session, pine)
    with pytest.raises(RunLocked):
        service.bill(session, pine, OCTOBER, [], by=SYSTEM, at=now())
    people_service.leave(session, pine, date(2026, 10, 31), by=SYSTEM, at=now())


def test_the_audit_tells_nobody_of_children_or_debts(session: Session) -> None:
    pine = make_worker(session)
    service.set_facts(session, pine, PayFacts(OCTOBER, 4, 2), by=SYSTEM, at=now())
    service.attach(session, pine, make_attachment(), by=SYSTEM, at=now())
    (later, earlier, *_) = security.audit(session)
    assert (later.what, later.thing) == (earlier.what, earlier.thing)
    assert later.thing == f"worker {pine.number}"


def test_a_run_reads_each_kind_once_however_many_work_here(session: Session) -> None:
    def statements(people: int) -> int:
        for number in range(people):
            make_worker(session, f"Pine {number}", terms=make_terms(kind=TermsKind.PIECE))
        book, seen = attendance.load(session, OCTOBER, last_day(OCTOBER)), []
        connection = session.connection()
        listen = lambda *given: seen.append(given[2])  # noqa: E731
        event.listen(connection, "before_cursor_execute", listen)
        gather(session, OCTOBER, book)
        event.remove(connection, "before_cursor_execute", listen)
        return len(seen)

    assert statements(1) == statements(5) <= 13


def billed_lines(session: Session, worker: Worker) -> dict[str, int]:
    slip = queries.entry(session, worker, OCTOBER).slip
    return {line.code: line.amount for line in slip.deductions}


def test_a_bill_stands_in_place_of_what_was_calculated_and_both_are_told(session: Session) -> None:
    pine = make_worker(session)
    work_october(session, pine)
    before = billed_lines(session, pine)["national_pension"]
    bill = Billed("national_pension", Money(100_000), Money(101_000))
    service.bill(session, pine, OCTOBER, [bill], by=SYSTEM, at=now())
    slip = queries.entry(session, pine, OCTOBER).slip
    assert billed_lines(session, pine)["national_pension"] == 100_000
    assert {line.code: line.amount for line in slip.employer}["national_pension"] == 101_000
    (why,) = (each for each in slip.explain if each["code"] == "national_pension")
    assert [each["value"] for each in why["inputs"]] == [100_000, before]


def test_what_was_billed_though_nothing_was_calculated_is_taken_too(session: Session) -> None:
    pine = make_worker(session, hired=date(2026, 10, 12), terms=make_terms(since=OCTOBER))
    work(session, pine, date(2026, 10, 12), date(2026, 10, 30))
    assert "national_pension" not in billed_lines(session, pine)
    bill = Billed("national_pension", Money(100_000), Money(100_000))
    service.bill(session, pine, OCTOBER, [bill], by=SYSTEM, at=now())
    assert billed_lines(session, pine)["national_pension"] == 100_000


def test_a_court_takes_no_more_than_the_law_lets_it(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(kind=TermsKind.MONTHLY, rate=Money(4_000_000)))
    service.attach(session, pine, make_attachment(), by=SYSTEM, at=now())
    slip = queries.entry(session, pine, OCTOBER).slip
    taken = billed_lines(session, pine)["garnishment"]
    assert 0 < taken < slip.net
    limited = make_attachment(monthly=Money(100_000))
    service.attach(session, pine, limited, by=SYSTEM, at=now())
    assert billed_lines(session, pine)["garnishment"] == 100_000


def test_a_production_worker_s_exempt_pay_is_carried_from_month_to_month(
    session: Session,
) -> None:
    pine = make_worker(session)
    slips = {date(2026, 9, 1): 90_000, date(2025, 12, 1): 70_000}
    for first, won in slips.items():
        close_month(session, {pine: replace(slip_of(2_000_000), exempt=won)}, first)
    service.set_facts(session, pine, PayFacts(OCTOBER, production_worker=True), by=SYSTEM, at=now())
    person = month(session, pine).case.person
    assert (person.exempt_used, person.previous_year_pay) == (90_000, 2_000_000)
    assert month(session, pine, date(2027, 1, 1)).case.person.exempt_used == 0


def test_days_on_which_the_factory_rested_are_paid(session: Session) -> None:
    for number in range(4):
        make_worker(session, f"Ash {number}")
    pine = make_worker(session)
    close_month(session, {pine: slip_of(2_400_000)}, date(2026, 9, 1))
    friday = date(2026, 10, 16)
    attendance_service.close_for_us(session, [friday], Slack.NO_ORDERS, by=SYSTEM, at=now())
    found = month(session, pine)
    assert found.case.shutdowns == {friday: 8}
    work(session, pine, date(2026, 10, 1), date(2026, 10, 15))
    found = month(session, pine)
    assert found.case.average_daily is not None
    earned = 2_400_000 + 11 * 8 * 12_000 + 2 * 8 * 12_000
    assert found.case.average_daily >= Fraction(earned - 1_000_000, 45)
    lines = {line.code: line.amount for line in queries.entry(session, pine, OCTOBER).slip.earnings}
    assert 0 < lines["shutdown_pay"] <= 8 * 12_000


def test_the_average_is_not_guessed_where_a_month_is_missing(session: Session) -> None:
    pine = make_worker(session)
    friday = date(2026, 10, 16)
    attendance_service.close_for_us(session, [friday], Slack.NO_ORDERS, by=SYSTEM, at=now())
    assert month(session, pine).case.average_daily is None


def test_unused_leave_goes_into_the_last_pay(session: Session) -> None:
    for number in range(5):
        make_worker(session, f"Ash {number}", hired=date(2026, 1, 2))
    pine = make_worker(session, hired=date(2026, 1, 2), terms=make_terms(since=date(2026, 1, 2)))
    assert month(session, pine).case.unused_leave == 0
    people_service.leave(session, pine, date(2026, 10, 15), by=SYSTEM, at=now())
    pine = people.worker(session, pine.id)
    assert month(session, pine).case.unused_leave == 9
