"""Statements beside the ORM belong to the session's transaction, and to its savepoints."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Table, insert, literal, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from factory.db import quick
from factory.db.columns import Instant, Word
from factory.db.session import Base, db, new_session, reading, transaction
from factory.security.domain import Role
from factory.security.records import HouseRow
from tests.conftest import make_app

HOUSE = cast(Table, HouseRow.__table__)


def keep(session: Session, name: str) -> None:
    quick.run(session, insert(HOUSE), {"name": name, "value": "1"})


def kept(session: Session) -> set[str]:
    return set(quick.run(session, select(HOUSE.c.name)).scalars())


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
    with pytest.raises((StatementError, KeyError)):
        session.scalar(select(literal("nobody", Word(Role))))
