"""Orders, customers and shipments for pages and other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, NoRouting, Routing, Style
from factory.catalogue.domain.measures import Measure
from factory.db.replay import Difference
from factory.kernel.money import ZERO
from factory.orders import records
from factory.orders.domain import (
    OPEN,
    Cell,
    Customer,
    CustomerUnknown,
    Line,
    Matrix,
    Order,
    OrderKind,
    OrderState,
    OrderUnknown,
    Row,
    Shipment,
    ShipmentUnknown,
    cell,
)
from factory.orders.domain.agreed import Agreed, prices_on
from factory.orders.domain.changes import Change
from factory.orders.domain.importing import Known
from factory.orders.records import CustomerRow
from factory.stock import queries as stock


def orders(
    session: Session, *, open_only: bool = False, customer: int | None = None
) -> tuple[Order, ...]:
    """Orders, those due first before the others; drafts among the open ones."""
    states = OPEN | {OrderState.DRAFT} if open_only else set(OrderState)
    return tuple(row.value() for row in records.orders_in(session, states, customer))


def open_orders(session: Session) -> tuple[Order, ...]:
    """What the floor works for: confirmed and not closed, by due date."""
    return tuple(row.value() for row in records.orders_in(session, OPEN))


def numbers_of(session: Session, kind: OrderKind) -> frozenset[str]:
    """The numbers of all orders of a kind."""
    return records.numbers_of(session, kind)


def order(session: Session, number: str) -> Order:
    """One order, or `OrderUnknown`."""
    row = records.find_order(session, number)
    if row is None:
        raise OrderUnknown(number)
    return row.value()


def line(session: Session, number: str, line_no: int) -> Line:
    """One line of an order, or its refusal."""
    return order(session, number).line(line_no)


def changes(session: Session, number: str) -> tuple[Change, ...]:
    """What was changed of a promised order, the latest first."""
    return records.changes_of(session, number)


def agreed(session: Session, number: int) -> tuple[Agreed, ...]:
    """Every price agreed with a customer, the one entered last first."""
    return tuple(reversed(records.agreed_of(session, number)))


def orderable(session: Session, day: date, customer: int | None = None) -> dict[str, Known]:
    """The styles that can be ordered: their price for a customer, and whether they can be made.

    Where nothing is agreed with her it is what the coat costs in the shop.
    """
    hers = prices_on(records.agreed_of(session, customer), day) if customer is not None else {}
    return {
        line.style.number: Known(
            line.style, hers.get(line.style.number, line.price or ZERO), line.routing is not None
        )
        for line in catalogue.style_lines(session, day)
    }


def places(session: Session, order: Order) -> dict[tuple[int, str], str]:
    """Where the coats of an order hang on the rail, by line and size."""
    known = stock.places(session)
    kinds = (
        (line.no, size, line.style, line.colour) for line in order.lines for size, _ in line.cells
    )
    return {
        (no, size): known.get(catalogue.item_of(session, style, colour, size, Grade.FIRST).code, "")
        for no, size, style, colour in kinds
    }


def sketches(session: Session, order: Order) -> dict[str, bytes]:
    """The sketches of an order's styles, by their number."""
    numbers = dict.fromkeys(line.style for line in order.lines)
    found = {number: catalogue.sketch(session, number) for number in numbers}
    return {number: kept.data for number, kept in found.items() if kept is not None}


def measures(session: Session, order: Order) -> dict[str, tuple[Measure, ...]]:
    """The finished measures of an order's styles, by their number."""
    numbers = dict.fromkeys(line.style for line in order.lines)
    return {number: catalogue.measures(session, number) for number in numbers}


def routings(session: Session, found: Order) -> dict[str, Routing]:
    """How the styles of an order are made, as far as that is known."""
    known: dict[str, Routing] = {}
    for number in dict.fromkeys(line.style for line in found.lines):
        with suppress(NoRouting):
            known[number] = catalogue.routing(session, number)
    return known


def customers(session: Session) -> tuple[Customer, ...]:
    """All customers by name."""
    rows = session.scalars(select(CustomerRow).order_by(CustomerRow.name))
    return tuple(row.value() for row in rows)


def customer(session: Session, number: int) -> Customer:
    """One customer, or `CustomerUnknown`."""
    row = records.find_customer(session, number)
    if row is None:
        raise CustomerUnknown(number)
    return row.value()


def shipments(session: Session, number: str) -> tuple[Shipment, ...]:
    """What went out for an order, the first shipment first."""
    return tuple(row.value() for row in records.shipments_of(session, number))


def shipment(session: Session, number: str, no: int) -> Shipment:
    """One shipment of an order, or its refusal."""
    found = next((each for each in shipments(session, number) if each.no == no), None)
    if found is None:
        raise ShipmentUnknown(f"{number}-{no}")
    return found


def shipped(session: Session, number: str) -> dict[str, int]:
    """Coats gone out for an order, by the name of their cell."""
    return records.shipped(session, number)


def matrices(session: Session, order: Order) -> tuple[Matrix, ...]:
    """An order as tables of colours and sizes, one for each style."""
    held = stock.cell_balances(session, tuple(order.cells()))
    on_rail = {name: balance.first for name, balance in held.items()}
    return _matrices(session, order, shipped(session, order.number), on_rail)


def shipped_matrices(session: Session, order: Order, shipment: Shipment) -> tuple[Matrix, ...]:
    """The same tables with the coats of one shipment alone as shipped."""
    gone = {cell(order.number, no, size): quantity for no, size, quantity in shipment.cells}
    return _matrices(session, order, gone, {})


def _matrices(
    session: Session, order: Order, gone: Mapping[str, int], on_rail: Mapping[str, int]
) -> tuple[Matrix, ...]:
    numbers = dict.fromkeys(line.style for line in order.lines)
    styles = [catalogue.style(session, number) for number in numbers]

    def row(style: Style, line: Line) -> Row:
        names = [(size.label, cell(order.number, line.no, size.label)) for size in style.sizes]
        cells = (
            Cell(size, line.of(size), gone.get(name, 0), on_rail.get(name, 0))
            for size, name in names
        )
        return Row(line, style.colour(line.colour), tuple(cells))

    return tuple(
        Matrix(style, tuple(row(style, each) for each in order.lines if each.style == style.number))
        for style in styles
    )


def recomputed(session: Session) -> tuple[Difference, ...]:
    """Where what was shipped for orders differs from what left the rail for them (R9)."""
    gone = records.shipped(session)
    held = stock.cell_balances(session, tuple(gone))
    left = {name: held[name].shipped if name in held else 0 for name in gone}
    return tuple(
        Difference("shipped", name, str(left[name]), str(quantity))
        for name, quantity in sorted(gone.items())
        if left[name] != quantity
    )
