"""A large month is calculated in parts, shows how far it is, and loses nothing in between."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.words import tell
from factory.payroll import queries
from factory.payroll.domain.handed import Way
from factory.payroll.domain.run import RunLocked
from factory.payroll.routes import handing, runs
from factory.security.domain import Role
from factory.web.parts import BY_SCRIPT
from tests.conftest import Kept, SignIn
from tests.payroll.build import OCTOBER, approve
from tests.payroll.closed import two_people
from tests.people.build import make_leader

pytestmark = pytest.mark.usefixtures("clock")
CALCULATE, RUN = "/pay/2026-10/calculate", "/pay/2026-10"
SCRIPT = {BY_SCRIPT: "1"}


def _manager(session: Session) -> None:
    for name in ("Pine", "Cedar", "Hazel"):
        make_leader(session, name)


@pytest.fixture
def manager(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, kept: Kept) -> FlaskClient:
    """Three people, of whom one is calculated at a time."""
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    kept(_manager)
    return sign_in(Role.MANAGER)


def test_each_press_of_the_button_does_one_part_and_says_how_far_it_is(
    manager: FlaskClient,
) -> None:
    first = manager.post(CALCULATE)
    assert first.status_code == 200
    assert "1 of 3 are done." in first.text
    assert '<progress max="3" value="1"' in first.text
    assert "2 of 3 are done." in manager.post(CALCULATE).text
    assert manager.post(CALCULATE).location == RUN
    assert "Calculated. Please look at it." in manager.get(RUN).text


def test_the_pages_script_hears_how_far_it_is_and_at_last_where_to_go(
    manager: FlaskClient,
) -> None:
    told = [manager.post(CALCULATE, headers=SCRIPT).get_json() for _ in range(3)]
    assert [(part.get("done"), part.get("of")) for part in told[:2]] == [(1, 3), (2, 3)]
    assert told[2] == {"next": RUN}


def test_a_calculation_that_was_left_is_no_draft_and_goes_on_later(
    app: Flask, manager: FlaskClient
) -> None:
    manager.post(CALCULATE)
    assert manager.get(CALCULATE).location == RUN
    with app.app_context(), reading() as session:
        assert queries.draft(session, OCTOBER) is None
    assert ">Calculate<" in manager.get(RUN).text
    assert "2 of 3 are done." in manager.post(CALCULATE).text


def test_a_month_that_is_approved_meanwhile_is_left_alone(app: Flask, manager: FlaskClient) -> None:
    manager.post(CALCULATE)
    with app.app_context(), transaction() as session:
        approve(session)
    refused = manager.post(CALCULATE, headers=SCRIPT)
    assert refused.status_code == 422
    assert tell(RunLocked(), "en") in refused.text


def test_it_is_said_in_the_language_she_reads(manager: FlaskClient) -> None:
    for language, title in (("ko", "급여를 계산하고 있어요"), ("ko_easy", "월급을 셈하고 있어요")):
        assert title in manager.post(f"{CALCULATE}?language={language}").text


def test_slips_of_a_large_house_are_printed_in_parts_and_each_once(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "AT_ONCE", 1)
    with app.app_context(), transaction() as session:
        two_people(session)
    browser, address = sign_in(Role.MANAGER), "/pay/2026-10/handed"
    assert "1 of 2 are done." in browser.post(address).text
    assert browser.post(address).location == address
    assert browser.post(address).location == address
    with app.app_context(), reading() as session:
        ways = [each.way for d in queries.deliveries(session, OCTOBER) for each in d.ways]
        assert ways == [Way.PRINTED, Way.PRINTED]
