"""The PDF side of letters: embedded fonts, widths, wrapping; the same bytes for the same paper.

Lines and letters are written as PDF operators at once: reportlab's own drawing formats every number
of every word anew, which took two thirds of a payslip's time. What is inside the file (fonts,
pages, compression) stays reportlab's.
"""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from printers import fonts
from printers.document import Align

REGULAR, BOLD = "Paper", "PaperBold"
_FILES = {REGULAR: fonts.REGULAR, BOLD: fonts.BOLD}
INK, GREY, SHADE = (0.11, 0.12, 0.15), (0.42, 0.43, 0.46), (0.945, 0.937, 0.914)
INDIGO, PERSIMMON, WHITE = (0.16, 0.23, 0.44), (0.91, 0.62, 0.43), (1.0, 1.0, 1.0)
"""What arrives and what goes out: dark and light, so that they differ in black and white, too."""
_SHIFTS = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}
OFTEN = " 0123456789,.-:()×=%원"
"""What every paper may use, always first: so papers alike carry the same part of a font."""
SUBSETS = 64
"""So many parts of a font are remembered; a month's payslips share a few."""
_lock = threading.Lock()
Rgb = tuple[float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, width, height, in points."""


class _Widths(dict[str, float]):
    """How wide each letter of a font is at a size of 1; found when it is first asked for."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self.face = font.face

    def __missing__(self, letter: str) -> float:
        found: float = self.face.getCharWidth(ord(letter)) / 1000
        self[letter] = found
        return found


@lru_cache(maxsize=2)
def _font(name: str) -> tuple[TTFont, _Widths]:
    """A font of ours, known to reportlab from now on; read once a process."""
    with _lock:
        rl_config.useA85 = 0  # pages are bytes anyway; as letters they are larger and slower
        font = TTFont(name, str(_FILES[name]), asciiReadable=0)  # carry only letters that are used
        face = font.face
        face.get_table = lru_cache(face.get_table)  # else megabytes are copied for each paper
        face.charWidths = {code: round(wide) for code, wide in face.charWidths.items()}
        subset = lru_cache(maxsize=SUBSETS)(face.makeSubset)
        face.makeSubset = lambda letters: subset(tuple(letters))
        pdfmetrics.registerFont(font)
        return font, _Widths(font)


def canvas(kept: io.BytesIO, size: tuple[float, float], title: str) -> Canvas:
    """An empty PDF without date, number and foreign fonts in it."""
    _font(REGULAR)
    made = Canvas(kept, pagesize=size, invariant=1, initialFontName=REGULAR, lang="ko")
    made.setTitle(title)
    made.setAuthor("")
    made.setCreator("")
    made.setProducer("")
    for name in (REGULAR, BOLD):
        _font(name)[0].splitString(OFTEN, made._doc)  # noqa: SLF001 - as reportlab does itself
    return made


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    _, widths = _font(BOLD if bold else REGULAR)
    return sum(map(widths.__getitem__, text)) * size


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
    left += _SHIFTS[align] * (room - wide * scale)
    narrow, usual = ("", "") if scale == 1 else (f"{scale * 100:.3f} Tz ", " 100 Tz")
    letters = " ".join(_letters(page, text, size, bold=bold))
    page.addLiteral(
        f"BT {_paint(colour)} rg 1 0 0 1 {left:.2f} {baseline:.2f} Tm {narrow}{letters}{usual} ET"
    )


def _letters(page: Canvas, text: str, size: float, *, bold: bool) -> list[str]:
    """The text in the codes of the parts of the font that this paper carries."""
    font, _ = _font(BOLD if bold else REGULAR)
    doc: Any = page._doc  # noqa: SLF001 - reportlab's fonts are asked with it
    codes = font.state[doc].assignments
    try:  # most are letters of the first part that were used before
        parts = [(0, bytes([codes[letter] for letter in map(ord, text)]))]
    except (KeyError, ValueError):
        parts = font.splitString(text, doc)
    name = font.getSubsetInternalName
    return [f"{name(part, doc)} {size:g} Tf <{data.hex()}> Tj" for part, data in parts]


def rule(page: Canvas, ends: Box, *, thick: float, colour: Rgb = GREY) -> None:
    """A line from (left, bottom), so far to the right and so far up."""
    x, y, across, up = ends
    page.addLiteral(
        f"{_paint(colour)} RG {thick:g} w {x:.2f} {y:.2f} m {x + across:.2f} {y + up:.2f} l S"
    )


def fill(page: Canvas, box: Box, colour: Rgb) -> None:
    """A field of one colour."""
    page.addLiteral(f"{_paint(colour)} rg {_points(box)} re f")


def frame(page: Canvas, box: Box, *, thick: float = 1, colour: Rgb = INK) -> None:
    """The outline of a field."""
    page.addLiteral(f"{_paint(colour)} RG {thick:g} w {_points(box)} re S")


def _points(box: Box) -> str:
    return " ".join(f"{number:.2f}" for number in box)


@lru_cache(maxsize=64)
def _paint(colour: Rgb) -> str:
    return " ".join(f"{part:g}" for part in colour)
