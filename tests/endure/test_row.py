"""The server is killed while twenty people clock in: what was confirmed is there, exactly once."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from config import load_settings
from factory.app import create_app
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from factory.timeclock import queries as timeclock
from factory.timeclock.records import PunchRow
from tests.endure.serving import serving
from tests.people.build import make_worker

pytestmark = pytest.mark.endure
PEOPLE, ROUNDS, TRIES = 20, 10, 5
KINDS = ("in", "break_start", "break_end", "out")


def send(port: int, token: str, event: dict[str, str]) -> bool:
    """Send a punch; whether the server said that it has it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/api/v1/clock-events", json.dumps({"events": [event]}), headers)
        (result,) = json.loads(connection.getresponse().read())["results"]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return False
    finally:
        connection.close()
    return result["status"] in {"recorded", "duplicate"}


def a_server_takes(
    events: list[dict[str, str]], token: str, dies_after: float | None
) -> list[bool]:
    """Start a server, send it everything at once, and kill it; what it said yes to."""
    with serving() as (server, port), ThreadPoolExecutor(PEOPLE) as row:
        said = [row.submit(send, port, token, event) for event in events]
        if dies_after is not None:
            time.sleep(dies_after)
            server.kill()
        return [answer.result() for answer in said]


def test_every_punch_of_a_row_of_people_is_there_exactly_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    app = create_app(load_settings())
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            workers = [make_worker(session, f"Worker {number}") for number in range(PEOPLE)]
            badges = [people.badges(session)[worker.id] for worker in workers]
            token = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())

    confirmed, waiting = set[str](), list[dict[str, str]]()
    for turn in range(ROUNDS + TRIES):
        if turn < ROUNDS:
            at, kind = now().isoformat(), KINDS[turn % 4]
            made = ((str(uuid4()), badge) for badge in badges)
            waiting += [{"event_id": i, "badge": b, "kind": kind, "at": at} for i, b in made]
        dies_after = 0.05 * (turn + 1) if turn < ROUNDS else None
        done = a_server_takes(waiting, token, dies_after)
        confirmed |= {e["event_id"] for e, yes in zip(waiting, done, strict=True) if yes}
        waiting = [event for event, yes in zip(waiting, done, strict=True) if not yes]
    assert waiting == []
    with app.app_context(), reading() as session:
        kept = Counter(session.scalars(select(PunchRow.event_id)))
        assert set(kept) == confirmed
        assert set(kept.values()) == {1}
        assert len(kept) == PEOPLE * ROUNDS
        assert timeclock.recomputed(session) == ()
