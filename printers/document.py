"""What a slip says: a closed union of frozen blocks, without a width, a font or a byte.

A document's texts stand in the language they are to be read in; whoever builds it has said them.
How wide the paper is and what the printer can spell is known to `profiles` and `layout` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

LARGEST = 8


class DocumentWrong(ValueError):
    """A document can't be: where, and why, in plain English with its `{values}` beside it."""

    def __init__(self, path: str, problem: str, **values: object) -> None:
        self.path = path
        self.problem = problem
        self.values = values
        super().__init__(f"{path}: {problem.format_map(values)}")


@dataclass(frozen=True, slots=True)
class Span:
    """The bounds of a number, for the check and for the JSON Schema."""

    least: int
    most: int


Size = Annotated[int, Span(1, LARGEST)]
"""How many times as large as the printer's ordinary letter, in both directions."""
Prose = Annotated[str, Span(0, 2000)]
Word = Annotated[str, Span(0, 400)]


class Align(StrEnum):
    """Where a text stands between the edges."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class RuleKind(StrEnum):
    """How a line across the paper looks."""

    SINGLE = "single"
    HEAVY = "heavy"
    DASHED = "dashed"


class Symbology(StrEnum):
    """How a code is drawn."""

    CODE128 = "code128"
    EAN13 = "ean13"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the paper is, large and in the middle."""

    text: Word
    size: Size = 2


@dataclass(frozen=True, slots=True)
class Text:
    """Words, wrapped between words where the paper ends."""

    text: Prose
    align: Align = Align.LEFT
    size: Size = 1
    bold: bool = False
    inverse: bool = False
    """White on black, across the whole paper."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words at the left edge and a figure at the right one."""

    left: Word
    right: Word = ""
    size: Size = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    kind: RuleKind = RuleKind.SINGLE


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; right-aligned ones are as wide as their longest figure."""

    title: Word = ""
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; without titles no head is printed."""

    columns: Annotated[tuple[Column, ...], Span(1, 8)]
    rows: Annotated[tuple[tuple[Word, ...], ...], Span(0, 500)]


@dataclass(frozen=True, slots=True)
class Barcode:
    """A code to scan: Code 128 or EAN-13 with its digits below, or a QR code with a caption."""

    data: Annotated[str, Span(1, 200)]
    symbology: Symbology = Symbology.CODE128
    height_mm: Annotated[int, Span(5, 30)] = 12
    caption: Word = ""
    """What stands below it; nothing means the digits of the bars."""
    size: Size = 1
    """Of the caption."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A small drawing of black dots: rows of hexadecimal, eight dots to two digits."""

    width: Annotated[int, Span(8, 576)]
    rows: Annotated[tuple[Word, ...], Span(1, 400)]
    alt: Word = ""
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: Annotated[int, Span(1, 40)] = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper is cut off here (and only fed where there is no cutter)."""

    partial: bool = True


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """The cash drawer springs open: once, with its receipt, never with a copy."""


Block = Heading | Text | Row | Rule | Table | Barcode | Picture | Space | Cut | OpenDrawer


@dataclass(frozen=True, slots=True)
class Label:
    """The size of a label: each part of its document up to a cut is drawn on one of these."""

    width_mm: Annotated[int, Span(15, 104)]
    height_mm: Annotated[int, Span(10, 200)]


@dataclass(frozen=True, slots=True)
class Document:
    """One slip or ticket from its top edge to the cut, or a batch of labels, one to each cut."""

    title: Word
    """What it is, for lists and as the picture's name; never a person's name."""
    blocks: Annotated[tuple[Block, ...], Span(1, 2000)]
    label: Label | None = None
    """Without it the paper is a roll, as long as what stands on it."""

    @property
    def units(self) -> int:
        """How many papers it makes: what is cut off by itself."""
        last = isinstance(self.blocks[-1], Cut)
        return sum(isinstance(block, Cut) for block in self.blocks) + (not last)

    def as_copy(self, mark: str) -> Document:
        """The same as a marked copy, the drawer left shut; a batch gets the mark as its first."""
        sign: tuple[Block, ...] = (Text(mark, align=Align.CENTER, bold=True, inverse=True),)
        kept = tuple(block for block in self.blocks if not isinstance(block, OpenDrawer))
        if self.label is not None or self.units > 1:
            sign = (*sign, Cut())
        return replace(self, blocks=(*sign, *kept))

    def without_drawer(self) -> Document:
        """The same, but the drawer stays shut: nobody stands at it any more."""
        kept = tuple(block for block in self.blocks if not isinstance(block, OpenDrawer))
        return self if kept == self.blocks else replace(self, blocks=kept or (Space(),))
