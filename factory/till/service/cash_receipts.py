"""Note cash receipts that the card terminal has issued, and that it has cancelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.security import service as security
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain.cash_receipt import (
    CashReceipt,
    CashReceiptNotedAlready,
    NoCancelNumber,
    NothingToCancel,
    refuse_misread,
    refuse_without_cash,
)
from factory.till.domain.sale import receipt_code
from factory.till.records import CashReceiptCancelRow, CashReceiptRow
from factory.till.service.opened import hold_till


def note_cash_receipt(
    session: Session, number: int, noted: CashReceipt, *, by: Actor, at: datetime
) -> None:
    """Note the cash receipt of a sale that was issued at the card terminal."""
    hold_till(session)
    slip = queries.receipt(session, number)
    if slip.cash_receipt is not None:
        raise CashReceiptNotedAlready
    refuse_without_cash(slip.paid)
    note_receipt(session, number, noted, by=by, at=at)


def note_receipt(
    session: Session, number: int, noted: CashReceipt, *, by: Actor, at: datetime
) -> None:
    """Keep a cash receipt whose identifier could be read, or `IdentifierMisread`."""
    refuse_misread(noted)
    row = CashReceiptRow(receipt=number, purpose=noted.purpose, identifier=noted.shown)
    row.amount, row.approval = records.cash_kept(session, number), noted.approval.strip()
    row.at, row.by = at, by.name[:60]
    session.add(row)
    session.flush()


def cancel_cash_receipt(
    session: Session, number: int, approval: str, *, by: Actor, at: datetime
) -> None:
    """Note that the cash receipt of a sale was cancelled at the card terminal, after a return."""
    hold_till(session)
    row = records.cash_receipt_of(session, number)
    if row is None or row.amount == records.cash_kept(session, number):
        raise NothingToCancel
    if not approval.strip():
        raise NoCancelNumber
    for each in records.same_slip(session, row):
        _end(session, each, approval.strip(), None, by=by, at=at)
    thing, after = f"receipt {receipt_code(number)}", {"approval": approval.strip()}
    security.record(session, by, "cancel_cash_receipt", thing, at=at, after=after)


def pass_on(
    session: Session, sale: int, instead: int, *, by: Actor, at: datetime
) -> CashReceiptRow | None:
    """In an exchange at the same price the cash receipt holds for the other coat from now on."""
    row = records.cash_receipt_of(session, sale)
    if row is not None:
        _end(session, row, "", instead, by=by, at=at)
    return row


def keep_rest(session: Session, passed: CashReceiptRow, *, by: Actor, at: datetime) -> None:
    """What did not come back of the first sale keeps its part of the same cash receipt."""
    left = records.cash_kept(session, passed.receipt)
    if left.won > 0:
        rest = CashReceiptRow(
            receipt=passed.receipt, purpose=passed.purpose, identifier=passed.identifier
        )
        rest.amount, rest.approval, rest.at, rest.by = left, passed.approval, at, by.name[:60]
        session.add(rest)
        session.flush()


def _end(
    session: Session,
    row: CashReceiptRow,
    approval: str,
    instead: int | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    done = CashReceiptCancelRow(cash_receipt=row.id, approval=approval[:40], goes_on=instead)
    done.at, done.by = at, by.name[:60]
    session.add(done)
    session.flush()
