"""What every sale asks and keeps, each in one statement that is made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, inspect, select
from sqlalchemy.orm import Session

from factory.till.records.tables import (
    CloseRow,
    OpeningRow,
    ReceiptLineRow,
    ReceiptRow,
    TenderRow,
)

OPENINGS, CLOSES, RECEIPTS, LINES, TENDERS = (
    cast(Table, row.__table__)
    for row in (OpeningRow, CloseRow, ReceiptRow, ReceiptLineRow, TenderRow)
)
_EARLIER = select(RECEIPTS.c.number).where(RECEIPTS.c.event_id == bindparam("event"))
_CLOSED = select(CLOSES.c.opening_id).where(CLOSES.c.opening_id == OPENINGS.c.id)
_OPEN = (
    select(OPENINGS.c.id)
    .where(OPENINGS.c.till == bindparam("till"), ~_CLOSED.exists())
    .order_by(OPENINGS.c.id.desc())
    .limit(1)
)
_BEGINNING = select(
    _EARLIER.scalar_subquery().label("earlier"),
    _OPEN.scalar_subquery().label("opening"),
    select(func.max(RECEIPTS.c.number)).scalar_subquery().label("last"),
)
_RECEIPT, _LINE, _TENDER = insert(RECEIPTS), insert(LINES), insert(TENDERS)


@dataclass(frozen=True, slots=True)
class Beginning:
    """How things stand before a sale."""

    earlier: int | None
    """The receipt that this very sale has already."""
    opening: int | None
    """The opening of its till, if that is open."""
    next_number: int


def beginning(session: Session, event_id: str, till: int) -> Beginning:
    """How things stand before a sale; the caller holds the till, so nobody takes its number."""
    session.flush()
    asked = {"event": event_id, "till": till}
    found = session.connection().execute(_BEGINNING, asked).one()
    return Beginning(found.earlier, found.opening, (found.last or 0) + 1)


def keep_receipt(
    session: Session,
    row: ReceiptRow,
    lines: Iterable[ReceiptLineRow],
    tenders: Iterable[TenderRow],
) -> None:
    """Keep a receipt with its lines and how it was paid."""
    session.flush()
    connection = session.connection()
    connection.execute(_RECEIPT, _given(row))
    for statement, rows in ((_LINE, lines), (_TENDER, tenders)):
        given = [_given(each) for each in rows]
        if given:
            connection.execute(statement, given)


def _given(row: Any) -> dict[str, Any]:
    """What was said of a row; the rest has its usual value."""
    given: dict[str, Any] = dict(inspect(row).dict)
    given.pop("_sa_instance_state", None)
    return given
