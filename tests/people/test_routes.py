"""The pages about people: that they work, what they refuse, and who may not."""

from __future__ import annotations

from flask import Flask

from factory.db.session import transaction
from factory.printing import worker
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.people.build import make_worker

HIRE = {
    "name": "Pine",
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
