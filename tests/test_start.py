"""What waits stands on the start page of whoever sees to it, and leads to where it is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import today
from factory.people import queries as people
from factory.printing.domain import State
from factory.printing.records import JobRow
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.leave import build as leave
from tests.payroll.build import approve, calculate, punch, work_october
from tests.people.build import make_worker
from tests.printing.build import make_job
from tests.production.build import make_bundle, scan
from tests.till.build import make_coat, make_sale, make_till, sell
from tests.till.tickets import make_ready, make_ticket

Build = Callable[[Session], None]
WAITS = "What waits"
LED_TO = re.compile(r'<li><a href="([^"]+)"><svg')


def leave_is_asked(session: Session) -> None:
    leave.ask(session, leave.make_house(session))


def a_piece_is_rejected(session: Session) -> None:
    scan(session, make_bundle(session), "C06", 8, bad=2)


def a_paper_failed(session: Session) -> None:
    number = make_job(session)
    session.execute(update(JobRow).where(JobRow.id == number).values(state=State.FAILED))


def a_day_is_open(session: Session) -> None:
    punch(session, _badge(session), date(2026, 11, 23), "in", "09:00")


def she_went_home_after_midnight(session: Session) -> None:
    """The going home alone makes no day that somebody forgot to close."""
    punch(session, _badge(session), date(2026, 11, 22), "out", "00:30")


def _badge(session: Session) -> str:
    worker = make_worker(session)
    return people.badges(session)[worker.id]


def october_is_not_approved(session: Session) -> None:
    make_worker(session, hired=date(2026, 10, 1))


def october_is_approved(session: Session) -> None:
    work_october(session, make_worker(session, hired=date(2026, 10, 1)))
    calculate(session)
    approve(session)


def a_cash_receipt_is_due(session: Session) -> None:
    make_till(session)
    sell(session, make_sale(make_coat(session)))


def alterations_are_due_today(session: Session) -> None:
    """One is promised for today, one is ready, one has time."""
    make_ticket(session, promised=today())
    make_ready(session, make_ticket(session, promised=today()))
    make_ticket(session)


def a_coat_was_sold_on_a_word(session: Session) -> None:
    make_till(session)
    sell(session, make_sale(make_coat(session, 1), 2, approved="Willow"))


TOLD: tuple[tuple[Build, str, str, Role], ...] = (
    (leave_is_asked, "Leave that waits for an answer: 1", "/leave/requests", Role.SUPERVISOR),
    (a_piece_is_rejected, "To be decided or repaired: 2", "/rework/", Role.SUPERVISOR),
    (a_paper_failed, "Papers that need somebody: 1", "/printing/", Role.CASHIER),
    (a_day_is_open, "Not closed yet: 23 Nov (Mon)", "/days/", Role.SUPERVISOR),
    (
        october_is_not_approved,
        "The pay of Oct 2026 is not approved. Pay day: 10 Nov 2026 (Tue)",
        "/pay/2026-10",
        Role.MANAGER,
    ),
    (
        a_cash_receipt_is_due,
        "Cash receipts to issue or to cancel: 1",
        "/till/cash-receipts",
        Role.CASHIER,
    ),
    (
        alterations_are_due_today,
        "Promised by today and not ready: 1",
        "/till/tickets",
        Role.CASHIER,
    ),
    (
        a_coat_was_sold_on_a_word,
        "Sold on somebody&#39;s word, to be counted: 1",
        "/stock/count",
        Role.MANAGER,
    ),
)


@pytest.mark.parametrize(("build", "told", "where", "role"), TOLD)
def test_it_is_told_and_leads_to_where_it_is_done(
    app: Flask, sign_in: SignIn, build: Build, told: str, where: str, role: Role
) -> None:
    browser = sign_in(role)
    assert told not in browser.get("/").text
    with app.app_context(), transaction() as session:
        build(session)
    start = browser.get("/").text
    assert f'<li><a href="{where}">' in start
    assert told in start
    assert browser.get(where, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("build", "told"),
    [(she_went_home_after_midnight, "Not closed yet"), (october_is_approved, "The pay of")],
)
def test_what_is_in_order_is_not_told(app: Flask, sign_in: SignIn, build: Build, told: str) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        build(session)
    assert told not in browser.get("/").text


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_in_an_empty_house_nothing_waits(sign_in: SignIn, role: Role) -> None:
    assert WAITS not in sign_in(role).get("/").text


def test_visitors_read_nothing_of_leave_pay_and_shop(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        leave_is_asked(session)
        a_piece_is_rejected(session)
        a_cash_receipt_is_due(session)
    hidden = {"/leave/requests", "/till/cash-receipts", "/pay/2026-10"}
    assert hidden < set(LED_TO.findall(browser.get("/").text))
    browser.post("/visitors")
    assert LED_TO.findall(browser.get("/").text) == ["/rework/"]
