"""The stylesheet keeps its promises: contrast on the floor and in the office, sizes of letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import factory

CSS = (Path(factory.__file__).parent / "static" / "app.css").read_text(encoding="utf-8")
SMALLEST_ON_THE_FLOOR = 46
ROOT_PIXELS = 16


def tokens(selector: str) -> dict[str, str]:
    found = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", CSS, re.MULTILINE | re.DOTALL)
    assert found, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", found[1]))


OFFICE = tokens(":root")
FLOOR = OFFICE | tokens(".kiosk")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) > len("#fff") else "".join(2 * d for d in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


INK = ("ink", "soft", "indigo", "persimmon", "red")
GROUND = ("paper", "sheet")
FILLED = ("indigo", "green", "red")


@pytest.mark.parametrize("ink", INK)
@pytest.mark.parametrize("ground", GROUND)
def test_letters_stand_out(ink: str, ground: str) -> None:
    assert contrast(OFFICE[ink], OFFICE[ground]) >= 4.5
    assert contrast(FLOOR[ink], FLOOR[ground]) >= 7


@pytest.mark.parametrize("filled", FILLED)
def test_white_stands_out_on_what_is_filled(filled: str) -> None:
    assert contrast("#fff", OFFICE[filled]) >= 4.5
    assert contrast("#fff", FLOOR[filled]) >= 7


@pytest.mark.parametrize("pale", ["indigo-pale", "green-pale", "red-pale", "persimmon-pale"])
def test_ink_stands_out_on_every_pale_ground(pale: str) -> None:
    assert contrast(FLOOR["ink"], FLOOR[pale]) >= 7


def test_letters_of_the_floor_grow_with_the_readers_choice() -> None:
    wide = CSS.split("@media (min-width: 800px) {\n  .kiosk {", 1)[1].split("\n}\n", 1)[0]
    sizes = re.findall(r"font-size: ([\d.]+)(rem|px)", wide)
    assert len(sizes) > 4
    for number, unit in sizes:
        pixels = float(number) * (ROOT_PIXELS if unit == "rem" else 1)
        assert pixels >= SMALLEST_ON_THE_FLOOR
    assert "html.big { font-size: 200%; }" in CSS


def test_no_measure_or_colour_is_used_that_nobody_has_set() -> None:
    """What names an unknown one is left out by browsers whole, without a word."""
    used, known = set(re.findall(r"var\((--[\w-]+)\)", CSS)), set(re.findall(r"(--[\w-]+):", CSS))
    assert used - known == set()


def test_a_cell_of_a_table_stays_a_cell_where_its_words_stand_below() -> None:
    assert "\n:not(td).below { display: block; }" in CSS
    assert "\n.below {" not in CSS
