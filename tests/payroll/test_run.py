"""A month from clock to payslip: draft, approval, lock, paper, one's own page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.attendance.domain.slack import Slack
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, now
from factory.kernel.words import speaking, tell
from factory.law.book import law_book
from factory.payroll import documents, queries
from factory.payroll.domain.approval import SecondPersonNeeded
from factory.payroll.domain.run import MattersOpen, MonthNotOver, RunLocked, pay_date
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import TermsKind, Worker
from factory.security.domain import SYSTEM, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.lawbook.build import decree, undo
from tests.payroll.build import NOVEMBER, OCTOBER, approve, punch, work_october
from tests.payroll.closed import close_month
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("month", "paid"),
    [
        (OCTOBER, "2026-11-10"),
        (date(2026, 4, 1), "2026-05-08"),  # the tenth is a Sunday
        (date(2026, 9, 1), "2026-10-08"),  # a Saturday after Hangul Day
        (date(2025, 12, 1), "2026-01-09"),
    ],
)
def test_wages_are_paid_on_the_tenth_or_before_it_where_banks_rest(month: date, paid: str) -> None:
    assert pay_date(month, law_book()) == date.fromisoformat(paid)


def test_a_decreed_holiday_moves_the_pay_day_until_the_month_is_approved(session: Session) -> None:
    pine = make_worker(session)
    tenth = decree(session, date(2026, 11, 10))
    before = date(2026, 11, 9)
    fresh = queries.entry(session, pine, OCTOBER)
    assert (queries.pay_day(session, OCTOBER), fresh.paid_on) == (before, before)
    close_month(session, {pine: fresh.slip})
    undo(session, tenth)
    kept = queries.entry(session, pine, OCTOBER)
    assert (kept.final, kept.paid_on) == (True, before)
    assert queries.run(session, OCTOBER).pay_date == before
    (line,) = queries.month_lines(session, [OCTOBER])
    assert line.pay_date == before
    with speaking("en"):
        slip = documents.payslip_slip(kept, OCTOBER)
    assert "9 Nov 2026 (Mon)" in [getattr(block, "right", "") for block in slip.blocks]


def test_a_month_is_calculated_from_clock_and_contract(session: Session) -> None:
    pine = make_worker(session)
    work_october(session, pine)
    (entry,) = queries.run(session, OCTOBER).entries
    assert entry.slip.gross == (22 + 4) * 8 * 12000
    assert entry.open_days == ()
    assert {line.code for line in entry.slip.earnings} == {"base", "weekly_holiday"}


def test_approval_freezes_the_payslips_and_locks_the_month(session: Session) -> None:
    pine = make_worker(session)
    work_october(session, pine)
    before = approve(session)
    punch(session, people.badges(session)[pine.id], date(2026, 10, 31), "in", "09:00")
    after = queries.run(session, OCTOBER)
    assert after.entries == before.entries
    assert after.approved_by == "Aspen"
    assert (after.gross, after.net) == (before.gross, before.net)
    with pytest.raises(RunLocked):
        approve(session)
    cedar = make_worker(session, "Cedar")
    with pytest.raises(NotFound):
        queries.entry(session, cedar, OCTOBER)


def test_a_month_that_is_not_over_or_not_settled_is_not_approved(session: Session) -> None:
    pine = make_worker(session)
    badge = people.badges(session)[pine.id]
    with pytest.raises(MonthNotOver):
        approve(session, NOVEMBER)
    punch(session, badge, date(2026, 10, 5), "in", "09:00")
    with pytest.raises(MattersOpen):
        approve(session)


def test_days_that_are_not_closed_are_decided_first(session: Session) -> None:
    pine = make_worker(session)
    work_october(session, pine)
    monday = date(2026, 10, 12)
    attendance.reopen(session, pine, monday, "look again", by=SYSTEM, at=now())
    (entry,) = queries.run(session, OCTOBER).entries
    assert entry.open_days == (monday,)
    with pytest.raises(MattersOpen) as refused:
        approve(session)
    assert refused.value.values["names"] == ("Pine",)


def test_presence_that_nobody_called_work_is_not_paid(session: Session) -> None:
    pine = make_worker(session)
    badge, sunday = people.badges(session)[pine.id], date(2026, 10, 11)
    punch(session, badge, sunday, "in", "09:00")
    punch(session, badge, sunday, "out", "12:00")
    (entry,) = queries.run(session, OCTOBER).entries
    assert (entry.slip.gross, entry.open_days) == (0, (sunday,))
    span = Interval(at(sunday, "09:00"), at(sunday, "12:00"))
    attendance.decide(session, pine, span, worked=True, by=SYSTEM, at=now())
    (entry,) = queries.run(session, OCTOBER).entries
    assert entry.slip.gross == 3 * 12000


def test_a_day_on_which_the_factory_rested_is_no_absence(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(kind=TermsKind.MONTHLY, rate=Money(3000000)))
    friday = date(2026, 10, 16)
    attendance.close_for_us(session, [friday], Slack.NO_ORDERS, by=SYSTEM, at=now())
    (entry,) = queries.run(session, OCTOBER).entries
    assert entry.slip.gross == 3000000
    assert entry.slip.notices == ()
    attendance.take_off(session, pine, date(2026, 10, 15), "a wedding", by=SYSTEM, at=now())
    (entry,) = queries.run(session, OCTOBER).entries
    assert entry.slip.gross < 3000000


def test_who_was_not_there_has_no_payslip_and_new_terms_are_noticed(session: Session) -> None:
    pine = make_worker(session)
    more = make_terms(since=date(2026, 10, 15), kind=TermsKind.MONTHLY, rate=Money(3000000))
    people_service.change_terms(session, pine, more, by=SYSTEM, at=now())
    (entry,) = queries.run(session, OCTOBER).entries
    assert [each.code for each in entry.slip.notices] == ["terms_changed"]
    assert queries.run(session, date(2026, 8, 1)).entries == ()
    people_service.leave(session, pine, date(2026, 9, 30), by=SYSTEM, at=now())
    assert queries.run(session, OCTOBER).entries == ()


def _pine(session: Session) -> Worker:
    worker = make_worker(session)
    work_october(session, worker)
    return worker


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, who worked all of October."""
    return kept(_pine)


