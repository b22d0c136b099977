"""Which coats may go out to the customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factory.orders.domain.moves import refuse_work
from factory.orders.domain.order import Line, Order, cell
from factory.orders.domain.refusals import (
    MoreThanOrdered,
    NobodyToShipTo,
    NothingToShip,
    NotThisSize,
)


def to_ship(
    order: Order, shipped: Mapping[str, int], asked: Mapping[tuple[int, str], int]
) -> tuple[tuple[Line, str, int], ...]:
    """The coats that may go out, cell by cell; never more than is ordered and not shipped yet."""
    refuse_shipping(order)
    going = {key: quantity for key, quantity in asked.items() if quantity > 0}
    if not going:
        raise NothingToShip
    return tuple(
        (line, size, _shippable(order, line, size, shipped, going[line.no, size]))
        for line, size in _in_order(order, going)
    )


def refuse_shipping(order: Order) -> None:
    """Refuse where nothing goes out at all: a draft, what has ended, what has no customer."""
    refuse_work(order)
    if order.customer is None:
        raise NobodyToShipTo(number=order.number)


def _in_order(order: Order, going: Mapping[tuple[int, str], int]) -> tuple[tuple[Line, str], ...]:
    for no, size in going:
        if not order.line(no).of(size):
            raise NotThisSize(number=order.number, line=no, size=size)
    return tuple(
        (line, size) for line in order.lines for size, _ in line.cells if (line.no, size) in going
    )


def _shippable(order: Order, line: Line, size: str, shipped: Mapping[str, int], asked: int) -> int:
    left = line.of(size) - shipped.get(cell(order.number, line.no, size), 0)
    if asked > left:
        raise MoreThanOrdered(line.no, size, left, asked)
    return asked


def is_all_shipped(order: Order, shipped: Mapping[str, int]) -> bool:
    """Whether everything ordered has gone out."""
    return all(shipped.get(name, 0) >= quantity for name, quantity in order.cells().items())


@dataclass(frozen=True, slots=True)
class Carton:
    """What lies in one carton, or hangs in one bag: coats of cells, by line and size."""

    number: int
    cells: tuple[tuple[int, str, int], ...]

    @property
    def quantity(self) -> int:
        """Coats in it."""
        return sum(count for *_, count in self.cells)


def packed(cells: Iterable[tuple[int, str, int]], each: int) -> tuple[Carton, ...]:
    """Coats in cartons of so many, line by line and size by size; only the last is not full."""
    if each < 1:
        raise NothingToShip
    coats = [(line, size) for line, size, count in cells for _ in range(count)]
    return tuple(
        Carton(number, _counted(coats[first : first + each]))
        for number, first in enumerate(range(0, len(coats), each), 1)
    )


def _counted(coats: list[tuple[int, str]]) -> tuple[tuple[int, str, int], ...]:
    return tuple((line, size, count) for (line, size), count in Counter(coats).items())
