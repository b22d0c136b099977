"""An order as a customer's spreadsheet has it: read cell by cell, with what is wrong in which cell.

The first line names the columns: style, colour (its code or name), price if the sheet has one, and
a column for each size. Every line below it is one colour of one style; above it a title may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from factory.catalogue.domain import Style
from factory.kernel.cells import Row as SheetRow
from factory.kernel.cells import cell_name, rows_of
from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.orders.domain.order import NewLine
from factory.orders.domain.refusals import NoWayOfWork
from factory.orders.domain.taking import MOST_IN_A_CELL

STYLE, COLOUR, PRICE = "style", "colour", "price"
OTHER_NAMES = {
    "스타일": STYLE,
    "색": COLOUR,
    "색상": COLOUR,
    "단가": PRICE,
    "가격": PRICE,
    "color": COLOUR,
}
"""What the columns are called in other sheets."""
TITLE_LINES = 20
"""Among so many lines that with the columns' names is sought: a title may stand above it."""


class ColumnMissing(Refused):
    """The first line has to name the columns; “{column}” is missing."""


class ColumnTwice(Refused):
    """The column “{column}” is there twice."""


class NoHeading(Refused):
    """The column has no name in the first line, so nobody knows what this is."""


class NoSuchStyle(Refused):
    """There is no style “{text}”."""


class NoSuchColour(Refused):
    """The style {style} has no colour “{text}”. It has: {known}."""


class NoSuchSize(Refused):
    """The style {style} has no size “{size}”. It has: {known}."""


class NotANumber(Refused):
    """“{text}” is no number of coats. Please write whole numbers, for example 12."""


class TooManyCoats(Refused):
    """“{text}” is too many; at most {most} coats."""


class NotAPrice(Refused):
    """“{text}” is no price in whole won."""


class LineAgain(Refused):
    """This style and colour stands in line {line} already."""


class SheetEmpty(Refused):
    """The sheet has no coats in it."""

    field = "sheet"


class SheetWrong(Refused):
    """{count} cells are not right yet. Please look at the list below."""

    field = "sheet"


@dataclass(frozen=True, slots=True)
class CellMistake:
    """What is wrong in one cell; the line as the spreadsheet counts it, the column by its name."""

    line: int
    column: str
    refusal: Refused
    cell: str
    """The cell as the spreadsheet names it, such as C7."""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet as it was read."""

    lines: tuple[NewLine, ...] = ()
    mistakes: tuple[CellMistake, ...] = ()

    @property
    def coats(self) -> int:
        """Coats in all lines."""
        return sum(count for line in self.lines for _, count in line.cells)

    def checked(self) -> tuple[NewLine, ...]:
        """The lines, if nothing is wrong."""
        if self.mistakes:
            raise SheetWrong(count=len(self.mistakes))
        if not self.lines:
            raise SheetEmpty
        return self.lines


@dataclass(frozen=True, slots=True)
class Known:
    """A style that can be ordered: its usual price, and whether it is known how it is made."""

    style: Style
    price: Money
    has_routing: bool


def read_order_sheet(text: str, styles: Mapping[str, Known]) -> SheetRead:
    """Read a sheet as far as possible; nothing of it is kept."""
    rows = rows_of(text)
    if not rows:
        return SheetRead()
    at = next((n for n, row in enumerate(rows[:TITLE_LINES]) if not _missing(_names(row))), 0)
    head = _Head.of(rows[at])
    if wrong := tuple(head.mistakes()):
        return SheetRead(mistakes=wrong)
    read = [_Row(row, head, styles) for row in rows[at + 1 :]]
    mistakes = [mistake for row in read for mistake in row.mistakes]
    mistakes += _twice(read, head)
    return SheetRead(
        tuple(row.line for row in read if row.line is not None),
        tuple(sorted(mistakes, key=lambda mistake: mistake.line)),
    )


def _names(row: SheetRow) -> tuple[str, ...]:
    return tuple(OTHER_NAMES.get(name.lower(), name.lower()) for name in row.cells)


def _missing(names: Iterable[str]) -> list[str]:
    return [name for name in (STYLE, COLOUR) if name not in names]


@dataclass(frozen=True, slots=True)
class _Head:
    """The line that names the columns."""

    number: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    """Where each name stands first."""

    @classmethod
    def of(cls, row: SheetRow) -> _Head:
        """What a line names."""
        names = _names(row)
        return cls(row.number, names, {n: at for at, n in reversed(tuple(enumerate(names)))})

    def cell(self, line: int, name: str) -> str:
        """The name of a line's cell in a column, such as C7; of no column, the line alone."""
        return cell_name(line, self.places.get(name))

    def mistakes(self) -> Iterator[CellMistake]:
        """Columns that are missing, and those that are named twice."""
        for name in _missing(self.names):
            refusal = ColumnMissing(column=name)
            yield CellMistake(self.number, name, refusal, cell_name(self.number))
        for at, name in enumerate(self.names):
            if name and self.places[name] < at:
                place = cell_name(self.number, at)
                yield CellMistake(self.number, name, ColumnTwice(column=name[:20]), place)


