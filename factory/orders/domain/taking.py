"""Which orders can be taken."""

from __future__ import annotations

from datetime import date

from factory.kernel.money import ZERO, Money
from factory.orders.domain.order import Line, NewLine, NewOrder
from factory.orders.domain.refusals import (
    CustomerMissing,
    DepositTooLarge,
    DueInThePast,
    DueTooFar,
    EmptyOrder,
    LineTwice,
    PriceMissing,
    StockHasNoCustomer,
    TooManyInACell,
)
from factory.orders.domain.states import OrderKind

MOST_IN_A_CELL = 9_999
YEARS_AHEAD = 5
"""An order that is due later has its year mistyped."""


def checked(entry: NewOrder, *, today: date) -> tuple[Line, ...]:
    """The lines of an order that can be taken, numbered; or the refusal that says why not."""
    if entry.due < today:
        raise DueInThePast(due=entry.due)
    if entry.due.year > today.year + YEARS_AHEAD:
        raise DueTooFar(due=entry.due, years=YEARS_AHEAD)
    if entry.kind is OrderKind.CUSTOMER and entry.customer is None:
        raise CustomerMissing
    if entry.kind is OrderKind.STOCK and entry.customer is not None:
        raise StockHasNoCustomer
    lines = _numbered(entry.lines)
    _refuse_prices(entry, lines)
    return lines


def _numbered(entered: tuple[NewLine, ...]) -> tuple[Line, ...]:
    kept = [(line, tuple(part for part in line.cells if part[1] > 0)) for line in entered]
    lines = tuple(
        Line(no, line.style, line.colour, line.price, cells)
        for no, (line, cells) in enumerate((pair for pair in kept if pair[1]), 1)
    )
    if not lines:
        raise EmptyOrder
    if any(quantity > MOST_IN_A_CELL for line in lines for _, quantity in line.cells):
        raise TooManyInACell(most=MOST_IN_A_CELL)
    _refuse_doubles(lines)
    return lines


def _refuse_doubles(lines: tuple[Line, ...]) -> None:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if (line.style, line.colour) in seen:
            raise LineTwice(style=line.style, colour=line.colour)
        seen.add((line.style, line.colour))


def _refuse_prices(entry: NewOrder, lines: tuple[Line, ...]) -> None:
    for line in lines:
        free = not entry.kind.is_promised and line.price == ZERO
        if line.price <= ZERO and not free:
            raise PriceMissing(line.style)
    worth = Money.total(line.worth for line in lines)
    if not ZERO <= entry.deposit <= worth:
        raise DepositTooLarge(worth=worth)
