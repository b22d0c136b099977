"""Builders of alterations and of coats made to order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.security.domain import SYSTEM
from factory.till import service
from factory.till.domain.receipt import Receipt
from factory.till.domain.ticket import NewTicket, Payment, Task, Ticket, TicketState
from tests.till.build import cash

SLEEVES, HEM = (
    Task("소매 줄이기", "-2.0 cm", Money(15_000)),
    Task("밑단 줄이기", "-3.5 cm", Money(20_000)),
)
PRICE_OF_BOTH = 35_000


def make_payment(won: int, *tenders: Any, **changes: Any) -> Payment:
    """A payment in cash to the won, unless something else is handed over."""
    return Payment(new_id(), Money(won), tenders or (cash(won),), **changes)


def make_new_ticket(**changes: Any) -> NewTicket:
    """Sleeves and hem of a black coat, promised in three days, without a deposit."""
    given: dict[str, Any] = {
        "id": new_id(),
        "promised": today() + timedelta(days=3),
        "coat": "검정 울 코트 66",
        "tasks": (SLEEVES, HEM),
    }
    return NewTicket(**(given | changes))


def take_in(session: Session, **changes: Any) -> service.TakenIn:
    return service.take_in(session, make_new_ticket(**changes), by=SYSTEM, at=now())


def make_ticket(session: Session, **changes: Any) -> Ticket:
    return take_in(session, **changes).ticket


def make_ready(session: Session, ticket: Ticket) -> Ticket:
    return service.move_ticket(session, ticket.number, TicketState.READY, by=SYSTEM, at=now())


def pay_deposit(session: Session, ticket: Ticket, payment: Payment) -> service.PaidIn:
    return service.pay_deposit(session, ticket.number, payment, by=SYSTEM, at=now())


def pick_up(session: Session, ticket: Ticket, payment: Payment) -> Receipt:
    return service.pick_up(session, ticket.number, payment, by=SYSTEM, at=now()).receipt


def cancel(session: Session, ticket: Ticket, reason: str = "moved away") -> tuple[Receipt, ...]:
    return service.cancel_ticket(session, ticket.number, reason, new_id(), by=SYSTEM, at=now())[1]
