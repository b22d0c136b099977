"""Tell the till what customers order for themselves, have altered, try on and fetch."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.till import queries, service
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.measures import Measure
from factory.till.domain.sale import Tender, TenderKind
from factory.till.domain.ticket import NewTicket, Payment
from seed_data.acts import FittingHeld, PickedUp, TicketMoved, TicketTaken
from seed_data.entering.dispatch import enter
from seed_data.entering.shop import APPROVAL
from seed_data.ledger import CASHIER, Ledger
from seed_data.shop import PHONES


@enter.register
def _taken(act: TicketTaken, session: Session, ledger: Ledger) -> None:
    new = NewTicket(
        id=act.id,
        promised=act.promised,
        coat=act.coat,
        tasks=act.tasks,
        order="" if act.order is None else ledger.orders[act.order],
        rush=act.rush,
        deposit=_payment(act.deposit_id, act.deposit, act.paid) if act.deposit else None,
    )
    number = service.take_in(session, new, by=CASHIER, at=act.at).ticket.number
    ledger.tickets[act.ticket] = number
    if act.measures:
        given = dict(zip(Measure, act.measures, strict=True))
        service.measure(session, number, given, by=CASHIER, at=act.at)
    if act.fitting is not None:
        service.plan_fitting(session, number, act.fitting, by=CASHIER, at=act.at)


@enter.register
def _moved(act: TicketMoved, session: Session, ledger: Ledger) -> None:
    service.move_ticket(session, ledger.tickets[act.ticket], act.to, by=CASHIER, at=act.at)


@enter.register
def _tried_on(act: FittingHeld, session: Session, ledger: Ledger) -> None:
    number = ledger.tickets[act.ticket]
    planned = queries.ticket(session, number).next_fitting
    if planned is not None:
        service.hold_fitting(session, number, planned.id, at=act.at)


@enter.register
def _picked_up(act: PickedUp, session: Session, ledger: Ledger) -> None:
    number = ledger.tickets[act.ticket]
    rest = queries.ticket(session, number).open.won
    paid = _payment(act.id, rest, act.paid)
    service.pick_up(session, number, paid, by=CASHIER, at=act.at)


def _payment(event: str, won: int, kind: TenderKind) -> Payment:
    """Paid to the won; cash and transfers get a cash receipt."""
    tenders = (Tender(kind, Money(won)),)
    return Payment(event, Money(won), tenders, None if kind is TenderKind.CARD else RECEIPT)


RECEIPT = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, f"{PHONES}0000", APPROVAL)
