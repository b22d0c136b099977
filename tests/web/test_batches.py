"""A batch: one bad item never spoils its neighbours, and a resend is always a duplicate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest
from cheroot.wsgi import Server
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.ids import badge_code, new_id
from factory.kernel.time import now
from factory.people import queries as people
from factory.people import service as people_service
from factory.production import queries as production
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from tests.conftest import Kept
from tests.production.floor import Floor, make_floor
from tests.standing import keep

CLOCK, SCANS = "/api/v1/clock-events", "/api/v1/scans"
Send = Any


@pytest.fixture
def floor(client: FlaskClient, kept: Kept) -> Floor:
    return kept(make_floor)


@pytest.fixture
def door(app: Flask, client: FlaskClient) -> dict[str, str]:
    return _token(app, DeviceRole.CLOCK)


@pytest.fixture
def station(app: Flask, client: FlaskClient) -> dict[str, str]:
    return _token(app, DeviceRole.FLOOR)


def _token(app: Flask, role: DeviceRole) -> dict[str, str]:
    secret = keep(app, devices.add, role.value, role, by=SYSTEM, at=now())
    return {"Authorization": f"Bearer {secret}"}


def punch(floor: Floor, **changes: Any) -> dict[str, Any]:
    given = {"event_id": new_id(), "badge": floor.badge, "kind": "in"}
    return given | {"at": "2026-11-24T09:58:00+09:00"} | changes


def scanned(floor: Floor, **changes: Any) -> dict[str, Any]:
    given = {"scan_id": new_id(), "bundle": floor.code, "operation": "C06", "badge": floor.badge}
    return given | {"good": 1, "rejects": [], "at": "2026-11-24T09:58:00+09:00"} | changes


def statuses(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["status"] for each in answer.json["results"]]


def test_a_defect_named_twice_is_added_up(
    app: Flask, client: FlaskClient, floor: Floor, station: dict[str, str]
) -> None:
    stain = {"defect": "stain", "count": 1}
    sent = {"scans": [scanned(floor, rejects=[stain, stain]), scanned(floor)]}
    answer = client.post(SCANS, json=sent, headers=station)
    assert statuses(answer) == ["recorded", "recorded"]
    with app.app_context(), reading() as session:
        step = production.bundle(session, floor.code).progress.steps["C06"]
    assert (step.good, step.rework) == (2, 2)


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00"]
)
def test_a_spoilt_clock_is_named_with_its_place(
    client: FlaskClient, floor: Floor, door: dict[str, str], station: dict[str, str], at: str
) -> None:
    answer = client.post(CLOCK, json={"events": [punch(floor), punch(floor, at=at)]}, headers=door)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["field"] == "events[1].at"
    answer = client.post(SCANS, json={"scans": [scanned(floor, at=at)]}, headers=station)
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["", "nonsense", "[]", "[" * 100_000, '{"events": ' * 9_000])
@pytest.mark.parametrize(("language", "words"), [("ko", "JSON 객체가"), ("en", "no JSON object")])
def test_a_malformed_body_is_answered_in_words(
    client: FlaskClient, door: dict[str, str], body: str, language: str, words: str
) -> None:
    headers = door | {"Accept-Language": language}
    answer = client.post(CLOCK, data=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json is not None
    assert words in answer.json["error"]["message"]
    assert answer.json["error"]["field"] is None


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "a\nb"])
def test_letters_that_nobody_can_read_are_refused(
    client: FlaskClient, floor: Floor, station: dict[str, str], text: str
) -> None:
    sent = {"scans": [scanned(floor, operation=text)]}
    answer = client.post(SCANS, json=sent, headers=station)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["field"] == "scans[0].operation"


def test_what_was_recorded_stays_so_when_it_is_sent_again(
    app: Flask,
    client: FlaskClient,
    floor: Floor,
    door: dict[str, str],
    station: dict[str, str],
) -> None:
    came, done = punch(floor), scanned(floor)
    assert statuses(client.post(CLOCK, json={"events": [came]}, headers=door)) == ["recorded"]
    assert statuses(client.post(SCANS, json={"scans": [done]}, headers=station)) == ["recorded"]
    with app.app_context(), transaction() as session:
        pine = people.worker_numbered(session, floor.pine.number)
        people_service.issue_badge(session, pine, by=SYSTEM, at=now())  # the old one is void
    assert statuses(client.post(CLOCK, json={"events": [came]}, headers=door)) == ["duplicate"]
    assert statuses(client.post(SCANS, json={"scans": [done]}, headers=station)) == ["duplicate"]
    other = done | {"badge": badge_code(1), "bundle": "20000000"}
    assert statuses(client.post(SCANS, json={"scans": [other]}, headers=station)) == ["duplicate"]
    new = [punch(floor), scanned(floor)]
    assert statuses(client.post(CLOCK, json={"events": new[:1]}, headers=door)) == ["refused"]
    assert statuses(client.post(SCANS, json={"scans": new[1:]}, headers=station)) == ["refused"]


def test_too_much_is_refused_with_the_bound(
    client: FlaskClient, floor: Floor, station: dict[str, str]
) -> None:
    answer = client.post(SCANS, json={"scans": [scanned(floor, good=10_000)]}, headers=station)
    assert answer.status_code == 400
    assert answer.json is not None
    assert "from 0 to 9999" in answer.json["error"]["message"].replace(",", "")


def test_an_id_comes_back_letter_by_letter_as_it_was_sent(
    client: FlaskClient, floor: Floor, door: dict[str, str]
) -> None:
    capitals = "0F0E0D0C-1111-4222-8333-44445555ABCD"
    for sent, status in ((capitals, "recorded"), (capitals.lower(), "duplicate")):
        answer = client.post(CLOCK, json={"events": [punch(floor, event_id=sent)]}, headers=door)
        assert answer.json is not None
        (result,) = answer.json["results"]
        assert (result["id"], result["status"]) == (sent, status)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("0f0e0d0c-1111-4222-8333-44445555abcd", 200),
        ("0f0e0d0c11114222833344445555abcd", 200),
        ("{0f0e0d0c-1111-4222-8333-44445555abcd}", 400),
        ("urn:uuid:0f0e0d0c-1111-4222-8333-44445555abcd", 400),
        ("0f0e-0d0c1111-4222-8333-44445555abcd", 400),
        ("0f0e0d0c_1111_422283334444555512", 400),
        (" f0e0d0c11114222833344445555abcd", 400),
        ("０f0e0d0c-1111-4222-8333-44445555abcd", 400),
        ("0f0e0d0c-1111-4222-8333-44445555abc", 400),
    ],
)
def test_an_id_is_written_as_rfc_4122_has_it(
    client: FlaskClient, floor: Floor, door: dict[str, str], sent: str, status: int
) -> None:
    answer = client.post(CLOCK, json={"events": [punch(floor, event_id=sent)]}, headers=door)
    assert answer.status_code == status
    assert answer.json is not None
    if status == 400:
        assert answer.json["error"]["field"] == "events[0].event_id"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-11-24T09:58:00+09:00", 200),
        ("2026-11-24t00:58:00z", 200),
        ("2026-11-24T09:58:00.1234567+09:00", 200),
        ("2026-11-24 09:58:00+09:00", 400),
        ("20261124T095800+0900", 400),
        ("2026-11-24T09:58:00+0900", 400),
        ("2026-11-24T09:58+09:00", 400),
        ("2026-11-24T09:58:00", 400),
        ("2026-11-24T09:58:00,5+09:00", 400),
        ("2026-W48-2T09:58:00+09:00", 400),
        ("２０２６-11-24T09:58:00+09:00", 400),
        ("2026-02-30T09:58:00+09:00", 400),
    ],
)
def test_a_time_is_written_as_rfc_3339_has_it(
    client: FlaskClient, floor: Floor, door: dict[str, str], at: str, status: int
) -> None:
    answer = client.post(CLOCK, json={"events": [punch(floor, at=at)]}, headers=door)
    assert answer.status_code == status


@pytest.fixture
def served(app: Flask) -> Iterator[int]:
    """The port of a server such as the factory runs."""
    server = Server(("127.0.0.1", 0), app, numthreads=2)
    server.prepare()
    running = Thread(target=server.serve)
    running.start()
    yield int(server.bind_addr[1])
    server.stop()
    running.join()


@pytest.mark.parametrize(("token", "status"), [(True, 413), (False, 401)])
def test_a_huge_body_is_heard_out_and_answered_in_words(
    served: int, door: dict[str, str], status: int, *, token: bool
) -> None:
    line = HTTPConnection("127.0.0.1", served, timeout=20)
    line.request("POST", CLOCK, b"x" * 9_000_000, door if token else {})
    answer = line.getresponse()
    assert answer.status == status
    assert json.loads(answer.read())["error"]["message"]
    line.close()
