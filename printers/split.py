"""A whole that falls into two: its three figures, and one bar below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas

from printers import ink
from printers.document import Align
from printers.sheet import Share, Split

HIGH, PAD, BAR = 66.0, 9.0, 12.0
SIGN = 16.0
LABEL, FIGURE, LARGE, SMALL = 8.6, 13.0, 17.0, 7.5
SIDE = 5.0


class Page(Protocol):
    """What the drawing needs of a page that fills from the top."""

    y: float
    room: float
    edge: float

    def need(self, height: float) -> bool:
        """Turn the page if so much does not fit any more."""

    def draw(self, stroke: Callable[[Canvas], None]) -> None:
        """Something to draw on this page."""


def draw(page: Page, block: Split) -> None:
    """Whole − what goes out = what is left; the bar is as long as whichever is longer."""
    page.need(HIGH + 10)
    top, left, room = page.y, page.edge, page.room
    page.draw(lambda on: ink.fill(on, (left, top - HIGH, room, HIGH), ink.SHADE))
    third = (room - 2 * PAD - 2 * SIGN) / 3
    for number, (share, sign) in enumerate(
        ((block.whole, ""), (block.gone, "−"), (block.left, "="))
    ):
        at = left + PAD + number * (third + SIGN)
        _figure(page, share, (at, top, third), large=share is block.left)
        _text(page, sign, (at - SIGN, top - PAD - 26, SIGN - 4), FIGURE, align=Align.CENTER)
    _bar(page, block, (left + PAD, top - HIGH + PAD, room - 2 * PAD, BAR))
    page.y = top - HIGH - 10


def _figure(page: Page, share: Share, place: tuple[float, float, float], *, large: bool) -> None:
    left, top, room = place
    colour = ink.INDIGO if large else ink.INK
    _text(page, share.label, (left, top - PAD - 7, room), LABEL, colour=ink.GREY)
    size = LARGE if large else FIGURE
    _text(page, share.text, (left, top - PAD - 26, room), size, bold=True, colour=colour)


def _text(
    page: Page,
    text: str,
    place: tuple[float, float, float],
    size: float,
    *,
    bold: bool = False,
    align: Align = Align.LEFT,
    colour: ink.Rgb = ink.INK,
) -> None:
    page.draw(lambda on: ink.write(on, text, place, size, bold=bold, align=align, colour=colour))


def _bar(page: Page, block: Split, box: ink.Box) -> None:
    """Dark what is left, light what goes out; of nothing there is no bar."""
    left, bottom, room, high = box
    kept, gone = max(0, block.left.weight), max(0, block.gone.weight)
    if not kept + gone:
        return
    dark = room * kept / (kept + gone)
    page.draw(lambda on: ink.fill(on, (left, bottom, dark, high), ink.INDIGO))
    light = (left + dark, bottom, room - dark, high)
    page.draw(lambda on: ink.fill(on, light, ink.PERSIMMON))
    _name(page, block.left.label, (left, bottom, dark, high), ink.WHITE)
    _name(page, block.gone.label, light, ink.INK)


def _name(page: Page, label: str, part: ink.Box, colour: ink.Rgb) -> None:
    """A part's name inside it, where it has the room."""
    left, bottom, wide, _ = part
    if ink.width(label, SMALL) + 2 * SIDE <= wide:
        _text(page, label, (left + SIDE, bottom + 3.4, wide - 2 * SIDE), SMALL, colour=colour)
