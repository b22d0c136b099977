"""Statements beside the ORM belong to the session's transaction, and to its savepoints."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Table, bindparam, event, insert, literal, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError, StatementError
from sqlalchemy.orm import Session

from factory.db import quick
from factory.db.columns import Instant, Word
from factory.db.session import Base, db, new_session, reading, transaction
from factory.kernel.time import now
from factory.printing import fleet
from factory.printing.records import PrinterRow
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.security.records import DeviceRow, HouseRow
from tests.conftest import make_app
from tests.postgres import fresh_database

HOUSE, DEVICES, PRINTERS = (cast(Table, row.__table__) for row in (HouseRow, DeviceRow, PrinterRow))


def keep(session: Session, name: str) -> None:
    quick.run(session, insert(HOUSE), {"name": name, "value": "1"})


def kept(session: Session) -> set[str]:
    return {row.name for row in quick.run(session, select(HOUSE.c.name))}


def test_what_is_undone_to_a_savepoint_takes_these_statements_with_it(session: Session) -> None:
    keep(session, "before")
    inner = session.begin_nested()
    keep(session, "inside")
    assert {"before", "inside"} <= kept(session)
    inner.rollback()
    keep(session, "after")
    assert {"before", "after"} <= kept(session)
    assert "inside" not in kept(session)


def test_what_waits_in_the_session_is_written_first(session: Session) -> None:
    session.add(HouseRow(name="waits", value="1"))
    assert "waits" in kept(session)


def test_a_connection_is_asked_for_once_a_transaction_and_writes_only_where_it_may(
    tmp_path: Path,
) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'own.sqlite'}", tmp_path)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with new_session() as session:
            first = quick.connection_of(session)
            assert quick.connection_of(session) is first
            session.rollback()
            assert not kept(session)
        for turn in range(3):
            with transaction() as session:
                keep(session, f"written {turn}")
            with reading() as session, pytest.raises(Exception, match="readonly"):
                keep(session, "not written")
        with reading() as session:
            assert kept(session) == {"written 0", "written 1", "written 2"}


@pytest.mark.parametrize("minutes", [0, 540, -210])
def test_an_instant_is_the_same_wherever_it_was_told(session: Session, minutes: int) -> None:
    told = datetime(2026, 11, 27, 3, 4, 5, 60, tzinfo=timezone(timedelta(minutes=minutes)))
    assert session.scalar(select(literal(told, Instant()))) == told


def test_neither_an_instant_without_a_zone_nor_a_strange_word_is_kept(session: Session) -> None:
    naive = datetime(2026, 11, 27)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(StatementError, match="time zone"):
        session.scalar(select(literal(naive, Instant())))
    assert session.scalar(select(literal("manager", Word(Role)))) is Role.MANAGER
    with pytest.raises(StatementError):
        session.scalar(select(literal("nobody", Word(Role))))


PLAIN = {
    "instants, words and flags": select(DEVICES).order_by(DEVICES.c.id),
    "json and a constant": select(PRINTERS, literal("x").label("constant")).where(
        PRINTERS.c.id < 99
    ),
    "a value by name": select(DEVICES.c.name).where(DEVICES.c.name == bindparam("wanted")).limit(2),
}


@pytest.mark.parametrize("name", PLAIN)
def test_the_answer_is_that_of_sqlalchemy(session: Session, name: str) -> None:
    devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
    devices.add(session, "till", DeviceRole.TILL, by=SYSTEM, at=now())
    fleet.ensure_printers(session, at=now())
    given = {"wanted": "till"} if "name" in name else {}
    found = quick.run(session, PLAIN[name], given)
    usual = session.connection().execute(PLAIN[name], given).all()
    assert found == usual != []
    assert found[0]._fields == usual[0]._fields


def test_one_row_or_several_have_what_is_usual_where_nobody_says(session: Session) -> None:
    def row(name: str) -> dict[str, object]:
        return {"name": name, "role": DeviceRole.TILL, "token_hash": name, "created_at": now()}

    quick.run(session, insert(DEVICES), row("a"))
    quick.run(session, insert(DEVICES), [row("b"), row("c")])
    (made,) = quick.run(session, insert(DEVICES).returning(DEVICES.c.id), row("d"))
    named = select(DEVICES.c.name).where(DEVICES.c.id == made.id)
    assert quick.run(session, named) == [("d",)]
    assert {one.void for one in session.scalars(select(DeviceRow))} == {False}
    assert quick.first(session, named.where(DEVICES.c.name == "nobody")) is None


def test_a_key_that_is_there_already_is_refused_as_sqlalchemy_refuses_it(session: Session) -> None:
    keep(session, "once")
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        keep(session, "once")
    assert refused.value.params is None, "values may be of a person"
    assert "once" in kept(session)


def test_whoever_listens_to_statements_hears_of_these(session: Session) -> None:
    heard: list[str] = []
    connection = session.connection()

    def note(*given: Any) -> None:
        heard.append(given[2])

    event.listen(connection, "before_cursor_execute", note)
    keep(session, "heard")
    event.remove(connection, "before_cursor_execute", note)
    keep(session, "not heard")
    assert len(heard) == 1
    assert heard[0].startswith("INSERT INTO house")


def test_a_value_that_is_missing_is_no_empty_one(session: Session) -> None:
    with pytest.raises(StatementError, match="wanted"):
        quick.run(session, PLAIN["a value by name"])


def test_where_something_failed_nothing_is_written_before_it_is_taken_back(
    session: Session,
) -> None:
    keep(session, "once")
    inner = session.begin_nested()
    session.add(HouseRow(name="once", value="2"))
    with pytest.raises(IntegrityError):
        keep(session, "waits for the flush")
    with pytest.raises(PendingRollbackError):
        keep(session, "too soon")
    inner.rollback()
    keep(session, "after")
    assert {"once", "after"} <= kept(session)
    assert not {"too soon", "waits for the flush"} & kept(session)


def test_no_rows_are_no_statement_and_rows_of_other_columns_are_refused(session: Session) -> None:
    assert quick.run(session, insert(HOUSE), []) == []
    other = [{"name": "a", "value": "1"}, {"name": "b"}]
    with pytest.raises(ValueError, match="the same columns"):
        quick.run(session, insert(HOUSE), other)
    several = insert(HOUSE).returning(HOUSE.c.name)
    with pytest.raises(StatementError, match="answered to several"):
        quick.run(session, several, [{"name": name, "value": "1"} for name in "ab"])
    assert not {"a", "b"} & kept(session)


def test_a_statement_over_a_list_is_refused(session: Session) -> None:
    some = select(HOUSE).where(HOUSE.c.name.in_(bindparam("names", expanding=True)))
    with pytest.raises(ValueError, match="over a list"):
        quick.run(session, some, {"names": ["a", "b"]})


def cut_off(name: str) -> None:
    """Write over a connection that another has just ended."""
    with transaction() as session:
        number = session.scalar(text("SELECT pg_backend_pid()"))
        with db.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        keep(session, name)


@pytest.mark.postgresql
def test_a_connection_that_is_gone_is_told_and_used_no_more(tmp_path: Path) -> None:
    with fresh_database() as address:
        app = make_app(address, tmp_path)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            with pytest.raises(OperationalError) as lost:
                cut_off("lost")
            assert lost.value.connection_invalidated
            with transaction() as session:
                keep(session, "after")
            with reading() as session:
                assert kept(session) == {"after"}
            db.engine.dispose()
