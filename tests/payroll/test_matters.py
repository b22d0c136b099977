"""What must be decided first, how far a month is, and the manager's way through it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.attendance.domain.day import Flag, SheetDay
from factory.attendance.domain.sheet import Sheet
from factory.db.session import transaction
from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, now, today
from factory.kernel.words import tell
from factory.payroll import queries, service
from factory.payroll.domain.approval import NotElected, SecondPersonNeeded, WhyAlone
from factory.payroll.domain.known import PayFacts
from factory.payroll.domain.matters import Matter, MatterKind, of_days, of_slip, together
from factory.payroll.domain.run import Remark
from factory.payroll.domain.stages import Stage, stage_of
from factory.payroll.service import entering
from factory.people import queries as people
from factory.people import service as hiring
from factory.people.domain import TermsKind, Worker
from factory.people.domain.guards import turns
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role, WrongPin
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import (
    NOVEMBER,
    OCTOBER,
    WILLOW,
    approve,
    calculate,
    make_slip,
    punch,
    work,
    work_october,
)
from tests.people.build import make_leader, make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
K = MatterKind


def kinds(session: Session, month: date = OCTOBER) -> list[MatterKind]:
    return [each.kind for each in queries.desk(session, month, today=today()).matters]


# What a matter is


def test_matters_come_by_kind_the_gravest_first_in_the_order_of_people() -> None:
    found = together(
        [
            Matter(K.NO_ACCOUNT, 2),
            Matter(K.OPEN_DAYS, 9),
            Matter(K.NO_ACCOUNT, 1),
            Matter(K.NOT_COUNTED),
        ]
    )
    assert [each.kind for each in found] == [K.OPEN_DAYS, K.NO_ACCOUNT, K.NOT_COUNTED]
    assert [one.number for one in found[1].matters] == [1, 2]


def test_every_matter_has_its_words_and_few_of_them_block() -> None:
    assert all(kind.label and kind.hint for kind in MatterKind)
    assert {kind for kind in MatterKind if kind.blocks} == {
        K.OPEN_DAYS,
        K.WORKED_AFTER,
        K.ENTERED_OTHERWISE,
        K.NOT_PUBLISHED,
        K.BELOW_ZERO,
    }


def test_what_the_watch_flagged_outside_the_month_is_not_of_this_month() -> None:
    days = [
        SheetDay(date(2026, 9, 30), flags=(Flag.NIGHT_WITHOUT_CONSENT,)),
        SheetDay(date(2026, 10, 1), flags=(Flag.NIGHT_WITHOUT_CONSENT, Flag.BREAK_TOO_SHORT)),
        SheetDay(date(2026, 10, 2), flags=(Flag.MISSING_OUT,)),
    ]
    found = list(of_days(7, "Pine", Sheet(tuple(days), ()), OCTOBER, date(2026, 10, 31)))
    assert found == [
        Matter(K.NIGHT_CONSENT, 7, "Pine", (OCTOBER,)),
        Matter(K.SHORT_BREAK, 7, "Pine", (OCTOBER,)),
    ]


def test_what_a_payslip_warns_of_is_a_matter() -> None:
    notices = (Remark("over_52_hours", "2026-10-05"), Remark("terms_changed", "2026-10-15"))
    slip = make_slip({"base": 100}, {"advance": 200}, notices=notices)
    assert {each.kind for each in of_slip(7, "Pine", slip)} == {K.OVER_52, K.BELOW_ZERO}


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ({"approved": True}, Stage.HAND_OUT),
        ({"blocked": True, "fresh": True}, Stage.DECIDE),
        ({"looked": True}, Stage.CALCULATE),
        ({"fresh": True}, Stage.LOOK),
        ({"fresh": True, "looked": True}, Stage.APPROVE),
    ],
    ids=["approved", "blocked", "stale", "fresh", "looked at"],
)
def test_there_is_one_thing_to_do_at_a_time(given: dict[str, bool], stage: Stage) -> None:
    said = {"approved": False, "blocked": False, "fresh": False, "looked": False}
    assert stage_of(**(said | given)) is stage
    assert Stage.DECIDE.is_before(Stage.APPROVE)
    assert not stage.is_before(stage)


@pytest.mark.parametrize(
    ("born", "turned"),
    [
        (date(1966, 10, 1), True),
        (date(1966, 10, 31), True),
        (date(1966, 11, 1), False),
        (date(1965, 10, 9), False),
    ],
    ids=str,
)
def test_who_turns_sixty_in_a_month(born: date, turned: bool) -> None:  # noqa: FBT001 - a table
    assert turns(born, 60, OCTOBER) is turned


# Gathered


def test_a_month_says_what_is_missing(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(rate=Money(9000)))
    work_october(session, pine)
    monday = date(2026, 10, 12)
    attendance.reopen(session, pine, monday, "look again", by=SYSTEM, at=now())
    found = queries.desk(session, OCTOBER, today=today())
    assert found.stage is Stage.DECIDE
    assert found.blocking[0].matters == (Matter(K.OPEN_DAYS, 1, "Pine", (monday,)),)
    assert [each.kind for each in found.to_know] == [
        K.BELOW_MINIMUM,
        K.NO_ACCOUNT,
        K.NO_TAX_FACTS,
        K.NOT_COUNTED,
    ]
    hiring.seal(session, pine, {"bank_account": "국민은행 00000001"}, by=SYSTEM, at=now())
    entering.set_facts(session, pine, PayFacts(date(2026, 9, 1)), by=SYSTEM, at=now())
    attendance.count_month(session, date(2026, 9, 1), by=SYSTEM, at=now())
    attendance.close_day(session, monday, by=SYSTEM, at=now())
    assert kinds(session) == [K.BELOW_MINIMUM]
    assert queries.desk(session, OCTOBER, today=today()).counted_month == date(2026, 9, 1)


def test_work_at_night_without_her_word_is_told(session: Session) -> None:
    names = ("Pine", "Cedar", "Hazel", "Birch", "Maple")
    worker = [make_worker(session, name) for name in names][-1]
    day = date(2026, 10, 13)
    badge = _badge(session, worker)
    punch(session, badge, day, "in", "15:00")
    punch(session, badge, day, "out", "23:30")
    span = Interval(at(day, "15:00"), at(day, "23:30"))
    attendance.decide(session, worker, span, worked=True, by=SYSTEM, at=now())
    assert K.NIGHT_CONSENT in kinds(session)
    assert K.SHORT_BREAK in kinds(session)


def _badge(session: Session, worker: Worker) -> str:
    return people.badges(session)[worker.id]


def test_a_rate_that_is_not_published_is_told_before_anything_is_calculated(
    session: Session, clock: time_machine.Traveller
) -> None:
    make_worker(session, terms=make_terms(kind=TermsKind.MONTHLY, rate=Money(3_000_000)))
    clock.move_to(date(2028, 2, 10))
    assert K.NOT_PUBLISHED in kinds(session, date(2028, 1, 1))
    with pytest.raises(Refused):
        calculate(session, date(2028, 1, 1))


def test_who_turns_sixty_is_told_and_she_sees_that_it_was_looked_up(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar")
    for worker, born in ((pine, "1966-10-09"), (cedar, "1980-01-01")):
        hiring.seal(session, worker, {"birth_date": born}, by=SYSTEM, at=now())
    calculate(session)
    desk = queries.desk(session, OCTOBER, today=today())
    assert next(e for e in desk.to_know if e.kind is K.TURNS_60).matters == (
        Matter(K.TURNS_60, pine.number, "Pine"),
    )
    assert read_of(session, pine) == 1
    assert read_of(session, cedar) == 0
    punch(session, _badge(session, cedar), OCTOBER, "in", "09:00")
    calculate(session)
    assert read_of(session, pine) == 1


def read_of(session: Session, worker: Worker) -> int:
    return len(security.readings(session, people.vault_uid(session, worker.id)))


def test_the_month_goes_from_step_to_step(session: Session) -> None:
    work_october(session, make_worker(session))

    def stage(**how: Any) -> Stage:
        return queries.desk(session, OCTOBER, today=today(), **how).stage

    assert stage() is Stage.CALCULATE
    calculate(session)
    assert stage() is Stage.LOOK
    assert stage(looked=True) is Stage.APPROVE
    approve(session)
    assert stage() is Stage.HAND_OUT
    lines = {each.month: each for each in queries.month_lines(session, [NOVEMBER, OCTOBER])}
    assert (lines[OCTOBER].approved_by, lines[OCTOBER].people) == ("Aspen", 1)
    assert lines[OCTOBER].net == Money(queries.run(session, OCTOBER).net)
    assert (lines[NOVEMBER].approved_by, lines[NOVEMBER].calculated_by) == (None, None)


def test_a_running_month_is_looked_at_and_not_approved(session: Session) -> None:
    make_leader(session)
    calculate(session, NOVEMBER)
    assert queries.desk(session, NOVEMBER, today=today(), looked=True).stage is Stage.LOOK


def test_a_day_that_is_still_going_on_is_not_to_be_decided(session: Session) -> None:
    on = today()
    pine = make_worker(session, hired=on, terms=make_terms(since=on))
    punch(session, people.badges(session)[pine.id], on, "in", "09:00")

    def open_days(on: date) -> set[date]:
        desk = queries.desk(session, NOVEMBER, today=on)
        return {d for each in desk.blocking for one in each.matters for d in one.days}

    assert open_days(on) == set()
    assert open_days(on + timedelta(days=1)) == {on}


def test_a_day_she_missed_and_nobody_closed_is_decided_first(session: Session) -> None:
    pine, missed = make_worker(session), date(2026, 10, 14)
    work(session, pine, date(2026, 9, 28), date(2026, 10, 13))
    work(session, pine, date(2026, 10, 15), date(2026, 10, 30))
    found = queries.desk(session, OCTOBER, today=today()).blocking
    assert [one.days for each in found for one in each.matters] == [(missed,)]
    attendance.close_day(session, missed, by=SYSTEM, at=now())
    assert K.OPEN_DAYS not in kinds(session)


# The manager's way


def _pine(session: Session) -> Worker:
    worker = make_worker(session, pin=PIN)
    work_october(session, worker)
    return worker


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, who worked all of October."""
    return kept(_pine)


