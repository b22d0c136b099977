"""Sell coats, note a cash receipt, print a receipt again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.kernel.words import language, show, speaking
from factory.printing import queries as printed
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security import service as security
from factory.security.domain import Actor, Permission
from factory.stock import service as stock
from factory.stock.domain import NotInStock
from factory.till import queries, records
from factory.till.domain import discount, sale
from factory.till.domain.cash_receipt import refuse_without_cash
from factory.till.domain.drawer import TillClosed
from factory.till.domain.receipt import NewSale, NotPrintedYet, Receipt, ReceiptLine, Slip
from factory.till.domain.sale import Basket, Bill, Settled, TenderKind, receipt_code
from factory.till.queries import Tags
from factory.till.records import NewReceipt
from factory.till.service.cash_receipts import note_receipt
from factory.till.service.held import put_away
from factory.till.service.opened import CUSTOMERS_LANGUAGE, hold_till, print_slip


@dataclass(frozen=True, slots=True)
class Sold:
    """What became of a sale; `again` where it had been kept before."""

    sale: Receipt
    again: bool

    @property
    def change(self) -> Money:
        """What the customer gets back."""
        return self.sale.change


def sell(session: Session, new: NewSale, *, by: Actor, at: datetime, received: datetime) -> Sold:
    """Sell what is in the basket, once; the same id again is the first sale and changes nothing."""
    hold_till(session)
    begun = records.beginning(session, new.id, new.till)
    if begun.earlier is not None:
        return Sold(queries.receipt(session, begun.earlier), again=True)
    if begun.opening is None:
        raise TillClosed
    sale.refuse_future(at, received)
    tags, bill = queries.rung_up(session, Basket(new.lines, new.off), day_of(at))
    _refuse_off(session, new, bill, by)
    settled = sale.settle(bill.total, (*new.carried, *new.tenders))
    number = begun.next_number
    _take_from_rail(session, new, number, tags, by=by, at=at)
    head = NewReceipt(
        number=number,
        event_id=new.id,
        opening_id=begun.opening,
        kind=Slip.SALE,
        reason=new.why.value if new.why and bill.off else "",
        customer=new.customer,
        at=at,
        received_at=received,
        by=by.name[:60],
    )
    records.keep_receipt(session, head, bill, settled)
    if new.approved or any(line.price is not None for line in new.lines):
        _note_approval(session, new, head, bill, by=by)
    if by.device is None:
        put_away(session, new.id)
    if new.cash_receipt is not None:
        refuse_without_cash(settled.paid)
        note_receipt(session, number, new.cash_receipt, by=by, at=at)
    drawer = any(each.kind is TenderKind.CASH for each in new.tenders)
    slip = _told(head, bill, settled, new, queries.names_of(tags, CUSTOMERS_LANGUAGE))
    print_slip(session, slip, drawer=drawer, by=by, at=received, till=new.till)
    return Sold(slip, again=False)


def _told(
    head: NewReceipt, bill: Bill, settled: Settled, new: NewSale, names: Mapping[str, str]
) -> Receipt:
    """The receipt as it was just kept, with its coats in the customers' language; nothing is read.

    `queries.receipt` gives the same, at the price of nine looks into the database.
    """
    noted = new.cash_receipt
    with speaking(CUSTOMERS_LANGUAGE):
        why = show(new.why) if new.why and head.reason else ""
    return Receipt(
        number=head.number,
        event_id=head.event_id,
        kind=head.kind,
        at=head.at,
        by=head.by,
        lines=tuple(
            ReceiptLine(
                line.no,
                line.item,
                names[line.item],
                line.price,
                line.quantity,
                line.discount,
                line.amount,
            )
            for line in bill.lines
        ),
        total=bill.total,
        vat=bill.vat,
        paid=settled.paid,
        change=settled.change,
        cash_receipt=replace(noted, identifier=noted.shown) if noted else None,
        reason=why,
        customer=head.customer,
    )


def _refuse_off(session: Session, new: NewSale, bill: Bill, by: Actor) -> None:
    """What a terminal by itself has sold is sold; a person says why, and has a limit."""
    if by.device is not None:
        return
    discount.refuse_without_why(bill.off, new.why)
    priced = any(line.price is not None for line in new.lines)
    if priced and not new.approved and not by.may(Permission.OVERRIDE_PRICE):
        raise discount.OtherPrice
    if not new.approved and not by.may(Permission.OVERRIDE_PRICE):
        discount.refuse_too_much_off(bill.off, bill.full, queries.cashiers_percent(session))


def _note_approval(
    session: Session, new: NewSale, head: NewReceipt, bill: Bill, *, by: Actor
) -> None:
    what = {"off": bill.off.won, "full": bill.full.won, "manager": new.approved or by.name}
    what |= {line.code: line.price.won for line in new.lines if line.price is not None}
    thing = f"receipt {receipt_code(head.number)}"
    security.record(
        session, by, "override_price", thing, at=head.at, reason=head.reason, after=what
    )


def _take_from_rail(
    session: Session, new: NewSale, number: int, tags: Tags, *, by: Actor, at: datetime
) -> None:
    """Each coat once, however many lines it has, in the order of the codes."""
    wanted: Counter[str] = Counter()
    for line in new.lines:
        wanted[line.code] += line.quantity
    for code, quantity in sorted(wanted.items()):
        ref = receipt_code(number)
        if new.approved:
            stock.sell_unseen(
                session, code, quantity, ref, word=new.approved, event_id=new.id, by=by, at=at
            )
            continue
        try:
            known = tags[code].item
            stock.sell(session, code, quantity, ref, event_id=new.id, by=by, at=at, known=known)
        except NotInStock as short:
            raise _short(session, code, short, by) from None


def _short(session: Session, code: str, short: NotInStock, by: Actor) -> NotInStock:
    """A terminal is told; to a person it is said what a manager can do."""
    if by.device is not None:
        return short
    there, asked = short.values["there"], short.values["asked"]
    coat = queries.coat_names(session, (code,))[code]
    return discount.NotOnRail(coat=coat, there=there, asked=asked)


def print_again(session: Session, event_id: str, *, by: Actor, at: datetime) -> int:
    """Ask for a marked copy of what an event printed; it never opens the drawer."""
    job = printed.job_of_event(session, event_id)
    if job is None:
        raise NotPrintedYet
    ours = job.purpose is Purpose.DAY_END  # its mark reads as the paper does
    with speaking(language() if ours else CUSTOMERS_LANGUAGE):
        return printing.print_again(session, job.id, by=by, at=at)
