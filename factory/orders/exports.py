"""Orders as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from factory.kernel.words import say, show
from factory.orders.domain import Line, Order
from factory.web.spreadsheet import spreadsheet


def orders_csv(orders: Iterable[Order], *, with_money: bool) -> bytes:
    """One row for each line of each order."""
    head = [*_head(), *((say("Price"), say("Amount")) if with_money else ())]
    lines = ((order, line) for order in orders for line in order.lines)
    return spreadsheet([head, *(_row(*each, with_money=with_money) for each in lines)])


def _head() -> tuple[str, ...]:
    return (
        say("Order"),
        say("For whom"),
        say("Customer"),
        say("Due date"),
        say("State"),
        say("Style"),
        say("Colour"),
        say("Sizes"),
        say("Coats"),
    )


def _row(order: Order, line: Line, *, with_money: bool) -> list[str | int]:
    customer = order.customer.name if order.customer else ""
    sizes = " ".join(f"{size}:{quantity}" for size, quantity in line.cells)
    words = [order.number, show(order.kind), customer, order.due.isoformat(), show(order.state)]
    money = [line.price.won, line.worth.won] if with_money else []
    return [*words, line.style, line.colour, sizes, line.quantity, *money]
