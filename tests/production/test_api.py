"""The terminals' scans and bundles: each entry once, what can't be refused item by item."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import validate

from factory.db.session import reading, transaction
from factory.kernel.ids import CodeKind, badge_code, new_id, running_code
from factory.kernel.time import now
from factory.people import queries as people
from factory.people import service as people_service
from factory.production import queries
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.web.health import description
from tests.conftest import SignIn
from tests.production.floor import Floor, sew
from tests.standing import keep

URL = "/api/v1/scans"
NO_BUNDLE = running_code(CodeKind.BUNDLE, 999)


def token(app: Flask, role: DeviceRole = DeviceRole.FLOOR) -> dict[str, str]:
    """The headers of a terminal."""
    secret = keep(app, devices.add, f"the {role.value}", role, by=SYSTEM, at=now())
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def terminal(app: Flask, client: FlaskClient) -> dict[str, str]:
    return token(app)


def entry(floor: Floor, **changes: Any) -> dict[str, Any]:
    given = {
        "scan_id": new_id(),
        "bundle": floor.code,
        "operation": "C06",
        "badge": floor.badge,
        "good": 10,
        "rejects": [],
        "at": "2026-11-24T09:58:00+09:00",
    }
    return given | changes


def send(client: FlaskClient, terminal: dict[str, str], *scans: dict[str, Any]) -> Any:
    answer = client.post(URL, json={"scans": list(scans)}, headers=terminal)
    assert answer.status_code == 200, answer.json
    validate(answer.json, _schema("Results"))
    return answer.json["results"]  # type: ignore[index]


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = description()["components"]["schemas"][name]
    return schema


def done(app: Flask, floor: Floor, operation: str = "C06") -> int:
    with app.app_context(), reading() as session:
        return queries.bundle(session, floor.code).progress.steps[operation].passed


def test_pieces_are_kept_once_whoever_sends_them_again(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    scan = entry(floor, good=4)
    first, again = send(client, terminal, scan, scan)
    assert first == {"id": scan["scan_id"], "status": "recorded", "reason": None}
    assert again == {"id": scan["scan_id"], "status": "duplicate", "reason": None}
    assert send(client, terminal, scan)[0]["status"] == "duplicate"
    assert done(app, floor) == 4
    with app.app_context(), reading() as session:
        kept = queries.scan(session, scan["scan_id"])
    assert kept is not None
    assert (kept.worker, kept.by) == (floor.pine.id, "the floor")
    assert kept.at.isoformat() == "2026-11-24T00:58:00+00:00"


def test_rejects_wait_for_a_decision(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    rejects = [{"defect": "stain", "count": 2}, {"defect": "open_seam", "count": 1}]
    (result,) = send(client, terminal, entry(floor, good=7, rejects=rejects))
    assert result["status"] == "recorded"
    with app.app_context(), reading() as session:
        step = queries.bundle(session, floor.code).progress.steps["C06"]
    assert (step.passed, step.rework, step.left) == (7, 3, 0)


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"badge": badge_code(1)}, "badge_unknown", "badge"),
        ({"badge": "104839572617"}, "code_misread", "not read well"),
        ({"bundle": NO_BUNDLE}, "bundle_unknown", "no bundle"),
        ({"bundle": "20000121"}, "code_misread", "not read well"),
        ({"operation": "S11"}, "not_ready", "work C06"),
        ({"operation": "X99"}, "operation_unknown", "X99"),
        ({"good": 11}, "too_many", "Only 10"),
        ({"good": 0}, "nothing_counted", "at least one"),
        ({"at": "2026-11-24T10:06:00+09:00"}, "from_the_future", "clock"),
    ],
)
def test_what_can_not_be_is_refused_with_its_reason_and_the_rest_is_kept(
    app: Flask,
    client: FlaskClient,
    terminal: dict[str, str],
    floor: Floor,
    changes: dict[str, Any],
    code: str,
    words: str,
) -> None:
    bad, good = entry(floor, **changes), entry(floor, good=1)
    refused, kept = send(client, terminal | {"Accept-Language": "en"}, bad, good)
    assert refused["status"] == "refused"
    assert refused["reason"]["code"] == code
    assert words in refused["reason"]["message"]
    assert kept["status"] == "recorded"
    assert done(app, floor) == 1
    again = send(client, terminal, entry(floor, scan_id=bad["scan_id"], good=1))[0]
    assert again["status"] == "recorded"


def test_a_scan_that_can_not_be_taken_is_the_supervisors_to_decide(
    client: FlaskClient, terminal: dict[str, str], floor: Floor, sign_in: SignIn
) -> None:
    rejects = [{"defect": "stain", "count": 2}]
    bad, lost = entry(floor, good=11, rejects=rejects), entry(floor, bundle=floor.badge)
    for _ in range(2):
        send(client, terminal | {"Accept-Language": "ko"}, bad, lost)
    leader = sign_in(Role.SUPERVISOR)
    page = leader.get("/clock/asked").text
    assert page.count("Only 10 can be entered here now.") == 1
    assert f"{floor.code}</a> C06 · 11 pcs · stain × 2" in page
    assert (page.count("<strong>Pine</strong>"), floor.badge in page) == (2, False)
    send(client, terminal, bad | {"good": 8})
    assert "Only 10" not in leader.get("/clock/asked").text


def test_a_bundle_that_is_done_is_refused_with_who_and_when(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06")
    (refused,) = send(client, terminal | {"Accept-Language": "ko"}, entry(floor))
    assert refused["reason"]["code"] == "already_done"
    assert "Pine 님이 10:00에" in refused["reason"]["message"]


def test_a_void_badge_is_refused(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        people_service.issue_badge(session, floor.pine, by=SYSTEM, at=now())
        assert people.badges(session)[floor.pine.id] != floor.badge
    (refused,) = send(client, terminal, entry(floor))
    assert refused["reason"]["code"] == "badge_void"
    assert done(app, floor) == 0


def test_entries_of_one_batch_build_on_each_other(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    way = ("C06", "S01", "S02", "S20", "S11", "F05", "F07")
    scans = [entry(floor, operation=step) for step in way]
    assert [r["status"] for r in send(client, terminal, *scans)] == ["recorded"] * len(way)
    assert done(app, floor, "F07") == 10


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"good": "10"}, "scans[0].good"),
        ({"good": -1}, "scans[0].good"),
        ({"good": 1.5}, "scans[0].good"),
        ({"scan_id": "one"}, "scans[0].scan_id"),
        ({"at": "2026-11-24T09:58:00"}, "scans[0].at"),
        ({"rejects": [{"defect": "ugly", "count": 1}]}, "scans[0].rejects[0].defect"),
        ({"rejects": [{"defect": "stain", "count": 0}]}, "scans[0].rejects[0].count"),
        ({"rejects": [{"defect": "stain", "count": 1, "why": 1}]}, "scans[0].rejects[0].why"),
        ({"rejects": "stain"}, "scans[0].rejects"),
        ({"colour": "BK"}, "scans[0].colour"),
        ({"bundle": 20000120}, "scans[0].bundle"),
    ],
)
def test_a_malformed_body_is_refused_whole_with_the_path_of_the_field(
    app: Flask,
    client: FlaskClient,
    terminal: dict[str, str],
    floor: Floor,
    changes: dict[str, Any],
    field: str,
) -> None:
    body = {"scans": [entry(floor, **changes), entry(floor)]}
    answer = client.post(URL, json=body, headers=terminal)
    assert answer.status_code == 400
    validate(answer.json, _schema("Error"))
    assert answer.json is not None
    assert answer.json["error"]["field"] == field
    assert done(app, floor) == 0


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"scans": 1}', '{"scans": [], "x": 1}', "{"])
def test_a_body_that_is_no_batch_is_refused(
    client: FlaskClient, terminal: dict[str, str], body: str
) -> None:
    answer = client.post(URL, data=body, headers=terminal | {"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_a_missing_field_is_named(
    client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    scan = entry(floor)
    del scan["operation"]
    answer = client.post(URL, json={"scans": [scan]}, headers=terminal)
    assert answer.json is not None
    assert answer.json["error"]["field"] == "scans[0].operation"


def test_a_terminal_shows_its_token_and_its_role(
    app: Flask, client: FlaskClient, floor: Floor
) -> None:
    body = {"scans": [entry(floor)]}
    assert client.post(URL, json=body).status_code == 401
    wrong = {"Authorization": "Bearer nothing"}
    assert client.post(URL, json=body, headers=wrong).status_code == 401
    assert client.get(f"/api/v1/bundles/{floor.code}").status_code == 401
    clock = token(app, DeviceRole.CLOCK)
    refused = client.post(URL, json=body, headers=clock)
    assert refused.status_code == 403
    validate(refused.json, _schema("Error"))
    assert client.get(f"/api/v1/bundles/{floor.code}", headers=clock).status_code == 403
    assert done(app, floor) == 0


def test_the_terminal_is_noted_as_seen(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    send(client, terminal, entry(floor))
    with app.app_context(), reading() as session:
        assert [device.last_seen for device in devices.listed(session)] == [now()]


# Where a bundle is


def test_a_bundle_says_where_it_is_and_what_can_be_done(
    app: Flask, client: FlaskClient, terminal: dict[str, str], floor: Floor
) -> None:
    at = f"/api/v1/bundles/{floor.code}"
    answer = client.get(at, headers=terminal)
    assert answer.status_code == 200
    validate(answer.json, _schema("Bundle"))
    assert answer.json == {
        "bundle": floor.code,
        "order": floor.order.number,
        "style": "W-2601",
        "colour": "BK",
        "size": "55",
        "quantity": 10,
        "state": "released",
        "at": ["C06", "S20"],
        "ready": [{"operation": "C06", "left": 10}, {"operation": "S20", "left": 10}],
    }
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06", good=4)
    later = client.get(at, headers=terminal).json
    assert later is not None
    assert later["state"] == "in_work"
    assert {"operation": "S01", "left": 4} in later["ready"]


@pytest.mark.parametrize("code", [NO_BUNDLE, "20000121", "abc"])
def test_a_bundle_that_is_not_there_is_404(
    client: FlaskClient, terminal: dict[str, str], floor: Floor, code: str
) -> None:
    answer = client.get(f"/api/v1/bundles/{code}", headers=terminal)
    assert answer.status_code == 404
    validate(answer.json, _schema("Error"))
