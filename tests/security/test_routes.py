"""The pages of sign-in, accounts, terminals and audit: that they work, and who may not."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES
from factory.security import service
from factory.security.domain import SYSTEM, Role, WorkerId
from tests.cast import PASSWORD, PIN
from tests.conftest import SignIn


def add_worker(app: Flask, number: int = 12) -> None:
    with app.app_context(), transaction() as session:
        service.create_worker_account(
            session, WorkerId(number), number=number, shown="Pine", pin=PIN, by=SYSTEM, at=now()
        )


def test_a_stranger_is_asked_to_sign_in_and_brought_where_she_wanted_to_go(
    client: FlaskClient,
) -> None:
    answer = client.get("/accounts")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/accounts"


def test_name_and_password_open_the_start_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        service.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], shown="Willow", by=SYSTEM, at=now()
        )
    answer = client.post("/sign-in", data={"name": "willow", "password": PASSWORD})
    assert answer.location == "/"
    assert "Willow" in client.get("/").text


def test_number_and_pin_open_a_workers_own_page(app: Flask, client: FlaskClient) -> None:
    add_worker(app)
    assert client.post("/sign-in", data={"name": "12", "password": PIN}).location == "/"
    assert "Pine" in client.get("/").text


def test_a_wrong_password_gets_a_sentence_and_keeps_the_name(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"name": "willow", "password": "wrong"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert 'value="willow"' in answer.text


def test_after_five_wrong_attempts_she_waits(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    add_worker(app)
    for _ in range(5):
        client.post("/sign-in", data={"name": "12", "password": "0000"})
    assert (
        "Please wait 1 minute" in client.post("/sign-in", data={"name": "12", "password": PIN}).text
    )
    clock.shift(61)
    assert client.post("/sign-in", data={"name": "12", "password": PIN}).status_code == 303


def test_a_way_on_to_another_house_is_not_followed(app: Flask, client: FlaskClient) -> None:
    add_worker(app)
    data = {"name": "12", "password": PIN, "next": "//elsewhere.example/"}
    assert client.post("/sign-in", data=data).location == "/"


def test_a_session_ends_after_a_days_work(sign_in: SignIn, clock: time_machine.Traveller) -> None:
    browser = sign_in(Role.MANAGER)
    assert browser.get("/").status_code == 200
    clock.shift(12 * 3600 + 1)
    assert browser.get("/").status_code == 303


def test_signing_out_forgets_the_browser(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    browser.post("/sign-out")
    assert browser.get("/").status_code == 303


def test_accounts_of_people_stand_in_the_order_of_their_numbers(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.KEEPER)
    for number in (2, 10, 1):
        add_worker(app, number)
    page = browser.get("/accounts").text
    at = [page.index(f'href="/accounts/{name}"') for name in ("1", "2", "10")]
    assert at == sorted(at)


@pytest.mark.parametrize("path", ["/accounts", "/terminals"])
def test_only_the_keeper_sees_accounts_and_terminals(sign_in: SignIn, path: str) -> None:
    assert sign_in(Role.MANAGER).get(path).status_code == 403
    assert sign_in(Role.KEEPER).get(path).status_code == 200


def test_the_keeper_opens_an_account_changes_its_roles_and_closes_it(sign_in: SignIn) -> None:
    browser = sign_in(Role.KEEPER)
    data = {"name": "birch", "shown": "Birch", "password": PASSWORD, "roles": ["cashier"]}
    assert browser.post("/accounts", data=data).status_code == 303
    assert browser.post("/accounts", data=data).status_code == 422
    assert browser.post("/accounts/birch", data={"roles": ["manager"]}).status_code == 303
    assert browser.post("/accounts/birch/close").status_code == 303
    assert "closed" in browser.get("/accounts").text
    unnamed = {"name": "elm", "password": PASSWORD, "roles": ["cashier"]}
    assert browser.post("/accounts", data=unnamed).status_code == 303
    assert browser.get("/accounts/nobody").status_code == 404
    assert browser.post("/accounts/nobody/close").status_code == 404


def test_a_terminals_token_is_shown_once(sign_in: SignIn) -> None:
    browser = sign_in(Role.KEEPER)
    shown = browser.post("/terminals", data={"name": "door", "role": "clock"}).text
    token = shown.split("<code>")[1].split("</code>")[0]
    assert len(token) > 40
    assert token not in browser.get("/terminals").text
    assert browser.post("/terminals", data={"name": "door", "role": "clock"}).status_code == 422
    assert browser.post("/terminals/door/void").status_code == 303
    assert browser.post("/terminals/window/void").status_code == 404


def test_the_audit_page_shows_who_did_what(sign_in: SignIn) -> None:
    sign_in(Role.KEEPER).post("/terminals", data={"name": "door", "role": "clock"})
    page = sign_in(Role.KEEPER).get("/audit?thing=device door").text
    assert "add device" in page
    assert "Juniper" in page


def test_she_chooses_a_new_pin_knowing_the_old_one(app: Flask, client: FlaskClient) -> None:
    add_worker(app)
    client.post("/sign-in", data={"name": "12", "password": PIN})
    assert client.post("/settings/pin", data={"old": "9999", "pin": "7391"}).status_code == 422
    assert client.post("/settings/pin", data={"old": PIN, "pin": "1111"}).status_code == 422
    assert client.post("/settings/pin", data={"old": PIN, "pin": "7391"}).status_code == 303
    assert client.post("/sign-in", data={"name": "12", "password": "7391"}).status_code == 303


def test_somebody_in_the_office_chooses_a_new_password(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    assert browser.get("/settings").status_code == 200
    wrong = {"old": "wrong", "password": "another long one"}
    assert browser.post("/settings/password", data=wrong).status_code == 422
    short = {"old": PASSWORD, "password": "short"}
    assert browser.post("/settings/password", data=short).status_code == 422
    right = {"old": PASSWORD, "password": "another long one"}
    assert browser.post("/settings/password", data=right).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_chosen_and_kept(sign_in: SignIn, language: str) -> None:
    browser = sign_in(Role.MANAGER)
    browser.post("/language", data={"language": language})
    page = browser.get("/").text
    assert f'<html lang="{"en" if language == "en" else "ko"}"' in page
    assert ("반가워요" in page) == (language != "en")


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    assert client.post("/language", data={"language": "xx"}).status_code == 303
    assert '<html lang="en"' in client.get("/sign-in").text


def test_letters_become_large_and_small_again(client: FlaskClient) -> None:
    client.post("/letters")
    assert 'class="big"' in client.get("/sign-in").text
    client.post("/letters")
    assert 'class="big"' not in client.get("/sign-in").text


def test_a_pin_at_a_shared_screen_lets_her_act_there(app: Flask, sign_in: SignIn) -> None:
    add_worker(app)
    browser = sign_in(Role.CLOCK_TERMINAL)
    assert browser.get("/pin").status_code == 200
    assert browser.post("/pin", data={"number": "12", "pin": "0000"}).status_code == 422
    assert browser.post("/pin", data={"number": "12", "pin": PIN}).status_code == 303
    assert "Pine" in browser.get("/").text
    browser.post("/step-back")
    assert "Pine" not in browser.get("/").text


def test_a_form_without_its_token_is_refused(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/sign-in", data={"name": "willow", "password": PASSWORD})
    assert answer.status_code == 400
    assert "open too long" in answer.text


def test_an_address_that_is_not_there_gets_a_sentence(client: FlaskClient) -> None:
    assert "no such page" in client.get("/nowhere").text
    answer = client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["error"]["message"] == "There is no such page here."


def test_the_house_says_that_it_stands(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    described = client.get("/api/v1/openapi.json").json
    assert described is not None
    assert described["openapi"].startswith("3.1")


def test_every_answer_has_its_headers(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
