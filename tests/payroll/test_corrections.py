"""A closed month that turns out wrong: both payslips stay, the next run pays the difference."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.attendance.domain.approved import DayOpen
from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, now
from factory.kernel.words import tell
from factory.payroll import queries, records, service
from factory.payroll.domain.compare import steps
from factory.payroll.domain.correction import (
    AnotherMonth,
    Late,
    LateAmount,
    LateDay,
    LateDecision,
    LatePunch,
    LateTerms,
    NotClosed,
    OnlyEarned,
    WhatWasIt,
    WhyCorrected,
    WrongPunch,
)
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.late import (
    BreakOutside,
    NoAmountGiven,
    NoDayGiven,
    NoRateGiven,
    NoTimesGiven,
)
from factory.payroll.routes.places import place_of
from factory.people import queries as people
from factory.people import service as hiring
from factory.people.domain import TermsKind, Worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, Actor, Role
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import NotYourOwn, PunchKind
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import (
    DAY,
    NOVEMBER,
    OCTOBER,
    WILLOW,
    approve,
    calculate,
    miss,
    punch,
    work,
    work_october,
)
from tests.payroll.corrected import (
    HEARD,
    RATES,
    WHY,
    Heard,
    correct,
    paid_and_right,
    paid_in_november,
)
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
TUESDAY = date(2026, 10, 13)
RATE = 12_000


def _pine(session: Session) -> Worker:
    worker = make_worker(session)
    work(session, worker, date(2026, 9, 28), TUESDAY - timedelta(days=1))
    miss(session, worker, TUESDAY, TUESDAY)
    work(session, worker, TUESDAY + timedelta(days=1), date(2026, 10, 31))
    approve(session)
    return worker


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine's October without the 13th, closed and approved."""
    return kept(_pine)


def whole_day(day: date) -> list[Late]:
    return [LatePunch(PunchKind(kind), at(day, clock)) for kind, clock in DAY]


def test_what_was_forgotten_is_paid_in_the_next_run_and_nothing_else_moves(
    session: Session, pine: Worker
) -> None:
    handed = queries.entry(session, pine, OCTOBER).slip
    (found,) = correct(session, pine, whole_day(TUESDAY))
    assert queries.entry(session, pine, OCTOBER).slip == handed
    week = 8 * RATE
    assert (found.before, found.difference) == (handed, 8 * RATE + week)
    assert paid_in_november(session, pine) == {"correction.2026-10": found.difference}
    moved = {step.code: step.effect for step in steps(handed, found.after)}
    assert (moved["base"], moved["weekly_holiday"]) == (8 * RATE, week)
    assert found.reason == WHY


def test_corrected_twice_the_difference_is_to_the_last_one(session: Session, pine: Worker) -> None:
    first = correct(session, pine, whole_day(TUESDAY))
    late = [LatePunch(PunchKind.IN, at(date(2026, 10, 17), "09:00"))]
    late += [LatePunch(PunchKind.OUT, at(date(2026, 10, 17), "11:00"))]
    worked = Interval(at(date(2026, 10, 17), "09:00"), at(date(2026, 10, 17), "11:00"))
    both = correct(session, pine, [*late, LateDecision(worked, worked=True)])
    assert both[0] == first[0]
    assert both[1].before == first[0].after
    assert both[1].difference == 2 * RATE
    owed = sum(each.difference for each in both)
    assert paid_in_november(session, pine) == {"correction.2026-10": owed}


def test_what_a_run_has_paid_is_not_paid_again(
    session: Session, pine: Worker, clock: time_machine.Traveller
) -> None:
    correct(session, pine, whole_day(TUESDAY))
    clock.move_to(datetime.fromisoformat("2026-12-04T10:00:00+09:00"))
    owed = paid_in_november(session, pine)["correction.2026-10"]
    miss(session, pine, NOVEMBER, date(2026, 11, 30))
    approve(session, NOVEMBER)
    assert paid_in_november(session, pine) == {"correction.2026-10": owed}
    december = queries.entry(session, pine, date(2026, 12, 1)).slip
    assert [each.code for each in december.earnings] == []
    correct(session, pine, [LateAmount(OCTOBER, Entered(Item.CHUSEOK, Money(300_000)))])
    (line,) = queries.entry(session, pine, date(2026, 12, 1)).slip.earnings
    assert (line.code, line.amount) == ("correction.2026-10", 300_000)
    assert paid_in_november(session, pine) == {"correction.2026-10": owed}


def test_a_punch_that_was_wrong_is_taken_back(session: Session, pine: Worker) -> None:
    monday = date(2026, 10, 12)
    rows = timeclock.punches(session, pine.id, monday)
    late: list[Late] = [WrongPunch(row.id, monday) for row in rows]
    (found,) = correct(session, pine, late)
    assert found.difference == -8 * RATE
    assert paid_in_november(session, pine) == {"correction.2026-10": found.difference}


