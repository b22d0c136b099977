"""The wall view with 60 and with 600 people there, beside what the server gives for nothing."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.people import queries as people
from factory.security import service
from factory.security.domain import SYSTEM, Role
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from tests.bench.show import line
from tests.cast import PASSWORD
from tests.conftest import make_app
from tests.people.build import make_worker

LOOKS, FEW, MANY = 100, 60, 600


def main() -> None:
    """Look at the wall of a small house and of a large one."""
    few, ceiling = _house(FEW)
    many, _ = _house(MANY)
    print(f"{few / ceiling:.1f} times an empty answer with {FEW} people")
    print(f"{many / few:.1f} times that with {MANY / FEW:.0f} times the people")


def _house(size: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{Path(folder) / 'house.sqlite'}", Path(folder))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), transaction() as session:
            for number in range(size):
                make_worker(session, f"Worker {number}", pin=None)
            for badge in people.badges(session).values():
                event, at = new_id(), now()
                timeclock.punch(session, badge, PunchKind.IN, at=at, event_id=event, received=at)
            roles = [Role.CLOCK_TERMINAL]
            service.create_account(session, "door", PASSWORD, roles=roles, by=SYSTEM, at=now())
        browser = app.test_client()
        browser.post("/sign-in", data={"name": "door", "password": PASSWORD})
        empty = _timed(lambda: browser.get("/healthz").status_code)
        wall = _timed(lambda: browser.get("/clock/wall?list=1").status_code)
    line(f"wall, {size} people", wall)
    return statistics.median(wall), statistics.median(empty)


def _timed(look: Callable[[], int]) -> list[float]:
    taken = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        assert look() == 200
        taken.append(time.perf_counter() - begun)
    return taken