def test_the_page_leads_to_what_is_open(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    with app.app_context(), transaction() as session:
        attendance.reopen(session, pine, date(2026, 10, 13), "again", by=SYSTEM, at=now())
    page = sign_in(Role.MANAGER).get("/pay/2026-10").text
    assert 'aria-current="step">1' in page
    assert f'href="/days/2026-10-13/{pine.number}"' in page
    assert f'href="/people/{pine.number}/account"' in page
    assert "/approve" not in page


def _shown(page: str) -> str:
    (found,) = re.findall(r'name="shown" value="([0-9a-f]+)"', page)
    return str(found)


@pytest.mark.usefixtures("pine")
def test_alone_she_approves_with_a_reason_that_stays(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    assert 'aria-current="step">2' in browser.get("/pay/2026-10").text
    assert browser.post("/pay/2026-10/calculate").location == "/pay/2026-10"
    assert "I have looked at it" in browser.get("/pay/2026-10").text
    shown = _shown(browser.get("/pay/2026-10?looked=1").text)
    sent = {"shown": shown, "how": "self", "reason": "busy"}
    for language in ("en", "ko", "ko_easy"):
        refused = browser.post(f"/pay/2026-10/approve?language={language}", data=sent)
        assert refused.status_code == 422
        assert tell(WhyAlone(), language) in unescape(refused.text)
    browser.get("/pay/?language=en")
    why = "Aspen is ill until the pay day."
    answer = browser.post("/pay/2026-10/approve", data=sent | {"reason": why})
    assert answer.status_code == 303
    assert why in browser.get("/pay/2026-10").text
    assert "Approved by Willow" in browser.get("/pay/").text


def test_the_representative_approves_with_her_pin(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    browser = sign_in(Role.MANAGER)
    browser.post("/pay/2026-10/calculate")
    sent = {
        "shown": _shown(browser.get("/pay/2026-10?looked=1").text),
        "how": "representative",
        "number": str(pine.number),
        "pin": PIN,
    }
    refused = browser.post("/pay/2026-10/approve", data=sent)
    assert tell(NotElected(), "en") in unescape(refused.text)
    assert "Nobody is elected" in browser.get("/pay/representative").text
    entered = {"worker": str(pine.number), "elected_on": "2027-01-01"}
    assert browser.post("/pay/representative", data=entered).status_code == 422
    entered["elected_on"] = "2026-09-02"
    assert browser.post("/pay/representative", data=entered).status_code == 303
    wrong = browser.post("/pay/2026-10/approve", data=sent | {"pin": "9999"})
    assert wrong.status_code == 422
    assert tell(WrongPin(), "en") in unescape(wrong.text)
    assert browser.post("/pay/2026-10/approve", data=sent).status_code == 303
    assert "With the elected representative Pine" in browser.get("/pay/2026-10").text
    browser.post("/pay/representative/end")
    assert "Nobody is elected" in browser.get("/pay/representative").text


@pytest.mark.usefixtures("pine")
def test_whoever_may_not_run_pay_neither_calculates_nor_approves(sign_in: SignIn) -> None:
    for role in (Role.SUPERVISOR, Role.KEEPER, Role.WORKER):
        browser = sign_in(role)
        for way in ("calculate", "approve"):
            assert browser.post(f"/pay/2026-10/{way}").status_code == 403
        assert browser.get("/pay/representative").status_code == 403


def test_a_name_alone_is_no_second_person(session: Session) -> None:
    work_october(session, make_worker(session, terms=make_terms(kind=TermsKind.HOURLY)))
    service.calculate(session, OCTOBER, by=WILLOW, at=now())
    with pytest.raises(SecondPersonNeeded):
        approve(session, by=WILLOW)
