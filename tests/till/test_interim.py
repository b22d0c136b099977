"""The report of a day that goes on (X), at any time; the drawer is counted blindly all the same."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import say, speaking
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.drawer import WHY_NO_CASH, Day
from tests.conftest import SignIn
from tests.till.build import (
    LANGUAGES,
    PRICE,
    card,
    cash,
    give_back,
    make_coat,
    make_till,
    papers,
    reads,
    sold,
    value_of,
)
from tests.till.tickets import make_payment, make_ticket

FLOAT, DEPOSIT = 311_000, 7_000
PAID_IN = 1_230


def _busy(session: Session) -> Day:
    """Sold by cash, by card, by both and by transfer; returned; a deposit in cash; money put in."""
    make_till(session, FLOAT)
    code = make_coat(session, 9)
    for tenders in ((cash(PRICE),), (card(PRICE),)):
        sold(session, code, tenders=tenders)
    last = sold(session, code, tenders=(cash(9_000), card(PRICE - 9_000)))
    give_back(session, last, {1: 1})
    make_ticket(session, deposit=make_payment(DEPOSIT))
    service.move_cash(
        session, Money(PAID_IN), "coins", out=False, event_id=new_id(), by=SYSTEM, at=now()
    )
    return queries.today(session)


def told(day: Day) -> list[Money]:
    """Sums from which the drawer follows, some of them by the tax."""
    taken = day.deposits
    return [
        day.expected,
        day.cash.sold,
        day.cash.net,
        day.net,
        day.vat,
        day.net - day.vat,
        taken.held,
    ]


@pytest.fixture
def day(app: Flask, birch: FlaskClient) -> Day:
    with app.app_context(), transaction() as session:
        return _busy(session)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_cashier_takes_an_interim_report_and_still_counts_blindly(
    app: Flask, birch: FlaskClient, day: Day, spoken: str
) -> None:
    birch.post("/language", data={"language": spoken})
    page = birch.get("/till/day/so-far").text
    with app.test_request_context(), speaking(spoken):
        assert say(WHY_NO_CASH) in page
    for known in (day.receipts, f"{day.sales} · {day.returns}", f"{2 * PRICE - 9_000:,}"):
        assert known in page
    assert birch.post("/till/day/so-far").location == "/till/day/so-far"
    with app.app_context(), reading() as session:
        slip = reads(papers(session)[-1])
        assert queries.today(session) == day
    assert day.receipts in slip
    assert f"{2 * PRICE - 9_000:,}" in slip
    for unknown in told(day):
        assert f"{unknown.won:,}" not in page
        assert f"{unknown.won:,}" not in slip


def test_a_manager_at_the_till_sees_the_whole_of_it(app: Flask, sign_in: SignIn, day: Day) -> None:
    willow = sign_in(Role.MANAGER)
    page = willow.get("/till/day/so-far").text
    assert willow.post("/till/day/so-far").status_code == 303
    with app.app_context(), reading() as session:
        slip = reads(papers(session)[-1])
    for known in told(day)[:5]:
        assert f"{known.won:,}" in slip
    assert f"{day.expected.won:,}" in page
    assert f"{day.vat.won:,}" in page


def test_an_interim_report_asked_for_twice_is_printed_once(
    app: Flask, birch: FlaskClient, day: Day
) -> None:
    asked = {"event_id": value_of(birch.get("/till/day/so-far").text, "event_id")}
    with app.app_context(), reading() as session:
        before = len(papers(session))
    for _ in "12":
        assert birch.post("/till/day/so-far", data=asked).status_code == 303
    with app.app_context(), reading() as session:
        assert len(papers(session)) == before + 1
    birch.post("/till/day/so-far", data={"event_id": "no id"})
    with app.app_context(), reading() as session:
        assert len(papers(session)) == before + 2


def test_a_closed_till_has_no_interim_report(birch: FlaskClient) -> None:
    for answer in (birch.get("/till/day/so-far"), birch.post("/till/day/so-far")):
        assert answer.location == "/till/open"


def test_the_count_leads_to_the_interim_report(birch: FlaskClient, day: Day) -> None:
    assert "/till/day/so-far" in birch.get("/till/day").text
