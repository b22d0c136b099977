"""A hundred thousand hostile requests: no fault, no write on refusal, no way out of the house."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from factory.db.session import transaction
from tests.conftest import MORNING, make_app
from tests.web.hostile import Siege
from tests.web.linden import make_house, room_examples
from tests.web.test_pages import rooms

pytestmark = pytest.mark.endure
REQUESTS = int(os.environ.get("DIDIM_HOSTILE", "100000"))
A_ROUND = 5_000
"""After so many the house is a new one: by then much of it was changed by what was taken."""


def test_a_hundred_thousand_hostile_requests_break_nothing(tmp_path: Path) -> None:
    wrong, counts = [], dict[int, int]()
    for number in range(-(-REQUESTS // A_ROUND)):
        place = tmp_path / str(number)
        place.mkdir()
        with time_machine.travel(datetime.fromisoformat(MORNING), tick=False):
            app = make_app(f"sqlite:///{place / 'test.sqlite'}", place)
            app.config["WTF_CSRF_ENABLED"] = False
            with app.app_context(), transaction() as session:
                examples = room_examples(session, rooms())
                house = make_house(session)
            siege = Siege(app, house, examples, seed=number)
            for status, count in siege.run(min(A_ROUND, REQUESTS)).items():
                counts[status] = counts.get(status, 0) + count
            wrong += siege.wrong
    assert wrong == []
    assert sum(counts.values()) >= REQUESTS
    assert counts[422] > REQUESTS // 20, "they reach the forms"
    assert counts.get(303, 0) + counts.get(200, 0) > REQUESTS // 20, "and are not all refused"
