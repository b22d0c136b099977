"""A document on paper of a known width: lines of cells, codes of known dots. Nothing is clipped.

A letter is one cell wide or two; a line of words fills the paper exactly, whatever its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from printers import barcodes
from printers.document import (
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    DocumentWrong,
    Heading,
    OpenDrawer,
    Picture,
    Row,
    Rule,
    RuleKind,
    Space,
    Symbology,
    Table,
    Text,
)
from printers.encoding import cells, fold
from printers.profiles import LINE, LONGEST, Profile
from printers.tables import spread
from printers.wrapping import Piece, fill, longest_word, wrap

DOTS_A_MM = 8
HEXADECIMAL = set("0123456789abcdefABCDEF")
MODULES = (3, 2)
SQUARES = (6, 5, 4, 3)


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words; its pieces stand side by side and together fill the paper."""

    pieces: tuple[Piece, ...]
    columns: int
    size: int = 1
    bold: bool = False
    inverse: bool = False

    @property
    def text(self) -> str:
        """The line as it is printed, of exactly `columns` cells."""
        return "".join(fill(piece) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line across the paper."""

    kind: RuleKind
    columns: int

    @property
    def text(self) -> str:
        """The line as letters draw it."""
        if self.kind is RuleKind.DASHED:
            return "-" * self.columns
        letter = "━" if self.kind is RuleKind.HEAVY else "─"
        return letter * (self.columns // 2) + "-" * (self.columns % 2)


@dataclass(frozen=True, slots=True)
class Bars:
    """A Code 128 of known dots."""

    data: str
    module: int
    height: int


@dataclass(frozen=True, slots=True)
class Squares:
    """A QR code of known dots."""

    data: str
    module: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that fits the paper."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int


@dataclass(frozen=True, slots=True)
class CutHere:
    """The paper is cut."""

    partial: bool


@dataclass(frozen=True, slots=True)
class Kick:
    """The drawer opens."""


Line = Words | Stroke | Bars | Squares | Drawing | Feed | CutHere | Kick


def lay_out(document: Document, profile: Profile) -> tuple[Line, ...]:
    """Every line of a document on this printer's paper."""
    lines: list[Line] = []
    rows = 0
    for block in document.blocks:
        for line in _lines(block, profile):
            lines.append(line)
            rows += _rows(line)
            if rows > LONGEST:
                raise DocumentWrong(
                    "blocks", "the paper would be longer than {rows} dots", rows=LONGEST
                )
    return tuple(lines)


def _rows(line: Line) -> int:
    """Rows of dots, nearly."""
    match line:
        case Words():
            return LINE * line.size
        case Bars():
            return line.height
        case Drawing():
            return len(line.picture.rows)
        case Feed():
            return LINE * line.lines
        case _:
            return LINE


def as_text(lines: Iterable[Line]) -> str:
    """What reads on the paper."""
    shown = [text for line in lines for text in _shown(line)]
    return "\n".join(text.rstrip() for text in shown).rstrip("\n") + "\n"


def _shown(line: Line) -> Iterator[str]:
    match line:
        case Words() | Stroke():
            yield line.text
        case Bars():
            yield f"[Code 128: {line.data}]"
        case Squares():
            yield f"[QR: {line.data}]"
        case Drawing():
            yield f"[{line.picture.alt or 'picture'}]"
        case Feed():
            yield from [""] * line.lines
        case CutHere() | Kick():
            return
        case _:
            assert_never(line)


def _lines(block: Block, profile: Profile) -> Iterator[Line]:
    columns = profile.columns
    match block:
        case Heading():
            yield from _words(block.text, columns, Align.CENTER, block.size, bold=True)
        case Text():
            yield from _words(
                block.text, columns, block.align, block.size, bold=block.bold, inverse=block.inverse
            )
        case Row():
            yield from _row(block, columns)
        case Rule():
            yield Stroke(block.kind, columns)
        case Table():
            for bold, pieces in spread(block, columns):
                yield Words(pieces, columns, bold=bold)
        case Barcode() | Picture():
            yield from _drawn(block, profile)
        case _:
            yield _other(block)


def _other(block: Space | Cut | OpenDrawer) -> Line:
    match block:
        case Space():
            return Feed(block.lines)
        case Cut():
            return CutHere(block.partial)
        case OpenDrawer():
            return Kick()
        case _:
            assert_never(block)


def _fitting(text: str, columns: int, size: int) -> int:
    """The size asked for, or the largest at which no word has to be broken."""
    need = longest_word(text)
    return next((s for s in range(size, 1, -1) if need <= columns // s), 1)


def _words(
    text: str, columns: int, align: Align, size: int, *, bold: bool, inverse: bool = False
) -> Iterator[Words]:
    folded = fold(text)
    fitting = _fitting(folded, columns, size)
    width = columns // fitting
    for line in wrap(folded, width):
        yield Words((Piece(line, width, align),), width, fitting, bold, inverse)


def _row(row: Row, columns: int) -> Iterator[Words]:
    left = fold(row.left).replace("\n", " ").rstrip()
    right = " ".join(fold(row.right).split())
    need = cells(left) + cells(right) + 1
    size = next((s for s in range(row.size, 1, -1) if need <= columns // s), 1)
    width = columns // size
    room = width - cells(right) - 1
    if (size < row.size and size == 1) or _crowded(left, room, width):
        yield from _words(left, columns, Align.LEFT, row.size, bold=row.bold)
        yield from _words(right, columns, Align.RIGHT, row.size, bold=row.bold)
        return
    lines = (left,) if cells(left) <= room else wrap(left, room)
    for line in lines[:-1]:
        yield Words((Piece(line, width),), width, size, row.bold)
    figure = Piece(right, width - room, Align.RIGHT)
    yield Words((Piece(lines[-1], room), figure), width, size, row.bold)


def _crowded(left: str, room: int, width: int) -> bool:
    """Whether the figure had better stand on a line of its own."""
    if cells(left) <= room:
        return False
    return room < width // 2 or room < longest_word(left) <= width


def _drawn(block: Barcode | Picture, profile: Profile) -> Iterator[Line]:
    if isinstance(block, Picture):
        if block.width > profile.dots:
            raise DocumentWrong("picture.width", "it is wider than {dots} dots", dots=profile.dots)
        if not all(set(row) <= HEXADECIMAL and len(row) % 2 == 0 for row in block.rows):
            raise DocumentWrong("picture.rows", "it must be pairs of hexadecimal digits")
        yield Drawing(block)
        return
    yield _code(block, profile.dots)
    caption = block.caption or ("" if block.symbology is Symbology.QR else block.data)
    if caption:
        yield from _words(caption, profile.columns, Align.CENTER, 1, bold=True)


def _code(block: Barcode, dots: int) -> Line:
    if block.symbology is Symbology.QR:
        count = len(barcodes.qr_squares(block.data)) + 2 * barcodes.QUIET_SQUARES
        return Squares(block.data, _module(count, dots, SQUARES))
    count = len(barcodes.code128_bars(block.data)) + 2 * barcodes.QUIET_BARS
    return Bars(block.data, _module(count, dots, MODULES), block.height_mm * DOTS_A_MM)


def _module(count: int, dots: int, wishes: tuple[int, ...]) -> int:
    """Dots of one module: as wide as fits; below two or three no scanner reads it."""
    for wish in wishes:
        if count * wish <= dots:
            return wish
    raise DocumentWrong("barcode.data", "the code is too wide for {dots} dots", dots=dots)
