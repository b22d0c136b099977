"""The pages about people: that they work, what they refuse, and who may not."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.people import queries, service
from factory.printing import worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from tests.cast import PIN
from tests.catalogue.build import make_style
from tests.conftest import SignIn
from tests.people.build import make_worker

HIRE = {
    "name": "Pine",
    "born": "1975-05-05",
    "since": "2026-11-02",
    "kind": "hourly",
    "rate": "12,000",
    "weekly_hours": "40",
    "work_days": ["mon", "tue"],
    "rest_day": "sun",
    "shift_start": "09:00",
    "shift_end": "18:00",
    "pin": "2580",
}


def test_the_manager_takes_somebody_on_and_her_badge_is_printed(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.MANAGER)
    assert browser.get("/people/hire").status_code == 200
    answer = browser.post("/people/hire", data=HIRE)
    assert answer.status_code == 303
    assert "₩12,000" in browser.get(answer.location).text
    assert "Pine" in browser.get("/people/").text
    with app.app_context():
        assert worker.print_all() == 1


def test_what_was_typed_stays_when_it_is_refused(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    for change, sentence in (
        ({"rate": ""}, "Please give the rate"),
        ({"rate": "1.5"}, "Please type whole won"),
        ({"shift_end": "08:00"}, "has to end after"),
        ({"pin": "1111"}, "Please choose a PIN"),
        ({"weekly_hours": "60"}, "up to 52"),
    ):
        answer = browser.post("/people/hire", data=HIRE | change)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="Pine"' in answer.text
    assert "Pine" not in browser.get("/people/").text


def test_terms_badge_and_leaving_have_their_pages(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        number = make_worker(session).number
    at = f"/people/{number}"
    assert browser.get(f"{at}/terms").status_code == 200
    assert browser.post(f"{at}/terms", data=HIRE | {"rate": "13000"}).status_code == 303
    assert browser.post(f"{at}/terms", data=HIRE).status_code == 422
    assert browser.post(f"{at}/badge").status_code == 303
    assert browser.get(f"{at}/leave").status_code == 200
    assert browser.post(f"{at}/leave", data={"left": "2026-01-01"}).status_code == 422
    assert browser.post(f"{at}/leave", data={"left": "2026-11-30"}).status_code == 303
    assert "Last day" in browser.get(at).text


def test_the_supervisor_stops_a_lost_badge_at_once_and_gives_no_new_one(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        badge = queries.badges(session)[pine.id]
    at, door = f"/people/{pine.number}", sign_in(Role.CLOCK_TERMINAL)
    browser = sign_in(Role.SUPERVISOR)
    assert f"{at}/badge/lost" in browser.get(at).text
    assert browser.post(f"{at}/badge/lost").location == at
    assert door.post("/clock/", data={"code": badge}).status_code == 422
    entered = door.post("/clock/", data={"code": str(pine.number), "pin": PIN})
    assert entered.status_code == 200
    page = browser.get(at)
    assert f"{at}/badge/lost" not in page.text
    assert browser.post(f"{at}/badge").status_code == 403
    assert browser.post(f"{at}/badge/lost").status_code == 303
    with app.app_context(), reading() as session:
        told = [each.actor for each in security.audit(session) if each.what == "void_badge"]
    assert told == ["Cedar"]
    assert sign_in(Role.CASHIER).post(f"{at}/badge/lost").status_code == 403


def test_a_sealed_name_is_shown_only_with_a_reason(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        number = make_worker(session).number
    at = f"/people/{number}"
    assert browser.post(f"{at}/seal", data={"legal_name": "Invented Name"}).status_code == 303
    assert "Invented Name" not in browser.get(at).text
    assert browser.get(f"{at}/sealed").status_code == 200
    asked = {"field": "legal_name", "reason": ""}
    assert browser.post(f"{at}/sealed", data=asked).status_code == 422
    assert "Invented Name" in browser.post(f"{at}/sealed", data=asked | {"reason": "bank"}).text
    assert "bank" in browser.get(at).text


def test_the_supervisor_sees_people_and_changes_nothing(sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert browser.get("/people/").status_code == 200
    for path in ("/people/hire", "/people/1/terms", "/people/1/sealed"):
        assert browser.get(path).status_code == 403
    assert sign_in(Role.WORKER).get("/people/").status_code == 403
    assert sign_in(Role.MANAGER).get("/people/999").status_code == 404


def contract_page(app: Flask, language: str = "ko_easy") -> str:
    with app.app_context(), transaction() as session:
        worker = make_worker(session, language=language)
        sealed = {"legal_name": "Invented Name"}
        service.seal(session, worker, sealed, by=SYSTEM, at=now())
        return f"/people/{worker.number}/contract"


ASKED = {"since": "2026-09-01", "place": "here", "work": "sewing"}


def read(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_the_contract_is_a_paper_in_her_language(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    at = contract_page(app)
    assert "contract" in browser.get(at.removesuffix("/contract")).text
    assert browser.get(at).status_code == 200
    answer = browser.post(at, data=ASKED)
    assert answer.mimetype == "application/pdf"
    assert "Invented" not in answer.headers["Content-Disposition"]
    assert "근로계약서" in read(answer.data)
    assert "Invented Name" not in read(answer.data)
    english = browser.post(contract_page(app, "en"), data=ASKED)
    assert "Employment contract" in read(english.data)


def test_the_legal_name_stands_on_it_with_a_reason_alone(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    at = contract_page(app)
    for language, sentence in (
        ("en", "Please say why you need to read this"),
        ("ko", "왜 보아야 하는지"),
        ("ko_easy", "왜 보아야 하는지"),
    ):
        refused = browser.post(f"{at}?language={language}", data=ASKED | {"named": "y"})
        assert refused.status_code == 422
        assert sentence in refused.text
        assert 'value="sewing"' in refused.text
    answer = browser.post(at, data=ASKED | {"named": "y", "reason": "signing today"})
    assert "Invented Name" in read(answer.data)
    assert "signing today" in browser.get(at.removesuffix("/contract")).text


@pytest.mark.parametrize(
    "change",
    [{"place": ""}, {"work": ""}, {"since": "2026-09-02"}, {"until": "2026-08-01"}, {"until": "x"}],
)
def test_a_contract_that_cant_be_is_refused(
    app: Flask, sign_in: SignIn, change: dict[str, str]
) -> None:
    answer = sign_in(Role.MANAGER).post(contract_page(app), data=ASKED | change)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_only_who_manages_people_makes_contracts(app: Flask, sign_in: SignIn) -> None:
    at = contract_page(app)
    assert sign_in(Role.SUPERVISOR).get(at).status_code == 403
    assert sign_in(Role.CASHIER).post(at, data=ASKED).status_code == 403


def test_the_supervisor_ticks_what_somebody_knows(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        number = make_worker(session).number
    browser, at = sign_in(Role.SUPERVISOR), f"/people/{number}/skills"
    assert "No style has operations yet" in browser.get(at).text
    with app.app_context(), transaction() as session:
        make_style(session)
    assert 'value="S11"' in browser.get(at).text
    assert browser.post(at, data={"operations": ["S11", "F01"]}).status_code == 303
    person = browser.get(f"/people/{number}").text
    assert "S11" in person
    assert "F01" in person
    assert browser.get(at).text.count(" checked") == 2
    assert browser.post(at, data={"operations": ["F01"]}).status_code == 303
    assert "S11" not in browser.get(f"/people/{number}").text
    assert browser.post(at, data={"operations": ["NONE"]}).status_code == 422
    assert sign_in(Role.CASHIER).get(at).status_code == 403


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("", ["Pine", "Pineapple"]),
        ("1", ["Pine"]),
        (" PINEAP ", ["Pineapple"]),
        ("pine", ["Pine", "Pineapple"]),
        ("2", ["Pineapple"]),
        ("12", []),
        ("Sealed", []),
        ("5521", []),
    ],
)
def test_people_are_found_by_number_or_chosen_name_and_by_nothing_else(
    app: Flask, sign_in: SignIn, sought: str, found: list[str]
) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session, "Pine")
        sealed = {"legal_name": "Sealed Name", "phone": "010-5521-8890"}
        service.seal(session, pine, sealed, by=SYSTEM, at=now())
        make_worker(session, "Pineapple")
    answer = sign_in(Role.SUPERVISOR).post("/people/", data={"find": sought})
    if len(found) == 1:
        number = {"Pine": 1, "Pineapple": 2}[found[0]]
        assert (answer.status_code, answer.location) == (303, f"/people/{number}")
    else:
        assert re.findall(r'<a href="/people/\d+">([^<]+)</a>', answer.text) == found
        assert ("Nobody here has this number" in answer.text) is (not found)


def test_the_look_up_is_said_in_her_language(sign_in: SignIn) -> None:
    page = sign_in(Role.SUPERVISOR).get("/people/?language=ko").text
    assert '<label for="find">번호 또는 부르는 이름</label>' in page
