"""The stock as a sheet for the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from factory.kernel.words import mark, show, translate
from factory.stock.queries import StockLine
from factory.web.spreadsheet import spreadsheet

COLUMNS = (
    mark("Hang tag"),
    mark("Style number"),
    mark("Style"),
    mark("Colour"),
    mark("Size"),
    mark("Grade"),
    mark("Price, tax included"),
    mark("On the rail"),
)


def stock_sheet(lines: Iterable[StockLine]) -> bytes:
    """Every kind of coat with its price and how many are there, headed in the reader's language."""
    head = [translate(column) for column in COLUMNS]
    return spreadsheet([head, *(_row(line) for line in lines)])


def _row(line: StockLine) -> tuple[str | int, ...]:
    named = (line.code, line.style, line.style_name, line.colour_name, line.size)
    return (*named, show(line.grade), line.price.won, line.on_hand)
