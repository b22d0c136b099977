"""A document on paper of a known width: lines of cells, codes of known dots. Nothing is clipped.

A letter is one cell wide or two; a line of words fills the paper exactly, whatever its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    Label,
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
from printers.profiles import CELL, GAP, LINE, LONGEST, Profile
from printers.tables import spread
from printers.wrapping import Piece, fill, longest_word, wrap

HEXADECIMAL = set("0123456789abcdefABCDEF")
MODULES = (3, 2)
EAN_MODULES = (3,)
"""With two dots a module is narrower than GS1 lets it be."""
EDGE_MM = 1
"""White along the edges of a label."""
STROKE = 18
"""Dots from the edge of a line across to the next line."""
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
    """Bars of known dots."""

    data: str
    module: int
    height: int
    symbology: Symbology = Symbology.CODE128

    @property
    def modules(self) -> str:
        """The bars, `1` for black."""
        ean = self.symbology is Symbology.EAN13
        return barcodes.ean13_bars(self.data) if ean else barcodes.code128_bars(self.data)

    @property
    def named(self) -> str:
        """What it is, as text."""
        ean = self.symbology is Symbology.EAN13
        return f"[{'EAN-13' if ean else 'Code 128'}: {self.data}]"


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


@dataclass(frozen=True, slots=True)
class Sticker:
    """One label: lines within its edges, on so many dots."""

    lines: tuple[Line, ...]
    width: int
    height: int
    edge: int
    left: int = 0
    """Where its lines begin on the head, and how many dots are theirs."""
    room: int = 0
    down: int = 0
    """How far below the middle they are printed."""


@dataclass(frozen=True, slots=True)
class Eject:
    """The label gets out of the printer."""


Line = Words | Stroke | Bars | Squares | Drawing | Feed | CutHere | Kick | Sticker | Eject


def lay_out(document: Document, profile: Profile) -> tuple[Line, ...]:
    """Every line of a document on this printer's paper."""
    if document.label is not None:
        return tuple(_stickers(document, document.label, profile))
    lines: list[Line] = []
    rows = 0
    for block in _one_pulse(document.blocks):
        for line in _lines(block, profile):
            lines.append(line)
            rows += rows_of(line)
            if rows > LONGEST:
                raise DocumentWrong(
                    "blocks", "the paper would be longer than {rows} dots", rows=LONGEST
                )
    return tuple(lines)


def _one_pulse(blocks: Iterable[Block]) -> Iterator[Block]:
    """The drawer springs open once a job, however often it is asked to."""
    opened = False
    for block in blocks:
        if not (opened and isinstance(block, OpenDrawer)):
            yield block
        opened = opened or isinstance(block, OpenDrawer)


def rows_of(line: Line) -> int:
    """Rows of dots that a line takes when it is drawn."""
    match line:
        case Words():
            return 2 * CELL * line.size + GAP
        case Stroke():
            return STROKE
        case Feed():
            return LINE * line.lines
        case Sticker():
            return line.height
        case CutHere() | Kick() | Eject():
            return 0
        case Bars() | Squares() | Drawing():
            return _code_rows(line) + 2 * GAP
        case _:
            assert_never(line)


def _code_rows(line: Bars | Squares | Drawing) -> int:
    match line:
        case Bars():
            return line.height
        case Squares():
            count = len(barcodes.qr_squares(line.data)) + 2 * barcodes.QUIET_SQUARES
            return count * line.module
        case Drawing():
            return len(line.picture.rows)


def _stickers(document: Document, label: Label, profile: Profile) -> Iterator[Line]:
    """A label for each part of the document up to a cut; equal ones are laid out once."""
    made: dict[tuple[Block, ...], Sticker] = {}
    for part in _parts(document.blocks):
        if part not in made:
            made[part] = _sticker(part, label, profile)
        yield from (made[part], Eject())


def _parts(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, Cut):
            yield tuple(part)
            part = []
        elif not isinstance(block, OpenDrawer):
            part.append(block)
    if part:
        yield tuple(part)


def _sticker(blocks: tuple[Block, ...], label: Label, profile: Profile) -> Sticker:
    scale = profile.dots_a_mm
    width, height, edge = label.width_mm * scale, label.height_mm * scale, EDGE_MM * scale
    if width > profile.dots:
        most = profile.dots // scale
        raise DocumentWrong("label.width_mm", "the head is {most} mm wide", most=most)
    across, down = profile.label_start
    left, right = max(0, edge + across), min(profile.dots, width + across - edge)
    inside = replace(profile, dots=right - left)
    lines = tuple(line for block in blocks for line in _lines(block, inside))
    need = sum(map(rows_of, lines))
    if need > height - edge:
        least = -(-(need + edge) // scale)
        raise DocumentWrong("label.height_mm", "what is on it needs {least} mm", least=least)
    return Sticker(lines, width, height, edge, left, right - left, down)


def as_text(lines: Iterable[Line]) -> str:
    """What reads on the paper."""
    shown = [text for line in lines for text in _shown(line)]
    return "\n".join(text.rstrip() for text in shown).rstrip("\n") + "\n"


def _shown(line: Line) -> Iterator[str]:
    match line:
        case Words() | Stroke():
            yield line.text
        case Bars():
            yield line.named
        case Squares():
            yield f"[QR: {line.data}]"
        case Drawing():
            yield f"[{line.picture.alt or 'picture'}]"
        case Feed():
            yield from [""] * line.lines
        case Sticker():
            yield from (text for each in line.lines for text in _shown(each))
        case CutHere() | Kick() | Eject():
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
            yield from drawn(block, profile)
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


def drawn(block: Barcode | Picture, profile: Profile) -> Iterator[Line]:
    """A code or a drawing with what stands below it; refuses what is wider than the paper."""
    if isinstance(block, Picture):
        if block.width > profile.dots:
            raise DocumentWrong("picture.width", "it is wider than {dots} dots", dots=profile.dots)
        if not all(set(row) <= HEXADECIMAL and len(row) % 2 == 0 for row in block.rows):
            raise DocumentWrong("picture.rows", "it must be pairs of hexadecimal digits")
        yield Drawing(block)
        return
    code = _code(block, profile)
    yield code
    caption = block.caption or ("" if isinstance(code, Squares) else code.data)
    if caption:
        yield from _words(caption, profile.columns, Align.CENTER, block.size, bold=True)


def _code(block: Barcode, profile: Profile) -> Bars | Squares:
    data, dots, height = block.data, profile.dots, block.height_mm * profile.dots_a_mm
    match block.symbology:
        case Symbology.QR:
            count = len(barcodes.qr_squares(data)) + 2 * barcodes.QUIET_SQUARES
            return Squares(data, _module(count, dots, SQUARES))
        case Symbology.EAN13:
            data = barcodes.ean13_digits(data)
            count = len(barcodes.ean13_bars(data)) + 2 * barcodes.QUIET_EAN
            return Bars(data, _module(count, dots, EAN_MODULES), height, Symbology.EAN13)
        case Symbology.CODE128:
            count = len(barcodes.code128_bars(data)) + 2 * barcodes.QUIET_BARS
            return Bars(data, _module(count, dots, MODULES), height)
        case _:
            assert_never(block.symbology)


def _module(count: int, dots: int, wishes: tuple[int, ...]) -> int:
    """Dots of one module: as wide as fits; below two or three no scanner reads it."""
    for wish in wishes:
        if count * wish <= dots:
            return wish
    raise DocumentWrong("barcode.data", "the code is too wide for {dots} dots", dots=dots)
