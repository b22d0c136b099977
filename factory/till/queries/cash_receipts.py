"""Cash receipts that are still due, and those that have to be cancelled after a return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.till import records
from factory.till.domain.cash_receipt import CashReceipt, Owed, duty_for
from factory.till.domain.receipt import Receipt
from factory.till.domain.sale import receipt_code
from factory.till.records import CashReceiptRow


@dataclass(frozen=True, slots=True)
class Replacement:
    """What was taken instead of coats that came back, with a cash receipt of its own."""

    code: str
    """Of the sale."""
    noted: CashReceipt | None
    """None where the new cash receipt is still to be issued."""


@dataclass(frozen=True, slots=True)
class ToCancel:
    """A cash receipt over more than is left of its sale."""

    code: str
    """Of the sale."""
    noted: CashReceipt
    amount: Money
    at: datetime
    """When it was noted: the card terminal asks for its approval number and its day."""
    left: Money
    """What is left in cash and transfers, for which a new one may be due."""
    replaced: tuple[Replacement, ...] = ()
    """The sales that were made instead, where coats were exchanged."""
    others: tuple[str, ...] = ()
    """Other sales of which the same slip holds, because it went on in an exchange."""


def whole_price(session: Session, slip: Receipt) -> Money:
    """What the whole sale comes to that a receipt belongs to: of a ticket, its price."""
    row = records.find_ticket(session, slip.ticket) if slip.ticket else None
    return slip.total if row is None else row.price


def owed_cash_receipts(session: Session) -> tuple[Owed, ...]:
    """Sales whose cash receipt is still due, the oldest first; what came back counts no more."""
    owed, book = [], lawbook.book(session)
    for number, at, won, total, ticket in records.cash_without_receipt(session):
        left = won if ticket is None else records.cash_kept(session, number)
        duty = duty_for(left, total, book.on(day_of(at)))
        if duty is not None:
            owed.append(Owed(receipt_code(number), duty.amount, duty.until))
    return tuple(owed)


def cash_receipts_to_cancel(session: Session) -> tuple[ToCancel, ...]:
    """Cash receipts that say more than was kept, because coats or a deposit went back."""
    found, seen = [], set[int]()
    for row in records.cash_receipts_after_returns(session):
        if row.id in seen or records.cash_kept(session, row.receipt) == row.amount:
            continue
        slip = records.same_slip(session, row)
        seen |= {each.id for each in slip}
        found.append(_to_cancel(session, row, slip))
    return tuple(found)


def _to_cancel(session: Session, row: CashReceiptRow, slip: Sequence[CashReceiptRow]) -> ToCancel:
    """The whole slip, as the card terminal knows it: it can't cancel a part of it."""
    left = Money.total(max(records.cash_kept(session, each.receipt), ZERO) for each in slip)
    return ToCancel(
        receipt_code(row.receipt),
        row.value(),
        Money.total(each.amount for each in slip),
        row.at,
        left,
        _replaced(session, row.receipt),
        tuple(receipt_code(each.receipt) for each in slip if each.id != row.id),
    )


def _replaced(session: Session, sale: int) -> tuple[Replacement, ...]:
    """What was taken instead of a sale's coats, but for sales on which its cash receipt goes on."""
    instead = (each.instead for each in records.returns_of(session, sale) if each.instead)
    return tuple(
        Replacement(receipt_code(number), row.value() if row else None)
        for number in instead
        if not records.passed_on(session, sale, number) and records.cash_kept(session, number)
        for row in [records.cash_receipt_of(session, number)]
    )
