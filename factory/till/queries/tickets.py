"""Tickets: what is taken in, what is ready, what is owed to customers, the price list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.kernel.ids import CodeKind, read_code
from factory.kernel.money import ZERO, Money
from factory.orders import queries as orders
from factory.orders.domain import Order, OrderKind, cell, refuse_work
from factory.stock import queries as stock
from factory.till import records
from factory.till.domain.ticket import (
    NotAllOnTheRail,
    OrderHasTicket,
    PricedTask,
    Ticket,
    TicketState,
    TicketUnknown,
)
from factory.till.queries.receipts import coat_names
from factory.till.records import TicketRow

OPEN = tuple(state for state in TicketState if state.is_open)


def ticket_number(session: Session, code: str) -> int:
    """The number of the ticket with this code, or its bare number; or `TicketUnknown`."""
    text = code.strip()
    short = text.isascii() and text.isdigit() and len(text) < len("50000000")
    number = int(text) if short else int(read_code(text, CodeKind.TICKET)[1:-1])
    if records.find_ticket(session, number) is None:
        raise TicketUnknown
    return number


def ticket(session: Session, number: int) -> Ticket:
    """One ticket with its whole way, or `TicketUnknown`."""
    row = records.find_ticket(session, number)
    if row is None:
        raise TicketUnknown
    return _tickets(session, [row], whole=True)[0]


def tickets(session: Session, states: Iterable[TicketState] = OPEN) -> tuple[Ticket, ...]:
    """Tickets in these states, what is promised first before the others."""
    return _tickets(session, records.tickets_in(session, states))


def _tickets(
    session: Session, rows: Sequence[TicketRow], *, whole: bool = False
) -> tuple[Ticket, ...]:
    numbers = [row.number for row in rows]
    tasks, fittings = records.tasks_of(session, numbers), records.fittings_of(session, numbers)
    held = records.deposits_held(session, *numbers) if numbers else {}
    return tuple(
        Ticket(
            number=row.number,
            kind=row.kind,
            coat=row.coat,
            price=row.price,
            paid=held.get(row.number, ZERO),
            promised=row.promised,
            state=row.state,
            tasks=tasks.get(row.number, ()),
            order=row.order,
            rush=row.rush,
            customer=row.customer,
            note=row.note,
            at=row.at,
            by=row.by,
            fittings=fittings.get(row.number, ()),
            measures=records.measures_of(session, row.number) if whole else (),
            steps=records.steps_of(session, row.number) if whole else (),
        )
        for row in rows
    )


def ticket_receipts(session: Session, number: int) -> tuple[int, ...]:
    """The numbers of the receipts that belong to a ticket, in order."""
    return tuple(row.number for row in records.receipts_of_ticket(session, number))


def deposits_held(session: Session) -> Money:
    """What customers paid before they got their coats, in all."""
    return Money.total(records.deposits_held(session).values())


def price_list(session: Session, *, offered: bool = True) -> tuple[PricedTask, ...]:
    """The tasks of the price list; those that are offered, or all."""
    rows = records.price_list(session)
    return tuple(row.value() for row in rows if row.offered or not offered)


@dataclass(frozen=True, slots=True)
class MadeCoat:
    """A coat of an order, and the lot it hangs in."""

    code: str
    lot: str


def coats_of_order(session: Session, order: Order) -> tuple[tuple[str, MadeCoat, Money, int], ...]:
    """What is made for an order: name, coat, price of one, how many; in the order of the codes."""
    made = [
        (
            catalogue.item_of(session, line.style, line.colour, size, Grade.FIRST).code,
            cell(order.number, line.no, size),
            line.price,
            quantity,
        )
        for line in order.lines
        for size, quantity in line.cells
    ]
    names = coat_names(session, (code for code, _, _, _ in made))
    return tuple(
        (names[code], MadeCoat(code, lot), price, quantity)
        for code, lot, price, quantity in sorted(made)
    )


def refuse_unmade(session: Session, order: Order) -> None:
    """Refuse to hand over an order whose coats do not all hang on the rail."""
    if not is_made(session, order):
        raise NotAllOnTheRail(order=order.number)


def is_taken_in(session: Session, event_id: str) -> bool:
    """Whether a ticket was written with the id it got where it began."""
    return records.find_ticket_event(session, event_id) is not None


def order_for_ticket(session: Session, number: str) -> Order:
    """An order that is being made and has no ticket yet, or the refusal that says why not."""
    order = orders.order(session, number)
    refuse_work(order)
    has = records.ticket_of_order(session, number)
    if has is not None:
        raise OrderHasTicket(number=has.number)
    return order


def orders_without_ticket(session: Session) -> tuple[Order, ...]:
    """Open orders that are made for somebody and have no ticket yet.

    Coats for one person come first, then what firms ordered, what is due first before the others.
    """
    has = records.orders_with_ticket(session)
    found = (each for each in orders.open_orders(session) if each.kind is not OrderKind.STOCK)
    waiting = (each for each in found if each.number not in has)
    return tuple(sorted(waiting, key=lambda each: each.kind is not OrderKind.MADE))


def on_the_rail(session: Session, tickets: Iterable[Ticket]) -> frozenset[int]:
    """The numbers of those tickets whose coats are made, but are not marked ready."""
    waiting = {each.order: each.number for each in tickets if each.order and each.is_waiting}
    asked = tuple(orders.order(session, number) for number in waiting)
    return frozenset(waiting[order.number] for order in asked if is_made(session, order))


def is_made(session: Session, order: Order) -> bool:
    """Whether all coats of an order hang on the rail."""
    there = stock.cell_balances(session, tuple(order.cells()))
    return all(there[lot].first >= quantity for lot, quantity in order.cells().items())
