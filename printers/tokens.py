"""A stream of printer bytes cut into commands; whatever the bytes are, it ends and never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

PLAIN = range(0x20, 0x100)
FIXED = {
    0x1B: {
        **dict.fromkeys(b"@2SLim\x0c<", 0),
        **dict.fromkeys(b"!EG-atRdJ3 MV{=eKTUr%?_", 1),
        **dict.fromkeys(b"Bc$\\", 2),
        ord("p"): 3,
        ord("W"): 8,
    },
    0x1C: {
        **dict.fromkeys(b"&.\x12", 0),
        **dict.fromkeys(b"!-WC\x0f", 1),
        **dict.fromkeys(b"Sp", 2),
    },
    0x1D: {
        **dict.fromkeys(b"\x0c:", 0),
        **dict.fromkeys(b"!BhwHfarIbET/", 1),
        **dict.fromkeys(b"LWP$\\", 2),
        ord("^"): 3,
    },
    0x10: {0x04: 1, 0x05: 1, 0x14: 3},
}
_LEADS = {0x1B: "ESC", 0x1C: "FS", 0x1D: "GS", 0x10: "DLE"}
_SINGLES = {0x09: "HT", 0x0A: "LF", 0x0C: "FF", 0x0D: "CR", 0x18: "CAN"}
_BY_COLUMN_24 = 32


@dataclass(frozen=True, slots=True)
class Token:
    """A command with its bytes, or a stretch of text (`TEXT`), or what nobody knows (`?`)."""

    name: str
    data: bytes
    at: int


class EndOfStream(Exception):
    """The stream ends inside a command."""


class Reader:
    """The bytes, and how far they are read."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.at = 0

    def take(self, count: int) -> bytes:
        """The next bytes, all of them, or `EndOfStream`."""
        if self.at + count > len(self.stream):
            self.at = len(self.stream)
            raise EndOfStream
        part = self.stream[self.at : self.at + count]
        self.at += count
        return part

    def number(self, size: int) -> int:
        """A number of so many bytes, the small end first."""
        return int.from_bytes(self.take(size), "little")

    def until_nul(self) -> bytes:
        """Bytes up to a zero, which is dropped."""
        end = self.stream.find(0, self.at)
        if end < 0:
            self.at = len(self.stream)
            raise EndOfStream
        part = self.stream[self.at : end]
        self.at = end + 1
        return part

    def text(self) -> bytes:
        """Letters up to the next command."""
        start = self.at
        while self.at < len(self.stream) and self.stream[self.at] in PLAIN:
            self.at += 1
        return self.stream[start : self.at]


def tokens(stream: bytes) -> Iterator[Token]:
    """Every command of a stream; the last is `CUT SHORT` if the stream ends inside it."""
    reader = Reader(stream)
    while reader.at < len(stream):
        at = reader.at
        try:
            yield _next(reader, at)
        except EndOfStream:
            yield Token("CUT SHORT", stream[at : at + 8], at)


def _next(reader: Reader, at: int) -> Token:
    first = reader.stream[at]
    if first in PLAIN:
        return Token("TEXT", reader.text(), at)
    reader.take(1)
    if first in _SINGLES:
        return Token(_SINGLES[first], b"", at)
    if first not in _LEADS:
        return Token("?", bytes((first,)), at)
    second = reader.take(1)[0]
    name = f"{_LEADS[first]} {_shown(second)}"
    if second in FIXED[first]:
        return Token(name, reader.take(FIXED[first][second]), at)
    if name in _LONG:
        return Token(name, _LONG[name](reader), at)
    return Token("?", bytes((first, second)), at)


def _shown(byte: int) -> str:
    return chr(byte) if 0x20 < byte < 0x7F else f"{byte:02X}"  # noqa: PLR2004 - printable ASCII


def _sized(reader: Reader) -> bytes:
    """One byte of kind, two of length, the data."""
    kind = reader.take(1)
    return kind + reader.take(reader.number(2))


def _sized_large(reader: Reader) -> bytes:
    kind = reader.take(1)
    return kind + reader.take(reader.number(4))


def _raster(reader: Reader) -> bytes:
    head = reader.take(6)
    across, high = int.from_bytes(head[2:4], "little"), int.from_bytes(head[4:6], "little")
    return head + reader.take(across * high)


def _columns(reader: Reader) -> bytes:
    head = reader.take(3)
    a_column = 3 if head[0] >= _BY_COLUMN_24 else 1
    return head + reader.take(int.from_bytes(head[1:3], "little") * a_column)


def _barcode(reader: Reader) -> bytes:
    kind = reader.take(1)
    if kind[0] < 65:  # noqa: PLR2004 - the older form ends with a zero
        return kind + reader.until_nul()
    return kind + reader.take(reader.number(1))


def _cut(reader: Reader) -> bytes:
    kind = reader.take(1)
    return kind + (reader.take(1) if kind in {b"A", b"B", b"a", b"b", b"g", b"h"} else b"")


def _defined(reader: Reader) -> bytes:
    head = reader.take(2)
    return head + reader.take(head[0] * head[1] * 8)


_LONG: dict[str, Callable[[Reader], bytes]] = {
    "ESC *": _columns,
    "ESC D": Reader.until_nul,
    "ESC (": _sized,
    "FS (": _sized,
    "GS (": _sized,
    "GS 8": _sized_large,
    "GS v": _raster,
    "GS k": _barcode,
    "GS V": _cut,
    "GS *": _defined,
}
