"""What a printer can't spell, as a picture of black dots, sent in strips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import assert_never

from PIL import Image, ImageDraw

from printers import barcodes, fonts
from printers.document import Align, Picture, RuleKind
from printers.layout import (
    STROKE,
    Bars,
    CutHere,
    Drawing,
    Eject,
    Feed,
    Kick,
    Line,
    Squares,
    Sticker,
    Stroke,
    Words,
    rows_of,
)
from printers.profiles import CELL, GAP, LINE, Profile
from printers.wrapping import Piece

LETTER = 23
"""Pixels of the font for an ordinary letter of 24 dots."""
INK = 112
"""From this darkness on a dot is burnt."""
BLANK_RUN = 8
_STROKES = {RuleKind.SINGLE: 2, RuleKind.HEAVY: 5, RuleKind.DASHED: 2}
_DASH, _HOLE = 8, 6
REAL_TIME = re.compile(rb"\x10(?=\x04[\x01-\x04]|\x05[\x01\x02]|\x14[\x01\x02\x08])")
"""Printers obey these bytes even inside a picture: status questions, the drawer, power off."""
_HARMLESS = b"\x18"
"""The same dots and one more beside them; nobody sees it."""


def draw(lines: Iterable[Line], profile: Profile) -> Image.Image:
    """Lines as one picture across the paper; in it, 1 is a black dot."""
    parts = [_draw(line, profile.dots) for line in lines]
    whole = Image.new("1", (profile.dots, sum(part.height for part in parts)))
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    return whole


def _draw(line: Line, dots: int) -> Image.Image:
    match line:
        case Words():
            return _words(line, dots)
        case Stroke():
            return _stroke(line, dots)
        case Bars() | Squares():
            return _centred(_bars(line) if isinstance(line, Bars) else _squares(line), dots)
        case Drawing():
            return _centred(_picture(line.picture), dots, line.picture.align)
        case Feed():
            return Image.new("1", (dots, LINE * line.lines))
        case CutHere() | Kick() | Eject() | Sticker():
            return _sticker(line) if isinstance(line, Sticker) else Image.new("1", (dots, 0))
        case _:
            assert_never(line)


def _sticker(line: Sticker) -> Image.Image:
    """A label: what stands on it in the middle of its height, white along its edges.

    Where the label does not begin with the head, all of it is moved, as far as nothing is lost.
    """
    whole = Image.new("1", (line.left + line.room + line.edge, line.height))
    rows = sum(map(rows_of, line.lines))
    least = line.edge // 2
    top = max(least, min((line.height - rows) // 2 + line.down, line.height - rows - least))
    for each in line.lines:
        part = _draw(each, line.room)
        whole.paste(part, (line.left, top))
        top += part.height
    return whole


def _words(line: Words, dots: int) -> Image.Image:
    cell = CELL * line.size
    height = 2 * cell + GAP
    shade = Image.new("L", (dots, height))
    left = 0
    for at, piece in enumerate(line.pieces, 1):
        right = dots if at == len(line.pieces) else (left + piece.width) * cell
        if piece.width and piece.text.strip():
            _write(shade, piece, range(left * cell, right), line)
        left += piece.width
    burnt = shade.point([255 * (dark >= INK) for dark in range(256)], mode="1")
    if not line.inverse:
        return burnt
    return burnt.point([255 * (dot == 0) for dot in range(256)], mode="1")


def _write(shade: Image.Image, piece: Piece, place: range, line: Words) -> None:
    """Write a piece into its cells; what would be wider is condensed, never clipped."""
    font = fonts.letters(fonts.BOLD if line.bold else fonts.MEDIUM, LETTER * line.size)
    room = len(place)
    wide = max(1, round(font.getlength(piece.text)))
    mask = Image.new("L", (wide + 2, shade.height))
    baseline = round(2 * CELL * line.size * 0.86) + GAP // 2
    ImageDraw.Draw(mask).text((0, baseline), piece.text, fill=255, font=font, anchor="ls")
    if mask.width > room:
        mask = mask.resize((room, mask.height), Image.Resampling.LANCZOS)
    space = room - mask.width
    shift = {Align.LEFT: 0, Align.CENTER: space // 2, Align.RIGHT: space}[piece.align]
    shade.paste(255, (place.start + shift, 0), mask)


def _stroke(line: Stroke, dots: int) -> Image.Image:
    thick = _STROKES[line.kind]
    image = Image.new("1", (dots, STROKE))
    pen = ImageDraw.Draw(image)
    top = (image.height - thick) // 2
    step = _DASH + _HOLE if line.kind is RuleKind.DASHED else dots
    long = _DASH if line.kind is RuleKind.DASHED else dots
    for left in range(0, dots, step):
        pen.rectangle((left, top, min(left + long, dots) - 1, top + thick - 1), fill=1)
    return image


def _centred(image: Image.Image, dots: int, align: Align = Align.CENTER) -> Image.Image:
    """Between the edges, with a little air above."""
    space = dots - image.width
    left = {Align.LEFT: 0, Align.CENTER: space // 2, Align.RIGHT: space}[align]
    whole = Image.new("1", (dots, image.height + 2 * GAP))
    whole.paste(image, (left, GAP + GAP // 2))
    return whole


def _bars(line: Bars) -> Image.Image:
    modules = line.modules
    row = Image.new("1", (len(modules), 1))
    row.putdata([module == "1" for module in modules])
    return row.resize((len(modules) * line.module, line.height), Image.Resampling.NEAREST)


def _squares(line: Squares) -> Image.Image:
    squares = barcodes.qr_squares(line.data)
    quiet = barcodes.QUIET_SQUARES
    image = Image.new("1", (len(squares) + 2 * quiet,) * 2)
    for top, row in enumerate(squares):
        for left, black in enumerate(row):
            image.putpixel((left + quiet, top + quiet), int(black))
    side = image.width * line.module
    return image.resize((side, side), Image.Resampling.NEAREST)


def _picture(picture: Picture) -> Image.Image:
    across = -(-picture.width // 8)
    rows = [bytes.fromhex(row.ljust(across * 2, "0"))[:across] for row in picture.rows]
    whole = Image.frombytes("1", (across * 8, len(rows)), b"".join(rows))
    return whole.crop((0, 0, picture.width, len(rows)))


# Into bytes


def strips(image: Image.Image, profile: Profile) -> bytes:
    """The picture as raster commands, none larger than the profile's strip."""
    across = -(-image.width // 8)
    data = image.tobytes()
    rows = [data[at : at + across].rstrip(b"\0") for at in range(0, len(data), across)]
    return b"".join(
        _strip(part)
        for blank, run in _runs(rows)
        for part in _parts(run, 255 if blank else profile.strip_rows)
    )


def _runs(rows: list[bytes]) -> Iterator[tuple[bool, list[bytes]]]:
    """Rows in runs that are blank or not; short blank runs stay within the others."""
    kept: list[bytes] = []
    for inked, run in groupby(rows, key=bool):
        some = list(run)
        if inked or len(some) < BLANK_RUN:
            kept.extend(some)
            continue
        if kept:
            yield False, kept
            kept = []
        yield True, some
    if kept:
        yield False, kept


def _parts(rows: list[bytes], size: int) -> Iterator[list[bytes]]:
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def _strip(rows: list[bytes]) -> bytes:
    """One `GS v 0`: as wide as its widest row."""
    across = max(1, *map(len, rows))
    head = b"\x1dv0\0" + across.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    body = b"".join(row.ljust(across, b"\0") for row in rows)
    return head + REAL_TIME.sub(_HARMLESS, body)
