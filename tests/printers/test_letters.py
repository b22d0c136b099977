"""Every syllable and every name comes out: as letters where the printer has them, else drawn."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFont

from printers import fonts, paper
from printers.document import Align, Column, Document, Row, Table, Text
from printers.encoding import can_spell, cells
from printers.escpos import Mode, to_escpos
from printers.layout import Words, lay_out
from printers.profiles import PROFILES, Hangul, Profile
from printers.tokens import tokens

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]
SIGNS = "₩ ㈜ ① ※ 똠 펲 뷁 힣"
A_LINE = 12
AMOUNT = "1,234,567원"
NAMES = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF),
        st.characters(min_codepoint=0x0300, max_codepoint=0x036F),
        st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
        st.characters(min_codepoint=0x00, max_codepoint=0x1F),
        st.sampled_from("\u200d\ufe0f\u202e\u00a0\u3000é￦"),
    ),
    max_size=200,
)
PAPERS = st.sampled_from(sorted(PROFILES))


def lines_of(letters: list[str]) -> tuple[str, ...]:
    return tuple("".join(letters[at : at + A_LINE]) for at in range(0, len(letters), A_LINE))


def told(stream: bytes) -> tuple[str, int]:
    """What leaves as letters, and how many rows of dots leave as pictures."""
    text, rows = "", 0
    for token in tokens(stream):
        if token.name == "TEXT":
            text += token.data.decode("cp949")
        elif token.name == "GS v":
            rows += int.from_bytes(token.data[4:6], "little")
    return text, rows


def check(letters: list[str], profile: Profile, mode: Mode) -> None:
    lines = lines_of(letters)
    stream = to_escpos(Document("t", tuple(map(Text, lines))), profile, mode)
    hangul = Hangul.NONE if mode is Mode.RASTER else profile.hangul
    spelled = [line for line in lines if all(can_spell(letter, hangul) for letter in line)]
    text, rows = told(stream)
    assert text == "".join(spelled).replace("₩", "\\")
    assert "?" not in text
    assert rows == 30 * (len(lines) - len(spelled))


@pytest.mark.parametrize(
    "name", sorted(name for name, model in PROFILES.items() if model.hangul is Hangul.UHC)
)
def test_each_of_the_11172_syllables_comes_out(name: str) -> None:
    check([*SIGNS.split(), *SYLLABLES], PROFILES[name], Mode.AUTO)


def test_an_older_printer_gets_its_2350_syllables_as_letters_and_the_others_drawn() -> None:
    known = [letter for letter in SYLLABLES if can_spell(letter, Hangul.KSX1001)]
    rare = random.Random(1).sample(sorted(set(SYLLABLES) - set(known)), 240)  # noqa: S311 - fixed
    assert len(known) == 2350
    check([*known, *rare], PROFILES["citizen-80"], Mode.AUTO)


@pytest.mark.parametrize("mode", [Mode.AUTO, Mode.RASTER])
@pytest.mark.parametrize("name", sorted(PROFILES))
def test_rare_letters_come_out_on_each_printer(name: str, mode: Mode) -> None:
    some = random.Random(name).sample(SYLLABLES, 60)  # noqa: S311 - the same each time
    check([*SIGNS.split(), *some], PROFILES[name], mode)


@pytest.mark.parametrize("file", [fonts.REGULAR, fonts.MEDIUM, fonts.BOLD], ids=lambda f: f.stem)
def test_the_fonts_have_a_shape_for_each_of_them(file: Path) -> None:
    shapes = TTFont("shapes", str(file)).face.charToGlyph
    assert all(shapes.get(ord(letter)) for letter in [*SYLLABLES, *SIGNS])


@given(NAMES, PAPERS)
@settings(max_examples=80)
@example("가" * 200, "generic-58")
@example("", "generic-58")
@example("👩‍🏭 김漢 é" * 20, "citizen-80")
def test_no_line_is_wider_than_the_paper_and_no_amount_is_broken(name: str, profile: str) -> None:
    model = PROFILES[profile]
    table = Table((Column("품명"), Column("금액", Align.RIGHT)), ((name, AMOUNT),))
    for block in (Row(name, AMOUNT), Row(name, AMOUNT, size=2, bold=True), table):
        lines = [w for w in lay_out(Document("t", (block,)), model) if isinstance(w, Words)]
        assert all(cells(line.text) == model.columns // line.size for line in lines)
        assert sum(AMOUNT in line.text for line in lines) >= 1


@given(NAMES, PAPERS)
@settings(max_examples=25)
def test_whatever_a_name_is_the_printer_understands_every_byte(name: str, profile: str) -> None:
    model = PROFILES[profile]
    stream = to_escpos(Document(name[:100], (Text(name), Row(name, AMOUNT))), model, Mode.AUTO)
    read = paper.read(stream, model.dots)
    assert read.warnings == ()
    assert [event.kind for event in read.events] == []


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_column_of_nothing_but_marks_takes_no_room_and_no_harm(profile: str, mode: Mode) -> None:
    table = Table((Column("품명"), Column("\ufe0f", Align.RIGHT)), (("코트", "\u0301"),))
    model = PROFILES[profile]
    read = paper.read(to_escpos(Document("t", (table,)), model, mode), model.dots)
    assert read.warnings == ()
    assert read.ink.getbbox() is not None
