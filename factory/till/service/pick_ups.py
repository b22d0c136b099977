"""Hand over what is ready against the rest of the money, or let nothing come of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.words import say, speaking
from factory.orders import queries as orders
from factory.orders import service as ordering
from factory.security import service as security
from factory.security.domain import Actor
from factory.stock import service as stock
from factory.till import queries, records
from factory.till.domain import ticket as domain
from factory.till.domain.receipt import Receipt
from factory.till.domain.sale import Line, LineKind
from factory.till.domain.ticket import Payment, Ticket, TicketState, WhyCancelled
from factory.till.records import TicketRow
from factory.till.service.deposits import PaidIn, pay_deposits_back, pay_rest
from factory.till.service.opened import CUSTOMERS_LANGUAGE
from factory.till.service.tickets import append_step, held_ticket


def pick_up(session: Session, number: int, payment: Payment, *, by: Actor, at: datetime) -> PaidIn:
    """Take the rest of the money and hand it over; the same id again changes nothing."""
    row = held_ticket(session, number)
    earlier = records.find_event(session, payment.id)
    if earlier is not None:
        return PaidIn(queries.receipt(session, earlier.number), again=True)
    domain.refuse_unready(number, row.state)
    done = pay_rest(session, row, _lines(session, row), payment, by=by, at=at)
    if row.order:
        _leave_the_rail(session, row, done.receipt, by=by, at=at)
    append_step(session, row, TicketState.PICKED_UP, by=by, at=at)
    return done


def _lines(session: Session, row: TicketRow) -> tuple[Line, ...]:
    if row.order:
        made = queries.coats_of_order(session, orders.order(session, row.order))
        return tuple(
            Line(no, coat.code, price, quantity)
            for no, (_, coat, price, quantity) in enumerate(made, 1)
        )
    tasks = records.tasks_of(session, [row.number])[row.number]
    return tuple(
        Line(no, "", task.price, 1, kind=LineKind.WORK, what=f"{task.name} {task.how}".strip())
        for no, task in enumerate(tasks, 1)
    )


def _leave_the_rail(
    session: Session, row: TicketRow, receipt: Receipt, *, by: Actor, at: datetime
) -> None:
    """The coats that were made for it leave, and no others; nothing more is made of the order."""
    order = orders.order(session, row.order)
    queries.refuse_unmade(session, order)
    event, ref = receipt.event_id, receipt.code
    for _, coat, _, quantity in queries.coats_of_order(session, order):
        stock.sell(session, coat.code, quantity, ref, event_id=event, by=by, at=at, lot=coat.lot)
    if order.is_open:
        with speaking(CUSTOMERS_LANGUAGE):
            why = say("Picked up, receipt {code}", code=ref)
        ordering.close(session, order.number, why, by=by, at=at)


def cancel_ticket(
    session: Session,
    number: int,
    reason: str,
    event: str,
    *,
    by: Actor,
    at: datetime,
    till: int = 1,
) -> tuple[Ticket, tuple[Receipt, ...]]:
    """Let nothing come of it; what was paid goes back the way it was paid.

    The floor's order stays as it is: whoever looks after orders decides what becomes of the coat.
    """
    row = held_ticket(session, number)
    domain.refuse_ended(number, row.state)
    if not reason.strip():
        raise WhyCancelled
    told = reason.strip()[:200]
    back = pay_deposits_back(session, row, event, told, by=by, at=at, till=till)
    append_step(session, row, TicketState.CANCELLED, told, by=by, at=at)
    gone = {"deposits": Money.total(-each.total for each in back).won}
    thing = f"ticket {number}"
    security.record(session, by, "cancel_ticket", thing, at=at, reason=told, after=gone)
    return queries.ticket(session, number), back
