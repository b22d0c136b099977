"""Money on tickets: deposits, what is paid at the pick-up, deposits that go back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain import ticket as domain
from factory.till.domain.cash_receipt import refuse_without_cash
from factory.till.domain.receipt import Receipt, Slip
from factory.till.domain.sale import Bill, Line, LineKind, TenderKind, settle, vat_inside
from factory.till.domain.ticket import Payment
from factory.till.records import NewReceipt, ReceiptLineRow, ReceiptRow, TenderRow, TicketRow
from factory.till.service.cash_receipts import note_receipt
from factory.till.service.opened import hold_till, known_ticket, opened, print_receipt


@dataclass(frozen=True, slots=True)
class PaidIn:
    """What became of a payment; `again` where it had been kept before."""

    receipt: Receipt
    again: bool = False


def pay_deposit(
    session: Session, number: int, payment: Payment, *, by: Actor, at: datetime
) -> PaidIn:
    """Take a deposit: money that is owed to the customer until she has her coat.

    The law book says whether its tax is due with this receipt (`sales_tax.deposit_taxed_at_once`)
    or with the pick-up; the receipt of the pick-up has the rest of the tax in either case.
    """
    hold_till(session)
    earlier = records.find_event(session, payment.id)
    if earlier is not None:
        return PaidIn(queries.receipt(session, earlier.number), again=True)
    row = known_ticket(session, number)
    domain.refuse_ended(number, row.state)
    held = records.deposits_held(session, number).get(number, ZERO)
    amount = domain.checked_deposit(payment.amount, row.price - held)
    line = Line(1, "", amount, 1, kind=LineKind.DEPOSIT)
    vat = _deposit_vat(session, held, amount, at)
    return _kept(session, row, Slip.DEPOSIT, Bill((line,), vat), payment, by=by, at=at)


def pay_rest(
    session: Session,
    row: TicketRow,
    lines: tuple[Line, ...],
    payment: Payment,
    *,
    by: Actor,
    at: datetime,
) -> PaidIn:
    """The receipt of a pick-up: what was done or made, less the deposits that paid for it."""
    held = records.deposits_held(session, row.number).get(row.number, ZERO)
    if held:
        lines = (*lines, Line(len(lines) + 1, "", held, -1, kind=LineKind.DEPOSIT))
    vat = _vat(session, row.price, at) - records.taxed_before(session, row.number)
    return _kept(session, row, Slip.SALE, Bill(lines, vat), payment, by=by, at=at)


def _kept(
    session: Session,
    ticket: TicketRow,
    kind: Slip,
    bill: Bill,
    payment: Payment,
    *,
    by: Actor,
    at: datetime,
) -> PaidIn:
    opening = opened(session, payment.till)
    settled = settle(bill.total, payment.tenders)
    number = records.next_receipt(session)
    head = NewReceipt(
        number=number,
        event_id=payment.id,
        opening_id=opening.id,
        kind=kind,
        at=at,
        received_at=at,
        by=by.name[:60],
        ticket=ticket.number,
        customer=ticket.customer,
    )
    records.keep_receipt(session, head, bill, settled)
    if payment.cash_receipt is not None:
        refuse_without_cash(settled.paid)
        note_receipt(session, number, payment.cash_receipt, by=by, at=at)
    print_receipt(session, number, drawer=settled.cash, by=by, at=at, till=payment.till)
    return PaidIn(queries.receipt(session, number))


def pay_deposits_back(
    session: Session,
    ticket: TicketRow,
    event: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    till: int = 1,
) -> tuple[Receipt, ...]:
    """Give every deposit of a ticket back, each by the tenders it was paid with."""
    receipts = records.receipts_of_ticket(session, ticket.number)
    back = {row.sale for row in receipts if row.kind is Slip.RETURN}
    there = [row for row in receipts if row.kind is Slip.DEPOSIT and row.number not in back]
    return tuple(
        _pay_back(session, row, str(uuid5(UUID(event), str(row.number))), reason, by, at, till)
        for row in there
    )


def _pay_back(
    session: Session, paid: ReceiptRow, event: str, reason: str, by: Actor, at: datetime, till: int
) -> Receipt:
    opening, number = opened(session, till), records.next_receipt(session)
    tenders = records.tenders(session, paid.number)
    cash = Money.total(each.kept for each in tenders if each.kind is TenderKind.CASH)
    queries.refuse_to_overdraw(session, cash, till)
    row = ReceiptRow(number=number, event_id=event, opening_id=opening.id, kind=Slip.RETURN)
    row.at, row.received_at, row.by, row.change = at, at, by.name[:60], ZERO
    row.sale, row.ticket, row.reason = paid.number, paid.ticket, reason
    row.total, row.vat = -paid.total, -paid.vat
    session.add(row)
    session.flush()
    session.add(_deposit_back(number, paid.total))
    session.add_all(
        TenderRow(
            receipt=number, no=each.no, kind=each.kind, handed=-each.kept, kept=-each.kept, note=""
        )
        for each in tenders
    )
    session.flush()
    print_receipt(session, number, drawer=bool(cash), by=by, at=at, till=till)
    return queries.receipt(session, number)


def _deposit_back(number: int, amount: Money) -> ReceiptLineRow:
    line = ReceiptLineRow(receipt=number, no=1, kind=LineKind.DEPOSIT, item="", what="")
    line.price, line.quantity, line.discount, line.amount = amount, -1, ZERO, -amount
    return line


def _deposit_vat(session: Session, held: Money, amount: Money, at: datetime) -> Money:
    law = lawbook.book(session).on(day_of(at))
    if not law.number("sales_tax.deposit_taxed_at_once"):
        return ZERO
    return _vat(session, held + amount, at) - _vat(session, held, at)


def _vat(session: Session, amount: Money, at: datetime) -> Money:
    rate = lawbook.book(session).on(day_of(at)).number("sales_tax.standard")
    return vat_inside(amount, rate)
