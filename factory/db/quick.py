"""Statements that every sale, punch, scan or page runs: prepared once, and beside the ORM.

What waits in the session is written first, and all belongs to the session's own transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from factory.db.prepared import Row, Statement, prepared

Given = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""Values by name, or several times such values."""
_AT_HAND = "didim.connection"
NOTHING: Mapping[str, Any] = {}


def run(session: Session, statement: Statement, given: Given = NOTHING) -> list[Row]:
    """Run a statement in the session's transaction; gives the rows of its answer."""
    session.flush()
    each = [given] if isinstance(given, Mapping) else given
    if not each:
        return []
    if any(one.keys() != each[0].keys() for one in each[1:]):
        message = "each row names the same columns"
        raise ValueError(message)
    connection = connection_of(session)
    return prepared(statement, connection.dialect, tuple(each[0])).run(connection, each)


def first(session: Session, statement: Statement, given: Given = NOTHING) -> Row | None:
    """The first row of its answer, if there is one."""
    return next(iter(run(session, statement, given)), None)


def connection_of(session: Session) -> Connection:
    """The session's connection, asked for once a transaction and once a savepoint.

    Raises:
        PendingRollbackError: something failed in it, and nobody has taken it back yet.
    """
    within = session.get_nested_transaction() or session.get_transaction()
    known: tuple[object, Connection] | None = session.info.get(_AT_HAND)
    if known is not None and within is not None and known[0] is within and within.is_active:
        return known[1]
    found = session.connection()
    within = session.get_nested_transaction() or session.get_transaction()
    session.info[_AT_HAND] = within, found
    return found
