"""Exchange coats for others: a return and a sale in one go, and only the difference is paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.time import day_of
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain import exchange as domain
from factory.till.domain.cash_receipt import NOBODYS_NUMBER, CashReceipt, by_cash
from factory.till.domain.exchange import NewExchange
from factory.till.domain.receipt import NewSale, Receipt
from factory.till.domain.refund import Refund
from factory.till.domain.sale import Basket
from factory.till.service.cash_receipts import keep_rest, pass_on
from factory.till.service.opened import hold_till
from factory.till.service.returns import give_back
from factory.till.service.sales import sell


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What became of an exchange; `again` where it had been kept before."""

    back: Receipt
    sale: Receipt
    again: bool


def exchange(session: Session, new: NewExchange, *, by: Actor, at: datetime) -> Exchanged:
    """Take coats back and let others go instead; the same ids again change nothing.

    What comes back pays for what goes, by the tenders it was paid with.
    """
    hold_till(session)
    again = records.find_event(session, new.back.id) is not None
    sale = new.sale if again else _paid_for(session, new, at)
    sold = sell(session, sale, by=by, at=at, received=at).sale
    carried = sale.carried
    back = replace(new.back, carried=carried, instead=sold.number)
    goes_on = not again and sale.cash_receipt is not None and new.sale.cash_receipt is None
    held = pass_on(session, new.back.sale, sold.number, by=by, at=at) if goes_on else None
    returned = give_back(session, back, by=by, at=at).receipt
    if held is not None:
        keep_rest(session, held, by=by, at=at)
    return Exchanged(returned, queries.receipt(session, sold.number), again)


def _paid_for(session: Session, new: NewExchange, at: datetime) -> NewSale:
    """The sale with what comes back as its first tenders."""
    refund = queries.refund_of(session, new.back.sale, new.back.wanted, day_of(at))
    bill = queries.bill(session, Basket(new.sale.lines, new.sale.off), day_of(at))
    carried = domain.carried(refund, bill.total)
    noted = new.sale.cash_receipt or _goes_on(session, new, refund, same=bill.total == refund.total)
    return replace(new.sale, carried=carried, cash_receipt=noted)


def _goes_on(
    session: Session, new: NewExchange, refund: Refund, *, same: bool
) -> CashReceipt | None:
    """The cash receipt of the first sale holds for the other coat, where they cost the same."""
    if not same or not by_cash(refund.paid).won:
        return None
    first = queries.receipt(session, new.back.sale).cash_receipt
    nobodys = first is not None and first.identifier == NOBODYS_NUMBER
    return replace(first, identifier="") if first and nobodys else first
