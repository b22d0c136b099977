"""The PDF side of letters: embedded fonts, widths, wrapping; the same bytes for the same paper."""

from __future__ import annotations

import io
import threading
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from printers import fonts
from printers.document import Align

REGULAR, BOLD = "Paper", "PaperBold"
INK, GREY, SHADE = (0.11, 0.12, 0.15), (0.42, 0.43, 0.46), (0.945, 0.937, 0.914)
_lock = threading.Lock()
Rgb = tuple[float, float, float]


@lru_cache(maxsize=1)
def register() -> None:
    """Make the two fonts known; once a process."""
    with _lock:
        pdfmetrics.registerFont(TTFont(REGULAR, str(fonts.REGULAR)))
        pdfmetrics.registerFont(TTFont(BOLD, str(fonts.BOLD)))


def canvas(kept: io.BytesIO, size: tuple[float, float], title: str) -> Canvas:
    """An empty PDF without date, number and foreign fonts in it."""
    register()
    made = Canvas(kept, pagesize=size, invariant=1, initialFontName=REGULAR, lang="ko")
    made.setTitle(title)
    made.setAuthor("")
    made.setCreator("")
    made.setProducer("")
    return made


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    register()
    wide: float = pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size)
    return wide


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines that are no wider than the room, broken between words where that is possible."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words, line = paragraph.split(), ""
        whole = " ".join(words)
        if width(whole, size, bold=bold) <= room:  # most do: one measure instead of one a word
            lines.append(whole)
            continue
        for word in words:
            longer = f"{line} {word}" if line else word
            if width(longer, size, bold=bold) <= room:
                line = longer
                continue
            lines += [line] if line else []
            *full, line = _broken(word, room, size, bold=bold)
            lines += full
        lines.append(line)
    return lines


def _broken(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    parts, part = [], ""
    for letter in word:
        if part and width(part + letter, size, bold=bold) > room:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]


def write(
    page: Canvas,
    text: str,
    place: tuple[float, float, float],
    size: float,
    *,
    bold: bool = False,
    align: Align = Align.LEFT,
    colour: Rgb = INK,
) -> None:
    """One line of text at (left, baseline, room); what is wider is condensed, never clipped."""
    left, baseline, room = place
    wide = width(text, size, bold=bold)
    scale = min(1.0, room / wide) if wide else 1.0
    shift = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}[align] * (room - wide * scale)
    letters = page.beginText(left + shift, baseline)
    letters.setFont(BOLD if bold else REGULAR, size)
    letters.setFillColorRGB(*colour)
    if scale < 1:
        letters.setHorizScale(scale * 100)
    letters.textOut(text)
    if scale < 1:
        letters.setHorizScale(100)
    page.drawText(letters)
