"""How a table's columns share the paper."""

from __future__ import annotations

from collections.abc import Iterator

from printers.document import Align, Column, Table
from printers.encoding import cells, fold
from printers.wrapping import Piece, longest_word, wrap

LEAST = 6
"""Cells below which a column of words is no longer readable."""
Line = tuple[bool, tuple[Piece, ...]]


def spread(table: Table, columns: int) -> Iterator[Line]:
    """Each line of the table, the head bold; where it is too narrow, one figure a line."""
    rows = tuple(tuple(" ".join(fold(text).split()) for text in row) for row in table.rows)
    widths = _widths(table.columns, rows, columns)
    if widths is None:
        yield from _stacked(table.columns, rows, columns)
        return
    titles = tuple(fold(column.title) for column in table.columns)
    if any(titles):
        yield from _row(titles, table.columns, widths, bold=True)
    for row in rows:
        yield from _row(row, table.columns, widths, bold=False)


def _widths(
    columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], paper: int
) -> list[int] | None:
    """The cells of each column with the gap after it, filling the paper; None if too narrow."""
    natural = [
        max(
            cells(text)
            for text in (fold(column.title), *(row[at] for row in rows if at < len(row)))
        )
        for at, column in enumerate(columns)
    ]
    gaps = len(columns) - 1
    words = [at for at, column in enumerate(columns) if column.align is not Align.RIGHT]
    words = words or [0]
    figures = sum(width for at, width in enumerate(natural) if at not in words)
    room = paper - gaps - figures
    if room < sum(_least(columns[at], at, rows, paper) for at in words):
        return None
    widths = list(natural)
    for at, width in zip(words, _shares([natural[at] for at in words], room), strict=True):
        widths[at] = width
    return [width + (at < gaps) for at, width in enumerate(widths)]


def _least(column: Column, at: int, rows: tuple[tuple[str, ...], ...], paper: int) -> int:
    """Cells below which a column's words would be broken, or be too short to read."""
    texts = [fold(column.title), *(row[at] for row in rows if at < len(row))]
    longest = max(map(longest_word, texts))
    widest = max(map(cells, texts))
    return min(widest, max(LEAST, min(longest, paper // 2)))


def _shares(wishes: list[int], room: int) -> list[int]:
    """Divide the room: everybody the wish where it is enough, the widest the rest; else fairly."""
    shares = list(wishes)
    spare = room - sum(wishes)
    if spare >= 0:
        shares[shares.index(max(shares))] += spare
    while sum(shares) > room:
        shares[shares.index(max(shares))] -= 1
    return shares


def _row(
    row: tuple[str, ...], columns: tuple[Column, ...], widths: list[int], *, bold: bool
) -> Iterator[Line]:
    last = len(widths) - 1
    inner = [width - (at < last) for at, width in enumerate(widths)]
    texts = [row[at] if at < len(row) else "" for at in range(len(widths))]
    wrapped = [wrap(text, width) for text, width in zip(texts, inner, strict=True)]
    for number in range(max(map(len, wrapped))):
        pieces: list[Piece] = []
        for at, column in enumerate(columns):
            text = wrapped[at][number] if number < len(wrapped[at]) else ""
            pieces.append(Piece(text, inner[at], column.align))
            if at < last:
                pieces.append(Piece("", 1))
        yield bold, tuple(pieces)


def _stacked(
    columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], paper: int
) -> Iterator[Line]:
    """What it is on one line, its figures on the next."""
    titles = tuple(fold(column.title) for column in columns)
    for bold, row in ((True, titles), *((False, row) for row in rows)):
        first, *middle, last = [*row, "", ""][: max(2, len(row))]
        between = "  ".join(text for text in middle if text)
        if not between and cells(first) + 1 + cells(last) <= paper:
            first, between = "", first
        for line in wrap(first, paper) if first else ():
            yield bold, (Piece(line, paper),)
        if between or last:
            yield from _ends(between, last, paper, bold=bold)


def _ends(left: str, right: str, paper: int, *, bold: bool) -> Iterator[Line]:
    """One text at each edge, or one below the other."""
    if cells(left) + 1 + cells(right) <= paper:
        room = paper - cells(right)
        yield bold, (Piece(left, room), Piece(right, cells(right), Align.RIGHT))
        return
    for line in (*wrap(left, paper), *wrap(right, paper)):
        yield bold, (Piece(line, paper),)