def test_time_that_was_no_work_is_taken_out_again(session: Session) -> None:
    worker, saturday = make_worker(session), date(2026, 10, 17)
    work_october(session, worker)
    span = Interval(at(saturday, "09:00"), at(saturday, "11:00"))
    badge = people.badges(session)[worker.id]
    punch(session, badge, saturday, "in", "09:00")
    punch(session, badge, saturday, "out", "11:00")
    attendance.decide(session, worker, span, worked=True, by=SYSTEM, at=now())
    attendance.close_day(session, saturday, by=SYSTEM, at=now())
    approve(session)
    (found,) = correct(session, worker, [LateDecision(span, worked=False)])
    assert found.difference == -2 * RATE


def test_a_raise_that_was_agreed_late_is_paid_for_the_closed_month(
    session: Session, pine: Worker
) -> None:
    before = queries.entry(session, pine, OCTOBER).slip.gross
    more = make_terms(since=date(2026, 10, 1), rate=Money(RATE + 1_000))
    found = correct(session, pine, [LateTerms(more)])[-1]
    assert found.difference * RATE == before * 1_000


def test_what_a_terminal_sent_late_is_closed_again(session: Session, pine: Worker) -> None:
    badge = people.badges(session)[pine.id]
    for kind, clock in DAY:
        punch(session, badge, TUESDAY, kind, clock)
    assert paid_in_november(session, pine) == {}
    (found,) = correct(session, pine, [LateDay(TUESDAY)])
    assert found.difference == 16 * RATE


def test_the_months_after_are_calculated_again_too(
    session: Session, pine: Worker, clock: time_machine.Traveller
) -> None:
    """The 30th belongs to a week whose rest day lies in November."""
    friday = date(2026, 10, 30)
    work(session, pine, date(2026, 11, 2), date(2026, 11, 20))
    clock.move_to(datetime.fromisoformat("2026-12-04T10:00:00+09:00"))
    miss(session, pine, date(2026, 11, 23), date(2026, 11, 30))
    approve(session, NOVEMBER)
    rows = timeclock.punches(session, pine.id, friday)
    correct(session, pine, [WrongPunch(row.id, friday) for row in rows])
    november = queries.corrections_of(session, pine, NOVEMBER)
    assert [each.difference for each in november] == [-8 * RATE]
    december = queries.entry(session, pine, date(2026, 12, 1)).slip
    assert {each.code: each.amount for each in december.earnings} == {
        "correction.2026-10": -8 * RATE,
        "correction.2026-11": -8 * RATE,
    }


def test_whoever_has_left_is_paid_what_is_owed_to_her(session: Session, pine: Worker) -> None:
    hiring.leave(session, pine, date(2026, 10, 31), by=SYSTEM, at=now())
    correct(session, pine, whole_day(TUESDAY))
    slip = queries.entry(session, pine, NOVEMBER).slip
    assert [each.code for each in slip.earnings] == ["correction.2026-10"]
    assert {"national_pension", "health_insurance"}.isdisjoint(e.code for e in slip.deductions)
    assert slip.gross == 16 * RATE


# What is refused


def test_a_day_that_is_not_whole_keeps_the_month_as_it_is(session: Session, pine: Worker) -> None:
    with pytest.raises(DayOpen):
        correct(session, pine, [LatePunch(PunchKind.IN, at(TUESDAY, "09:00"))])


def test_what_may_not_be_corrected(session: Session, pine: Worker) -> None:
    day = whole_day(TUESDAY)
    with pytest.raises(WhyCorrected):
        correct(session, pine, day, "  no ")
    with pytest.raises(AnotherMonth):
        correct(session, pine, whole_day(date(2026, 11, 3)))
    with pytest.raises(AnotherMonth):
        correct(session, pine, [LateTerms(make_terms(since=NOVEMBER))])
    with pytest.raises(AnotherMonth):
        correct(session, pine, [LateAmount(NOVEMBER, Entered(Item.CHUSEOK, Money(1)))])
    with pytest.raises(OnlyEarned):
        correct(session, pine, [LateAmount(OCTOBER, Entered(Item.ADVANCE, Money(1)))])
    with pytest.raises(NotClosed):
        service.correct(session, pine, NOVEMBER, [], WHY, by=WILLOW, at=now())
    herself = Actor(name="Pine", roles=frozenset({Role.MANAGER}), worker=pine.id)
    with pytest.raises(NotYourOwn):
        service.correct(session, pine, OCTOBER, day, WHY, by=herself, at=now())


def test_a_correction_is_logged_with_its_reason(session: Session, pine: Worker) -> None:
    correct(session, pine, whole_day(TUESDAY))
    entry = next(each for each in security.audit(session) if each.what == "correct_pay")
    assert (entry.reason, entry.actor) == (WHY, "Willow")
    assert entry.thing == f"payslip 2026-10 of worker {pine.number}"


def test_a_correction_changes_the_draft_of_the_next_month(session: Session, pine: Worker) -> None:
    shown = calculate(session, NOVEMBER)
    correct(session, pine, whole_day(TUESDAY))
    assert queries.gathered(session, NOVEMBER).digest != shown
    assert calculate(session, NOVEMBER) != shown


# Paid, corrected, and paid again it is the same


