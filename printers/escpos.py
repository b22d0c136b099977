"""A document as ESC/POS bytes: one range-checked function per command, the same bytes always.

The library's `text()` cannot spell Hangul, so text, codes and pictures are our own bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from printers import barcodes, raster
from printers.document import Document, Symbology
from printers.encoding import encode, spells
from printers.layout import (
    Bars,
    CutHere,
    Eject,
    Feed,
    Kick,
    Line,
    Stroke,
    Words,
    lay_out,
    rows_of,
)
from printers.profiles import CELL, GAP, Hangul, LabelFeed, Profile

BYTE = range(256)
KOREA = 13
MOST_HEIGHT = 255
CUT_PLACE, PRINT_PLACE = 0x42, 0x43
ROWS_A_SECOND = 1200
"""150 mm a second at eight dots a millimetre."""
DRAWER_ON, DRAWER_OFF = 25, 50
"""In steps of two milliseconds."""


class Mode(StrEnum):
    """How text leaves: by the printer's own letters, as a picture, or as the profile says."""

    AUTO = "auto"
    TEXT = "text"
    RASTER = "raster"


@dataclass(frozen=True, slots=True)
class Job:
    """The bytes for a printer, paper by paper: each can leave by itself."""

    units: tuple[bytes, ...]
    rows: int
    """Rows of dots of all of them."""

    @property
    def data(self) -> bytes:
        """All of it."""
        return b"".join(self.units)

    @property
    def seconds(self) -> float:
        """How long a printer takes at least."""
        return self.rows / ROWS_A_SECOND


def to_escpos(document: Document, profile: Profile, mode: Mode = Mode.AUTO) -> bytes:
    """Every byte of the job, from the reset to the cut."""
    return to_job(document, profile, mode).data


def to_job(document: Document, profile: Profile, mode: Mode = Mode.AUTO) -> Job:
    """The job, a unit for each paper that is cut off by itself."""
    hangul = _hangul(profile, mode)
    lines = lay_out(document, profile)
    made: dict[tuple[Line, ...], bytes] = {}
    units = []
    for part in _papers(lines):
        if part not in made:
            made[part] = _unit(part, profile, hangul)
        units.append(made[part])
    return Job(tuple(units), sum(map(rows_of, lines)))


def _papers(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    part: list[Line] = []
    for line in lines:
        part.append(line)
        if isinstance(line, CutHere | Eject):
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _unit(lines: Iterable[Line], profile: Profile, hangul: Hangul) -> bytes:
    """One paper; it begins with a reset, whatever another program left behind."""
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
        case CutHere() | Kick() | Eject():
            return False
        case Words() | Stroke():
            return hangul is Hangul.NONE or not spells(line.text, hangul)
        case Bars():
            return hangul is Hangul.NONE or _is_trap(line)
        case Feed():
            return hangul is Hangul.NONE
        case _:
            return True


def _is_trap(line: Bars) -> bool:
    """Whether a printer would obey some of the code's pairs of digits at once."""
    if line.symbology is Symbology.EAN13:
        return False
    return raster.REAL_TIME.search(code128(line.data)) is not None


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
            yield from _cut(profile, partial=line.partial)
        case Eject():
            yield from _eject(profile)
        case Kick():
            yield open_drawer() if profile.drawer else b""
        case _:  # pragma: no cover - pictures are not sent as text
            raise AssertionError(line)


def _cut(profile: Profile, *, partial: bool) -> Iterator[bytes]:
    if profile.feeds_first or not profile.cutter:
        yield feed(profile.lines_to_cutter)
    if profile.cutter:
        yield cut(partial=partial)


def _eject(profile: Profile) -> Iterator[bytes]:
    match profile.label_feed:
        case LabelFeed.ROLL:
            yield from _cut(profile, partial=True)
        case LabelFeed.FORM_FEED:
            yield b"\x0c"
        case LabelFeed.MARK:
            yield b"\x1d\x0c"
        case LabelFeed.EPSON:
            yield label_layout(CUT_PLACE) + cut(partial=True) + label_layout(PRINT_PLACE)


def _written(line: Words) -> Iterator[bytes]:
    if line.size > 1:
        yield letter_size(line.size) + line_spacing(2 * CELL * line.size + GAP)
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
    ean = line.symbology is Symbology.EAN13
    yield (ean13(line.data) if ean else code128(line.data)) + centre(on=False)


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
    """A Code 128 of printable letters, or of pairs of digits."""
    values = barcodes.code128_values(data)
    paired = bytes(values[1:-1])
    if data and len(paired) * 2 == len(data):
        body = b"{C" + paired
    else:
        body = b"{B" + data.replace("{", "{{").encode("ascii")
    return b"\x1dkI" + _byte(len(body)) + body


def ean13(data: str) -> bytes:
    """An EAN-13 with its check digit; a printer given a wrong one prints nothing."""
    digits = barcodes.ean13_digits(data).encode("ascii")
    return b"\x1dkC" + _byte(len(digits)) + digits


def label_layout(place: int) -> bytes:
    """Feed to a place of the stored layout of labels."""
    return b"\x1c(L\x02\0" + _byte(place) + b"0"


def _byte(number: int) -> bytes:
    if number not in BYTE:
        raise ValueError(number)
    return bytes((number,))
