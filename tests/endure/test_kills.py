"""A server killed in the middle of its work: what it had said yes to is there, once."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

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
KILLS = int(os.environ.get("DIDIM_KILLS", "200"))
LONGEST_LIFE = 0.6


def send_until_dead(
    port: int, body: Callable[[], tuple[str, bytes]], token: str, killer: threading.Timer
) -> set[str]:
    """Send one punch after the other; the ids that the server said yes to before it died.

    The killer's time runs from the first answer on, so that a busy machine has answered one.
    """
    recorded: set[str] = set()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        while True:
            number, data = body()
            connection.request("POST", "/api/v1/clock-events", data, headers)
            answer = json.loads(connection.getresponse().read())
            assert [each["status"] for each in answer["results"]] == ["recorded"]
            if not recorded:
                killer.start()
            recorded.add(number)
    except (OSError, http.client.HTTPException, ValueError):
        return recorded
    finally:
        connection.close()


def test_what_was_confirmed_survives_hundreds_of_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    app = create_app(load_settings())
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            pine = make_worker(session)
            badge = people.badges(session)[pine.id]
            token = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())

    def body() -> tuple[str, bytes]:
        number = str(uuid4())
        at = datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock
        event = {"event_id": number, "badge": badge, "kind": "in", "at": at}
        return number, json.dumps({"events": [event]}).encode()

    chance, confirmed = random.Random(1), set[str]()  # noqa: S311 - when to kill is no secret
    for _ in range(KILLS):
        with serving() as (server, port):
            life = chance.random() * LONGEST_LIFE
            confirmed |= send_until_dead(port, body, token, threading.Timer(life, server.kill))
    with app.app_context(), reading() as session:
        kept = Counter(session.query(PunchRow.event_id).all())
        assert len(confirmed) >= KILLS
        assert {(number,) for number in confirmed} <= {tuple(row) for row in kept}
        assert set(kept.values()) == {1}
        assert timeclock.recomputed(session) == ()
