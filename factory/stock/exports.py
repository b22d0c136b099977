"""The stock as a sheet for the spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from factory.kernel.words import mark, show, translate
from factory.stock.queries import StockLine

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
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([translate(column) for column in COLUMNS])
    for line in lines:
        named = (line.code, line.style, line.style_name, line.colour_name, line.size)
        writer.writerow((*named, show(line.grade), line.price.won, line.on_hand))
    return ("\ufeff" + text.getvalue()).encode()
