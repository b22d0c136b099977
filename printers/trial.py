"""Whether a paper fits its printer, without laying out what plainly does."""

from __future__ import annotations

from typing import assert_never

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
    Table,
    Text,
)
from printers.layout import drawn, lay_out, rows_of
from printers.profiles import CELL, GAP, LINE, LONGEST, Profile

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
            return sum(map(rows_of, drawn(block, profile)))
        case Space():
            return LINE * block.lines
        case _:
            assert_never(block)


def _most_lines(*texts: str) -> int:
    return COMPOSED * len("".join(texts)) + len(texts)


def _height(size: int) -> int:
    return 2 * CELL * size + GAP
