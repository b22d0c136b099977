"""What names another row of its table comes back too, whatever order the rows were kept in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.materials.queries import materials
from factory.production import queries, service
from factory.production.domain.scans import Scan
from factory.security.domain import SYSTEM
from factory.security.vault import ring_of
from factory.upkeep import backup
from tests.conftest import make_app
from tests.materials.build import make_roll
from tests.production.build import make_bundle, scan

pytestmark = pytest.mark.usefixtures("clock")
LAST = "ffffffff-ffff-4fff-bfff-ffffffffffff"
"""Whatever takes it back has an id before it."""


def undone(session: Session) -> Scan:
    """A scan and what took it back, which stands before it wherever they are in order."""
    bundle = make_bundle(session)
    scan(session, bundle, "C06", id=LAST)
    counter = service.undo(session, LAST, by=SYSTEM, at=now())
    assert counter.id < LAST
    return counter


def test_an_undone_scan_comes_back(session: Session, tmp_path: Path) -> None:
    ring, file = ring_of(session), tmp_path / "b"
    source = make_app(f"sqlite:///{tmp_path / 'old.sqlite'}", tmp_path)
    with source.app_context():
        with transaction() as other:
            counter = undone(other)
        with reading() as other:
            backup.create(other, ring, file)
    backup.restore(session, ring, file)
    assert backup.differing(session, ring, file) == []
    assert dict(queries.bundle(session, counter.bundle).ready)["C06"] == 10


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE rolls ADD COLUMN colour TEXT",
        "ALTER TABLE rolls DROP COLUMN note",
        "CREATE TABLE sheds (id INTEGER PRIMARY KEY)",
        "DROP TABLE held_baskets",
    ],
)
def test_what_another_version_kept_is_refused_and_leaves_nothing(
    session: Session, tmp_path: Path, change: str
) -> None:
    ring, file = ring_of(session), tmp_path / "b"
    source = make_app(f"sqlite:///{tmp_path / 'old.sqlite'}", tmp_path)
    with source.app_context():
        with transaction() as other:
            make_roll(other)
            other.execute(text(change))
        with reading() as other:
            backup.create(other, ring, file, backup.tables_there(other))
    with pytest.raises(backup.OtherVersion), session.begin_nested():
        backup.restore(session, ring, file)
    assert materials(session) == ()


def test_either_engine_keeps_rows_in_one_order(app: Flask, tmp_path: Path) -> None:
    asked: list[str] = []

    def listen(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    with app.app_context(), transaction() as session:
        event.listen(db.engine, "before_cursor_execute", listen)
        backup.create(session, ring_of(session), tmp_path / "b")
        event.remove(db.engine, "before_cursor_execute", listen)
    (of_scans,) = (each for each in asked if each.rstrip().endswith(_ORDER[db_name(app)]))
    assert "scans" in of_scans


_ORDER = {"sqlite": "ORDER BY scans.id", "postgresql": 'ORDER BY scans.id COLLATE "C"'}


def db_name(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name


def test_numbers_that_the_database_gives_out_go_on(session: Session, tmp_path: Path) -> None:
    ring, file = ring_of(session), tmp_path / "b"
    source = make_app(f"sqlite:///{tmp_path / 'old.sqlite'}", tmp_path)
    with source.app_context():
        with transaction() as other:
            make_roll(other)
        with reading() as other:
            backup.create(other, ring, file)
    backup.restore(session, ring, file)
    assert make_roll(session).number == 2
