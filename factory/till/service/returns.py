"""Take coats back and pay back what they cost, the way it was paid."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.security.domain import Actor
from factory.stock import service as stock
from factory.till import queries, records
from factory.till.domain import refund
from factory.till.domain.drawer import refuse_to_overdraw
from factory.till.domain.receipt import NewReturn, Receipt, Slip
from factory.till.domain.refund import Refund, RefundLine
from factory.till.domain.sale import TenderKind, receipt_code
from factory.till.records import ReceiptLineRow, ReceiptRow, TenderRow
from factory.till.service.opened import hold_till, opened, print_receipt


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of a return; `again` where it had been kept before."""

    receipt: Receipt
    again: bool


def give_back(session: Session, new: NewReturn, *, by: Actor, at: datetime) -> Returned:
    """Take coats of a receipt back, whole or in part; the same id again changes nothing."""
    hold_till(session)
    earlier = records.find_event(session, new.id)
    if earlier is not None:
        return Returned(queries.receipt(session, earlier.number), again=True)
    opening = opened(session)
    rate = lawbook.book(session).on(day_of(at)).number("sales_tax.standard")
    back = refund.decide_refund(queries.returnable(session, new.sale), new.wanted, rate)
    refuse_to_overdraw(queries.today(session), _cash(back))
    number = records.next_receipt(session)
    row = ReceiptRow(number=number, event_id=new.id, opening_id=opening.id, kind=Slip.RETURN)
    row.sale, row.reason, row.change = new.sale, new.reason.strip(), ZERO
    row.at, row.received_at, row.by = at, at, by.name[:60]
    _append(session, row, back)
    _hang_back(session, new, back, by=by, at=at)
    print_receipt(session, number, by=by, at=at)
    return Returned(queries.receipt(session, number), again=False)


def _cash(back: Refund) -> Money:
    return Money.total(each.kept for each in back.paid if each.kind is TenderKind.CASH)


def _append(session: Session, row: ReceiptRow, back: Refund) -> None:
    row.total, row.vat = -back.total, -back.vat
    prices = {line.no: line.price for line in records.lines(session, row.sale or 0)}
    session.add(row)
    session.flush()
    session.add_all(_line(row.number, line, prices[line.no]) for line in back.lines)
    for no, paid in enumerate(back.paid, 1):
        tender = TenderRow(receipt=row.number, no=no, kind=paid.kind, note="")
        tender.handed, tender.kept = -paid.handed, -paid.kept
        session.add(tender)
    session.flush()


def _line(number: int, line: RefundLine, price: Money) -> ReceiptLineRow:
    """Below zero throughout, so that price × quantity − discount is the amount here too."""
    row = ReceiptLineRow(receipt=number, no=line.no, item=line.item, price=price)
    row.quantity, row.amount = -line.quantity, -line.amount
    row.discount = line.amount - price * line.quantity
    return row


def _hang_back(session: Session, new: NewReturn, back: Refund, *, by: Actor, at: datetime) -> None:
    """The coats hang on the rail again, in the lots they were sold from."""
    came: Counter[str] = Counter()
    for line in back.lines:
        came[line.item] += line.quantity
    ref = receipt_code(new.sale)
    for code, quantity in sorted(came.items()):
        stock.give_back(session, code, quantity, ref, event_id=new.id, by=by, at=at)
