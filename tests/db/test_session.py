"""Transactions, tables of facts, and the declared schema against the migrated one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, Integer, String, create_engine, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from factory.app import import_records
from factory.db import append_only, engine, migrate
from factory.db.session import Base, db, reading, transaction
from factory.kernel.time import now
from factory.security.domain import SYSTEM
from factory.security.records import HouseRow
from factory.security.service import record
from tests.conftest import make_app
from tests.postgres import fresh_database


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """An application on a file of its own, whose transactions really commit."""
    return make_app(f"sqlite:///{tmp_path / 'own.sqlite'}", tmp_path)


def count(session: Session) -> int:
    row = session.get(HouseRow, "count")
    return 0 if row is None else int(row.value)


def write_and_raise() -> None:
    with transaction() as session:
        session.add(HouseRow(name="lost", value="1"))
        raise ZeroDivisionError


def test_what_ends_well_is_kept_and_what_raises_is_not(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction() as session:
            session.add(HouseRow(name="kept", value="1"))
        with pytest.raises(ZeroDivisionError):
            write_and_raise()
        with reading() as session:
            assert session.get(HouseRow, "kept") is not None
            assert session.get(HouseRow, "lost") is None


def test_who_only_looks_cannot_write(own_app: Flask) -> None:
    with own_app.app_context(), reading() as session, pytest.raises(DatabaseError):
        session.execute(text("INSERT INTO house (name, value) VALUES ('a', 'b')"))


def test_writers_take_turns_and_lose_nothing(own_app: Flask) -> None:
    def add_ten() -> None:
        for _ in range(10):
            with own_app.app_context(), transaction() as session:
                found = count(session)
                session.merge(HouseRow(name="count", value=str(found + 1)))

    threads = [threading.Thread(target=add_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with own_app.app_context(), reading() as session:
        assert count(session) == 40


def test_a_file_is_durable_and_strict(own_app: Flask) -> None:
    with own_app.app_context(), db.engine.connect() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_no_way_of_writing_changes_a_fact(session: Session) -> None:
    record(session, SYSTEM, "look", "thing", at=now())
    session.flush()
    sqlite = session.get_bind().dialect.name == "sqlite"
    again = "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries"
    whole = again if sqlite else "TRUNCATE audit_entries"
    for statement in ("UPDATE audit_entries SET what = 'x'", "DELETE FROM audit_entries", whole):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(statement))


def test_every_table_of_facts_is_guarded() -> None:
    assert [table.name for table in append_only.fact_tables()]
    for table in append_only.fact_tables():
        assert append_only.unique_keys(table)


def shape(of: Engine) -> dict[str, object]:
    looked = inspect(of)
    shapes: dict[str, object] = {}
    for table in looked.get_table_names():
        if table != "alembic_version":
            columns = {
                c["name"]: (_kind(c["type"]), c["nullable"]) for c in looked.get_columns(table)
            }
            unique = sorted(str(k["name"]) for k in looked.get_unique_constraints(table))
            foreign = sorted(str(k["name"]) for k in looked.get_foreign_keys(table))
            indexes = sorted(str(i["name"]) for i in looked.get_indexes(table))
            shapes[table] = (columns, unique, foreign, indexes)
    return shapes


def _kind(kind: object) -> str:
    if isinstance(kind, Integer):
        return "integer"
    return "text" if isinstance(kind, String) else type(kind).__name__


def triggers(of: Engine) -> list[str]:
    source = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if of.dialect.name != "sqlite":
        source = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with of.connect() as connection:
        return sorted(connection.execute(text(source)).scalars())


def compare(migrated: Engine, declared: Engine) -> None:
    import_records()
    for each in (migrated, declared):
        engine.prepare(each)
    migrate.upgrade(migrated)
    assert migrate.is_current(migrated)
    with engine.writing(), declared.begin() as connection:
        Base.metadata.create_all(connection)
        append_only.guard_all(connection)
    assert shape(migrated) == shape(declared)
    assert triggers(migrated) == triggers(declared)
    migrated.dispose()
    declared.dispose()


def test_the_steps_give_the_declared_schema_on_sqlite(tmp_path: Path) -> None:
    compare(
        create_engine(f"sqlite:///{tmp_path / 'a'}"), create_engine(f"sqlite:///{tmp_path / 'b'}")
    )


@pytest.mark.postgresql
def test_the_steps_give_the_declared_schema_on_postgresql() -> None:
    with fresh_database() as one:
        migrated = create_engine(one)
        declared = create_engine(one, connect_args={"options": "-csearch_path=declared"})
        with migrated.begin() as connection:
            connection.execute(text("CREATE SCHEMA declared"))
        engine.prepare(migrated)
        migrate.upgrade(migrated)
        with engine.writing(), declared.begin() as connection:
            Base.metadata.create_all(connection)
        assert shape(migrated) == shape(declared)
        assert any("append_only" in name for name in triggers(migrated))
        migrated.dispose()
        declared.dispose()
