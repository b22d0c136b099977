"""Builders of orders, customers and what they are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Style
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.orders import domain, queries, service
from factory.orders.domain import (
    Customer,
    Line,
    NewLine,
    NewOrder,
    Order,
    OrderKind,
    OrderState,
)
from factory.security.domain import SYSTEM
from factory.stock import service as rail
from tests.catalogue.build import make_style as make_new_style

STYLE = "W-2601"
PRICE = Money(120_000)
DUE = date(2026, 12, 15)
SIZES = ("44", "55", "66", "77", "88")
BLACK, CAMEL, GREY = (5, 10, 15, 10, 5), (4, 9, 14, 9, 4), (3, 7, 12, 7, 3)
"""Coats of each size: 45 black, 40 camel, 32 grey; 117 together."""
COLOURS = {"BK": BLACK, "CA": CAMEL, "GY": GREY}


def make_cells(*quantities: int) -> tuple[tuple[str, int], ...]:
    return tuple(zip(SIZES, quantities, strict=False))


def make_lines(style: str = STYLE, **colours: tuple[int, ...]) -> tuple[NewLine, ...]:
    """Lines of a style by colour: `make_lines(BK=(1, 2, 3, 2, 1))`; all 117 coats by default."""
    return tuple(
        NewLine(style, colour, PRICE, make_cells(*quantities))
        for colour, quantities in (colours or COLOURS).items()
    )


def make_entry(**changes: Any) -> NewOrder:
    """What is typed for an order of customer 1, as a value."""
    given: dict[str, Any] = {"kind": OrderKind.CUSTOMER, "customer": 1, "due": DUE}
    return NewOrder(**({"lines": make_lines()} | given | changes))


def order_value(**changes: Any) -> Order:
    """A confirmed order as a value, for what needs no database."""
    line = Line(1, STYLE, "BK", PRICE, make_cells(*BLACK))
    given = Order(
        "2026-0012",
        OrderKind.CUSTOMER,
        Customer(1, "Larch Street Shop"),
        DUE,
        Money(0),
        OrderState.CONFIRMED,
        (line, replace(line, no=2, colour="CA", cells=make_cells(*CAMEL))),
    )
    return replace(given, **changes)


def make_customer(session: Session, name: str = "Larch Street Shop", **changes: Any) -> Customer:
    """A customer; the same one where the name is there already."""
    found = next((each for each in queries.customers(session) if each.name == name), None)
    given = {"phone": "02-000-0000", "address": "1 Larch Street"} | changes
    return found or service.add_customer(session, Customer(0, name, **given), by=SYSTEM, at=now())


def make_style(session: Session, number: str = STYLE, **changes: Any) -> Style:
    """A style with its operations; the same one where the number is there already."""
    found = next((each for each in catalogue.styles(session) if each.number == number), None)
    return found or make_new_style(session, number=number, **changes)


def make_draft(session: Session, **changes: Any) -> Order:
    """A draft of 117 coats in three colours and five sizes, due in three weeks.

    The style W-2601 and the customer are made with it where they are not there.
    """
    make_style(session)
    given: dict[str, Any] = {"due": today() + timedelta(weeks=3)}
    if changes.get("kind", OrderKind.CUSTOMER) is OrderKind.CUSTOMER:
        given["customer"] = make_customer(session).number
    else:
        given["customer"] = None
    entry = make_entry(**(given | changes))
    return service.take(session, entry, by=SYSTEM, at=now())


def make_order(session: Session, **changes: Any) -> Order:
    """The same, confirmed."""
    draft = make_draft(session, **changes)
    return service.confirm(session, draft.number, by=SYSTEM, at=now())


def finish(session: Session, order: Order, line_no: int, size: str, coats: int) -> str:
    """Coats of a cell come to the rail; the code of that coat."""
    line = order.line(line_no)
    item = catalogue.item_of(session, line.style, line.colour, size, Grade.FIRST)
    lot = domain.cell(order.number, line_no, size)
    rail.receive_finished(
        session,
        item.code,
        coats,
        lot,
        for_customer=order.kind is OrderKind.CUSTOMER,
        event_id=new_id(),
        by=SYSTEM,
        at=now(),
    )
    return item.code
