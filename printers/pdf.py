"""Papers as PDF through reportlab: sheets on A4, slips on a strip as wide as the roll."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printers import ink, pages, raster, symbols
from printers.document import Document, Label
from printers.layout import Bars, Drawing, Line, Squares, Sticker, Words, lay_out, rows_of
from printers.profiles import CELL, GAP, PROFILES, Profile
from printers.sheet import Sheet

DOT = mm / 8
EDGE = 4 * mm
ROLL = PROFILES["virtual-80"]


def to_pdf(paper: Document | Sheet) -> bytes:
    """The paper as PDF; the same paper gives the same bytes."""
    if isinstance(paper, Sheet):
        return pages.compose((paper,))
    return _labels(paper, paper.label) if paper.label is not None else _strip(paper, ROLL)


def to_one_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Several papers as one PDF, each with pages of its own."""
    return pages.compose(sheets)


def _labels(document: Document, label: Label) -> bytes:
    """A page for each label, exactly of its size: artwork for whoever weaves or prints them."""
    size = (label.width_mm * mm, label.height_mm * mm)
    head = replace(ROLL, dots=label.width_mm * ROLL.dots_a_mm)
    kept = io.BytesIO()
    page = ink.canvas(kept, size, document.title)
    for sticker in lay_out(document, head):
        if isinstance(sticker, Sticker):
            page.setPageSize(size)
            _sticker(page, sticker, head)
            page.showPage()
    page.save()
    return kept.getvalue()


def _sticker(page: Canvas, sticker: Sticker, head: Profile) -> None:
    """Lines within the edges, in the middle of the height."""
    inside = replace(head, dots=sticker.width - 2 * sticker.edge)
    page.saveState()
    page.translate(sticker.edge * DOT - EDGE, 0)
    rows = sum(map(rows_of, sticker.lines))
    top = (sticker.height + rows) / 2 * DOT
    for line in sticker.lines:
        _draw(page, line, top, inside)
        top -= rows_of(line) * DOT
    page.restoreState()


def _strip(document: Document, profile: Profile) -> bytes:
    lines = lay_out(document, profile)
    heights = [rows_of(line) * DOT for line in lines]
    size = (profile.dots * DOT + 2 * EDGE, sum(heights) + 2 * EDGE)
    kept = io.BytesIO()
    page = ink.canvas(kept, size, document.title)
    top = size[1] - EDGE
    for line, height in zip(lines, heights, strict=True):
        _draw(page, line, top, profile)
        top -= height
    page.showPage()
    page.save()
    return kept.getvalue()


def _draw(page: Canvas, line: Line, top: float, profile: Profile) -> None:
    if isinstance(line, Words):
        _words(page, line, top, profile)
    elif isinstance(line, Drawing) and (sharp := symbols.fine(line.picture)) is not None:
        _sharp(page, sharp, top, profile)
    else:
        _dots(page, _rows(line, profile), top, height=_bar_height(line))


def _words(page: Canvas, line: Words, top: float, profile: Profile) -> None:
    cell = CELL * line.size * DOT
    high = (2 * CELL * line.size + GAP) * DOT
    if line.inverse:
        page.setFillColorRGB(*ink.INK)
        page.rect(EDGE, top - high, profile.dots * DOT, high, stroke=0, fill=1)
    left = EDGE
    for at, piece in enumerate(line.pieces, 1):
        last = at == len(line.pieces)
        room = EDGE + profile.dots * DOT - left if last else piece.width * cell
        if piece.text.strip():
            ink.write(
                page,
                piece.text,
                (left, top - high * 0.8, room),
                raster.LETTER * line.size * DOT,
                bold=line.bold,
                align=piece.align,
                colour=(1, 1, 1) if line.inverse else ink.INK,
            )
        left += room


def _sharp(page: Canvas, image: Image.Image, top: float, profile: Profile) -> None:
    """Symbols in the middle, in dots so fine that whoever weaves or prints sees clean lines."""
    dot = DOT / symbols.FINER
    page.saveState()
    page.translate((profile.dots * DOT - image.width * dot) / 2, 0)
    _dots(page, _black(image), top - (GAP + GAP // 2) * DOT, None, dot)
    page.restoreState()


def _bar_height(line: Line) -> int | None:
    return line.height if isinstance(line, Bars) else None


def _rows(line: Line, profile: Profile) -> list[str]:
    """The dots of a line that is no text; of bars, one row says all."""
    rows = _black(raster.draw([line], profile))
    if isinstance(line, Bars):
        middle = rows[len(rows) // 2]
        return [middle]
    return rows if isinstance(line, Squares | Drawing) or any("1" in row for row in rows) else []


def _black(image: Image.Image) -> list[str]:
    """Rows of dots, `1` for black."""
    data = image.tobytes()
    across = -(-image.width // 8)
    return [
        "".join(f"{byte:08b}" for byte in data[at : at + across])
        for at in range(0, len(data), across)
    ]


def _dots(
    page: Canvas, rows: Iterable[str], top: float, height: int | None, dot: float = DOT
) -> None:
    page.setFillColorRGB(0, 0, 0)
    high = (height or 1) * dot
    for number, row in enumerate(rows):
        bottom = top - (number * dot) - high - (GAP * dot if height else 0)
        at = row.find("1")
        while at >= 0:
            end = row.find("0", at)
            end = len(row) if end < 0 else end
            page.rect(EDGE + at * dot, bottom, (end - at) * dot, high, stroke=0, fill=1)
            at = row.find("1", end)
