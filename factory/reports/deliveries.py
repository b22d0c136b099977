"""What was promised for a month, and what of it went out whole and by the day agreed on.

What is picked up in the shop counts from the day on which it was ready: when she comes for it is
the customer's to choose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Style
from factory.kernel.figures import decimal
from factory.kernel.time import Period, day_of
from factory.orders.domain import Line, Order, OrderKind, OrderState, cell
from factory.orders.records import OrderRow, ShipmentRow, ShippedRow
from factory.production.domain.metrics import lines_in_full_on_time, pieces_on_time
from factory.reports.domain import WHOLE
from factory.till.domain.ticket import TicketState
from factory.till.records import TicketRow, TicketStepRow

PROMISED = frozenset(OrderState) - {OrderState.DRAFT, OrderState.CANCELLED}
TO_SOMEBODY = frozenset(kind for kind in OrderKind if kind.is_promised)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One line of an order: what was ordered, and what went out for it until when."""

    order: Order
    line: Line
    style: Style
    by_due: int
    """Coats that had gone out when the day agreed on was over, none beyond what a size wants."""
    in_all: int
    """The same up to now."""
    is_due: bool
    """Whether the day agreed on is over."""

    @property
    def ordered(self) -> int:
        """Coats ordered."""
        return self.line.quantity

    @property
    def kept(self) -> bool:
        """Whether it went out whole and in time."""
        return self.by_due >= self.ordered


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The lines that were promised for a month; only those whose day is over count."""

    month: Period
    lines: tuple[Delivered, ...]

    @property
    def counted(self) -> tuple[Delivered, ...]:
        """The lines whose day is over."""
        return tuple(each for each in self.lines if each.is_due)

    @property
    def kept(self) -> int:
        """Lines that went out whole and in time."""
        return sum(each.kept for each in self.counted)

    @property
    def ordered(self) -> int:
        """Coats that were promised."""
        return sum(each.ordered for each in self.counted)

    @property
    def by_due(self) -> int:
        """Coats of them that went out in time."""
        return sum(each.by_due for each in self.counted)

    @property
    def otif(self) -> str:
        """Lines whole and in time, in the hundred; nothing where none is due."""
        return decimal(WHOLE * lines_in_full_on_time(self._figures)) if self.counted else ""

    @property
    def pieces(self) -> str:
        """Coats in time, in the hundred; nothing where none is due."""
        return decimal(WHOLE * pieces_on_time(self._figures)) if self.ordered else ""

    @property
    def _figures(self) -> list[tuple[int, int, bool]]:
        return [(each.ordered, each.by_due, True) for each in self.counted]


def deliveries(session: Session, month: Period, today: date) -> Deliveries:
    """What customers were promised for a month, by the day agreed on and the order's number."""
    rows = session.scalars(
        select(OrderRow)
        .where(
            OrderRow.due.between(month.start, month.end),
            OrderRow.kind.in_(TO_SOMEBODY),
            OrderRow.state.in_(PROMISED),
        )
        .order_by(OrderRow.due, OrderRow.number)
    )
    orders = [row.value() for row in rows]
    gone = _gone(session, orders)
    styles = {each.number: each for each in catalogue.styles(session)}
    return Deliveries(
        month,
        tuple(
            _delivered(order, line, styles[line.style], gone, today)
            for order in orders
            for line in order.lines
            if line.quantity
        ),
    )


Gone = dict[str, list[tuple[date, int]]]


def _gone(session: Session, some: Iterable[Order]) -> Gone:
    """Coats that went out or were ready in the shop, with their day, by the name of their cell."""
    known = {order.number: order for order in some}
    found: Gone = {}
    for name, day, quantity in (*_sent(session, known), *_handed(session, known)):
        found.setdefault(name, []).append((day, quantity))
    return found


def _sent(session: Session, known: Mapping[str, Order]) -> Iterator[tuple[str, date, int]]:
    statement = (
        select(
            ShipmentRow.order_number,
            *(ShippedRow.line_no, ShippedRow.size, ShipmentRow.at, ShippedRow.quantity),
        )
        .join(ShippedRow, ShippedRow.shipment_id == ShipmentRow.id)
        .where(ShipmentRow.order_number.in_(known))
    )
    for number, no, size, at, quantity in session.execute(statement):
        yield cell(number, no, size), day_of(at), quantity


def _handed(session: Session, known: Mapping[str, Order]) -> Iterator[tuple[str, date, int]]:
    """An order is ready as a whole, and not before all its coats hang on the rail."""
    statement = (
        select(TicketRow.order, func.max(TicketStepRow.at))
        .join(TicketStepRow, TicketStepRow.ticket == TicketRow.number)
        .where(
            TicketRow.order.in_(known),
            TicketRow.state.in_((TicketState.READY, TicketState.PICKED_UP)),
            TicketStepRow.state == TicketState.READY,
        )
        .group_by(TicketRow.order)
    )
    for number, at in session.execute(statement):
        for name, quantity in known[number].cells().items():
            yield name, day_of(at), quantity


def _delivered(order: Order, line: Line, style: Style, gone: Gone, today: date) -> Delivered:
    by_due, in_all = Counter[str](), Counter[str]()
    for size, _ in line.cells:
        for day, quantity in gone.get(cell(order.number, line.no, size), ()):
            in_all[size] += quantity
            by_due[size] += quantity if day <= order.due else 0
    return Delivered(
        order, line, style, _within(line, by_due), _within(line, in_all), order.due < today
    )


def _within(line: Line, gone: Counter[str]) -> int:
    """Coats that went out, none beyond what its size wants."""
    return sum(min(wanted, gone[size]) for size, wanted in line.cells)
