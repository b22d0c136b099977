"""What of leave tells no kind to whoever may not know it, and who changes what was granted."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from factory.db.session import transaction
from factory.kernel.time import now
from factory.leave import service
from factory.leave.domain import Answer, HouseRule, LeaveKind
from factory.people.domain import Worker
from factory.security.domain import SYSTEM, Role
from tests.cast import PIN
from tests.conftest import SignIn
from tests.leave.build import ask, grant, make_wish
from tests.leave.test_routes import MONDAY, answers, asked_for, pine

__all__ = ["pine"]
FRIDAY = date(2026, 12, 11)


@pytest.mark.parametrize("kind", LeaveKind)
def test_granted_leave_looks_the_same_to_the_supervisor_whatever_its_kind(
    app: Flask, sign_in: SignIn, pine: Worker, kind: LeaveKind
) -> None:
    event = "wedding" if kind is LeaveKind.FAMILY_EVENT else ""
    with app.app_context(), transaction() as session:
        if event:
            service.set_house_rule(session, HouseRule(kind, event, 1), by=SYSTEM, at=now())
        number = ask(session, pine, make_wish(kind=kind, event=event)).id
    waits = sign_in(Role.SUPERVISOR).get(f"/leave/requests/{number}?language=en").text
    assert 'value="granted"' in waits
    assert 'value="refused"' not in waits
    no = {"answer": "refused", "reason": "a rush"}
    said = sign_in(Role.SUPERVISOR).post(f"/leave/requests/{number}?language=en", data=no)
    assert said.status_code == 422
    assert (
        sign_in(Role.SUPERVISOR)
        .post(f"/leave/requests/{number}", data={"answer": "granted"})
        .status_code
        == 303
    )
    browser, at = sign_in(Role.SUPERVISOR), f"/leave/requests/{number}"
    listed = browser.get("/leave/requests?language=en").text
    assert at not in listed
    row = listed.split("Pine")[1].split("</tr>")[0]
    cells = re.findall(r">([^<]*)</td>", row)
    assert cells[-2:] == ["1", ""]
    assert "<form" not in browser.get(at).text.split("<main")[1].split("</main>")[0]
    refused = browser.post(f"{at}?language=en", data={"answer": "refused", "reason": "a rush"})
    assert refused.status_code == 422
    assert answers(app, pine) == [Answer.GRANTED]


def test_the_office_changes_what_was_granted_but_for_what_is_hers_alone(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        number = grant(session, pine, make_wish(MONDAY)).id
        hers = grant(session, pine, make_wish(FRIDAY, kind=LeaveKind.MENSTRUAL)).id
    browser = sign_in(Role.MANAGER)
    listed = browser.get("/leave/requests").text
    assert f"/leave/requests/{number}" in listed
    assert f"/leave/requests/{hers}" not in listed
    changed = {"answer": "refused", "reason": "a rush"}
    assert browser.post(f"/leave/requests/{number}", data=changed).status_code == 303


def test_her_pages_of_leave_hide_themselves(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    for address in ("/leave/", "/leave/ask"):
        assert "data-hide" in browser.get(address).text


def test_whoever_answers_is_led_to_the_factorys_own_days_of_rest(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    number = asked_for(app, pine).id
    assert "/days/of-rest" in sign_in(Role.SUPERVISOR).get(f"/leave/requests/{number}").text
