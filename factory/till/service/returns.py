"""Take coats back and pay back what they cost, the way it was paid."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.security import service as security
from factory.security.domain import Actor, Permission
from factory.stock import service as stock
from factory.stock.domain import Lots
from factory.till import queries, records
from factory.till.domain import refund
from factory.till.domain.drawer import refuse_to_overdraw
from factory.till.domain.receipt import Fate, NewReturn, Receipt, Slip
from factory.till.domain.refund import Refund, RefundLine, TooLateToReturn
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
    opening = opened(session, new.till)
    back = queries.refund_of(session, new.sale, new.wanted, day_of(at))
    _refuse_too_late(session, new, by=by, at=at)
    refuse_to_overdraw(queries.today(session, new.till), _cash(back))
    number = records.next_receipt(session)
    row = ReceiptRow(number=number, event_id=new.id, opening_id=opening.id, kind=Slip.RETURN)
    row.sale, row.reason, row.change = new.sale, new.reason.strip(), ZERO
    row.instead, row.ticket = new.instead, queries.ticket_of_receipt(session, new.sale)
    row.at, row.received_at, row.by = at, at, by.name[:60]
    _append(session, row, back)
    _hang_back(session, new, back, by=by, at=at)
    drawer = _cash(back) > Money.total(t.amount for t in new.carried if t.kind is TenderKind.CASH)
    print_receipt(session, number, drawer=drawer, by=by, at=at, till=new.till)
    return Returned(queries.receipt(session, number), again=False)


def _refuse_too_late(session: Session, new: NewReturn, *, by: Actor, at: datetime) -> None:
    """After the shop's days only with a manager, and it is noted that she was there."""
    sold_on = day_of(queries.receipt(session, new.sale).at)
    try:
        refund.refuse_too_late(sold_on, day_of(at), queries.return_days(session))
    except TooLateToReturn:
        if not new.approved and not by.may(Permission.OVERRIDE_PRICE):
            raise
        thing, manager = f"receipt {receipt_code(new.sale)}", new.approved or by.name
        security.record(session, by, "take_back_late", thing, at=at, after={"manager": manager})


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
        lots = stock.give_back(session, code, quantity, ref, event_id=new.id, by=by, at=at)
        settle_fate(session, new.id, new.fate, code, lots, ref, new.reason, by=by, at=at)


def settle_fate(
    session: Session,
    event: str,
    fate: Fate,
    code: str,
    lots: Lots,
    ref: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What came back hangs as second grade, or is thrown away; what is good stays as it hangs."""
    if fate is Fate.SECOND:
        stock.downgrade(session, code, lots, ref, event_id=f"{event}-second", by=by, at=at)
    if fate is Fate.SCRAP:
        for place, (lot, quantity) in enumerate(lots):
            part, why = f"{event}-scrap-{place}", reason or ref
            stock.scrap(session, code, quantity, why, event_id=part, by=by, at=at, lot=lot)
