"""손님 모드: one tap hides names, pay and attendance at a screen, until a PIN is given."""

from __future__ import annotations

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import SOMEBODY
from factory.security import service, sessions
from factory.security.domain import ALLOWED, FOR_VISITORS, SYSTEM, Actor, Role, WorkerId
from tests.cast import PASSWORD, PIN
from tests.conftest import SignIn
from tests.security.test_telephone import code_now, taken_in

HIDDEN = ("/people/", "/days/", "/pay/", "/orders/", "/audit", "/stock/")


def come(browser: FlaskClient) -> None:
    assert browser.post("/visitors").status_code == 303


def test_one_tap_hides_who_is_signed_in_and_what_concerns_people(sign_in: SignIn) -> None:
    willow = sign_in(Role.MANAGER, name="Willow")
    assert "Willow" in willow.get("/").text
    come(willow)
    for address in ("/", "/board/", "/bundles/", "/cutting/"):
        page = willow.get(address)
        assert page.status_code == 200, address
        assert "Willow" not in page.text, address
    for address in HIDDEN:
        assert willow.get(address).status_code in {403, 404}, address


def test_it_ends_with_her_secret_and_with_nothing_else(sign_in: SignIn) -> None:
    willow = sign_in(Role.MANAGER, name="Willow")
    come(willow)
    assert "PIN or password" in willow.get("/visitors/end").text
    assert willow.post("/visitors/end", data={"pin": "wrong"}).status_code == 422
    assert "Willow" not in willow.get("/").text
    assert willow.post("/visitors/end", data={"pin": PASSWORD}).location == "/"
    assert "Willow" in willow.get("/").text


def test_it_asks_for_her_telephone_where_she_signs_in_with_one(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    willow = sign_in(Role.MANAGER, name="Willow")
    with app.app_context(), transaction() as session:
        account = service.find_account_id(session, "Willow")
        assert account is not None
        taken_in(session, account)
    come(willow)
    assert 'name="code"' in willow.get("/visitors/end").text
    clock.shift(60)
    for code in ("", "000000"):
        assert willow.post("/visitors/end", data={"pin": PASSWORD, "code": code}).status_code == 422
        assert "Willow" not in willow.get("/").text
    with app.app_context(), reading() as session:
        shown = code_now(session, account)
    ended = willow.post("/visitors/end", data={"pin": PASSWORD, "code": shown})
    assert ended.location == "/"
    assert "Willow" in willow.get("/").text
    come(willow)
    again = willow.post("/visitors/end", data={"pin": PASSWORD, "code": shown})
    assert again.status_code == 422  # a code is good for once


def test_whoever_looks_may_do_no_more_than_work() -> None:
    for role in Role:
        her = Actor(name="Willow", roles=frozenset({role}), visitors=True, with_pin=True)
        assert {p for p in ALLOWED[role] if her.may(p)} <= FOR_VISITORS
        assert not her.may("see_own_work")
    assert Actor(name="Willow", visitors=True).shown == SOMEBODY
    assert Actor(name="Willow").shown == "Willow"


def test_while_visitors_look_her_pin_opens_nothing(session: Session) -> None:
    """She may have typed it a moment before they came."""
    account = service.create_worker_account(
        session, WorkerId(7), number=7, pin=PIN, by=SYSTEM, at=now()
    )
    token = sessions.open_session(session, account, at=now())
    session.flush()
    before = sessions.who_is(session, token, at=now())
    sessions.let_visitors_look(session, token, looking=True, by=SYSTEM, at=now())
    session.flush()
    after = sessions.who_is(session, token, at=now())
    assert before is not None
    assert after is not None
    assert (before.with_pin, after.with_pin) == (True, False)
