"""Pieces from scans: paid to whoever made them, shown to her alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import transaction
from factory.kernel.money import Money
from factory.kernel.time import at, now
from factory.payroll import queries
from factory.people import service as people_service
from factory.people.domain import TermsKind, Worker
from factory.production import service as production
from factory.security.domain import SYSTEM, Actor, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import NOVEMBER
from tests.people.build import make_terms, make_worker
from tests.production.build import make_bundle, scan

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 11, 24)
BY_PIECE = make_terms(kind=TermsKind.PIECE, rate=Money(0))


def rate(session: Session, style: str, operation: str) -> int:
    return catalogue.routing(session, style).step(operation).rate.won


def test_pieces_are_paid_at_the_rate_of_their_scans(session: Session) -> None:
    pine, bundle = make_worker(session, terms=BY_PIECE), make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    scan(session, bundle, "S01", 4, bad=1, worker=pine.id)
    slip = queries.entry(session, pine, NOVEMBER).slip
    fused, sewn = (rate(session, bundle.style, code) for code in ("C06", "S01"))
    (piece,) = slip.earnings
    assert (piece.code, piece.quantity, piece.unit) == ("piece", 14, "piece")
    assert piece.amount == 10 * fused + 4 * sewn
    origins = {each["origin"] for each in slip.explain[0]["inputs"]}
    assert {"scans of C06", "scans of S01"} <= origins


def test_a_scan_that_was_undone_is_not_paid(session: Session) -> None:
    pine, bundle = make_worker(session, terms=BY_PIECE), make_bundle(session)
    done = scan(session, bundle, "C06", worker=pine.id)
    assert queries.pieces_of(session, pine.id, TODAY, TODAY)[0].count == 10
    me = Actor(name="Pine", worker=pine.id)
    production.undo(session, done.scan.id, by=me, at=now())
    assert queries.pieces_of(session, pine.id, TODAY, TODAY) == ()
    assert queries.entry(session, pine, NOVEMBER).slip.gross == 0


def test_whoever_is_paid_for_her_time_gets_no_piece_pay(session: Session) -> None:
    pine, bundle = make_worker(session), make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    assert queries.entry(session, pine, NOVEMBER).slip.gross == 0
    assert not queries.my_pieces(session, pine, TODAY).paid


def test_nobody_is_paid_for_the_pieces_of_others(session: Session) -> None:
    pine, cedar = make_worker(session, terms=BY_PIECE), make_worker(session, "Cedar")
    scan(session, make_bundle(session), "C06", worker=cedar.id)
    assert queries.pieces_of(session, pine.id, NOVEMBER, TODAY) == ()
    assert queries.entry(session, pine, NOVEMBER).slip.gross == 0


def test_after_a_change_to_piece_pay_only_later_pieces_are_paid(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine, bundle = make_worker(session), make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    tomorrow = TODAY + timedelta(days=1)
    terms = make_terms(since=tomorrow, kind=TermsKind.PIECE, rate=Money(0))
    people_service.change_terms(session, pine, terms, by=SYSTEM, at=now())
    clock.shift(86400)
    scan(session, bundle, "S01", worker=pine.id)
    slip = queries.entry(session, pine, NOVEMBER).slip
    (piece,) = (line for line in slip.earnings if line.code == "piece")
    assert piece.quantity == 10
    mine = queries.my_pieces(session, pine, tomorrow)
    assert (mine.since, mine.paid) == (tomorrow, True)
    assert [made.code for made in mine.month] == ["S01"]


def test_her_pieces_of_today_and_of_the_month(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine, bundle = make_worker(session, terms=BY_PIECE), make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    clock.shift(86400)
    scan(session, bundle, "S01", 3, worker=pine.id)
    mine = queries.my_pieces(session, pine, TODAY + timedelta(days=1))
    assert [(made.code, made.count) for made in mine.today] == [("S01", 3)]
    assert [(made.code, made.count) for made in mine.month] == [("C06", 10), ("S01", 3)]
    sewn = mine.today[0]
    assert sewn.operation is not None
    assert sewn.operation.name_en == "Front"
    assert sewn.earned == Money(3 * rate(session, bundle.style, "S01"))
    assert (mine.since, mine.paid) == (NOVEMBER, True)


# Her page


def _pine(session: Session) -> Worker:
    worker = make_worker(session, terms=BY_PIECE)
    bundle = make_bundle(session)
    scan(session, bundle, "C06", worker=worker.id, at=at(TODAY, "09:30"))
    return worker


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, paid by the piece, who fused ten coats."""
    return kept(_pine)


def test_her_pieces_are_hers_alone_and_hide_themselves(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    assert browser.get("/pay/mine/pieces").location == "/pin?next=/pay/mine/pieces"
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    page = browser.get("/pay/mine/pieces?language=en")
    assert page.status_code == 200
    assert 'action="/step-back" data-hide' in page.text
    assert 'class="kiosk"' in page.text
    assert "10 pieces" in page.text
    assert "Fuse" in page.text
    assert "you get the minimum wage" in page.text
    manager = sign_in(Role.MANAGER).get("/pay/mine/pieces")
    assert manager.location == "/pin?next=/pay/mine/pieces"


@pytest.mark.parametrize(
    ("language", "title", "operation"),
    [("ko", "내 장수", "심지 접착"), ("ko_easy", "내가 만든 것", "심지 접착")],
)
def test_her_page_speaks_her_language(
    sign_in: SignIn, pine: Worker, language: str, title: str, operation: str
) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    page = browser.get(f"/pay/mine/pieces?language={language}").text
    assert title in page
    assert operation in page


def test_without_pieces_the_page_says_so(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    with app.app_context(), transaction() as session:
        cedar = make_worker(session, "Cedar")
    browser = sign_in(Role.FLOOR_TERMINAL)
    browser.post("/pin", data={"number": str(cedar.number), "pin": PIN})
    page = browser.get("/pay/mine/pieces?language=en").text
    assert "No pieces yet." in page
    assert "You are paid for your time." in page
    assert "₩" not in page


def test_the_short_address_of_her_pay_keeps_the_language_asked_for(
    sign_in: SignIn, pine: Worker
) -> None:
    browser = sign_in(Role.MANAGER)
    month = f"{TODAY:%Y-%m}"
    assert browser.get("/pay/mine?language=en").location == f"/pay/mine/{month}?language=en"
    assert browser.get("/pay/mine").location == f"/pay/mine/{month}"
    assert browser.get("/days/month?language=en").location == f"/days/month/{month}?language=en"
    assert pine.number
