"""Print workers killed again and again: every paper comes out once, or a person is asked."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import load_settings
from factory.app import create_app
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.printing import fleet, queries, service
from factory.printing.domain import DONE, TROUBLED, Purpose, State
from factory.security.domain import SYSTEM
from printers.document import Cut, Document, Text
from tests.endure.hatched import start
from tests.postgres import fresh_database
from tests.printing.build import BIRCH
from tests.printing.test_killed import EXPECTED, kill_at_each_point

pytestmark = pytest.mark.endure
KILLS = int(os.environ.get("DIDIM_KILLS", "200"))
ROUNDS = -(-KILLS // len(EXPECTED))
PAPERS = 60 * KILLS
LONGEST_LIFE = 2.0
PATIENCE = 600


def test_hundreds_of_killed_print_workers_print_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    app, roll = create_app(load_settings()), tmp_path / "roll"
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            new = fleet.NewPrinter(
                name="Floor",
                place="",
                profile="virtual-80",
                target=f"file:{roll}",
                purposes=tuple(Purpose),
            )
            fleet.add_printer(session, new, by=SYSTEM, at=now())
            for number in range(PAPERS):
                _ask(session, number)
        db.engine.dispose()
    chance = random.Random(5)  # noqa: S311 - when to kill is no secret
    for _ in range(KILLS):
        _live(chance.uniform(0.1, LONGEST_LIFE))
    _finish(app)
    printed = Counter(_numbers(roll))
    with app.app_context(), reading() as session:
        jobs = queries.jobs(session, *State, limit=PAPERS)
        assert {job.state for job in jobs} <= {State.SENT, State.UNSURE}
    assert max(printed.values()) == 1
    sent = {job.title for job in jobs if job.state is State.SENT}
    assert sent <= set(printed)
    assert len(jobs) == PAPERS


def test_a_worker_killed_25_times_at_each_point_of_its_work_leaves_no_paper_twice(
    tmp_path: Path,
) -> None:
    kill_at_each_point(tmp_path, ROUNDS)


@pytest.mark.postgresql
def test_so_it_is_on_postgresql(tmp_path: Path) -> None:
    with fresh_database() as url:
        kill_at_each_point(tmp_path, ROUNDS, url)


def _ask(session: Session, number: int) -> None:
    document = Document(f"paper {number}", (Text(f"paper {number}"), Cut()))
    service.enqueue(
        session,
        document,
        purpose=Purpose.BUNDLE_TICKET,
        by=BIRCH,
        at=now(),
        event_id=f"paper {number}",
    )


def _live(seconds: float) -> None:
    worker = start("print", "worker")
    time.sleep(seconds)
    worker.kill()
    worker.join()


def _finish(app: Flask) -> None:
    """Let one worker live until nothing waits."""
    until = time.monotonic() + PATIENCE
    worker = start("print", "worker")
    while time.monotonic() < until:
        time.sleep(2)
        with app.app_context(), reading() as session:
            if len(queries.jobs(session, *DONE, *TROUBLED, limit=PAPERS)) == PAPERS:
                break
    worker.terminate()
    worker.join()


def _numbers(roll: Path) -> list[str]:
    """The titles of papers that came out whole, up to their cut."""
    parts = roll.read_bytes().split(b"\x1dVB\0")[:-1]
    return [f"paper {part.rpartition(b'paper ')[2].decode('ascii').strip()}" for part in parts]
