"""The cutter's sheet of an order: colours down, sizes across, and a lay that would cut the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factory.catalogue.domain import Colour, Style
from factory.orders.domain import Order
from factory.production.domain.cutting import MOST_IN_MARKER, MOST_PLIES


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One colour and size: coats ordered and cut."""

    size: str
    ordered: int
    cut: int
    planned: int = 0
    """Coats of lays that are planned and not cut yet."""

    @property
    def to_cut(self) -> int:
        """Coats still to be cut."""
        return max(0, self.ordered - self.cut)

    @property
    def to_plan(self) -> int:
        """Coats that no lay is planned for yet."""
        return max(0, self.to_cut - self.planned)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An order line, in one colour."""

    line: int
    colour: Colour
    cells: tuple[SheetCell, ...]

    def sum(self, what: str) -> int:
        """The row's total of `ordered`, `cut` or `to_cut`."""
        return sum(int(getattr(cell, what)) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A lay that cuts as much as one lay can: garments of each size, plies of each line."""

    marker: Mapping[str, int]
    plies: Mapping[int, int]

    @property
    def coats(self) -> int:
        """Coats that come of it."""
        return sum(self.marker.values()) * sum(self.plies.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style's part of an order as it lies at the cutting table."""

    style: Style
    rows: tuple[SheetRow, ...]

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes in their order."""
        return tuple(size.label for size in self.style.sizes)

    def colours(self, language: str) -> dict[int, str]:
        """What the colour of each order line is called."""
        return {row.line: row.colour.called(language) for row in self.rows}

    def column(self, size: str, what: str) -> int:
        """The total of one size over all colours."""
        cells = (cell for row in self.rows for cell in row.cells if cell.size == size)
        return sum(int(getattr(cell, what)) for cell in cells)

    def sum(self, what: str) -> int:
        """The total of all cells."""
        return sum(row.sum(what) for row in self.rows)


Coats = Mapping[tuple[int, str], int]
"""Coats by line and size."""


def sheets(
    order: Order, styles: Mapping[str, Style], cut: Coats, planned: Coats
) -> tuple[Sheet, ...]:
    """An order as the cutter reads it, one sheet for each style."""
    return tuple(
        Sheet(style, tuple(_rows(order, style, cut, planned)))
        for style in styles.values()
        if any(line.style == style.number for line in order.lines)
    )


def _rows(order: Order, style: Style, cut: Coats, planned: Coats) -> Iterator[SheetRow]:
    sizes = tuple(size.label for size in style.sizes)
    for line in (line for line in order.lines if line.style == style.number):
        cells = (
            SheetCell(s, line.of(s), cut.get((line.no, s), 0), planned.get((line.no, s), 0))
            for s in sizes
        )
        yield SheetRow(line.no, style.colour(line.colour), tuple(cells))


def suggested(sheet: Sheet) -> Suggested | None:
    """The lay that leaves least to cut; of equal ones that with fewer garments in a ply.

    For each colour those heights are tried at which a size comes out even; the marker takes what
    fits into it, and the other colours lie as high as none of their sizes is cut too often.
    """
    best: Suggested | None = None
    for row in sheet.rows:
        for height in _heights(row):
            found = _under(sheet, row, height)
            if best is None or _better(found, best):
                best = found
    return best


def _heights(row: SheetRow) -> list[int]:
    times = range(1, MOST_IN_MARKER + 1)
    even = {min(cell.to_plan // count, MOST_PLIES) for cell in row.cells for count in times}
    return sorted(even - {0})


def _better(one: Suggested, other: Suggested) -> bool:
    in_a_ply = sum(other.marker.values()) - sum(one.marker.values())
    return (one.coats, in_a_ply) > (other.coats, 0)


def _under(sheet: Sheet, row: SheetRow, height: int) -> Suggested:
    marker: dict[str, int] = {}
    for cell in row.cells:
        room = MOST_IN_MARKER - sum(marker.values())
        if fits := min(cell.to_plan // height, room):
            marker[cell.size] = fits
    plies, free = {}, MOST_PLIES
    for other in sheet.rows:
        if high := min(free, _height(other, marker)):
            plies[other.line] = high
            free -= high
    return Suggested(marker, plies)


def _height(row: SheetRow, marker: Mapping[str, int]) -> int:
    return min(cell.to_plan // marker[cell.size] for cell in row.cells if cell.size in marker)
