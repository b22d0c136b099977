"""Somebody leaves: what she is owed, until when, who may close it, and that it stays closed."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.law.book import law_book
from factory.payroll import queries, service
from factory.payroll.domain.entered import Item
from factory.payroll.domain.handed import Way
from factory.payroll.domain.known import PayFacts
from factory.payroll.domain.leaving import (
    NotLeaving,
    OwnHand,
    Paid,
    PaidAlready,
    PaidEarlier,
    PaidLater,
    SeveranceUnknown,
    Step,
    StillHere,
    days_left,
    leaving_day,
    pay_until,
    refuse_payment,
)
from factory.payroll.domain.severance import Goes, Severance, UnderThatAge
from factory.payroll.domain.transfer import BankForm, NobodyToPay
from factory.payroll.queries.severance import TOO_SHORT, UNKNOWN
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security.domain import SYSTEM, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import ASPEN, NOVEMBER, OCTOBER, WILLOW, make_entered, punch, work
from tests.payroll.closed import close_month, slip_of
from tests.payroll.leaver import LEFT, LONG_AGO, leave, make_leaver
from tests.people.build import make_leader, make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
LAW = law_book().on(LEFT)


@given(left=st.dates(date(2026, 1, 1), date(2030, 1, 1)), after=st.integers(-30, 60))
def test_everything_is_paid_within_fourteen_days(left: date, after: int) -> None:
    assert pay_until(left, LAW) - left == timedelta(days=14)
    assert days_left(left, left + timedelta(days=after), LAW) == 14 - after
    assert leaving_day(left) > left


def test_each_refusal_of_a_payment_has_its_own_name() -> None:
    paid = Paid(LEFT, "Willow", Money(1), Severance(Money(0)))
    day, after = timedelta(days=1), LEFT + timedelta(days=1)
    for refusal, case in (
        (NotLeaving, (None, None, LEFT, LEFT)),
        (PaidAlready, (LEFT, paid, LEFT, after)),
        (StillHere, (LEFT, None, LEFT, LEFT)),
        (PaidLater, (LEFT, None, after + day, after)),
        (PaidEarlier, (LEFT, None, LEFT - day, after)),
    ):
        with pytest.raises(refusal) as refused:
            refuse_payment("Pine", *case)
        assert "{" not in tell(refused.value, "en")
    assert refuse_payment("Pine", LEFT, None, after, after) == LEFT


THREE = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))


def test_severance_comes_from_her_own_payslips(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    found = queries.leaving(session, pine, today())
    service_days = (leaving_day(LEFT) - LONG_AGO).days
    ordinary = 12_000 * 8
    assert found.severance.reason == ""
    assert found.severance.owed.won >= ordinary * 30 * service_days // 365
    assert found.severance.owed.won < 2 * ordinary * 30 * service_days // 365
    assert 0 < found.severance.income_tax.won < found.severance.owed.won
    assert found.severance.local_tax.won == found.severance.income_tax.won // 100 * 10
    assert found.severance.explain[0]["code"] == "severance"
    assert found.owed == Money(found.slip.net) + found.severance.net


def test_the_ordinary_wage_is_the_least_of_an_average_day(session: Session) -> None:
    pine = make_worker(session, hired=LONG_AGO, terms=make_terms(since=LONG_AGO))
    for month in THREE:
        close_month(session, {pine: slip_of(100_000)}, month)
    found = queries.leaving(session, leave(session, pine), today())
    days = (leaving_day(LEFT) - LONG_AGO).days
    assert abs(found.severance.owed.won - 12_000 * 8 * 30 * days / 365) < 1


@pytest.mark.parametrize(
    ("hired", "months", "hours", "reason"),
    [
        (date(2025, 11, 22), THREE, 40, TOO_SHORT),
        (LONG_AGO, THREE, 14, TOO_SHORT),
        (LONG_AGO, THREE[:2], 40, UNKNOWN),
    ],
    ids=["under a year", "under 15 hours", "a month not known"],
)
def test_where_nothing_can_be_said_the_reason_is(
    session: Session, hired: date, months: tuple[date, ...], hours: int, reason: str
) -> None:
    pine = make_leaver(session, *months, hired=hired, weekly_hours=hours)
    found = queries.leaving(session, pine, today()).severance
    assert (found.owed, found.reason) == (Money(0), reason)


def test_the_steps_are_done_one_by_one(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    assert dict(queries.steps(queries.leaving(session, pine, today()))) == {
        Step.DAYS: True,
        Step.SETTLEMENTS: False,
        Step.SEVERANCE: True,
        Step.ACCOUNT: False,
        Step.PAY: False,
    }
    settled = make_entered(item=Item.HEALTH, amount=Money(12_000))
    service.enter(session, pine, NOVEMBER, settled, by=SYSTEM, at=now())
    people_service.seal(session, pine, {"bank_account": "우체국 12345678"}, by=SYSTEM, at=now())
    service.pay_leaver(session, pine, date(2026, 11, 24), by=ASPEN, at=now())
    assert all(done for _, done in queries.steps(queries.leaving(session, pine, today())))


def test_a_second_person_closes_it_or_somebody_says_why_not(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    with pytest.raises(OwnHand):
        service.pay_leaver(session, pine, LEFT, by=WILLOW, at=now())
    found = service.pay_leaver(session, pine, LEFT, reason="nobody else", by=WILLOW, at=now())
    assert found.leaver.paid is not None
    assert found.leaver.paid.by == "Willow"


def test_what_was_paid_is_not_paid_again_and_does_not_change(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    before = service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now()).severance
    with pytest.raises(PaidAlready):
        service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    assert queries.leaving(session, pine, today()).severance == before


def test_her_last_payslip_says_when_it_was_paid_and_counts_as_given(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    paid = service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    slip = queries.entry(session, pine, NOVEMBER)
    assert (slip.final, slip.paid_on, slip.slip) == (True, LEFT, paid.slip)
    service.hand_over(session, pine, NOVEMBER, Way.PAPER, by=ASPEN, at=now())
    close_month(session, {pine: slip.slip}, NOVEMBER)
    (entry,) = queries.run(session, NOVEMBER).entries
    assert (entry.paid_on, queries.entry(session, pine, NOVEMBER).paid_on) == (LEFT, LEFT)
    (told,) = queries.deliveries(session, NOVEMBER)
    assert told.is_given


@pytest.mark.parametrize(("born", "old"), [("1971-11-20", True), ("1971-11-21", False)])
def test_her_birth_date_says_whether_her_age_allows_another_account(
    session: Session, born: str, *, old: bool
) -> None:
    pine = make_leaver(session, goes=None)
    people_service.seal(session, pine, {"birth_date": born}, by=SYSTEM, at=now())
    with nullcontext() if old else pytest.raises(UnderThatAge):
        service.say_where(session, pine, Goes.AGE, by=WILLOW, at=now())
    service.say_where(session, pine, Goes.IRP, by=WILLOW, at=now())


def test_the_most_urgent_come_first_and_the_paid_last(
    session: Session, clock: time_machine.Traveller
) -> None:
    for number in range(3):
        worker = make_leader(session, f"Ash {number}")
        leave(session, worker, date(2026, 11, 10 - number))
    make_worker(session, "Cedar")
    first = people.worker_numbered(session, 3)
    service.pay_leaver(session, first, date(2026, 11, 20), by=ASPEN, at=now())
    listed = queries.leavers(session, today())
    assert [each.worker.name for each in listed] == ["Ash 1", "Ash 0", "Ash 2"]
    assert [each.days_left for each in listed][:2] == [-1, 0]
    clock.move_to("2027-03-01T10:00:00+09:00")
    assert [each.worker.name for each in queries.leavers(session, today())] == ["Ash 1", "Ash 0"]


def test_who_stays_is_no_leaver(session: Session) -> None:
    with pytest.raises(NotLeaving):
        queries.leaving(session, make_worker(session), today())


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, who left on Friday."""
    return kept(make_leaver, *THREE)


