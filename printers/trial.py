"""Whether a paper fits its printer, without laying out what plainly does."""

from __future__ import annotations

from typing import assert_never

from printers.barcodes import QUIET_BARS
from printers.document import (
    Barcode,
    Block,
    Cut,
    Document,
    Heading,
    OpenDrawer,
    Picture,
    Row,
    Rule,
    Space,
    Symbology,
    Table,
    Text,
)
from printers.layout import MODULES, drawn, lay_out, rows_of
from printers.profiles import CELL, GAP, LINE, LONGEST, Profile

SYMBOL = 11
"""Modules of a symbol of Code 128 (ISO/IEC 15417)."""
COMPOSED = 3
"""So many letters at most does one become that is composed anew (Unicode, annex 15)."""


def refuse_unfit(document: Document, profile: Profile) -> None:
    """Refuse what `lay_out` refuses, in a part of its time: every sale waits for this.

    Raises:
        DocumentWrong: it does not fit.
    """
    if document.label is None:
        most = sum(_most_rows(block, profile) for block in document.blocks)
        if most <= LONGEST:
            return
    lay_out(document, profile)


def _most_rows(block: Block, profile: Profile) -> int:
    """Rows of dots that it takes at most: as if every letter stood on a line of its own."""
    match block:  # what most papers have most of comes first
        case Row():
            return _most_lines(block.left, block.right) * _height(block.size)
        case Rule() | Cut() | OpenDrawer():
            return LINE
        case Text() | Heading():
            return _most_lines(block.text) * _height(block.size)
        case Table():
            titles = _most_lines(*(column.title for column in block.columns))
            words = sum(titles + _most_lines(*row) for row in block.rows)
            return (titles + words) * LINE
        case Barcode() | Picture():
            return _most_rows_of_code(block, profile)
        case Space():
            return LINE * block.lines
        case _:
            assert_never(block)


def _most_rows_of_code(block: Barcode | Picture, profile: Profile) -> int:
    if isinstance(block, Picture) or not _is_short(block, profile):
        return sum(map(rows_of, drawn(block, profile)))
    below = _most_lines(block.caption or block.data) * _height(block.size)
    return block.height_mm * profile.dots_a_mm + 2 * GAP + below


def _is_short(block: Barcode, profile: Profile) -> bool:
    """Whether it plainly fits: each letter is a symbol, with two before and two after it."""
    plain = block.symbology is Symbology.CODE128 and block.data.isascii()
    modules = SYMBOL * (len(block.data) + 4) + 2 * QUIET_BARS
    return plain and block.data.isprintable() and modules * min(MODULES) <= profile.dots


def _most_lines(*texts: str) -> int:
    return COMPOSED * len("".join(texts)) + len(texts)


def _height(size: int) -> int:
    return 2 * CELL * size + GAP
