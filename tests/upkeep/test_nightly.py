"""Every night a backup is made by itself, twice; the doctor sees when it is not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from config import Settings
from factory.app import SETTINGS
from factory.db.append_only import missing_guards
from factory.db.engine import scrub, writing
from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.security import keeping, service, vault
from factory.security.domain import SYSTEM
from factory.security.keys import KeyAway
from factory.upkeep import doctor as examining
from factory.upkeep import nightly, rotation
from factory.upkeep.findings import State
from tests.conftest import make_app_on_copy


@pytest.fixture
def house(empty_database: Path, tmp_path: Path, clock: time_machine.Traveller) -> Flask:
    """A house of its own with something sealed in it."""
    app = make_app_on_copy(empty_database, tmp_path)
    with app.app_context(), transaction() as session:
        service.seal(session, "worker", "uid", {"phone": "010"}, by=SYSTEM, at=now())
    return app


def settings_of(app: Flask, second: Path | None = None) -> Settings:
    settings: Settings = app.extensions[SETTINGS]
    return replace(settings, second_place=second)


def test_a_backup_is_made_once_a_night_and_laid_into_the_second_place(
    house: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    stick = tmp_path / "stick"
    settings = settings_of(house, stick)
    with house.app_context():
        first = nightly.make_if_due(settings, at=now())
        assert first is not None
        assert nightly.make_if_due(settings, at=now()) is None
        assert not stick.exists()  # it is not in
        stick.mkdir()
        nightly.make_if_due(settings, at=now())
        assert (stick / first.name).read_bytes() == first.read_bytes()
        clock.shift(24 * 3600)
        assert nightly.make_if_due(settings, at=now()) is not None
    assert len(rotation.found_in(stick)) == len(rotation.found_in(settings.backups)) == 2
    assert settings.backups.stat().st_mode & 0o077 == 0


def test_over_sixty_nights_a_stick_that_is_away_now_and_then_catches_up(
    house: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    stick, pulled = tmp_path / "stick", tmp_path / "pulled"
    settings = settings_of(house, stick)
    stick.mkdir()
    with house.app_context():
        for night in range(60):
            if night % 20 == 12:
                stick.rename(pulled)
            if night % 20 == 19:
                pulled.rename(stick)
            nightly.make_if_due(settings, at=now())
            if stick.exists():
                assert rotation.found_in(stick).keys() == rotation.found_in(settings.backups).keys()
            clock.shift(24 * 3600)
    assert 7 < len(rotation.found_in(stick)) <= 7 + 5 + 12


def test_old_ones_are_taken_away_and_others_files_are_left(
    house: Flask, clock: time_machine.Traveller
) -> None:
    settings = settings_of(house)
    settings.backups.mkdir()
    old = [now().replace(day=day, hour=3) for day in range(1, 24)]
    for moment in old:
        (settings.backups / rotation.name_for(moment)).touch()
    (settings.backups / "mine.backup").touch()
    with house.app_context():
        nightly.make(settings, at=now())
    assert (settings.backups / "mine.backup").exists()
    assert len(rotation.found_in(settings.backups)) == 10  # seven days and three older weeks


def test_of_files_that_a_cut_of_power_left_only_our_own_are_taken_away(
    house: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    days_ago = now().timestamp() - 3 * 24 * 3600
    ours, others = rotation.name_for(now().replace(hour=1)), "a letter"
    for name in (ours, others):
        (stick / f"{name}{rotation.UNFINISHED}").touch()
        os.utime(stick / f"{name}{rotation.UNFINISHED}", (days_ago, days_ago))
    with house.app_context():
        made = nightly.make(settings_of(house, stick), at=now())
    assert {each.name for each in stick.iterdir()} == {made.name, "a letter.unfinished"}


def told(app: Flask, settings: Settings) -> dict[str, str]:
    with app.app_context(), speaking("en"):
        found = examining.examine(settings, lambda _session: iter(()), at=now())
        return {each.about: each.told for each in found if each.state is not State.GOOD}


@pytest.fixture
def current(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests make their tables without the steps of the schema."""
    monkeypatch.setattr(examining, "is_current", lambda _engine: True)


@pytest.mark.usefixtures("current")
def test_of_a_new_house_the_doctor_minds_what_lies_beside_the_data(house: Flask) -> None:
    settings = settings_of(house)
    assert "didim backup create" in told(house, settings)["backup"]
    with house.app_context():
        nightly.make(settings, at=now())
    assert set(told(house, settings)) == {"key", "second place", "certificate"}


@pytest.mark.usefixtures("current")
def test_the_doctor_misses_guards_that_were_taken_away(house: Flask) -> None:
    with house.app_context(), writing(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER punches_no_update")
    assert "punches_no_update" in told(house, settings_of(house))["guards of facts"]


def test_with_an_old_schema_the_doctor_looks_no_further(house: Flask) -> None:
    found = told(house, settings_of(house))
    assert "didim db upgrade" in found["schema"]
    assert "key" not in found


def test_of_a_damaged_file_the_doctor_says_what_is_wrong_and_to_restore(
    house: Flask, tmp_path: Path
) -> None:
    with house.app_context():
        scrub(db.engine)
        db.engine.dispose()
    (file,) = tmp_path.glob("*.sqlite")
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40_000] = b"\xa5" * 40_000
    file.write_bytes(data)
    found = told(house, settings_of(house))
    assert "restore the newest backup" in found["database"]
    assert "***" not in found["database"]
    assert not {"schema", "key"} & set(found)


def test_every_guard_is_known_by_its_name_on_both_engines(session: Session) -> None:
    assert missing_guards(session.connection()) == []


def test_with_the_stick_pulled_nothing_sealed_opens(house: Flask, tmp_path: Path) -> None:
    with house.app_context(), transaction() as session:
        ring = session.info[vault.RING]
        session.info[vault.RING] = replace(ring, file=tmp_path / "away")
        with pytest.raises(KeyAway):
            service.read_sealed(
                session, "worker", "uid", "phone", reason="letter", by=SYSTEM, at=now()
            )


def test_after_a_rotation_everything_opens_with_the_new_key(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        ring = session.info[vault.RING].rotated()
        assert keeping.rotate(session, ring, by=SYSTEM, at=now()) == 1
        only = replace(ring, masters={2: ring.masters[2]})
        session.info[vault.RING] = only
        assert keeping.key_opens(session)
        session.info[vault.RING] = replace(ring, masters={1: ring.masters[1]})
        assert not keeping.key_opens(session)
        session.info[vault.RING] = ring
