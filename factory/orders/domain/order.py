"""Orders, their lines and cells, and the shipments that leave for them.

Quantities are whole coats (벌). A cell is one size of one line; its name `2026-0012/1/66` goes
along with the coats through cutting, sewing and stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factory.kernel.money import ZERO, Money
from factory.orders.domain.customers import Customer
from factory.orders.domain.refusals import LineUnknown
from factory.orders.domain.states import OPEN, OrderKind, OrderState

OVERCUT_PERCENT = 3
"""What may be cut beyond the order where nothing else is agreed; an order has its own figure."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A style in one colour as it is ordered; cells are sizes with their coats."""

    style: str
    colour: str
    price: Money
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """What is entered when an order is taken; the customer by number."""

    kind: OrderKind
    due: date
    lines: tuple[NewLine, ...]
    customer: int | None = None
    deposit: Money = ZERO
    tolerance_percent: int = OVERCUT_PERCENT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: a style in a colour, its price, and the coats of each size."""

    no: int
    style: str
    colour: str
    price: Money
    cells: tuple[tuple[str, int], ...]

    @property
    def quantity(self) -> int:
        """Coats in this line."""
        return sum(quantity for _, quantity in self.cells)

    @property
    def worth(self) -> Money:
        """What the line comes to."""
        return self.price * self.quantity

    def of(self, size: str) -> int:
        """Coats of one size; none where it is not ordered."""
        return dict(self.cells).get(size, 0)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants made, until when, and how far it is."""

    number: str
    kind: OrderKind
    customer: Customer | None
    due: date
    deposit: Money
    state: OrderState
    lines: tuple[Line, ...]
    note: str = ""
    tolerance_percent: int = OVERCUT_PERCENT

    @property
    def quantity(self) -> int:
        """Coats in all lines."""
        return sum(line.quantity for line in self.lines)

    @property
    def worth(self) -> Money:
        """What the whole order comes to."""
        return Money.total(line.worth for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether the floor works for it."""
        return self.state in OPEN

    def line(self, no: int) -> Line:
        """One line by its number, or `LineUnknown`."""
        found = next((line for line in self.lines if line.no == no), None)
        if found is None:
            raise LineUnknown(f"{self.number}/{no}")
        return found

    def cells(self) -> dict[str, int]:
        """Coats ordered by the name of each cell, in the order of the lines."""
        return {
            cell(self.number, line.no, size): quantity
            for line in self.lines
            for size, quantity in line.cells
        }

    def is_late(self, day: date) -> bool:
        """Whether it should have been ready before this day."""
        return self.is_open and self.due < day

    def most_to_cut(self, no: int, size: str) -> int:
        """Coats of a cell that may be cut at most: ordered, and its tolerance lifted to a coat."""
        return with_tolerance(self.line(no).of(size), self.tolerance_percent)


@dataclass(frozen=True, slots=True)
class Shipment:
    """Coats that went out to the customer together; `no` runs within the order."""

    order: str
    no: int
    at: datetime
    by: str
    cells: tuple[tuple[int, str, int], ...]
    """Line number, size and coats."""

    @property
    def number(self) -> str:
        """What stands on its delivery note."""
        return f"{self.order}-{self.no}"

    @property
    def quantity(self) -> int:
        """Coats in it."""
        return sum(quantity for _, _, quantity in self.cells)


def cell(number: str, line: int, size: str) -> str:
    """The name of one size of one line, which its coats carry as their lot: `2026-0012/1/66`."""
    return f"{number}/{line}/{size}"


def read_cell(name: str) -> tuple[str, int, str]:
    """Order number, line and size of a cell's name, or `LineUnknown`."""
    number, _, rest = name.partition("/")
    line, _, size = rest.partition("/")
    if not (number and line.isascii() and line.isdigit() and size):
        raise LineUnknown(name)
    return number, int(line), size


def order_number(year: int, running: int) -> str:
    """The number of an order: its year and a running number, `2026-0012`."""
    return f"{year}-{running:04d}"


def with_tolerance(ordered: int, percent: int) -> int:
    """Coats ordered and so many in the hundred more, a part of a coat counting as one."""
    return ordered - (-ordered * percent // 100)
