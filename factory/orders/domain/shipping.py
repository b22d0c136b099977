"""Which coats may go out to the customer."""

from __future__ import annotations

from collections.abc import Mapping

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
