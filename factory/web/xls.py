"""Lists as an Excel 97 workbook (`.xls`), because banks take nothing else: one sheet, plain cells.

Text stays text, so that an account number keeps its zeros and nothing is taken for a formula.
The file is what [MS-XLS] calls BIFF8 inside what [MS-CFB] calls a compound file; only the
records without which Excel and the banks' readers refuse a file are written.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

SECTOR = 512
LEAST = 4096
"""A stream shorter than this would have to lie in a second kind of sectors."""
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MOST_ROWS = 65_536
RECORD = 8224
"""Bytes that one record holds at most; longer lists of texts go on in the next one."""
WORKBOOK, SHEET = 5, 16
Row = Sequence[str | int]


def workbook(rows: Iterable[Row], *, sheet: str = "Sheet1") -> bytes:
    """Rows of one sheet: texts as text, whole numbers as numbers."""
    kept = [tuple(row) for row in rows]
    if len(kept) > MOST_ROWS:
        message = f"a sheet holds {MOST_ROWS} rows, not {len(kept)}"
        raise ValueError(message)
    texts = {text: at for at, text in enumerate(dict.fromkeys(_texts(kept)))}
    cells = b"".join(_sheet(kept, texts))
    return _compound(_book(sheet, texts, _count(kept)) + cells)


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    return (value for row in rows for value in row if isinstance(value, str) and value)


def _count(rows: Iterable[Row]) -> int:
    return sum(1 for _ in _texts(rows))


# BIFF8: a stream of records


def _record(kind: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("<HH", kind, len(body)) + body


def _beginning(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _book(sheet: str, texts: dict[str, int], count: int) -> bytes:
    """The part before the sheet; the sheet's record says where in the stream it begins."""
    fonts = _record(
        0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0), _short("Arial")
    )
    head = b"".join(
        (
            _beginning(WORKBOOK),
            _record(0x0042, struct.pack("<H", 1200)),
            _record(0x003D, struct.pack("<9H", 0, 0, 0x4000, 0x2000, 0x38, 0, 0, 1, 0x0258)),
            fonts * 4,
            *(_format(at) for at in range(17)),
            _record(0x0293, struct.pack("<HBB", 0x8000, 0, 0xFF)),
        )
    )
    tail = b"".join(_shared(texts, count)) + _record(0x000A)
    name = _short(sheet)
    begins = len(head) + 4 + 6 + len(name) + len(tail)
    return head + _record(0x0085, struct.pack("<IH", begins, 0), name) + tail


TEXT = 16
"""The cell format whose number format is `@`, text; 15 is the usual one."""


def _format(at: int) -> bytes:
    """Fifteen formats of styles, as Excel wants them, then ours: usual and text."""
    style = at < TEXT - 1
    kind = 0xFFF5 if style else 0x0001
    number = 0x31 if at == TEXT else 0
    used = 0xF4 if style and at else 0
    return _record(
        0x00E0, struct.pack("<HHHBBBBIIH", 0, number, kind, 0x20, 0, 0, used, 0, 0, 0x20C0)
    )


def _sheet(rows: Sequence[Row], texts: dict[str, int]) -> Iterator[bytes]:
    widest = max(map(len, rows), default=0)
    yield _beginning(SHEET)
    yield _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, widest, 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            yield _cell(at, column, value, texts)
    yield _record(0x023E, struct.pack("<HHHIHHI", 0x06B6, 0, 0, 0x40, 0, 0, 0))
    yield _record(0x000A)


def _cell(row: int, column: int, value: str | int, texts: dict[str, int]) -> bytes:
    if isinstance(value, int):
        return _record(0x0203, struct.pack("<HHHd", row, column, TEXT - 1, value))
    if not value:
        return _record(0x0201, struct.pack("<HHH", row, column, TEXT))
    return _record(0x00FD, struct.pack("<HHHI", row, column, TEXT, texts[value]))


def _shared(texts: dict[str, int], count: int) -> Iterator[bytes]:
    """Every text once; a record that is full goes on in the next, between two texts."""
    kind, body = 0x00FC, struct.pack("<II", count, len(texts))
    for text in texts:
        letters = text.encode("utf-16-le")
        written = struct.pack("<HB", len(letters) // 2, 1) + letters
        if len(body) + len(written) > RECORD:
            yield _record(kind, body)
            kind, body = 0x003C, b""
        body += written
    yield _record(kind, body)


def _short(text: str) -> bytes:
    letters = text.encode("utf-16-le")
    return struct.pack("<BB", len(letters) // 2, 1) + letters


# The compound file around it: a header, the stream, a directory, and the table of sectors


def _compound(stream: bytes) -> bytes:
    """One stream named Workbook, in sectors one after the other."""
    stream = stream.ljust(LEAST, b"\0")
    sectors = -(-len(stream) // SECTOR)
    stream = stream.ljust(sectors * SECTOR, b"\0")
    tables = 1
    while tables * SECTOR // 4 < sectors + 1 + tables:
        tables += 1
    chain = [*range(1, sectors), END, END, *[TABLE] * tables]
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    table = struct.pack(f"<{len(chain)}I", *chain)
    return _head(sectors, tables) + stream + _directory(len(stream)) + table


def _head(sectors: int, tables: int) -> bytes:
    places = [sectors + 1 + at for at in range(tables)]
    listed = places + [FREE] * (109 - tables)
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIII", 0, tables, sectors, 0, LEAST, END, 0, END, 0)
        + struct.pack("<109I", *listed)
    )


def _directory(size: int) -> bytes:
    entries = (_entry("Root Entry", 5, 1, END, 0), _entry("Workbook", 2, FREE, 0, size))
    return b"".join(entries) + _entry("", 0, FREE, 0, 0) * 2


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le") if name else b""
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBB", len(letters), kind, 1)
        + struct.pack("<III", FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
