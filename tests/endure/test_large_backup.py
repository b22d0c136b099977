"""Ten years of punches go into one file and come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.security.vault import ring_of
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import PunchKind
from factory.timeclock.records import PunchRow
from factory.upkeep import backup
from tests.conftest import make_app
from tests.people.build import make_worker

pytestmark = pytest.mark.endure
PUNCHES = 400_000
FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def test_ten_years_come_back(tmp_path: Path) -> None:
    old = make_app(f"sqlite:///{tmp_path / 'old.sqlite'}", tmp_path)
    with old.app_context():
        with transaction() as session:
            pine = make_worker(session)
            rows = [
                {
                    "event_id": new_id(),
                    "worker_id": pine.id,
                    "kind": (PunchKind.IN, PunchKind.OUT)[number % 2],
                    "at": FIRST + timedelta(minutes=13 * number),
                    "received_at": FIRST,
                    "entered_by": "",
                    "reason": "",
                }
                for number in range(PUNCHES)
            ]
            session.execute(insert(PunchRow), rows)
        with reading() as session:
            counts = backup.create(session, ring_of(session), tmp_path / "large")
            ring = ring_of(session)
            (different,) = timeclock.recomputed(session)  # they came in past the services
    assert counts["punches"] == PUNCHES
    assert different.kind == "presence"
    new = make_app(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path)
    with new.app_context():
        with transaction() as session:
            assert backup.restore(session, ring, tmp_path / "large") == counts
        with reading() as session:
            assert session.scalar(select(func.count()).select_from(PunchRow)) == PUNCHES
            assert timeclock.recomputed(session) == (different,)
