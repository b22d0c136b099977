"""Each of the 11,172 syllables and the named signs, on each printer, as letters or drawn."""

from __future__ import annotations

import pytest

from printers import fonts, paper, raster
from printers.document import Document, Text
from printers.escpos import Mode, to_escpos
from printers.profiles import LINE, PROFILES, Hangul
from tests.printers.test_letters import A_LINE, SIGNS, SYLLABLES, check, lines_of

pytestmark = pytest.mark.endure
LETTERS = [*SIGNS.split(), *SYLLABLES]


@pytest.mark.parametrize("mode", [Mode.AUTO, Mode.RASTER], ids=str)
@pytest.mark.parametrize("name", sorted(PROFILES))
def test_each_syllable_comes_out_on_each_printer(name: str, mode: Mode) -> None:
    check(LETTERS, PROFILES[name], mode)


def test_what_is_drawn_is_as_wide_as_its_letters_and_unlike_any_other_line() -> None:
    lines = lines_of(LETTERS)
    stream = to_escpos(Document("t", tuple(map(Text, lines))), PROFILES["generic-58"], Mode.RASTER)
    ink = paper.read(stream, PROFILES["generic-58"].dots).ink
    font = fonts.letters(fonts.MEDIUM, raster.LETTER)
    seen = set()
    for number, line in enumerate(lines):
        drawn = ink.crop((0, number * LINE, ink.width, (number + 1) * LINE))
        box = drawn.getbbox()
        assert box is not None, line
        wide = round(font.getlength(line))
        assert abs(box[2] - box[0] - wide) <= raster.LETTER // 2, line
        seen.add(drawn.tobytes())
    assert len(seen) == len(lines) == -(-len(LETTERS) // A_LINE)


def test_the_2350_of_an_older_printer_and_no_others_leave_as_letters() -> None:
    older = [model for model in PROFILES.values() if model.hangul is Hangul.KSX1001]
    assert len(older) >= 3
    for model in older:
        for letter in SYLLABLES:
            stream = to_escpos(Document("t", (Text(letter),)), model)
            known = len(letter.encode("euc_kr")) == 2
            assert (letter.encode("cp949") + b"\n" in stream) is known, (model.name, letter)
