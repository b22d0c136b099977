"""The end of a day at the till: why a drawer differs, and what an open or closed till refuses."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, tell
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.drawer import NoteMissing, TillClosed, TillOpenAlready
from factory.till.domain.receipt import Receipt
from tests.conftest import Kept, SignIn
from tests.till.build import SHOP, SHORT, make_coat, make_count, make_till, sold
from tests.web.reading import faults


def _sale(session: Session) -> Receipt:
    make_till(session)
    return sold(session, make_coat(session))


@pytest.fixture
def sale(birch: FlaskClient, kept: Kept) -> Receipt:
    """A coat that was sold today."""
    return kept(_sale)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_large_difference_needs_a_note_before_the_day_ends(
    app: Flask, birch: FlaskClient, sale: Receipt, language: str
) -> None:
    birch.post("/language", data={"language": language})
    birch.post("/till/day", data={"n50000": "1"})
    for note in ("", "   "):
        answer = birch.post("/till/day/counted", data={"note": note})
        assert answer.status_code == 422
        assert tell(NoteMissing(most=Money(1_000)), language) in answer.text
    assert birch.post("/till/day/counted", data={"note": SHORT}).status_code == 303
    with app.app_context(), reading() as session:
        assert queries.day_end(session, 1).note == SHORT


@pytest.mark.parametrize(
    ("typed", "holds"), [("0", True), ("50,000", True), ("-1", False), ("", False)]
)
def test_the_manager_says_how_much_a_drawer_may_differ(
    app: Flask, sign_in: SignIn, typed: str, *, holds: bool
) -> None:
    willow = sign_in(Role.MANAGER)
    told = asdict(SHOP) | {"tolerance": typed}
    assert (willow.post("/till/shop", data=told).status_code == 303) is holds
    with app.app_context(), reading() as session:
        kept = queries.tolerance(session)
    assert kept == (Money(int(typed.replace(",", ""))) if holds else Money(1_000))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_till_is_not_opened_again_nor_a_closed_one_given_back_to(
    app: Flask, birch: FlaskClient, sale: Receipt, language: str
) -> None:
    birch.post("/language", data={"language": language})
    with app.app_context(), reading() as session:
        since = queries.today(session).opening.at
    again = birch.get("/till/open")
    assert again.status_code == 422
    assert tell(TillOpenAlready(since=since), language) in again.text
    assert 'name="float"' not in again.text
    with app.app_context(), transaction() as session:
        service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
    closed = birch.get(f"/till/returns/{sale.code}")
    assert closed.status_code == 422
    assert tell(TillClosed(), language) in closed.text
    assert 'name="code"' not in closed.text
    tile = birch.get("/till/returns", follow_redirects=True)
    assert tile.request.path == "/till/open"
    assert tell(TillClosed(), language) in tile.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_till_is_opened_by_a_page_that_everybody_can_read(
    birch: FlaskClient, language: str
) -> None:
    assert faults(birch.get(f"/till/open?language={language}").text) == []
