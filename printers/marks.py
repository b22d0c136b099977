"""What an office paper shows beside words: codes, swatches, an empty field to draw in."""

from __future__ import annotations

import io
from typing import assert_never

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from printers import barcodes, ink
from printers.document import Align
from printers.sheet import Blank, Code, Picture, QrCode, Swatches
from printers.split import Page

SMALL, LINE = 8.5, 12.5
SIDE, QUIET = 26 * mm, 4
BARS, MODULE = 11 * mm, 1.05
ACROSS, HIGH, GAP = 4, 22 * mm, 8.0
PINNED = 0.45
"""The part of a swatch that shows the colour; the rest is for the piece of cloth."""


def draw(page: Page, block: QrCode | Swatches | Blank | Picture | Code) -> None:
    """Draw one of them below the cursor."""
    match block:
        case QrCode():
            _qr(page, block)
        case Swatches():
            _swatches(page, block)
        case Blank():
            _blank(page, block)
        case Picture():
            _picture(page, block)
        case Code():
            _code(page, block.data)
        case _:
            assert_never(block)


def _qr(page: Page, block: QrCode) -> None:
    page.need(SIDE + LINE)
    rows = barcodes.qr_squares(block.data)
    module = SIDE / (len(rows) + 2 * QUIET)
    left, top = page.edge + QUIET * module, page.y - QUIET * module

    def stroke(on: Canvas) -> None:
        on.setFillColorRGB(0, 0, 0)
        for down, row in enumerate(rows, 1):
            for across, black in enumerate(row):
                if black:
                    place = (left + across * module, top - down * module)
                    on.rect(*place, module, module, stroke=0, fill=1)

    page.draw(stroke)
    page.y -= SIDE
    if block.caption:
        _write(page, block.caption, (page.edge, page.y - SMALL, page.room))
    page.y -= LINE


def _code(page: Page, data: str) -> None:
    page.need(BARS + LINE + 2)
    bars = barcodes.code128_bars(data)
    left, bottom = page.edge, page.y - BARS

    def stroke(on: Canvas) -> None:
        on.setFillColorRGB(0, 0, 0)
        for at, bar in enumerate(bars):
            if bar == "1":
                on.rect(left + at * MODULE, bottom, MODULE, BARS, stroke=0, fill=1)

    page.draw(stroke)
    page.y -= BARS + 2
    place = (left, page.y - SMALL * 1.08, len(bars) * MODULE)
    page.draw(lambda on: ink.write(on, data, place, SMALL, align=Align.CENTER))
    page.y -= LINE + 2


def _swatches(page: Page, block: Swatches) -> None:
    wide = (page.room - (ACROSS - 1) * GAP) / ACROSS
    for start in range(0, len(block.colours), ACROSS):
        page.need(HIGH + LINE + GAP)
        for number, (name, colour) in enumerate(block.colours[start : start + ACROSS]):
            _swatch(page, (page.edge + number * (wide + GAP), wide), name, colour, block.hint)
        page.y -= HIGH + LINE + GAP


def _swatch(page: Page, place: tuple[float, float], name: str, colour: str, hint: str) -> None:
    left, wide = place
    bottom, shown = page.y - HIGH, wide * PINNED
    page.draw(lambda on: ink.fill(on, (left, bottom, shown, HIGH), _rgb(colour)))
    page.draw(lambda on: ink.frame(on, (left, bottom, wide, HIGH), thick=0.6))
    if hint:
        _write(page, hint, (left + shown + 4, page.y - 12, wide - shown - 8))
    _write(page, name, (left, bottom - SMALL - 2, wide))


def _rgb(colour: str) -> ink.Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _blank(page: Page, block: Blank) -> None:
    high = block.millimetres * mm
    page.need(high + LINE)
    box = (page.edge, page.y - high, page.room, high)
    page.draw(lambda on: ink.frame(on, box, thick=0.6))
    _write(page, block.title, (page.edge + 5, page.y - LINE, page.room - 10))
    page.y -= high + 8


def _picture(page: Page, block: Picture) -> None:
    picture = ImageReader(io.BytesIO(block.data))
    across, down = picture.getSize()
    scale = min(page.room / across, block.millimetres * mm / down)
    wide, high = across * scale, down * scale
    page.need(high + GAP)
    left, bottom = page.edge + (page.room - wide) / 2, page.y - high
    page.draw(lambda on: on.drawImage(picture, left, bottom, wide, high))
    page.y -= high + GAP


def _write(page: Page, text: str, place: tuple[float, float, float]) -> None:
    page.draw(lambda on: ink.write(on, text, place, SMALL, colour=ink.GREY))
