"""Care symbols as they stand on Korean clothes, drawn as one picture of dots."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PIL import Image, ImageDraw

from printers import fonts
from printers.document import DocumentWrong, Picture

SIDE = 72
_LINE = 3
_Pen = ImageDraw.ImageDraw


class Care(StrEnum):
    """What may be done with the coat."""

    WASH_NO = "wash_no"
    WASH_BY_HAND = "wash_by_hand"
    BLEACH_NO = "bleach_no"
    IRON_LOW_WITH_CLOTH = "iron_low_with_cloth"
    DRY_CLEAN = "dry_clean"
    DRY_FLAT_IN_SHADE = "dry_flat_in_shade"
    DRY_HANGING_IN_SHADE = "dry_hanging_in_shade"


def care(symbols: tuple[Care, ...], alt: str = "") -> Picture:
    """The symbols side by side, at most five on a narrow roll."""
    if not 1 <= len(symbols) <= 5:  # noqa: PLR2004 - five are 45 mm
        raise DocumentWrong("symbols", "from one to five fit side by side")
    strip = Image.new("1", (SIDE * len(symbols), SIDE))
    for number, symbol in enumerate(symbols):
        cell = Image.new("1", (SIDE, SIDE))
        pen = ImageDraw.Draw(cell)
        pen.fontmode = "1"
        _DRAWN[symbol](pen)
        strip.paste(cell, (SIDE * number, 0))
    data, across = strip.tobytes(), -(-strip.width // 8)
    rows = tuple(data[at : at + across].hex() for at in range(0, len(data), across))
    return Picture(strip.width, rows, alt)


def _word(pen: _Pen, text: str, middle: tuple[int, int], pixels: int = 17) -> None:
    pen.text(middle, text, fill=1, font=fonts.letters(fonts.BOLD, pixels), anchor="mm")


def _cross(pen: _Pen) -> None:
    pen.line((8, 10, 64, 64), fill=1, width=_LINE)
    pen.line((64, 10, 8, 64), fill=1, width=_LINE)


def _tub(pen: _Pen) -> None:
    pen.line((6, 20, 14, 58, 58, 58, 66, 20), fill=1, width=_LINE)
    for left in (8, 22, 36, 50):
        pen.arc((left, 16, left + 14, 30), 0, 180, fill=1, width=_LINE)


def _wash_no(pen: _Pen) -> None:
    _tub(pen)
    _cross(pen)


def _wash_by_hand(pen: _Pen) -> None:
    _tub(pen)
    _word(pen, "손세탁", (36, 44), 15)


def _bleach_no(pen: _Pen) -> None:
    pen.line((36, 10, 8, 60, 64, 60, 36, 10), fill=1, width=_LINE)
    _cross(pen)


def _iron(pen: _Pen) -> None:
    pen.line((18, 18, 54, 18, 64, 50, 6, 50, 20, 32, 57, 32), fill=1, width=_LINE)
    _word(pen, "110", (38, 41), 15)
    for left in range(8, 60, 14):
        pen.arc((left, 55, left + 8, 63), 180, 0, fill=1, width=2)
        pen.arc((left + 7, 55, left + 15, 63), 0, 180, fill=1, width=2)


def _dry_clean(pen: _Pen) -> None:
    pen.ellipse((7, 8, 65, 66), outline=1, width=_LINE)
    _word(pen, "드라이", (36, 36), 16)


def _sun(pen: _Pen) -> None:
    pen.ellipse((11, 11, 61, 61), outline=1, width=_LINE)
    for ray in ((36, 2, 36, 10), (36, 62, 36, 70), (2, 36, 10, 36), (62, 36, 70, 36)):
        pen.line(ray, fill=1, width=_LINE)
    pen.line((18, 28, 28, 18), fill=1, width=2)
    pen.line((21, 32, 32, 21), fill=1, width=2)


def _dry_flat(pen: _Pen) -> None:
    _sun(pen)
    _word(pen, "뉘어서", (36, 42), 14)


def _dry_hanging(pen: _Pen) -> None:
    _sun(pen)
    _word(pen, "옷걸이", (36, 42), 14)


_DRAWN: dict[Care, Callable[[_Pen], None]] = {
    Care.WASH_NO: _wash_no,
    Care.WASH_BY_HAND: _wash_by_hand,
    Care.BLEACH_NO: _bleach_no,
    Care.IRON_LOW_WITH_CLOTH: _iron,
    Care.DRY_CLEAN: _dry_clean,
    Care.DRY_FLAT_IN_SHADE: _dry_flat,
    Care.DRY_HANGING_IN_SHADE: _dry_hanging,
}


def ruler(width_mm: int, height_mm: int, scale: int) -> Picture:
    """A frame with a mark at each millimetre, longer at five, numbered at ten."""
    width, height = width_mm * scale // 8 * 8, height_mm * scale
    image = Image.new("1", (width, height))
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"
    pen.rectangle((0, 0, width - 1, height - 1), outline=1, width=2)
    for mm in range(1, max(width_mm, height_mm)):
        long = 3 * scale if mm % 10 == 0 else 2 * scale if mm % 5 == 0 else scale
        pen.line((mm * scale, 0, mm * scale, long), fill=1, width=2)
        pen.line((0, mm * scale, long, mm * scale), fill=1, width=2)
        if mm % 10 == 0:
            _word(pen, str(mm), (mm * scale, 4 * scale + 6), 18)
            _word(pen, str(mm), (4 * scale + 6, mm * scale), 18)
    data, across = image.tobytes(), width // 8
    rows = tuple(data[at : at + across].hex() for at in range(0, len(data), across))
    return Picture(width, rows, f"{width_mm} × {height_mm} mm")
