"""Tell which orders are taken, confirmed, shipped and closed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.orders import service
from factory.orders.domain import NewLine, NewOrder
from seed_data.acts import Ended, Ordered, Promised, Shipped
from seed_data.entering.dispatch import enter
from seed_data.ledger import ORDER_MANAGER, Ledger


@enter.register
def _ordered(act: Ordered, session: Session, ledger: Ledger) -> None:
    order = act.order
    entry = NewOrder(
        kind=order.kind,
        due=order.due,
        customer=None if order.firm is None else ledger.customers[order.firm],
        deposit=Money(order.deposit),
        note=order.note,
        lines=tuple(
            NewLine(order.make.style, colour, Money(order.price), tuple(sizes.items()))
            for colour, sizes in order.cells().items()
        ),
    )
    taken = service.take(session, entry, by=ORDER_MANAGER, at=act.at)
    ledger.orders[order.place] = taken.number
    ledger.lines[order.place] = {line.colour: line.no for line in taken.lines}


@enter.register
def _promised(act: Promised, session: Session, ledger: Ledger) -> None:
    service.confirm(session, ledger.orders[act.order], by=ORDER_MANAGER, at=act.at)


@enter.register
def _shipped(act: Shipped, session: Session, ledger: Ledger) -> None:
    lines = ledger.lines[act.order]
    going = {(lines[colour], size): coats for colour, size, coats in act.cells}
    number = ledger.orders[act.order]
    service.ship(session, number, going, event_id=act.id, by=ORDER_MANAGER, at=act.at)


@enter.register
def _ended(act: Ended, session: Session, ledger: Ledger) -> None:
    number = ledger.orders[act.order]
    service.close(session, number, act.reason, by=ORDER_MANAGER, at=act.at)
