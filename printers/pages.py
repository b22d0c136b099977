"""An office paper composed into pages: first where everything stands, then the ink."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printers import ink, marks, split, watermark
from printers.document import Align
from printers.sheet import (
    Beside,
    Blank,
    Block,
    Code,
    Column,
    Facts,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    QrCode,
    Sheet,
    Signatures,
    Space,
    Split,
    Swatches,
    Table,
    Together,
    Total,
)

MARGIN = 18 * mm
FOOT = 16 * mm
BODY, SMALL = 10.0, 8.5
LEADING = 1.45
PAD, SIDE = 2.2, 5.0
GAP = 6 * mm
_HEADINGS = {1: 15.0, 2: 12.0, 3: 10.5}
SMALLER = (1.0, 1.08, 1.16)
"""How much larger a page is taken to be, and then drawn as much smaller, to hold all of a paper."""
Stroke = Callable[[Canvas], None]


class Pages:
    """Pages as they fill: a cursor that goes down, and what is to be drawn on each."""

    def __init__(self, sheet: Sheet, larger: float = 1.0) -> None:
        self.sheet = sheet
        self.paper: tuple[float, float] = landscape(A4) if sheet.landscape else A4
        self.larger = larger
        self.size = (self.paper[0] * larger, self.paper[1] * larger)
        self.edge = float(MARGIN)
        self.room = self.size[0] - 2 * MARGIN
        self.pages: list[list[Stroke]] = []
        self.turn()
        self._title()

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = self.size[1] - MARGIN

    def need(self, height: float) -> bool:
        """Turn the page if so much does not fit any more; whether it was turned."""
        if self.y - height >= FOOT + 14:
            return False
        self.turn()
        return True

    def draw(self, stroke: Stroke) -> None:
        """Something to draw on this page."""
        self.pages[-1].append(stroke)

    def line(
        self,
        text: str,
        size: float,
        *,
        left: float = 0.0,
        room: float | None = None,
        bold: bool = False,
        align: Align = Align.LEFT,
        colour: ink.Rgb = ink.INK,
    ) -> None:
        """One line of text whose top is the cursor; the cursor stays."""
        place = (self.edge + left, self.y - size * 1.08, self.room - left if room is None else room)
        self.draw(
            lambda page: ink.write(page, text, place, size, bold=bold, align=align, colour=colour)
        )

    def rule(
        self, left: float, right: float, *, thick: float = 0.5, y: float | None = None
    ) -> None:
        """A thin line across."""
        height = self.y if y is None else y

        ends = (self.edge + left, height, right - left, 0.0)
        self.draw(lambda page: ink.rule(page, ends, thick=thick))

    def box(self, left: float, wide: float, high: float, *, filled: bool) -> None:
        """A shaded or framed field below the cursor."""
        place = (self.edge + left, self.y - high, wide, high)
        if filled:
            self.draw(lambda page: ink.fill(page, place, ink.SHADE))
        else:
            self.draw(lambda page: ink.frame(page, place))

    def _title(self) -> None:
        sheet = self.sheet
        if sheet.issuer:
            self.line(sheet.issuer, SMALL, align=Align.RIGHT, colour=ink.GREY)
            self.y -= SMALL * LEADING
        for text in ink.wrapped(sheet.title, self.room, 20, bold=True):
            self.line(text, 20, bold=True, align=Align.CENTER)
            self.y -= 20 * LEADING
        if sheet.subtitle:
            self.line(sheet.subtitle, 11, align=Align.CENTER, colour=ink.GREY)
            self.y -= 11 * LEADING
        self.y -= 4
        self.rule(0, self.room, thick=1)
        self.y -= 10

    def place(self, block: Block) -> None:
        """Compose one block."""
        match block:
            case Heading() | Paragraph():
                self._text(block)
            case Facts():
                self._facts(block)
            case Table():
                self._table(block)
            case Total():
                self._total(block)
            case Signatures():
                self._signatures(block)
            case QrCode() | Swatches() | Blank() | Picture() | Code():
                marks.draw(self, block)
            case Split() | Beside() | Space() | NewPage() | Together():
                self._rest(block)
            case _:
                assert_never(block)

    def _rest(self, block: Split | Beside | Space | NewPage | Together) -> None:
        match block:
            case Together():
                self._together(block.blocks)
            case Split():
                split.draw(self, block)
            case Beside():
                self._beside(block)
            case Space():
                self.y -= block.millimetres * mm
            case NewPage():
                self.turn()
            case _:
                assert_never(block)

    def _beside(self, block: Beside) -> None:
        """Side by side here or on the next page; what is longer than that, one below the other."""
        if self._side_by_side(block):
            return
        here = (self.y, len(self.pages))
        self.turn()
        if block.together and self._side_by_side(block):
            return
        self.y, count = here
        del self.pages[count:]
        self._all((*block.left, *block.right))

    def _side_by_side(self, block: Beside) -> bool:
        """Both columns from here down, unless one of them turns the page: then nothing of it."""
        top, count, drawn, room = self.y, len(self.pages), len(self.pages[-1]), self.room
        first = (room - GAP) * block.percent / 100
        ends = []
        for left, wide, blocks in (
            (0.0, first, block.left),
            (first + GAP, room - GAP - first, block.right),
        ):
            self.y, self.edge, self.room = top, MARGIN + left, wide
            self._all(blocks)
            ends.append(self.y)
        self.edge, self.room = float(MARGIN), room
        fits = len(self.pages) == count
        if not fits:
            del self.pages[count:], self.pages[-1][drawn:]
        self.y = min(ends) if fits else top
        return fits

    def _together(self, blocks: Sequence[Block]) -> None:
        """All of it here or on the next page; what is longer than that, as it comes."""
        if self._on_one(blocks):
            return
        here = (self.y, len(self.pages))
        self.turn()
        if self._on_one(blocks):
            return
        self.y, count = here
        del self.pages[count:]
        self._all(blocks)

    def _on_one(self, blocks: Sequence[Block]) -> bool:
        """All of it from here down, unless it turns the page: then nothing of it."""
        top, count, drawn = self.y, len(self.pages), len(self.pages[-1])
        self._all(blocks)
        if len(self.pages) == count:
            return True
        del self.pages[count:], self.pages[-1][drawn:]
        self.y = top
        return False

    def _all(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.place(block)

    def _text(self, block: Heading | Paragraph) -> None:
        if isinstance(block, Heading):
            size, bold, align = _HEADINGS.get(block.level, BODY), True, Align.LEFT
            self.y -= size * 0.5
            self.need(size * LEADING + 3 * BODY)
        else:
            size, bold, align = SMALL if block.small else BODY, block.bold, block.align
        for text in ink.wrapped(block.text, self.room, size, bold=bold):
            self.need(size * LEADING)
            self.line(text, size, bold=bold, align=align)
            self.y -= size * LEADING
        self.y -= 3

    def _facts(self, block: Facts) -> None:
        across = max(1, block.columns)
        room = self.room / across
        for at in range(0, len(block.pairs), across):
            row = block.pairs[at : at + across]
            values = [ink.wrapped(value, room * 0.64 - 8, BODY) for _, value in row]
            names = [ink.wrapped(name, room * 0.34, SMALL + 0.5) for name, _ in row]
            high = max(map(len, values + names)) * BODY * LEADING + PAD
            self.need(high)
            top = self.y
            for number, (name, value) in enumerate(zip(names, values, strict=True)):
                self._column(name, number * room, room * 0.34, SMALL + 0.5, colour=ink.GREY)
                self.y = top
                self._column(value, number * room + room * 0.35, room * 0.64, BODY)
                self.y = top
            self.y = top - high
        self.y -= 4

    def _column(
        self, lines: list[str], left: float, room: float, size: float, colour: ink.Rgb = ink.INK
    ) -> None:
        for text in lines:
            self.line(text, size, left=left, room=room, colour=colour)
            self.y -= BODY * LEADING

    def _table(self, block: Table) -> None:
        if block.caption:
            self.need(5 * BODY * LEADING)
            self.line(block.caption, BODY, bold=True)
            self.y -= BODY * LEADING + 2
        widths = _widths(block, self.room)
        size = SMALL if block.small else SMALL + 0.7
        titles = tuple(column.title for column in block.columns)
        head = _lines(titles, widths, size, bold=True) if any(titles) else None
        if head:
            self._cells(head, block.columns, widths, size, bold=True, shaded=True)
        last = len(block.rows) - block.totals
        for number, row in enumerate(block.rows):
            bold = number >= last
            cells = _lines(row, widths, size, bold=bold)
            if self.need(_height(cells, size)) and head:
                self._cells(head, block.columns, widths, size, bold=True, shaded=True)
            if number == last:
                self.rule(0, self.room, thick=1.2)
            self._cells(cells, block.columns, widths, size, bold=bold)
        self.y -= 8

    def _cells(
        self,
        cells: list[list[str]],
        columns: tuple[Column, ...],
        widths: list[float],
        size: float,
        *,
        bold: bool,
        shaded: bool = False,
    ) -> None:
        high = _height(cells, size)
        self.need(high)
        top = self.y
        if shaded:
            self.box(0, self.room, high, filled=True)
        left = 0.0
        for lines, column, wide in zip(cells, columns, widths, strict=False):
            self.y = top - PAD
            for line in lines:
                room = wide - 2 * SIDE
                self.line(line, size, left=left + SIDE, room=room, bold=bold, align=column.align)
                self.y -= size * LEADING
            left += wide
        self.y = top - high
        self.rule(0, self.room, thick=0.35)

    def _total(self, block: Total) -> None:
        high = 34.0
        self.need(high + 8)
        self.box(0, self.room, high, filled=False)
        self.y -= 10
        self.line(block.label, 13, left=10, room=self.room / 2 - 10, bold=True)
        self.y += 2
        half = self.room / 2
        self.line(block.amount, 17, left=half, room=half - 10, bold=True, align=Align.RIGHT)
        self.y -= high

    def _signatures(self, block: Signatures) -> None:
        high = 22 * mm
        self.need(high)
        room = self.room / max(1, len(block.parties))
        self.y -= 13 * mm
        for number, party in enumerate(block.parties):
            left = number * room
            self.line(party, BODY, left=left, room=room * 0.42)
            self.line(block.mark, SMALL, left=left, room=room - 8, align=Align.RIGHT)
            self.rule(left, left + room - 8, y=self.y - BODY * 1.5)
        self.y -= high - 13 * mm


def _widths(block: Table, room: float) -> list[float]:
    shares = sum(max(1, column.share) for column in block.columns)
    return [room * max(1, column.share) / shares for column in block.columns]


def _lines(
    row: tuple[str, ...], widths: list[float], size: float, *, bold: bool
) -> list[list[str]]:
    """Each cell's lines."""
    pairs = zip(row, widths, strict=False)
    return [ink.wrapped(text, wide - 2 * SIDE, size, bold=bold) for text, wide in pairs]