def _twice(rows: Iterable[_Row], head: _Head) -> Iterator[CellMistake]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.line is not None:
            key = (row.line.style, row.line.colour)
            if key in seen:
                place = head.cell(row.number, COLOUR)
                yield CellMistake(row.number, COLOUR, LineAgain(line=seen[key]), place)
            seen.setdefault(key, row.number)


class _Row:
    """One line, cell by cell; what is wrong is noted, and reading goes on."""

    def __init__(self, row: SheetRow, head: _Head, styles: Mapping[str, Known]) -> None:
        self.number = row.number
        self.mistakes: list[CellMistake] = []
        self.line: NewLine | None = None
        self._head = head
        cells = {name: text for name, text in zip(head.names, row.cells, strict=False) if name}
        self._unnamed(row)
        known = styles.get(cells.get(STYLE, "").upper())
        if known is None:
            self._wrong(STYLE, NoSuchStyle(text=cells.get(STYLE, "")[:20]))
            return
        if not known.has_routing:
            self._wrong(STYLE, NoWayOfWork(style=known.style.number))
        colour = self._colour(known.style, cells.get(COLOUR, ""))
        price = self._price(cells.get(PRICE, ""), known.price)
        coats = tuple(self._coats(known.style, cells))
        if not self.mistakes:
            self.line = NewLine(known.style.number, colour, price, coats)

    def _unnamed(self, row: SheetRow) -> None:
        """Whatever stands where the first line names nothing could be coats that get lost."""
        for at, text in enumerate(row.cells):
            if text and (at >= len(self._head.names) or not self._head.names[at]):
                place = cell_name(self.number, at)
                self.mistakes.append(CellMistake(self.number, "", NoHeading(), place))

    def _wrong(self, column: str, refusal: Refused) -> None:
        place = self._head.cell(self.number, column)
        self.mistakes.append(CellMistake(self.number, column, refusal, place))

    def _colour(self, style: Style, text: str) -> str:
        for colour in style.colours:
            if text.casefold() in {
                w.casefold() for w in (colour.code, colour.name, colour.name_en)
            }:
                return colour.code
        known = tuple(colour.code for colour in style.colours)
        self._wrong(COLOUR, NoSuchColour(style=style.number, text=text[:20], known=known))
        return ""

    def _price(self, text: str, usual: Money) -> Money:
        digits = re.sub(r"[\s,원₩]", "", text)
        if not digits:
            return usual
        if not re.fullmatch(r"[0-9]{1,9}", digits, re.ASCII):
            self._wrong(PRICE, NotAPrice(text=text[:20]))
            return ZERO
        return Money(int(digits))

    def _coats(self, style: Style, cells: Mapping[str, str]) -> Iterator[tuple[str, int]]:
        sizes = {size.label.lower(): size.label for size in style.sizes}
        for column, text in cells.items():
            if column in {STYLE, COLOUR, PRICE, ""} or not text:
                continue
            if column not in sizes:
                known = tuple(sizes.values())
                self._wrong(column, NoSuchSize(style=style.number, size=column, known=known))
            elif (count := self._count(column, text)) is not None:
                yield sizes[column], count

    def _count(self, column: str, text: str) -> int | None:
        digits = text.replace(",", "")
        if not re.fullmatch(r"[0-9]+", digits, re.ASCII):
            self._wrong(column, NotANumber(text=text[:20]))
            return None
        if len(digits) > len(str(MOST_IN_A_CELL)) or int(digits) > MOST_IN_A_CELL:
            self._wrong(column, TooManyCoats(text=text[:20], most=MOST_IN_A_CELL))
            return None
        return int(digits)
