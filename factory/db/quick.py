"""Statements that every sale, punch or scan runs: made once, and beside the ORM.

They make no rows and look at none, so they cost about half of what the same costs by the session;
what waits in the session is written first, and all belongs to the session's own transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.orm import Session

_AT_HAND = "didim.connection"
Given = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def run(session: Session, statement: Executable, given: Given | None = None) -> CursorResult[Any]:
    """Run a statement within the session's transaction, after what waits there was written."""
    session.flush()
    return connection_of(session).execute(statement, given)


def connection_of(session: Session) -> Connection:
    """The session's connection, asked for once a transaction and once a savepoint."""
    within = session.get_nested_transaction() or session.get_transaction()
    known: tuple[object, Connection] | None = session.info.get(_AT_HAND)
    if known is not None and known[0] is within:
        return known[1]
    found = session.connection()
    within = session.get_nested_transaction() or session.get_transaction()
    session.info[_AT_HAND] = within, found
    return found
