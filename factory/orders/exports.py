"""Orders as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from factory.kernel.words import say, show
from factory.orders.domain import Line, Order

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def orders_csv(orders: Iterable[Order], *, with_money: bool) -> bytes:
    """One row for each line of each order; UTF-8 with its mark, so that Excel reads Korean."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([*_head(), *((say("Price"), say("Amount")) if with_money else ())])
    for order in orders:
        writer.writerows(_row(order, line, with_money=with_money) for line in order.lines)
    return kept.getvalue().encode("utf-8-sig")


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


def _row(order: Order, line: Line, *, with_money: bool) -> list[str]:
    customer = order.customer.name if order.customer else ""
    sizes = " ".join(f"{size}:{quantity}" for size, quantity in line.cells)
    words = [order.number, show(order.kind), customer, order.due.isoformat(), show(order.state)]
    row = [*words, line.style, line.colour, sizes, str(line.quantity)]
    money = [str(line.price.won), str(line.worth.won)] if with_money else []
    return [_plain(text) for text in row] + money


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
