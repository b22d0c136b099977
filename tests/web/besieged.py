"""Houses under hostile requests, one after the other, and what must hold of all answers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import time_machine

from factory.db.session import db, transaction
from tests.conftest import MORNING, hurried, make_app
from tests.web.hostile import Siege
from tests.web.linden import make_house, room_examples
from tests.web.test_pages import rooms

A_ROUND = 5_000
"""After so many the house is a new one: by then much of it was changed by what was taken."""


def besiege(place: Path, requests: int) -> None:
    """Send so many hostile requests: no fault, no write on refusal, no way out of the house."""
    wrong, counts = [], Counter[int]()
    for number, first in enumerate(range(0, requests, A_ROUND)):
        siege, answered = _round(place / str(number), number, min(A_ROUND, requests - first))
        wrong += siege.wrong
        counts.update(answered)
    assert not wrong, "\n".join(wrong)
    assert counts.total() == requests
    assert counts[422] > requests // 20, "they reach the forms"
    assert counts[303] + counts[200] > requests // 20, "and are not all refused"


def _round(place: Path, seed: int, requests: int) -> tuple[Siege, dict[int, int]]:
    place.mkdir()
    with time_machine.travel(datetime.fromisoformat(MORNING), tick=False):
        app = hurried(make_app(f"sqlite:///{place / 'test.sqlite'}", place))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), transaction() as session:
            examples = room_examples(session, rooms())
            house = make_house(session)
        siege = Siege(app, house, examples, seed=seed)
        answered = siege.run(requests)
        with app.app_context():
            db.engine.dispose()
    return siege, answered
