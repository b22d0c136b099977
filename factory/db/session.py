"""Tables, sessions and transactions; the only commit of the project is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, text
from sqlalchemy.orm import DeclarativeBase, Session, registry, sessionmaker

from factory.db.columns import Instant, Won
from factory.db.engine import writer_in_turn, writing
from factory.kernel.money import Money

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SESSIONS = "didim.sessions"


class Base(DeclarativeBase):
    """The parent of all tables."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Instant, Money: Won},
    )


class Fact:
    """Mark of a table of facts: rows are appended, never changed or deleted (see `append_only`)."""

    append_only: ClassVar[bool] = True


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def new_session() -> Session:
    """A session on this installation's database."""
    sessions: sessionmaker[Session] = current_app.extensions[SESSIONS]
    return sessions()


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit when the block ends well, roll back when it raises; writers take turns."""
    with writing(), writer_in_turn(db.engine), new_session() as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def reading() -> Iterator[Session]:
    """Look only: the database refuses to write in it, and nothing waits for it."""
    with new_session() as session:
        yield session


def hold(session: Session, kind: str, key: object) -> None:
    """Name what is about to change, so that other writers of the same thing wait until the end.

    PostgreSQL takes a lock that ends with the transaction; on SQLite writers take turns anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        statement = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        session.execute(statement, {"name": f"{kind}:{key}"})
