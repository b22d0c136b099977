"""A printer's own letters, as this program's virtual printers draw them: on a grid of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from printers import fonts
from printers.encoding import cells, cells_of
from printers.profiles import CELL

HEIGHT = 2 * CELL
SMALL_CELL = 9
_PIXELS = 22
_INK = 120
_LINES = set("─━-=_")
_FIGURES = re.compile(r"[-+0-9.,:*/%₩]*[0-9][-+0-9.,:*/%₩]*")
"""What stands in columns below each other: each letter in its own cell, as printers do."""
_RUN = re.compile(r" +|[!-~₩]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that stand together, and how they look."""

    text: str
    image: Image.Image


def run_of_letters(text: str, setting: Mapping[str, int]) -> Iterator[Run]:
    """A text in runs: spaces, Latin words, single Hangul letters, each of whole cells."""
    cell = SMALL_CELL if setting["font"] % 48 else CELL
    size = (cell * setting["wide"], HEIGHT * setting["high"])
    for run in _RUN.findall(text):
        image = _drawn(run, bool(setting["bold"] & 1), *size)
        if setting["inverse"] & 1:
            image = image.point([255 * (dot == 0) for dot in range(256)], mode="1")
        if setting["underline"] % 48:
            image = image.copy()
            ImageDraw.Draw(image).rectangle((0, image.height - 2, *image.size), fill=1)
        yield Run(run, image)


@lru_cache(maxsize=2048)
def _drawn(run: str, bold: bool, wide: int, high: int) -> Image.Image:  # noqa: FBT001 - a cache key
    room = max(1, cells(run)) * wide
    if not run.strip():
        return Image.new("1", (room, high))
    scale = high // HEIGHT
    font = fonts.letters(fonts.BOLD if bold else fonts.MEDIUM, _PIXELS * scale)
    if len(run) > 1 and _FIGURES.fullmatch(run):
        parts = [_drawn(letter, bold, wide, high) for letter in run]
        return _side_by_side(parts, room, high)
    width = max(1, round(font.getlength(run)))
    mask = Image.new("L", (width + 1, high))
    ImageDraw.Draw(mask).text((0, round(high * 0.84)), run, fill=255, font=font, anchor="ls")
    stretch = wide > CELL * scale or set(run) <= _LINES
    if mask.width > room or stretch:
        mask = mask.resize((room, high), Image.Resampling.LANCZOS)
    shade = Image.new("L", (room, high))
    middle = cells_of(run[0]) > 1 or len(run) == 1
    shade.paste(mask, ((room - mask.width) // 2 if middle else 0, 0))
    return shade.point([255 * (dark >= _INK) for dark in range(256)], mode="1")


def _side_by_side(parts: list[Image.Image], room: int, high: int) -> Image.Image:
    whole = Image.new("1", (room, high))
    left = 0
    for part in parts:
        whole.paste(part, (left, 0))
        left += part.width
    return whole
