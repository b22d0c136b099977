"""How a table's columns share the paper."""

from __future__ import annotations

from collections.abc import Iterator

from printers.document import Align, Column, Table
from printers.encoding import cells, fold
from printers.wrapping import Piece, wrap

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
    if room < sum(min(LEAST, natural[at]) for at in words):
        return None
    widths = list(natural)
    for at, width in zip(words, _shares([natural[at] for at in words], room), strict=True):
        widths[at] = width
    return [width + (at < gaps) for at, width in enumerate(widths)]


def _shares(wishes: list[int], room: int) -> list[int]:
    """Divide the room: everybody the wish where it is enough, the first the rest; else fairly."""
    spare = room - sum(wishes)
    if spare >= 0:
        return [wishes[0] + spare, *wishes[1:]]
    shares = list(wishes)
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
    for row in rows:
        for at, text in enumerate(row):
            title = fold(columns[at].title) if at < len(columns) else ""
            room = paper - cells(text) - 1
            if title and room >= cells(title):
                yield False, (Piece(title, room), Piece(text, paper - room, Align.RIGHT))
                continue
            whole = f"{title} {text}".strip()
            for line in wrap(whole, paper):
                yield False, (Piece(line, paper),)
