"""The floor's red and green screens, and the office's refusals: each leads back."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from factory.db.session import transaction
from factory.people import queries as people
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.people.build import make_worker

HERE = "http://localhost"


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        (f"{HERE}/printing/", "/printing/"),
        (f"{HERE}/printing/?page=2", "/printing/?page=2"),
        (f"{HERE}/clock/", "/"),  # asking again would only be refused again
        (f"{HERE}//elsewhere.example/", "/"),
        ("http://elsewhere.example/printing/", "/"),
        ("", "/"),
    ],
)
def test_a_refusal_leads_back_to_where_she_came_from(
    sign_in: SignIn, referrer: str, back: str
) -> None:
    answer = sign_in(Role.CASHIER).get("/clock/", headers={"Referer": referrer})
    assert answer.status_code == 403
    assert f'role="alert" data-return="{back}"' in answer.text
    assert f'<a class="button" href="{back}" autofocus>Go back</a>' in answer.text


def test_a_refused_entry_leads_back_to_its_form(app: Flask, sign_in: SignIn) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    app.config["WTF_CSRF_ENABLED"] = True  # so that the form's token is missing
    answer = door.post("/clock/", data={"code": "1"}, headers={"Referer": f"{HERE}/clock/"})
    assert answer.status_code == 400
    assert 'class="answer red"' in answer.text
    assert 'data-return="/clock/"' in answer.text


def test_a_refusal_in_the_office_leads_back_too(sign_in: SignIn) -> None:
    headers = {"Referer": f"{HERE}/printing/"}
    answer = sign_in(Role.CASHIER).get("/accounts", headers=headers).text
    assert '<a class="button" href="/printing/">Go back</a>' in answer
    assert "Please ask someone who may." in answer


def test_the_next_badge_may_be_scanned_while_the_green_answer_shows(
    app: Flask, sign_in: SignIn
) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        badge = people.badges(session)[pine.id]
    answer = door.post("/clock/", data={"code": badge}).text
    assert '<form method="post" action="/clock/" data-event>' in answer
    assert '<input type="hidden" name="code" data-scan>' in answer


@pytest.mark.parametrize(
    "path",
    [
        "/people/999999999999999999999",
        "/printing/paper/99999999999999999999999",
        "/pay/9999-12",
        "/pay/1900-01",
        "/days/9999-12-31",
        "/days/0001-01-01",
        "/people/999",
    ],
)
@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_an_address_out_of_reach_is_answered_in_her_language(
    sign_in: SignIn, path: str, language: str
) -> None:
    answer = sign_in(Role.MANAGER).get(f"{path}?language={language}")
    assert answer.status_code == 404
    (sentence,) = re.findall(
        r'class="errors".*?<p>(?:<svg.*?</svg>)?(.*?)</p>', answer.text, re.DOTALL
    )
    assert bool(re.search("[A-Za-z]", sentence)) is (language == "en"), sentence
