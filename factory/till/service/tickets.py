"""Take in what is to be altered or made to order, and bring it along until it is picked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.kernel.words import speaking
from factory.orders import queries as orders
from factory.orders.domain import Order
from factory.security import service as security
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain import ticket as domain
from factory.till.domain.receipt import Receipt
from factory.till.domain.ticket import (
    FittingInThePast,
    NewTicket,
    Ticket,
    TicketKind,
    TicketState,
)
from factory.till.records import FittingRow, TicketRow, TicketStepRow, TicketTaskRow
from factory.till.service.deposits import pay_deposit
from factory.till.service.opened import CUSTOMERS_LANGUAGE, hold_till, known_ticket
from factory.till.service.slips import print_ticket


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a ticket, and the receipt of its deposit; `again` if it was kept before."""

    ticket: Ticket
    receipt: Receipt | None = None
    again: bool = False


def take_in(session: Session, new: NewTicket, *, by: Actor, at: datetime) -> TakenIn:
    """Write a ticket, take its deposit, print its parts; the same id again changes nothing."""
    hold_till(session)
    earlier = records.find_ticket_event(session, new.id)
    if earlier is not None:
        return TakenIn(queries.ticket(session, earlier.number), again=True)
    domain.checked_promise(new.promised, day_of(at))
    row = _made_to_order(session, new) if new.order else _alteration(new)
    row.number, row.event_id, row.promised = records.next_ticket(session), new.id, new.promised
    row.rush, row.customer, row.note = new.rush, new.customer, new.note.strip()[:200]
    row.state, row.at, row.by = TicketState.TAKEN, at, by.name[:60]
    session.add(row)
    session.flush()
    _write_tasks(session, row.number, new)
    append_step(session, row, TicketState.TAKEN, by=by, at=at)
    paid = pay_deposit(session, row.number, new.deposit, by=by, at=at) if new.deposit else None
    print_ticket(session, row.number, by=by, at=at)
    return TakenIn(queries.ticket(session, row.number), paid.receipt if paid else None)


def _alteration(new: NewTicket) -> TicketRow:
    coat = domain.checked_coat(new.coat)
    price = Money.total(task.price for task in domain.checked_tasks(new.tasks))
    row = TicketRow(kind=TicketKind.ALTERATION, order="", price=price)
    row.coat = coat[:120]
    return row


def _made_to_order(session: Session, new: NewTicket) -> TicketRow:
    """The floor's order says what is made and what it costs."""
    order = queries.order_for_ticket(session, new.order)
    row = TicketRow(kind=TicketKind.MADE_TO_ORDER, order=order.number, price=order.worth)
    row.coat = new.coat.strip()[:120] or _called(session, order)
    return row


def _called(session: Session, order: Order) -> str:
    """What is made, as it stands on the customer's paper, whoever takes it in."""
    with speaking(CUSTOMERS_LANGUAGE):
        names = [name for name, _, _, _ in queries.coats_of_order(session, order)]
    return ", ".join(names)[:120]


def _write_tasks(session: Session, number: int, new: NewTicket) -> None:
    tasks = domain.checked_tasks(new.tasks) if not new.order else ()
    session.add_all(
        TicketTaskRow(
            ticket=number,
            no=no,
            name=task.name.strip()[:60],
            how=task.how.strip()[:60],
            price=task.price,
        )
        for no, task in enumerate(tasks, 1)
    )
    session.flush()


def append_step(
    session: Session,
    row: TicketRow,
    state: TicketState,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Bring a ticket so far, and keep that it came so far."""
    row.state = state
    step = TicketStepRow(ticket=row.number, state=state, reason=reason, at=at, by=by.name[:60])
    session.add(step)
    session.flush()


def held_ticket(session: Session, number: int) -> TicketRow:
    """Hold the till and give the ticket, or `TicketUnknown`."""
    hold_till(session)
    return known_ticket(session, number)


def move_ticket(
    session: Session, number: int, to: TicketState, *, by: Actor, at: datetime
) -> Ticket:
    """Somebody works on it, or it is ready, or it was not ready after all."""
    row = held_ticket(session, number)
    state = domain.moved(number, row.state, to)
    if row.order and state is TicketState.READY:
        queries.refuse_unmade(session, orders.order(session, row.order))
    append_step(session, row, state, by=by, at=at)
    return queries.ticket(session, number)


def promise_anew(
    session: Session, number: int, day: date, reason: str, *, by: Actor, at: datetime
) -> Ticket:
    """Promise another day; why is kept."""
    row = held_ticket(session, number)
    domain.refuse_ended(number, row.state)
    before, row.promised = row.promised, domain.checked_promise(day, day_of(at))
    thing, told = f"ticket {number}", reason.strip()
    was, now = before.isoformat(), day.isoformat()
    security.record(session, by, "promise_anew", thing, at=at, reason=told, before=was, after=now)
    session.flush()
    return queries.ticket(session, number)


def plan_fitting(
    session: Session, number: int, when: datetime, *, by: Actor, at: datetime
) -> Ticket:
    """The customer comes to try it on; the same time again changes nothing."""
    row = held_ticket(session, number)
    domain.refuse_ended(number, row.state)
    if when < at:
        raise FittingInThePast
    known = queries.ticket(session, number)
    if any(each.at == when and each.held_at is None for each in known.fittings):
        return known
    session.add(FittingRow(ticket=number, at=when, held_at=None, by=by.name[:60]))
    session.flush()
    return queries.ticket(session, number)


def hold_fitting(session: Session, number: int, fitting: int, *, at: datetime) -> Ticket:
    """She came and tried it on; a second press changes nothing."""
    held_ticket(session, number)
    row = session.get(FittingRow, fitting)
    if row is not None and row.ticket == number and row.held_at is None:
        row.held_at = at
        session.flush()
    return queries.ticket(session, number)
