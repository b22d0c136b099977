"""An order as it lies on the paper sheet: colours down, sizes across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factory.catalogue.domain import Colour, Size, Style
from factory.orders.domain.order import Line


@dataclass(frozen=True, slots=True)
class Cell:
    """One size of one line: coats ordered, gone out, and of first quality on the rail."""

    size: str
    ordered: int
    shipped: int = 0
    on_rail: int = 0

    @property
    def left(self) -> int:
        """Coats that are still to go out."""
        return max(0, self.ordered - self.shipped)

    @property
    def ready(self) -> int:
        """Coats that could go out now."""
        return min(self.left, self.on_rail)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an order across all sizes of its style."""

    line: Line
    colour: Colour
    cells: tuple[Cell, ...]

    def sum(self, what: str) -> int:
        """The row's total of `ordered`, `shipped`, `on_rail`, `left` or `ready`."""
        return sum(int(getattr(part, what)) for part in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A style's part of an order as it lies on the paper sheet: colours down, sizes across."""

    style: Style
    rows: tuple[Row, ...]

    def column(self, size: Size, what: str) -> int:
        """The total of one size over all colours."""
        cells = (part for row in self.rows for part in row.cells if part.size == size.label)
        return sum(int(getattr(part, what)) for part in cells)

    def sum(self, what: str) -> int:
        """The total of all cells."""
        return sum(row.sum(what) for row in self.rows)


def ready(matrices: Iterable[Matrix]) -> dict[tuple[int, str], int]:
    """Coats that could go out now, by line and size."""
    return {
        (row.line.no, part.size): part.ready
        for matrix in matrices
        for row in matrix.rows
        for part in row.cells
        if part.ready
    }
