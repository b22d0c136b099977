"""Care symbols as they stand on Korean clothes, drawn as one picture of dots."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache

from PIL import Image, ImageDraw

from printers import fonts
from printers.document import DocumentWrong, Picture

SIDE = 72
_LINE = 3
FINER = 4
"""Dots of artwork for each dot of a printer's head."""


class Care(StrEnum):
    """What may be done with the coat, in the groups of KS K 0021."""

    WASH_NO = "wash_no"
    WASH_BY_HAND = "wash_by_hand"
    WASH_30 = "wash_30"
    WASH_40 = "wash_40"
    BLEACH_NO = "bleach_no"
    BLEACH_OXYGEN = "bleach_oxygen"
    BLEACH_CHLORINE = "bleach_chlorine"
    BLEACH_ANY = "bleach_any"
    IRON_NO = "iron_no"
    IRON_120_CLOTH = "iron_120_cloth"
    IRON_160_CLOTH = "iron_160_cloth"
    IRON_160 = "iron_160"
    IRON_200 = "iron_200"
    CLEAN_NO = "clean_no"
    CLEAN = "clean"
    CLEAN_PETROLEUM = "clean_petroleum"
    WRING_NO = "wring_no"
    WRING_GENTLY = "wring_gently"
    DRY_HANGING_IN_SHADE = "dry_hanging_in_shade"
    DRY_HANGING_IN_SUN = "dry_hanging_in_sun"
    DRY_FLAT_IN_SHADE = "dry_flat_in_shade"
    DRY_FLAT_IN_SUN = "dry_flat_in_sun"


