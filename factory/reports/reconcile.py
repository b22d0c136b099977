"""Where every coat of every open order is, and every rule that does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour
from factory.db.replay import Difference
from factory.materials import queries as materials
from factory.orders import queries as orders
from factory.orders.domain import Order, cell
from factory.production import queries as production
from factory.production.domain.balance import CellState
from factory.stock import queries as stock

FIGURES = (
    *("ordered", "cut", "found", "wip_sewing", "wip_finishing", "first", "second"),
    *("shipped", "sold", "scrapped", "lost"),
)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One colour and size of an order."""

    colour: Colour
    size: str
    state: CellState


@dataclass(frozen=True, slots=True)
class OrderLines:
    """An order with its cells; cells without a coat are left out."""

    order: Order
    cells: tuple[CellLine, ...]

    def sum(self, figure: str) -> int:
        """One figure of all cells."""
        return sum(int(getattr(line.state, figure)) for line in self.cells)

    @property
    def holds(self) -> bool:
        """Whether every coat that was cut is accounted for."""
        return all(line.state.holds for line in self.cells)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All open orders, and what does not agree anywhere."""

    orders: tuple[OrderLines, ...]
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        return not self.differences and all(each.holds for each in self.orders)


def reconciliation(session: Session) -> Reconciliation:
    """Every open order cell by cell, and the rules R1 to R10 over everything that is kept."""
    found = tuple(_of(session, order) for order in orders.open_orders(session))
    differences = (
        *production.recomputed(session),
        *stock.recomputed(session),
        *orders.recomputed(session),
        *materials.recomputed(session),
    )
    return Reconciliation(found, differences)


def _of(session: Session, order: Order) -> OrderLines:
    states = production.order_progress(session, order.number)
    lines = (
        CellLine(
            catalogue.style(session, line.style).colour(line.colour),
            size,
            states[cell(order.number, line.no, size)],
        )
        for line in order.lines
        for size, _ in line.cells
    )
    return OrderLines(order, tuple(line for line in lines if line.state.ordered or line.state.cut))
