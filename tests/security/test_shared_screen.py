"""At a shared screen of the floor: whose language, whose figures, and how she leaves it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES
from factory.people import queries as people
from factory.security import service, sessions
from factory.security.domain import SYSTEM, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.people.build import make_worker

Pine = tuple[str, str]


def _pine(session: Session) -> Pine:
    worker = make_worker(session)
    return str(worker.number), people.badges(session)[worker.id]


@pytest.fixture
def pine(client: FlaskClient, kept: Kept) -> Pine:
    """Pine's number and badge; she reads 쉬운 말."""
    del client
    return kept(_pine)


@pytest.fixture
def door(sign_in: SignIn) -> FlaskClient:
    """The screen at the door, which speaks English until somebody chooses."""
    return sign_in(Role.CLOCK_TERMINAL)


def enter_pin(door: FlaskClient, pine: Pine, pin: str = PIN) -> None:
    assert door.post("/pin", data={"number": pine[0], "pin": pin}).status_code == 303


def test_whoever_acts_reads_her_own_language_and_the_screen_keeps_its_own(
    door: FlaskClient, pine: Pine
) -> None:
    door.post("/language", data={"language": "en"})
    enter_pin(door, pine)
    assert "반가워요" in door.get("/").text
    door.post("/step-back")
    assert "What would you like to do?" in door.get("/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_she_chooses_there_is_hers_and_greets_her_at_the_door(
    door: FlaskClient, pine: Pine, language: str
) -> None:
    door.post("/language", data={"language": "en"})
    enter_pin(door, pine)
    door.post("/language", data={"language": language})
    assert f'lang="{"en" if language == "en" else "ko"}"' in door.get("/").text
    door.post("/step-back")
    assert '<html lang="en"' in door.get("/").text
    greeting = door.post("/clock/", data={"code": pine[1]}).text
    assert ("Good morning, Pine" in greeting) == (language == "en")
    gone = door.post("/clock/", data={"code": pine[1], "kind": "out"}).text
    assert ("Well done, Pine" in gone) == (language == "en")


def test_an_office_account_takes_its_language_to_another_browser(
    app: Flask, sign_in: SignIn
) -> None:
    sign_in(Role.MANAGER).post("/language", data={"language": "ko_easy"})
    with app.app_context(), transaction() as session:
        found = service.find_account_id(session, "Willow")
        assert found is not None
        token = sessions.open_session(session, found, at=now())
    other = app.test_client()
    other.set_cookie("didim_session", token)
    assert "반가워요" in other.get("/", headers={"Accept-Language": "en"}).text


def test_another_badge_closes_what_is_open(door: FlaskClient, pine: Pine) -> None:
    enter_pin(door, pine)
    assert door.get("/days/hours").status_code == 200
    door.post("/clock/", data={"code": pine[1]})
    assert door.get("/days/hours").status_code == 303


def test_her_hours_close_by_themselves_and_the_screen_waits_for_the_next_badge(
    door: FlaskClient, pine: Pine
) -> None:
    enter_pin(door, pine)
    page = door.get("/days/hours").text
    assert '<form method="post" action="/step-back" data-hide>' in page
    assert 'name="next" value="/clock/"' in page
    assert door.post("/step-back", data={"next": "/clock/"}).location == "/clock/"
    assert door.get("/days/hours").status_code == 303


def test_a_screen_with_several_pages_rests_at_its_start(sign_in: SignIn, pine: Pine) -> None:
    del pine
    assert 'value="/"' not in sign_in(Role.MANAGER).get("/").text
    assert sign_in(Role.FLOOR_TERMINAL).get("/").status_code == 200


def test_she_chooses_a_new_pin_at_a_shared_screen(door: FlaskClient, pine: Pine) -> None:
    enter_pin(door, pine)
    wrong = door.post("/settings/pin", data={"old": "9999", "pin": "7391"})
    assert wrong.status_code == 422
    assert "not your PIN until now" in wrong.text or "지금 쓰는" in wrong.text
    assert 'id="old-wrong"' in wrong.text
    assert 'id="pin-wrong"' not in wrong.text
    done = door.post("/settings/pin", data={"old": PIN, "pin": "7391"})
    assert done.location == "/"
    enter_pin(door, pine, "7391")


def test_guessing_the_old_pin_makes_her_wait_too(door: FlaskClient, pine: Pine) -> None:
    enter_pin(door, pine)
    for _ in range(5):
        door.post("/settings/pin", data={"old": "9999", "pin": "7391"})
    assert door.post("/settings/pin", data={"old": PIN, "pin": "7391"}).status_code == 422


def test_a_wrong_old_password_is_said_beside_its_field(sign_in: SignIn) -> None:
    data = {"old": "wrong", "password": "another long one"}
    answer = sign_in(Role.MANAGER).post("/settings/password", data=data).text
    assert 'id="old-wrong"' in answer
    assert "not your password until now" in answer


def test_nobody_signs_the_screen_out_by_mistake(door: FlaskClient, pine: Pine) -> None:
    enter_pin(door, pine)
    for page in ("/", "/clock/", "/days/hours"):
        assert "/sign-out" not in door.get(page).text
        assert "/step-back" in door.get(page).text
    assert "/sign-out" in door.get("/settings").text
    assert SYSTEM.name not in door.get("/settings").text


def test_a_browser_that_came_by_https_can_still_sign_in_by_http(app: Flask, pine: Pine) -> None:
    browser, by_https = app.test_client(), {"base_url": "https://localhost"}
    entered = {"name": pine[0], "password": PIN}
    sealed = browser.post("/sign-in", data=entered, **by_https).headers["Set-Cookie"]
    assert sealed.startswith("__Host-didim_session=")
    assert "Secure" in sealed
    assert "Path=/" in sealed
    assert "Domain" not in sealed
    assert browser.get("/mine/", **by_https).status_code == 200
    assert browser.get("/mine/").status_code == 303
    plain = browser.post("/sign-in", data=entered).headers["Set-Cookie"]
    assert plain.startswith("didim_session=")
    assert "Secure" not in plain
    assert browser.get("/mine/").status_code == 200
    gone = browser.post("/sign-out", **by_https).headers["Set-Cookie"]
    assert gone.startswith("__Host-didim_session=;")
    assert "Secure" in gone
    assert browser.get("/mine/", **by_https).status_code == 303
    assert browser.get("/mine/").status_code == 200
