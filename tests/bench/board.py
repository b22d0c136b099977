"""The board with a simulated season behind it: its median, and whether it grows with the past."""

from __future__ import annotations

import os
import statistics
import tempfile
import time

from sqlalchemy import func, select

from config import load_settings
from factory.cli.demo import PASSWORD, demo_app
from factory.db.session import reading
from factory.kernel.time import now
from factory.production.records import ScanRow
from seed_data.telling import Wish
from seed_data.working_days import last_told
from tests.bench.show import line

LOOKS, SHORT, LONG = 100, 20, 60


def main() -> None:
    """Look at the board of a short season and of a long one."""
    short, few = _season(SHORT)
    long, many = _season(LONG)
    grown = statistics.median(long) / statistics.median(short)
    print(f"{many / few:.1f} times the scans, {grown:.2f} times the median")


def _season(days: int) -> tuple[list[float], int]:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(os.environ | {"DIDIM_INSTANCE": folder})
        app = demo_app(
            settings, Wish(workers=25, days=days, orders=12, seed=1, until=last_told(now()))
        )
        app.config["WTF_CSRF_ENABLED"] = False
        browser = app.test_client()
        browser.post("/sign-in", data={"name": "manager", "password": PASSWORD})
        taken = []
        for _ in range(LOOKS):
            begun = time.perf_counter()
            answer = browser.get("/board/")
            taken.append(time.perf_counter() - begun)
            assert answer.status_code == 200
        with app.app_context(), reading() as session:
            scans = session.scalar(select(func.count()).select_from(ScanRow)) or 1
    line(f"board, {days} days, {scans} scans", taken)
    return taken, scans
