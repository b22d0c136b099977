"""A gigabyte goes into a backup while people work: nobody waits, and memory stays small."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from config import load_settings
from factory.app import create_app
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.ids import new_id
from factory.people import queries as people
from factory.security.keys import Ring
from factory.security.vault import ring_of
from factory.timeclock import queries as timeclock
from factory.timeclock import service as clock
from factory.timeclock.domain import PunchKind
from factory.upkeep import backup
from factory.upkeep.backup import BackupUnreadable
from tests.people.build import make_worker

pytestmark = pytest.mark.endure
ROWS = int(os.environ.get("DIDIM_GIGABYTE_ROWS", "500000"))
"""Of two kilobytes each."""
MEGABYTE = 1 << 20
MOST_MEMORY = 350
"""Megabytes of the command; an empty house needs 150 of them."""
ALONE, MOST = 300, 4_000
FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
INSERT INTO refused_entries (event_id, place, at, received_at, told, details)
SELECT printf('%036d', i), 'door', '2026-01-05 00:00:00.000000', '2026-01-05 00:00:00.000000', '{}',
       '"' || hex(randomblob(1000)) || '"' FROM n
"""


class Work:
    """One person clocks in and out and looks at her hours, again and again."""

    def __init__(self) -> None:
        with transaction() as session:
            self.pine = make_worker(session)
            self.badge = people.badges(session)[self.pine.id]
        self.at = datetime(2026, 1, 5, tzinfo=UTC)
        self.done = 0

    def once(self) -> float:
        """A punch and a look; seconds that it took."""
        self.at += timedelta(minutes=10)
        self.done += 1
        kind = PunchKind.IN if self.done % 2 else PunchKind.OUT
        began = time.perf_counter()
        with transaction() as session:
            clock.punch(session, self.badge, kind, at=self.at, event_id=new_id(), received=self.at)
        with reading() as session:
            timeclock.paired(session, self.pine.id, self.at.date(), self.at.date())
        return time.perf_counter() - began


def worst(times: list[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[int(len(times) * 0.99)]


def most_memory(process: int) -> float:
    """Megabytes that a running process has held at most; of an ended one nothing is known."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+([0-9]+) kB", told)
    return int(found[1]) * 1024 / MEGABYTE if found else 0.0


def test_a_gigabyte_is_laid_aside_while_people_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    app, file = create_app(load_settings()), tmp_path / "large"
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            session.execute(text(FILL), {"rows": ROWS})
        assert (tmp_path / "didim.sqlite").stat().st_size > ROWS * 2000
        work = Work()
        alone = [work.once() for _ in range(ALONE)]
        command = [sys.executable, "-m", "factory.cli", "backup", "create", str(file)]
        with subprocess.Popen(command) as running:
            meanwhile, memory = [work.once()], 0.0
            while running.poll() is None:
                memory = most_memory(running.pid) or memory
                meanwhile.append(work.once())
        assert running.returncode == 0
        alone += [work.once() for _ in range(min(len(meanwhile), MOST))]
        assert 0 < memory < MOST_MEMORY
        assert len(meanwhile) > ALONE, "people went on"
        assert worst(meanwhile) <= max(2 * worst(alone), 0.1)
        with reading() as session:
            ring = ring_of(session)
            counts = backup.verified(ring, file)
        assert counts["refused_entries"] == ROWS
        assert 1 < counts["punches"] <= ALONE + len(meanwhile)
    _is_found_when_spoilt(file, ring)


def _is_found_when_spoilt(file: Path, ring: Ring) -> None:
    """A bit in the middle, then a cut end."""
    size = file.stat().st_size
    for spoil in (size // 2, None):
        with file.open("r+b") as opened:
            if spoil is None:
                opened.truncate(size - 1)
            else:
                opened.seek(spoil)
                byte = opened.read(1)
                opened.seek(spoil)
                opened.write(bytes([byte[0] ^ 1]))
        with pytest.raises(BackupUnreadable):
            backup.verified(ring, file)
