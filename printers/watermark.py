"""Along both edges of a page: who drew it up, and when, so that a copy tells where it came from."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printers import ink

SIZE = 6.5
EDGE = 7 * mm
APART = 22.0
"""Points between one time and the next."""
TIMES = 20


def draw(page: Canvas, size: tuple[float, float], text: str) -> None:
    """Write it up the left edge and down the right one, again and again."""
    if not text:
        return
    wide, high = size
    for left, turn in ((EDGE, 90), (wide - EDGE, -90)):
        page.saveState()
        page.translate(left, 0 if turn > 0 else high)
        page.rotate(turn)
        _line(page, text, high)
        page.restoreState()


def _line(page: Canvas, text: str, room: float) -> None:
    step = ink.width(text, SIZE) + APART
    for number in range(min(TIMES, max(1, int(room // step)))):
        ink.write(page, text, (APART + number * step, 0, room), SIZE, colour=ink.GREY)