def care(symbols: tuple[Care, ...], alt: str = "") -> Picture:
    """The symbols side by side, at most five on a narrow roll."""
    if not 1 <= len(symbols) <= 5:  # noqa: PLR2004 - five are 45 mm
        raise DocumentWrong("symbols", "from one to five fit side by side")
    strip = _strip(symbols, 1)
    data, across = strip.tobytes(), -(-strip.width // 8)
    rows = tuple(data[at : at + across].hex() for at in range(0, len(data), across))
    return Picture(strip.width, rows, alt)


def fine(picture: Picture) -> Image.Image | None:
    """A picture of symbols, drawn `FINER` times as fine for artwork; None of any other."""
    known = _known()
    cells = [_cell(picture.rows, at) for at in range(0, picture.width, SIDE)]
    if picture.width % SIDE or any(cell not in known for cell in cells):
        return None
    return _strip(tuple(known[cell] for cell in cells), FINER)


def _cell(rows: tuple[str, ...], left: int) -> tuple[str, ...]:
    return tuple(row[left // 4 : (left + SIDE) // 4] for row in rows)


@cache
def _known() -> dict[tuple[str, ...], Care]:
    return {care((symbol,)).rows: symbol for symbol in Care}


def _strip(symbols: tuple[Care, ...], times: int) -> Image.Image:
    strip = Image.new("1", (SIDE * len(symbols) * times, SIDE * times))
    for number, symbol in enumerate(symbols):
        cell = Image.new("1", (SIDE * times, SIDE * times))
        _DRAWN[symbol](_Pen(cell, times))
        strip.paste(cell, (SIDE * times * number, 0))
    return strip


class _Pen:
    """Draws on a square of so many dots, each as fine as asked for."""

    def __init__(self, image: Image.Image, times: int = 1) -> None:
        self._pen, self._times = ImageDraw.Draw(image), times
        self._pen.fontmode = "1"

    def _finer(self, points: tuple[int, ...]) -> list[int]:
        return [self._times * point for point in points]

    def line(self, points: tuple[int, ...], width: int = _LINE) -> None:
        """From point to point."""
        joint = "curve" if self._times > 1 else None
        self._pen.line(self._finer(points), fill=1, width=width * self._times, joint=joint)

    def arc(self, box: tuple[int, ...], turn: tuple[int, int], width: int = _LINE) -> None:
        """A part of a circle, between two angles."""
        self._pen.arc(self._finer(box), *turn, fill=1, width=width * self._times)

    def circle(self, *box: int) -> None:
        """All of it."""
        self._pen.ellipse(self._finer(box), outline=1, width=_LINE * self._times)

    def frame(self, *box: int) -> None:
        """An empty box."""
        self._pen.rectangle(self._finer(box), outline=1, width=2 * self._times)

    def word(self, text: str, middle: tuple[int, int], pixels: int) -> None:
        """Letters around a point."""
        across, down = (self._times * point for point in middle)
        font = fonts.letters(fonts.BOLD, pixels * self._times)
        self._pen.text((across, down), text, fill=1, font=font, anchor="mm")


def _word(pen: _Pen, text: str, middle: tuple[int, int], pixels: int = 17) -> None:
    pen.word(text, middle, pixels)


def _cross(pen: _Pen) -> None:
    pen.line((8, 10, 64, 64))
    pen.line((64, 10, 8, 64))


def _tub(pen: _Pen) -> None:
    pen.line((4, 16, 10, 66, 62, 66, 68, 16))
    for left in (8, 22, 36, 50):
        pen.arc((left, 12, left + 14, 26), (0, 180))


def _tub_with(*words: str) -> Callable[[_Pen], None]:
    def draw(pen: _Pen) -> None:
        _tub(pen)
        _lines(pen, words, (36, 46))

    return draw


def _triangle(*words: str) -> Callable[[_Pen], None]:
    def draw(pen: _Pen) -> None:
        pen.line((36, 3, 3, 67, 69, 67, 36, 3))
        _lines(pen, words, (36, 50))

    return draw


def _iron(word: str, *, cloth: bool) -> Callable[[_Pen], None]:
    def draw(pen: _Pen) -> None:
        pen.line((18, 14, 54, 14, 64, 50, 6, 50, 20, 29, 57, 29))
        _word(pen, word, (37, 40), 16)
        if cloth:
            _wave(pen)

    return draw


def _wave(pen: _Pen) -> None:
    for left in range(6, 64, 15):
        pen.arc((left, 55, left + 8, 63), (180, 0), width=2)
        pen.arc((left + 7, 55, left + 15, 63), (0, 180), width=2)


def _circle(*words: str) -> Callable[[_Pen], None]:
    def draw(pen: _Pen) -> None:
        pen.circle(5, 6, 67, 68)
        _lines(pen, words, (36, 37))

    return draw


def _sun(word: str, *, shade: bool) -> Callable[[_Pen], None]:
    def draw(pen: _Pen) -> None:
        pen.circle(11, 11, 61, 61)
        for ray in ((36, 2, 36, 10), (36, 62, 36, 70), (2, 36, 10, 36), (62, 36, 70, 36)):
            pen.line(ray)
        if shade:
            pen.line((18, 28, 28, 18), width=2)
            pen.line((21, 32, 32, 21), width=2)
        _word(pen, word, (36, 40 if shade else 37), 14)

    return draw


def _wrung(word: str = "") -> Callable[[_Pen], None]:
    """A cloth that is twisted: folds across it, both ends spread."""

    def draw(pen: _Pen) -> None:
        top = 6 if word else 18
        high, middle = top + 36, top + 18
        pen.line((4, top, 14, top + 6, 58, top + 6, 68, top))
        pen.line((4, high, 14, high - 6, 58, high - 6, 68, high))
        pen.line((4, top, 12, middle, 4, high))
        pen.line((68, top, 60, middle, 68, high))
        for left in (17, 30, 43):
            pen.line((left, high - 7, left + 12, top + 7), width=2)
        _word(pen, word, (36, 59), 17)

    return draw


def _crossed(drawn: Callable[[_Pen], None]) -> Callable[[_Pen], None]:
    def draw(pen: _Pen) -> None:
        drawn(pen)
        _cross(pen)

    return draw


def _lines(pen: _Pen, words: tuple[str, ...], middle: tuple[int, int]) -> None:
    """One word in the middle, two above each other."""
    if len(words) == 1:
        _word(pen, words[0], middle, 16)
    for word, shift in zip(words, (-8, 8), strict=False):
        if len(words) > 1:
            _word(pen, word, (middle[0], middle[1] + shift), 14)


_DRAWN: dict[Care, Callable[[_Pen], None]] = {
    Care.WASH_NO: _crossed(_tub_with()),
    Care.WASH_BY_HAND: _tub_with("손세탁", "30 중성"),
    Care.WASH_30: _tub_with("30 ℃", "중성"),
    Care.WASH_40: _tub_with("40 ℃"),
    Care.BLEACH_NO: _crossed(_triangle()),
    Care.BLEACH_OXYGEN: _triangle("산소"),
    Care.BLEACH_CHLORINE: _triangle("염소"),
    Care.BLEACH_ANY: _triangle("염소", "산소"),
    Care.IRON_NO: _crossed(_iron("", cloth=False)),
    Care.IRON_120_CLOTH: _iron("120", cloth=True),
    Care.IRON_160_CLOTH: _iron("160", cloth=True),
    Care.IRON_160: _iron("160", cloth=False),
    Care.IRON_200: _iron("200", cloth=False),
    Care.CLEAN_NO: _crossed(_circle("드라이")),
    Care.CLEAN: _circle("드라이"),
    Care.CLEAN_PETROLEUM: _circle("드라이", "석유계"),
    Care.WRING_NO: _crossed(_wrung()),
    Care.WRING_GENTLY: _wrung("약하게"),
    Care.DRY_HANGING_IN_SHADE: _sun("옷걸이", shade=True),
    Care.DRY_HANGING_IN_SUN: _sun("옷걸이", shade=False),
    Care.DRY_FLAT_IN_SHADE: _sun("뉘어서", shade=True),
    Care.DRY_FLAT_IN_SUN: _sun("뉘어서", shade=False),
}


def ruler(width_mm: int, height_mm: int, scale: int) -> Picture:
    """A frame with a mark at each millimetre, longer at five, numbered at ten."""
    width, height = width_mm * scale // 8 * 8, height_mm * scale
    image = Image.new("1", (width, height))
    pen = _Pen(image)
    pen.frame(0, 0, width - 1, height - 1)
    for mm in range(1, max(width_mm, height_mm)):
        long = 3 * scale if mm % 10 == 0 else 2 * scale if mm % 5 == 0 else scale
        pen.line((mm * scale, 0, mm * scale, long), width=2)
        pen.line((0, mm * scale, long, mm * scale), width=2)
        if mm % 10 == 0:
            _word(pen, str(mm), (mm * scale, 4 * scale + 6), 18)
            _word(pen, str(mm), (4 * scale + 6, mm * scale), 18)
    data, across = image.tobytes(), width // 8
    rows = tuple(data[at : at + across].hex() for at in range(0, len(data), across))
    return Picture(width, rows, f"{width_mm} × {height_mm} mm")