@pytest.mark.parametrize("kind", RATES)
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(heard=HEARD)
def test_a_month_paid_corrected_and_paid_again_is_the_month_paid_right_at_once(
    session: Session, kind: TermsKind, heard: Heard
) -> None:
    paid, right = paid_and_right(session, kind, heard)
    assert paid == right


def test_the_rows_of_a_correction_never_touch_the_payslip(session: Session, pine: Worker) -> None:
    before = records.find_slip(session, OCTOBER, pine.id)
    assert before is not None
    body = dict(before.body)
    correct(session, pine, whole_day(TUESDAY))
    session.expire_all()
    after = records.find_slip(session, OCTOBER, pine.id)
    assert after is not None
    assert after.body == body


# The manager's page


def test_the_manager_corrects_on_a_page_and_she_reads_why(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    del clock
    with app.app_context(), transaction() as session:
        worker = make_worker(session, pin=PIN)
        work(session, worker, date(2026, 9, 28), TUESDAY - timedelta(days=1))
        miss(session, worker, TUESDAY, TUESDAY)
        work(session, worker, TUESDAY + timedelta(days=1), date(2026, 10, 31))
        approve(session)
    browser = sign_in(Role.MANAGER)
    where = f"/pay/2026-10/{worker.number}/correct"
    assert f'href="{where}"' in browser.get(f"/pay/2026-10/{worker.number}").text
    sent = {
        "what": "came",
        "day": "2026-10-13",
        "start": "09:00",
        "end": "18:00",
        "pause": "12:00",
        "back": "13:00",
        "reason": WHY,
    }
    wrong: tuple[tuple[dict[str, str], Refused], ...] = (
        ({"what": ""}, WhatWasIt()),
        ({"end": ""}, NoTimesGiven()),
        ({"day": ""}, NoDayGiven()),
        ({"what": "bonus", "item": "bonus.chuseok", "amount": "-5"}, NoAmountGiven()),
        ({"what": "rate", "rate": "-5"}, NoRateGiven()),
        ({"pause": "19:00", "back": "20:00"}, BreakOutside(start="09:00", end="18:00")),
    )
    for missing, refusal in wrong:
        for language in ("en", "ko", "ko_easy"):
            refused = browser.post(f"{where}?language={language}", data=sent | missing)
            assert refused.status_code == 422
            assert tell(refusal, language) in unescape(refused.text)
    browser.get("/pay/?language=en")
    assert browser.post(where, data=sent | {"reason": ""}).status_code == 422
    assert browser.post(where, data=sent).location == where
    page = browser.get(where).text
    assert WHY in page
    assert f"+₩{16 * RATE:,}" in page
    assert WHY in browser.get(f"/pay/2026-11/{worker.number}").text
    door = sign_in(Role.CLOCK_TERMINAL)
    door.post("/pin", data={"number": str(worker.number), "pin": PIN})
    assert WHY in door.get("/pay/mine/2026-11").text
    assert sign_in(Role.SUPERVISOR).get(where).status_code == 403


def _whole(session: Session) -> Worker:
    worker = make_worker(session)
    work_october(session, worker)
    approve(session)
    return worker


@pytest.mark.parametrize(
    ("sent", "difference"),
    [
        ({"what": "bonus", "item": "bonus.chuseok", "amount": "300,000"}, 300_000),
        ({"what": "rate", "rate": "13000", "day": "2026-10-01"}, 26 * 8 * 1_000),
        ({"what": "again", "day": "2026-10-13"}, 0),
    ],
    ids=lambda each: each["what"] if isinstance(each, dict) else "",
)
def test_each_kind_of_correction_has_its_fields(
    app: Flask, kept: Kept, sign_in: SignIn, sent: dict[str, str], difference: int
) -> None:
    worker = kept(_whole)
    browser = sign_in(Role.MANAGER)
    answer = browser.post(f"/pay/2026-10/{worker.number}/correct", data=sent | {"reason": WHY})
    assert answer.status_code == 303, answer.text
    with app.app_context(), reading() as session:
        (found,) = queries.corrections_of(session, worker, OCTOBER)
    assert found.difference == difference


def test_terms_entered_late_lead_to_the_first_closed_month_that_they_move(
    app: Flask, session: Session, pine: Worker, clock: time_machine.Traveller
) -> None:
    miss(session, pine, date(2026, 11, 2), date(2026, 11, 30))
    clock.move_to(datetime.fromisoformat("2026-12-04T10:00:00+09:00"))
    approve(session, NOVEMBER)
    december = date(2026, 12, 1)
    assert queries.loose(session, december) == ()
    clock.shift(3600)
    raised = make_terms(since=TUESDAY, rate=Money(RATE + 1_000))
    hiring.change_terms(session, pine, raised, by=SYSTEM, at=now())
    (found,) = queries.loose(session, december)
    assert (found.name, found.days) == ("Pine", (TUESDAY,))
    with app.test_request_context():
        assert place_of(found, "2026-12", "2026-11") == f"/pay/2026-10/{pine.number}/correct"
    correct(session, pine, [LateDay(TUESDAY)])
    assert queries.loose(session, december) == ()
