"""Drawings for an invented house that has no camera: a coat, and the part that an operation is on.

A real house takes photos; until then a machinist sees at her station which part is meant.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from functools import cache

from PIL import Image, ImageDraw

Points = tuple[tuple[int, int], ...]
SIDE, SCALE = 320, 2
PAPER, COAT, LINING, INK, MARKED = "#fdfbf4", "#e3e0d8", "#f3ead8", "#2b2f38", "#c24a1e"


def _both(*points: tuple[int, int]) -> tuple[Points, Points]:
    """The same on the left and on the right."""
    return points, tuple((SIDE - x, y) for x, y in points)


HALF = _both((122, 48), (96, 62), (92, 140), (84, 292), (160, 292), (160, 118))
SLEEVES = _both((96, 62), (66, 92), (44, 232), (76, 240), (93, 140))
BACK: Points = ((122, 48), (96, 62), (92, 140), (84, 292), (236, 292), (228, 140), (224, 62),
                (198, 48))  # fmt: skip
COLLAR = _both((122, 48), (142, 38), (160, 60), (160, 118), (132, 92))
OUTLINES: Mapping[str, tuple[Points, ...]] = {
    "front": (*SLEEVES, *HALF, *COLLAR),
    "back": (*SLEEVES, BACK),
    "inside": (*SLEEVES, *HALF),
}
AREAS: Mapping[str, tuple[Points, ...]] = {
    "fronts": HALF,
    "sleeves": SLEEVES,
    "collar": COLLAR,
    "body": HALF,
    "pockets": _both((104, 196), (140, 190), (142, 202), (106, 208)),
    "inner pocket": _both((112, 150), (140, 150), (140, 176), (112, 176)),
    "facings": _both((128, 64), (146, 60), (160, 118), (160, 292), (144, 292), (144, 130)),
    "pads": _both((96, 62), (118, 50), (120, 62), (98, 76)),
    "plies": tuple(((60, y), (200, y), (260, y - 50), (120, y - 50)) for y in (240, 222, 204, 186)),
}
LINES: Mapping[str, tuple[Points, ...]] = {
    "princess": _both((112, 56), (120, 150), (116, 290)),
    "centre back": (((160, 48), (160, 292)),),
    "sides": _both((93, 140), (84, 292)),
    "shoulders": _both((122, 48), (96, 62)),
    "armholes": _both((96, 62), (93, 140)),
    "cuffs": _both((44, 232), (76, 240)),
    "edges": _both((158, 118), (158, 292)),
    "hem": _both((84, 291), (160, 291)),
}
BUTTONS = tuple((168, y) for y in (136, 172, 208, 244))
SHOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("C01", "C02", "C03", "C04", "C05"), ("plies", ("plies",))),
    "C06": ("front", ("fronts", "collar")),
    **dict.fromkeys(("S01", "S04", "S05", "S06", "S07", "S08"), ("front", ("pockets",))),
    **dict.fromkeys(("S02", "S03"), ("front", ("princess",))),
    **dict.fromkeys(("S09", "S10"), ("back", ("centre back",))),
    "S11": ("front", ("sides",)),
    "S12": ("front", ("shoulders",)),
    "S13": ("front", ("sides", "shoulders")),
    **dict.fromkeys(("S14", "S15", "S16", "S24"), ("front", ("collar",))),
    **dict.fromkeys(("S17", "S18"), ("front", ("sleeves",))),
    "S19": ("front", ("cuffs",)),
    **dict.fromkeys(("S20", "S30"), ("inside", ("body",))),
    "S21": ("inside", ("inner pocket",)),
    "S22": ("inside", ("sleeves",)),
    "S23": ("inside", ("facings",)),
    **dict.fromkeys(("S25", "S26"), ("front", ("edges",))),
    "S27": ("front", ("edges", "collar")),
    "S28": ("front", ("armholes",)),
    "S29": ("front", ("pads",)),
    "S31": ("inside", ("cuffs",)),
    "S32": ("front", ("hem",)),
    **dict.fromkeys(("F01", "F02"), ("front", ("buttons",))),
    **dict.fromkeys(
        ("F03", "F04", "F05", "F06", "F07"), ("front", ("fronts", "sleeves", "collar"))
    ),
}
"""For each operation of the sheet which side of the coat is drawn, and what is marked on it."""


def of_operation(code: str) -> bytes:
    """The drawing of an operation, PNG."""
    return _saved(_drawn(*SHOWN[code]))


def sketch() -> bytes:
    """A coat from the front and from the back, for the work order sheet."""
    both = Image.new("RGB", (2 * SIDE * SCALE, SIDE * SCALE), PAPER)
    both.paste(_drawn("front", ("pockets", "princess"), INK), (0, 0))
    both.paste(_drawn("back", ("centre back",), INK), (SIDE * SCALE, 0))
    return _saved(both)


@cache
def _drawn(view: str, marked: tuple[str, ...], colour: str = MARKED) -> Image.Image:
    picture = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), PAPER)
    draw = ImageDraw.Draw(picture)
    ground = LINING if view == "inside" else COAT
    for shape in OUTLINES.get(view, ()):
        _area(draw, shape, ground)
    for shape in (s for name in marked for s in AREAS.get(name, ())):
        _area(draw, shape, ground if colour == INK else colour)
    for line in (s for name in marked for s in LINES.get(name, ())):
        draw.line(_scaled(line), fill=colour, width=4 if colour == INK else 12, joint="curve")
    if view == "front":
        _buttons(draw, MARKED if "buttons" in marked else INK)
    return picture


def _area(draw: ImageDraw.ImageDraw, shape: Points, fill: str) -> None:
    draw.polygon(_scaled(shape), fill=fill)
    draw.line(_scaled((*shape, shape[0])), fill=INK, width=4, joint="curve")


def _buttons(draw: ImageDraw.ImageDraw, colour: str) -> None:
    size = 9 if colour == MARKED else 5
    for x, y in BUTTONS:
        draw.ellipse(_scaled(((x - size, y - size), (x + size, y + size))), fill=colour)


def _scaled(points: Iterable[tuple[int, int]]) -> list[tuple[float, float]]:
    return [(float(x * SCALE), float(y * SCALE)) for x, y in points]


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
