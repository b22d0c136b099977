"""A document as ESC/POS bytes: one range-checked function per command, the same bytes always.

The library's `text()` cannot spell Hangul, so text, codes and pictures are our own bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby

from printers import barcodes, raster
from printers.document import Document
from printers.encoding import encode, spells
from printers.layout import Bars, CutHere, Feed, Kick, Line, Stroke, Words, lay_out
from printers.profiles import CELL, Hangul, Profile

BYTE = range(256)
KOREA = 13
MOST_HEIGHT = 255
DRAWER_ON, DRAWER_OFF = 25, 50
"""In steps of two milliseconds."""


class Mode(StrEnum):
    """How text leaves: by the printer's own letters, as a picture, or as the profile says."""

    AUTO = "auto"
    TEXT = "text"
    RASTER = "raster"


def to_escpos(document: Document, profile: Profile, mode: Mode = Mode.AUTO) -> bytes:
    """Every byte of the job, from the reset to the cut."""
    hangul = _hangul(profile, mode)
    lines = lay_out(document, profile)
    grouped = groupby(lines, key=lambda line: _needs_picture(line, hangul))
    return begin() + b"".join(
        raster.strips(raster.draw(some, profile), profile) if drawn else _plain(some, profile)
        for drawn, some in grouped
    )


def _hangul(profile: Profile, mode: Mode) -> Hangul:
    """What the printer's own letters are asked to spell; asked for text, any printer tries."""
    if mode is Mode.RASTER:
        return Hangul.NONE
    if mode is Mode.TEXT and profile.hangul is Hangul.NONE:
        return Hangul.UHC
    return profile.hangul


def _needs_picture(line: Line, hangul: Hangul) -> bool:
    match line:
        case CutHere() | Kick():
            return False
        case Words() | Stroke():
            return hangul is Hangul.NONE or not spells(line.text, hangul)
        case Bars() | Feed():
            return hangul is Hangul.NONE
        case _:
            return True


def _plain(lines: Iterable[Line], profile: Profile) -> bytes:
    return b"".join(command for line in lines for command in _commands(line, profile))


def _commands(line: Line, profile: Profile) -> Iterator[bytes]:
    match line:
        case Words():
            yield from _written(line)
        case Stroke():
            yield encode(line.text) + b"\n"
        case Bars():
            yield from _barcode(line)
        case Feed():
            yield feed(line.lines)
        case CutHere():
            yield cut(partial=line.partial) if profile.cutter else feed(profile.lines_to_cutter)
        case Kick():
            yield open_drawer() if profile.drawer else b""
        case _:  # pragma: no cover - pictures are not sent as text
            raise AssertionError(line)


def _written(line: Words) -> Iterator[bytes]:
    if line.size > 1:
        yield letter_size(line.size) + line_spacing(2 * CELL * line.size + raster.GAP)
    if line.bold:
        yield bold(on=True)
    if line.inverse:
        yield inverse(on=True)
    text = line.text if line.inverse else line.text.rstrip()
    yield encode(text) + b"\n"
    if line.inverse:
        yield inverse(on=False)
    if line.bold:
        yield bold(on=False)
    if line.size > 1:
        yield letter_size(1) + usual_spacing()


def _barcode(line: Bars) -> Iterator[bytes]:
    yield centre(on=True)
    yield b"\x1dh" + _byte(min(line.height, MOST_HEIGHT))
    yield b"\x1dw" + _byte(line.module)
    yield b"\x1dH" + _byte(0)
    yield code128(line.data) + centre(on=False)


# Commands


def begin() -> bytes:
    """Reset, then Korean: Latin table, double bytes on, Korea's set, no gap after Hangul."""
    korean = b"\x1bt\0" + b"\x1c&" + b"\x1bR" + _byte(KOREA) + b"\x1cS\0\0"
    return b"\x1b@" + korean


def letter_size(times: int) -> bytes:
    """How many times as wide and high as usual."""
    if not 1 <= times <= 8:  # noqa: PLR2004 - three bits
        raise ValueError(times)
    return b"\x1d!" + _byte((times - 1) * 0x11)


def line_spacing(dots: int) -> bytes:
    """How far it is to the next line; a printer never goes less than its letters are high."""
    return b"\x1b3" + _byte(dots)


def usual_spacing() -> bytes:
    """Lines as far apart as usual."""
    return b"\x1b2"


def bold(*, on: bool) -> bytes:
    """Bold letters on or off."""
    return b"\x1bE" + _byte(int(on))


def inverse(*, on: bool) -> bytes:
    """White letters on black."""
    return b"\x1dB" + _byte(int(on))


def centre(*, on: bool) -> bytes:
    """What follows in the middle of the paper, or at its left edge."""
    return b"\x1ba" + _byte(int(on))


def feed(lines: int) -> bytes:
    """Empty lines."""
    return b"\x1bd" + _byte(lines)


def cut(*, partial: bool) -> bytes:
    """Feed to the cutter and cut."""
    return b"\x1dV" + (b"B" if partial else b"A") + _byte(0)


def open_drawer() -> bytes:
    """One pulse to the cash drawer."""
    return b"\x1bp\0" + _byte(DRAWER_ON) + _byte(DRAWER_OFF)


def code128(data: str) -> bytes:
    """A Code 128 of printable letters; pairs of digits where no printer mistakes them."""
    values = barcodes.code128_values(data)
    paired = bytes(values[1:-1])
    if len(paired) * 2 == len(data) and b"\x10" not in paired:
        body = b"{C" + paired
    else:
        body = b"{B" + data.replace("{", "{{").encode("ascii")
    return b"\x1dkI" + _byte(len(body)) + body


def _byte(number: int) -> bytes:
    if number not in BYTE:
        raise ValueError(number)
    return bytes((number,))
