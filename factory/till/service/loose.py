"""Take coats back without a receipt: only with a manager, who says what is paid for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.security import service as security
from factory.security.domain import Actor
from factory.stock import service as stock
from factory.stock.domain import FOUND, checked_quantity
from factory.till import queries, records
from factory.till.domain.receipt import LooseReturn, Slip
from factory.till.domain.refund import RefundTooLarge, WhyWithoutReceipt, WithoutReceipt
from factory.till.domain.sale import TenderKind, receipt_code, vat_inside
from factory.till.records import ReceiptLineRow, ReceiptRow, TenderRow
from factory.till.service.opened import hold_till, opened, print_receipt
from factory.till.service.returns import Returned, settle_fate


def give_back_without(session: Session, new: LooseReturn, *, by: Actor, at: datetime) -> Returned:
    """Take coats back whose receipt is lost; the same id again changes nothing."""
    hold_till(session)
    earlier = records.find_event(session, new.id)
    if earlier is not None:
        return Returned(queries.receipt(session, earlier.number), again=True)
    opening = opened(session, new.till)
    price = _checked(session, new, at)
    cash = new.amount if new.kind is TenderKind.CASH else ZERO
    queries.refuse_to_overdraw(session, cash, new.till)
    number = records.next_receipt(session)
    row = ReceiptRow(number=number, event_id=new.id, opening_id=opening.id, kind=Slip.RETURN)
    row.reason, row.change = new.reason.strip()[:300], ZERO
    row.at, row.received_at, row.by = at, at, by.name[:60]
    _append(session, row, new, price)
    _hang(session, new, number, by=by, at=at)
    thing, who = f"receipt {receipt_code(number)}", {"manager": new.approved}
    told = row.reason
    security.record(session, by, "take_back_loose", thing, at=at, reason=told, after=who)
    print_receipt(session, number, drawer=bool(cash), by=by, at=at, till=new.till)
    return Returned(queries.receipt(session, number), again=False)


def _checked(session: Session, new: LooseReturn, at: datetime) -> Money:
    """The price of one of these coats today; refuses what only a manager may say."""
    if not new.approved:
        raise WithoutReceipt
    if not new.reason.strip():
        raise WhyWithoutReceipt
    price = queries.coats(session, (new.item,), day_of(at))[new.item].price
    most = price * checked_quantity(new.quantity)
    if not ZERO <= new.amount <= most:
        raise RefundTooLarge(most=most)
    return price


def _append(session: Session, row: ReceiptRow, new: LooseReturn, price: Money) -> None:
    rate = lawbook.book(session).on(day_of(row.at)).number("sales_tax.standard")
    row.total, row.vat = -new.amount, -vat_inside(new.amount, rate)
    session.add(row)
    session.flush()
    line = ReceiptLineRow(receipt=row.number, no=1, item=new.item, price=price)
    line.quantity, line.amount = -new.quantity, -new.amount
    line.discount = new.amount - price * new.quantity
    tender = TenderRow(receipt=row.number, no=1, kind=new.kind, note="")
    tender.handed = tender.kept = -new.amount
    session.add_all((line, tender))
    session.flush()


def _hang(session: Session, new: LooseReturn, number: int, *, by: Actor, at: datetime) -> None:
    """Nobody knows the order that it was made for."""
    lots, ref = ((FOUND, new.quantity),), receipt_code(number)
    stock.give_back(session, new.item, new.quantity, ref, event_id=new.id, by=by, at=at, lots=lots)
    settle_fate(session, new.id, new.fate, new.item, lots, ref, new.reason, by=by, at=at)
