"""What a backup says of itself: one in another's place, and a chain whose end was cut off."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from config import Settings
from factory.app import SETTINGS
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.security import chain, keeping, service
from factory.security.domain import SYSTEM
from factory.upkeep import backup, nightly, rotation
from factory.upkeep import doctor as examining
from factory.upkeep.backup import BackupRenamed, BackupUnreadable
from factory.upkeep.findings import State
from tests.conftest import make_app_on_copy

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
UNLINKED = "DELETE FROM audit_entries WHERE id NOT IN (SELECT entry_id FROM audit_links)"


@pytest.fixture
def house(empty_database: Path, tmp_path: Path, clock: time_machine.Traveller) -> Flask:
    """A house of its own whose key is there, with three deeds."""
    app = make_app_on_copy(empty_database, tmp_path)
    settings_of(app).key_file.touch(mode=0o600)
    deeds(app, "first", "second", "third")
    return app


def settings_of(app: Flask) -> Settings:
    settings: Settings = app.extensions[SETTINGS]
    return settings


def deeds(app: Flask, *names: str) -> None:
    with app.app_context():
        for name in names:
            with transaction() as session:
                service.record(session, SYSTEM, "deed", name, at=now())


def make(app: Flask) -> Path:
    with app.app_context():
        return nightly.make(settings_of(app), at=now())


def verify(app: Flask, file: Path) -> dict[str, int]:
    with app.app_context(), reading() as session:
        return backup.verified(keeping.ring_of(session), file)


def test_an_older_backup_in_the_place_of_a_newer_one_is_found(
    house: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    old = make(house)
    deeds(house, "fourth")
    clock.shift(24 * 3600)
    new = make(house)
    assert verify(house, new)["audit_entries"] == 4
    shutil.copy(old, new)
    with pytest.raises(BackupRenamed) as found:
        verify(house, new)
    assert found.value.values == {"made": "2026-11-24 10:00"}
    shutil.copy(old, tmp_path / "mine.backup")  # what somebody named herself says nothing of a day
    assert verify(house, tmp_path / "mine.backup")["audit_entries"] == 3


def test_it_says_where_the_chain_ended_by_its_first_line_alone(house: Flask) -> None:
    file = make(house)
    with house.app_context(), reading() as session:
        ring, end = keeping.ring_of(session), str(chain.newest(session))
        assert backup.head_of(ring, file).mark == end
        file.write_bytes(file.read_bytes()[:40])
        with pytest.raises(BackupUnreadable):
            backup.head_of(ring, file)


def cut_off(app: Flask, after: int) -> None:
    """Take the newest entries out as somebody who may write into the file, guards and all."""
    with app.app_context():
        file = str(db.engine.url.database)
    with closing(sqlite3.connect(file)) as open_file:
        kept = open_file.execute(GUARDS).fetchall()
        for name, _ in kept:
            open_file.execute(f"DROP TRIGGER {name}")
        open_file.execute("DELETE FROM audit_links WHERE number > ?", (after,))
        open_file.execute(UNLINKED)
        for _, sql in kept:
            open_file.execute(sql)
        open_file.commit()


def told(app: Flask) -> str:
    with app.app_context(), speaking("en"):
        found = examining.examine(settings_of(app), lambda _session: iter(()), at=now())
        return next(
            (e.told for e in found if e.about == "audit chain" and e.state is State.WRONG), ""
        )


@pytest.fixture(autouse=True)
def current(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests make their tables without the steps of the schema."""
    monkeypatch.setattr(examining, "is_current", lambda _engine: True)


def test_the_doctor_finds_an_end_that_was_cut_off_since_the_last_backup(house: Flask) -> None:
    cut_off(house, 2)
    assert told(house) == "", "from inside it can't be seen"
    deeds(house, "third again")
    make(house)
    deeds(house, "fourth")
    assert told(house) == ""
    cut_off(house, 2)
    deeds(house, "third otherwise", "fourth otherwise")
    assert "mark that was written down of link 3 is not in the chain" in told(house)


def test_the_second_place_tells_of_it_where_the_backups_here_are_gone(
    house: Flask, tmp_path: Path
) -> None:
    deeds(house, "third again")
    made, stick = make(house), tmp_path / "stick"
    stick.mkdir()
    shutil.move(made, stick / made.name)
    cut_off(house, 2)
    with house.app_context(), reading() as session, speaking("en"):
        settings = replace(settings_of(house), second_place=stick)
        (mark,) = examining.last_marks(session, settings, now())
        assert "of link 4 is not" in "".join(fault.told for fault in chain.faults(session, mark))
        assert examining.last_marks(session, settings_of(house), now()) == ()


def test_a_backup_that_does_not_open_is_no_fault_of_the_chain(house: Flask) -> None:
    file = make(house)
    file.write_bytes(b"")
    assert told(house) == ""
    assert rotation.found_in(settings_of(house).backups)