def _height(cells: list[list[str]], size: float) -> float:
    return max(map(len, cells)) * size * LEADING + 2 * PAD


def compose(sheets: Sequence[Sheet]) -> bytes:
    """The papers one after the other in one file; each page knows how many its paper has."""
    kept = io.BytesIO()
    page = ink.canvas(kept, A4, sheets[0].title)
    for sheet in sheets:
        _compose(page, sheet)
    page.save()
    return kept.getvalue()


def composed(sheet: Sheet) -> Pages:
    """A paper's pages; what is to stand on a single one is set smaller as far as that helps."""
    plain = None
    for larger in SMALLER if sheet.on_one else SMALLER[:1]:
        pages = Pages(sheet, larger)
        for block in sheet.blocks:
            pages.place(block)
        if len(pages.pages) == 1:
            return pages
        plain = plain or pages
    return plain or Pages(sheet)


def _compose(page: Canvas, sheet: Sheet) -> None:
    pages = composed(sheet)
    for number, strokes in enumerate(pages.pages, 1):
        page.setPageSize(pages.paper)
        page.scale(1 / pages.larger, 1 / pages.larger)
        for stroke in strokes:
            stroke(page)
        watermark.draw(page, pages.size, sheet.watermark)
        _foot(page, pages, f"{number} / {len(pages.pages)}")
        page.showPage()


def _foot(page: Canvas, pages: Pages, number: str) -> None:
    room = pages.room
    lines = ink.wrapped(pages.sheet.small_print, room * 0.86, 7.5)
    for at, text in enumerate(lines[:3]):
        place = (MARGIN, FOOT - at * 7.5 * 1.35, room * 0.86)
        ink.write(page, text, place, 7.5, colour=ink.GREY)
    ink.write(page, number, (MARGIN, FOOT, room), 8, align=Align.RIGHT, colour=ink.GREY)
