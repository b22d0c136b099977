"""The terminals' API of the clock: item by item, malformed bodies, tokens and roles."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import DAY, now, today
from factory.people import service as people
from factory.people.domain import BadgeOver, Worker
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.timeclock.domain import FromTheFuture
from tests.conftest import Kept, SignIn


@pytest.fixture
def terminal(kept: Kept) -> dict[str, str]:
    """The headers of a clock terminal."""
    token = kept(devices.add, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
    return {"Authorization": f"Bearer {token}"}


def event(badge: str, **changes: Any) -> dict[str, Any]:
    given = {"event_id": new_id(), "badge": badge, "kind": "in", "at": "2026-11-24T08:58:00+09:00"}
    return given | changes


URL = "/api/v1/clock-events"


def test_a_batch_is_answered_item_by_item(
    app: Flask, client: FlaskClient, terminal: dict[str, str], pine: tuple[Worker, str]
) -> None:
    good = event(pine[1])
    late = event(pine[1], kind="out", at="2026-11-20T18:00:00+09:00")
    future = event(pine[1], at="2026-11-24T10:06:00+09:00")
    unknown = event("104839572616")
    body = {"events": [good, good, late, future, unknown]}
    answer = client.post(URL, json=body, headers=terminal)
    assert answer.status_code == 200
    assert answer.json is not None
    results = answer.json["results"]
    assert [r["status"] for r in results] == [
        "recorded",
        "duplicate",
        "recorded",
        "refused",
        "refused",
    ]
    assert [r["id"] for r in results] == [e["event_id"] for e in body["events"]]
    assert [r["reason"] and r["reason"]["code"] for r in results[2:]] == [
        None,
        "from_the_future",
        "badge_unknown",
    ]
    again = client.post(URL, json={"events": [future | {"at": good["at"]}]}, headers=terminal)
    assert again.json is not None
    assert again.json["results"][0]["status"] == "recorded"
    with app.app_context(), reading() as session:
        assert devices.listed(session)[0].last_seen == now()


def test_what_a_terminal_can_not_bring_in_is_the_supervisors_to_decide(
    client: FlaskClient, terminal: dict[str, str], pine: tuple[Worker, str], sign_in: SignIn
) -> None:
    future, unknown = event(pine[1], at="2026-11-24T19:06:00+09:00"), event("104839572616")
    for _ in range(2):
        client.post(URL, json={"events": [future, unknown]}, headers=terminal)
    leader = sign_in(Role.SUPERVISOR)
    page = leader.get("/clock/asked").text
    assert page.count(f'href="/clock/day/2026-11-24/{pine[0].number}"') == 1
    assert page.count("somebody unknown") == 1
    assert FromTheFuture.sentence().split("{now}")[1] in page
    assert pine[1] not in page
    assert "came to work" in page
    assert "somebody has to look at: 2" in leader.get("/").text
    client.post(
        URL, json={"events": [future | {"at": "2026-11-24T08:58:00+09:00"}]}, headers=terminal
    )
    assert f"/clock/day/2026-11-24/{pine[0].number}" not in leader.get("/clock/asked").text


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], None),
        ({}, "events"),
        ({"events": {}}, "events"),
        ({"events": [5]}, "events[0]"),
        ({"events": [event("1") | {"kind": "lunch"}]}, "events[0].kind"),
        ({"events": [event("1") | {"event_id": "1"}]}, "events[0].event_id"),
        ({"events": [event("1") | {"badge": 1}]}, "events[0].badge"),
        ({"events": [event("1") | {"at": "2026-11-24T08:58:00"}]}, "events[0].at"),
        ({"events": [event("1") | {"at": "now"}]}, "events[0].at"),
        ({"events": [event("1") | {"more": 1}]}, "events[0].more"),
        ({"events": [], "more": 1}, "more"),
        ({"events": [event("1")] * 501}, "events"),
    ],
)
def test_a_malformed_body_is_refused_with_the_field(
    client: FlaskClient, terminal: dict[str, str], body: Any, field: str | None
) -> None:
    answer = client.post(URL, json=body, headers=terminal)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["field"] == field
    assert answer.json["error"]["message"]


@pytest.mark.parametrize("field", ["at", "kind"])
def test_a_field_given_twice_is_refused_for_nobody_knows_which_is_meant(
    client: FlaskClient, terminal: dict[str, str], field: str
) -> None:
    sent = json.dumps({"events": [event("1")]})
    twice = sent.replace(f'"{field}":', f'"{field}": "2026-11-24T08:00:00+09:00", "{field}":')
    answer = client.post(URL, data=twice, headers=terminal)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["field"] == f"events[0].{field}"


def test_without_json_or_token_or_role_nothing_is_taken(
    app: Flask, client: FlaskClient, terminal: dict[str, str]
) -> None:
    assert client.post(URL, data="{", headers=terminal).status_code == 400
    assert client.post(URL, json={"events": []}).status_code == 401
    wrong = {"Authorization": "Bearer wrong"}
    assert client.post(URL, json={"events": []}, headers=wrong).status_code == 401
    with app.app_context(), transaction() as session:
        token = devices.add(session, "shop", DeviceRole.TILL, by=SYSTEM, at=now())
    other = {"Authorization": f"Bearer {token}"}
    answer = client.post(URL, json={"events": []}, headers=other)
    assert answer.status_code == 403
    assert answer.json is not None
    assert set(answer.json["error"]) == {"code", "message", "field"}


def test_punches_of_a_last_day_are_kept_when_they_come_later_and_none_after_it(
    app: Flask,
    client: FlaskClient,
    terminal: dict[str, str],
    pine: tuple[Worker, str],
    sign_in: SignIn,
) -> None:
    with app.app_context(), transaction() as session:
        people.leave(session, pine[0], today() - DAY, by=SYSTEM, at=now())
    last = event(pine[1], kind="out", at="2026-11-23T18:00:00+09:00")
    night = event(pine[1], kind="out", at="2026-11-24T02:00:00+09:00")
    events = [last, night, event(pine[1])]
    answer = client.post(URL, json={"events": events}, headers=terminal)
    assert answer.json is not None
    results = answer.json["results"]
    assert [r["status"] for r in results] == ["recorded", "recorded", "refused"]
    assert results[2]["reason"]["code"] == "badge_over"
    refused = sign_in(Role.CLOCK_TERMINAL).post("/clock/", data={"code": pine[1]})
    assert refused.status_code == 422
    assert BadgeOver.sentence() in refused.text


@pytest.mark.parametrize(("year", "held"), [("1990", "recorded"), ("2099", "refused")])
def test_a_clock_spoilt_by_decades_is_on_the_supervisors_list_with_when_it_came(
    client: FlaskClient,
    terminal: dict[str, str],
    pine: tuple[Worker, str],
    sign_in: SignIn,
    year: str,
    held: str,
) -> None:
    spoilt = event(pine[1], at=f"{year}-01-01T09:00:00+09:00")
    fresh = event(pine[1], kind="out")
    answer = client.post(URL, json={"events": [spoilt, fresh]}, headers=terminal)
    assert answer.json is not None
    assert [r["status"] for r in answer.json["results"]] == [held, "recorded"]
    leader = sign_in(Role.SUPERVISOR)
    page = leader.get("/clock/asked").text
    assert page.count("It came on 24 Nov") == 1
    assert year in page
    seen = re.search(r"/clock/(late|refused)/[^/]+/seen", page)
    assert seen is not None
    assert "/clock/asked" in leader.get("/").text
    assert leader.post(seen[0]).status_code == 303
    assert "It came on" not in leader.get("/clock/asked").text