def test_the_page_leads_through_the_steps(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/leaving/{pine.number}"
    listed = browser.get("/pay/leaving").text
    assert "Pine" in listed
    assert "10 days left" in listed
    page = browser.get(at).text
    assert "Severance" in page
    assert "Enter her bank account" in page
    for language in ("en", "ko", "ko_easy"):
        refused = browser.post(f"{at}?language={language}", data={"paid_on": "2026-11-24"})
        assert refused.status_code == 422
        assert str(escape(tell(OwnHand(), language))) in refused.text
    sent = {"paid_on": "2026-11-24", "reason": "nobody else"}
    assert browser.post(f"{at}?language=en", data=sent).status_code == 303
    assert "paid on" in browser.get(f"{at}?language=en").text


def test_only_whoever_runs_pay_sees_who_leaves(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert browser.get("/pay/leaving").status_code == 403
    assert browser.get(f"/pay/leaving/{pine.number}").status_code == 403


def test_open_days_are_settled_first(session: Session) -> None:
    pine = make_worker(session)
    punch(session, people.badges(session)[pine.id], date(2026, 11, 3), "in", "09:00")
    pine = leave(session, pine)
    first, *missed = queries.leaving(session, pine, today()).open_days
    assert first == date(2026, 11, 2)  # nobody said yet that she missed it
    assert date(2026, 11, 3) in missed
    assert not queries.leaving(session, pine, today()).done[Step.DAYS]


def test_she_sees_what_pay_knows_of_her_and_nobody_else_s(sign_in: SignIn, pine: Worker) -> None:
    manager = sign_in(Role.MANAGER)
    facts = {"since": "2026-10-01", "family_members": "4", "children": "2", "percent": "100"}
    manager.post(f"/pay/people/{pine.number}/facts", data=facts)
    browser = sign_in(Role.CLOCK_TERMINAL)
    assert browser.get("/pay/mine/known").location == "/pin?next=/pay/mine/known"


def test_her_own_page_tells_it_in_plain_words(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        ash = make_worker(session, "Ash")
        facts = PayFacts(date(2026, 10, 1), family_members=4, children=2)
        service.set_facts(session, ash, facts, by=SYSTEM, at=now())
        service.enter(session, ash, NOVEMBER, make_entered(note="thanks"), by=SYSTEM, at=now())
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(ash.number), "pin": PIN})
    page = browser.get("/pay/mine/known?language=en").text
    assert "4 family members" in page
    assert "thanks" in page
    assert "data-hide" in page
    assert "식구 4명" in browser.get("/pay/mine/known?language=ko_easy").text


def test_what_was_paid_at_leaving_is_not_paid_again_with_the_month(session: Session) -> None:
    pine = make_worker(session, hired=LONG_AGO, terms=make_terms(since=LONG_AGO))
    work(session, pine, date(2026, 10, 1), date(2026, 10, 20))
    pine = leave(session, pine, date(2026, 10, 20))
    people_service.seal(session, pine, {"bank_account": "우체국 12345678"}, by=SYSTEM, at=now())
    told: dict[str, Any] = {"severance": Money(0), "by": ASPEN, "at": now()}
    net = service.pay_leaver(session, pine, date(2026, 10, 25), **told).slip.net
    assert queries.paid_at_leaving(session, OCTOBER) == {pine.id: net}
    close_month(session, {pine: slip_of(net)})
    with pytest.raises(NobodyToPay):
        service.make_transfer(
            session, OCTOBER, BankForm.HANA, "pay day", second="Cedar", by=SYSTEM, at=now()
        )


def test_severance_that_is_not_known_here_is_said_and_never_left_out(session: Session) -> None:
    pine = make_leaver(session)
    with pytest.raises(SeveranceUnknown):
        service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    won = Money(8_000_000)
    found = service.pay_leaver(session, pine, LEFT, severance=won, by=ASPEN, at=now())
    assert found.severance.owed == won
    assert "entered by hand" in str(found.severance.explain[0]["inputs"])
    assert found.owed.won == found.slip.net + found.severance.net.won


def test_what_her_own_payslips_tell_is_not_typed_over(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    before = queries.leaving(session, pine, today()).severance
    found = service.pay_leaver(session, pine, LEFT, severance=Money(1), by=ASPEN, at=now())
    assert found.severance == before
