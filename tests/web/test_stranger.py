"""A stranger walks around the house: forged forms, borrowed tokens, old cookies, other names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from factory.db.session import transaction
from factory.kernel.time import DAY, now, today
from factory.people import service as people
from factory.security import devices, hashing, kiosk, records, service
from factory.security.domain import SYSTEM, DeviceRole, Role
from tests.cast import PASSWORD, PIN
from tests.conftest import SignIn
from tests.people.build import make_worker

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
SAFE = {"GET", "HEAD", "OPTIONS"}


def unsafe(app: Flask) -> Iterator[tuple[str, str]]:
    """Every method and address by which something may be changed at a browser."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - SAFE):
            if not rule.rule.startswith("/api/"):
                yield method, adapter.build(rule.endpoint, _values(rule), method=method)


def _values(rule: Rule) -> dict[str, object]:
    numbers = {name for name in rule.arguments if f"<int:{name}>" in rule.rule}
    return {name: 1 if name in numbers else "x" for name in rule.arguments}


def test_no_form_is_taken_without_its_token(app: Flask, sign_in: SignIn) -> None:
    """As a page of somebody else's would send it: with her cookie, and without the form's token."""
    everything = sign_in(*(role for role in Role if role is not Role.CLOCK_TERMINAL))
    app.config["WTF_CSRF_ENABLED"] = True
    found = list(unsafe(app))
    assert len(found) > 100
    forged = {"csrf_token": "forged"}
    taken = [
        address
        for method, address in found
        for data in ({}, forged)
        if everything.open(address, method=method, data=data).status_code != 400
    ]
    assert taken == []


def test_no_form_is_taken_as_json_without_its_token(app: Flask, sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = keeper.post("/terminals", json={"name": "door", "role": "clock"})
    assert answer.status_code == 400


def test_a_cookie_that_was_laid_in_beforehand_is_not_signed_in_with(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction() as session:
        service.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )
    client.set_cookie(kiosk.COOKIE, "laid-in-by-somebody")
    client.post("/sign-in", data={"name": "willow", "password": PASSWORD})
    hers = client.get_cookie(kiosk.COOKIE)
    assert hers is not None
    assert hers.value != "laid-in-by-somebody"
    assert hers.http_only
    assert hers.same_site == "Lax"
    other = app.test_client()
    other.set_cookie(kiosk.COOKIE, "laid-in-by-somebody")
    assert other.get("/").location == "/sign-in?next=/"
    client.post("/sign-out")
    other.set_cookie(kiosk.COOKIE, hers.value)
    assert other.get("/").location == "/sign-in?next=/", "signing out ends it everywhere"


@pytest.mark.parametrize("role", DeviceRole)
def test_a_terminals_token_opens_nothing_but_its_own_door(
    app: Flask, client: FlaskClient, role: DeviceRole
) -> None:
    with app.app_context(), transaction() as session:
        token = devices.add(session, "borrowed", role, by=SYSTEM, at=now())
    bearer = {"Authorization": f"Bearer {token}"}
    doors: dict[str, tuple[dict[str, Any], DeviceRole]] = {
        "/api/v1/clock-events": ({"events": []}, DeviceRole.CLOCK),
        "/api/v1/scans": ({"scans": []}, DeviceRole.FLOOR),
        "/api/v1/sales": ({"sales": []}, DeviceRole.TILL),
    }
    for path, (body, own) in doors.items():
        status = client.post(path, json=body, headers=bearer).status_code
        assert status == (200 if own is role else 403)
    client.set_cookie(kiosk.COOKIE, token)
    for path in ("/", "/people/", "/pay/", "/audit", "/settings"):
        assert client.get(path, headers=bearer).status_code == 303
    with app.app_context(), transaction() as session:
        devices.void(session, "borrowed", by=SYSTEM, at=now())
    path = next(path for path, (_, own) in doors.items() if own is role)
    assert client.post(path, json=doors[path][0], headers=bearer).status_code == 401


def test_a_browsers_cookie_is_no_terminals_token(client: FlaskClient, sign_in: SignIn) -> None:
    browser = sign_in(*Role)
    cookie = browser.get_cookie(kiosk.COOKIE)
    assert cookie is not None
    bearer = {"Authorization": f"Bearer {cookie.value}"}
    answer = client.post("/api/v1/clock-events", json={"events": []}, headers=bearer)
    assert answer.status_code == 401


def test_whoever_left_is_out_at_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
    hers = {"name": str(pine.number), "password": PIN}
    assert client.post("/sign-in", data=hers).status_code == 303
    assert client.get("/settings").status_code == 200
    with app.app_context(), transaction() as session:
        people.leave(session, pine, today() - DAY, by=SYSTEM, at=now())
    assert client.get("/settings").status_code == 303
    assert client.post("/sign-in", data=hers).status_code == 422


def test_a_closed_account_is_out_at_once_and_its_password_tells_nothing(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        found = service.find_account_id(session, "Willow")
        assert found is not None
        service.close_account(session, found, by=SYSTEM, at=now())
    assert browser.get("/").status_code == 303
    answers = [
        client.post("/sign-in", data={"name": name, "password": PASSWORD})
        for name in ("Willow", "nobody")
    ]
    assert {answer.status_code for answer in answers} == {422}
    told = [answer.text.replace("Willow", "").replace("nobody", "") for answer in answers]
    assert told[0] == told[1]


def test_a_name_that_is_not_there_costs_as_much_as_a_wrong_password(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), transaction() as session:
        make_worker(session)
        _, closed = (
            service.create_account(
                session, name, PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
            )
            for name in ("willow", "closed")
        )
        service.close_account(session, closed, by=SYSTEM, at=now())
        worker = next(row.name for row in records.accounts(session) if row.worker_id)
    compared: list[str] = []
    matches = hashing.matches

    def counted(kept: str, given: str) -> bool:
        compared.append(kept)
        return matches(kept, given)

    monkeypatch.setattr(hashing, "matches", counted)
    counts = {}
    for name in ("willow", "closed", "nobody", worker):
        compared.clear()
        client.post("/sign-in", data={"name": name, "password": "wrong wrong"})
        counts[name] = len(compared)
    assert set(counts.values()) == {1}


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py",
        "/static/%2e%2e/%2e%2e/config.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/printing/paper/..%2f..%2fvault.key",
        "/people/..%2f",
        "/ca.crt/../secret.key",
        "/static/fonts/",
        "/.git/config",
        "/instance/didim.sqlite",
    ],
)
def test_no_way_leads_to_a_file_of_the_computer(sign_in: SignIn, path: str) -> None:
    answer = sign_in(*Role).get(path)
    assert answer.status_code in {308, 404}
    assert b"import" not in answer.data


def test_no_other_page_may_read_along_or_frame_it(
    sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    del clock
    strange = {"Origin": "https://stranger.example"}
    answer = sign_in(Role.MANAGER).get("/people/", headers=strange)
    assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"]