def test_the_paper_carries_the_net_amount(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), reading() as session:
        net = queries.entry(session, pine, OCTOBER).slip.net
    answer = browser.get(f"/pay/2026-10/{pine.number}.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert f"{net:,}" in text
    assert f"{net:,}" in browser.get(f"/pay/2026-10/{pine.number}").text


def test_the_manager_looks_and_approves(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.MANAGER)
    assert "2026-10" in browser.get("/pay/").text
    assert "Pine" in browser.get("/pay/2026-10").text
    assert browser.post("/pay/2026-10/calculate").status_code == 303
    (shown,) = re.findall(
        r'name="shown" value="([0-9a-f]+)"', browser.get("/pay/2026-10?looked=1").text
    )
    again = browser.post("/pay/2026-10/approve", data={"shown": shown, "how": "second"})
    assert again.status_code == 422
    assert tell(SecondPersonNeeded(), "en") in unescape(again.text)
    browser = sign_in(Role.MANAGER, name="Aspen")
    sent = {"shown": shown, "how": "second"}
    assert browser.post("/pay/2026-10/approve", data=sent).status_code == 303
    assert "Approved by Aspen" in browser.get("/pay/2026-10").text
    refused = browser.post("/pay/2026-10/approve", data=sent)
    assert refused.status_code == 422
    assert tell(RunLocked(), "en") in refused.text
    assert browser.get("/pay/someday").status_code == 404
    assert "Nobody was employed" in browser.get("/pay/2026-01").text


def test_pay_is_hers_alone_and_needs_the_pin(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    assert browser.get("/pay/mine").location == "/pay/mine/2026-11"
    assert browser.get("/pay/mine/2026-10").location == "/pin?next=/pay/mine/2026-10"
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    page = browser.get("/pay/mine/2026-10")
    assert "data-hide" in page.text
    assert "임금명세서" in page.text or "Payslip" in page.text
    assert browser.get(f"/pay/2026-10/{pine.number}").status_code == 403
    assert sign_in(Role.SUPERVISOR).get("/pay/2026-10").status_code == 403


def test_the_run_says_what_differs_from_last_month_and_why(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        hazel = make_worker(session, "Hazel", hired=NOVEMBER, terms=make_terms(since=NOVEMBER))
        badge, monday = people.badges(session)[hazel.id], date(2026, 11, 2)
        punch(session, badge, monday, "in", "09:00")
        punch(session, badge, monday, "out", "12:00")
    browser = sign_in(Role.MANAGER)
    browser.post("/pay/2026-11/calculate")
    page = browser.get("/pay/2026-11").text
    assert "Basic pay: " in page
    assert "₩2,112,000 → nothing" in page
    assert "(-₩2,112,000)" in page
    assert "new this month" in page
    assert "+₩" in page
    browser.post("/pay/2026-10/calculate")
    october = browser.get("/pay/2026-10").text
    assert "no longer here" not in october


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "below the minimum wage"),
        ("ko", "최저임금보다 낮아요"),
        ("ko_easy", "법이 정한 가장 낮은 돈보다 적어요"),
    ],
)
def test_warnings_are_sentences_in_every_language(
    app: Flask, sign_in: SignIn, language: str, sentence: str
) -> None:
    with app.app_context(), transaction() as session:
        make_worker(session, terms=make_terms(rate=Money(9000)))
    browser = sign_in(Role.MANAGER)
    browser.post("/pay/2026-10/calculate")
    assert sentence in browser.get(f"/pay/2026-10?language={language}").text
    assert sentence in browser.get(f"/pay/2026-10/1?language={language}").text
