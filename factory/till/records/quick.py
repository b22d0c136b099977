"""What every sale asks and keeps, each in one statement that is made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select
from sqlalchemy.orm import Session

from factory.db import quick
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import Bill, Line, Paid, Settled
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
    found = quick.run(session, _BEGINNING, {"event": event_id, "till": till})[0]
    return Beginning(found.earlier, found.opening, (found.last or 0) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReceipt:
    """The head of a receipt that is about to be kept."""

    number: int
    event_id: str
    opening_id: int
    kind: Slip
    at: datetime
    received_at: datetime
    by: str
    reason: str = ""
    ticket: int | None = None
    customer: int | None = None


def keep_receipt(session: Session, new: NewReceipt, bill: Bill, settled: Settled) -> None:
    """Keep a receipt with its lines and how it was paid; no rows are made of it on the way."""
    quick.run(session, _RECEIPT, _head(new, bill, settled))
    quick.run(session, _LINE, [_line(new.number, line) for line in bill.lines])
    tenders = [_tender(new.number, no, paid) for no, paid in enumerate(settled.paid, 1)]
    if tenders:
        quick.run(session, _TENDER, tenders)


def _head(new: NewReceipt, bill: Bill, settled: Settled) -> dict[str, Any]:
    return {
        "number": new.number,
        "event_id": new.event_id,
        "opening_id": new.opening_id,
        "kind": new.kind,
        "total": bill.total,
        "vat": bill.vat,
        "change": settled.change,
        "reason": new.reason,
        "ticket": new.ticket,
        "customer": new.customer,
        "at": new.at,
        "received_at": new.received_at,
        "by": new.by,
    }


def _line(number: int, line: Line) -> dict[str, Any]:
    return {
        "receipt": number,
        "no": line.no,
        "kind": line.kind,
        "what": line.what,
        "item": line.item,
        "price": line.price,
        "quantity": line.quantity,
        "discount": line.discount,
        "amount": line.amount,
    }


def _tender(number: int, no: int, paid: Paid) -> dict[str, Any]:
    return {
        "receipt": number,
        "no": no,
        "kind": paid.kind,
        "handed": paid.handed,
        "kept": paid.kept,
        "note": paid.note,
    }
