"""A sheet as text, and the names of its cells as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

csv.field_size_limit(2**31 - 1)  # a long cell is a long cell; how much is read, forms say
LETTERS = 26
A = ord("A")


def column_name(column: int) -> str:
    """The letters over a column, counted from 0: A, B, … Z, AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, LETTERS)
        name, column = chr(A + letter) + name, column - 1
    return name


def cell_name(line: int, column: int | None = None) -> str:
    """The name of a cell, such as C7; of a whole line its number alone."""
    return f"{'' if column is None else column_name(column)}{line}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is counted in the spreadsheet, from 1, with its cells' texts."""

    number: int
    cells: tuple[str, ...]


def rows_of(text: str) -> tuple[Row, ...]:
    """The lines of a sheet in which anything stands; empty ones are counted all the same."""
    plain = text.lstrip("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    read = csv.reader(io.StringIO(plain), _dialect(plain), skipinitialspace=True)
    rows = (Row(number, tuple(cell.strip() for cell in row)) for number, row in enumerate(read, 1))
    return tuple(row for row in rows if any(row.cells))


def _dialect(text: str) -> type[csv.Dialect]:
    """Copied from a spreadsheet the cells stand apart by tabs, in a file by commas."""
    first = text.lstrip("\n").split("\n", 1)[0]
    return csv.excel_tab if "\t" in first else csv.excel
