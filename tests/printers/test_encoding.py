from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.encoding import can_spell, cells, cells_of, encode, fold, spells
from printers.profiles import Hangul


def test_every_modern_syllable_is_spelled_in_two_bytes() -> None:
    for code in range(0xAC00, 0xD7A4):
        letter = chr(code)
        assert can_spell(letter, Hangul.UHC)
        assert cells_of(letter) == len(encode(letter)) == 2


def test_older_printers_have_2350_syllables() -> None:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert sum(can_spell(letter, Hangul.KSX1001) for letter in syllables) == 2350


@pytest.mark.parametrize("letter", ["똠", "뷁", "쌰", "펲"])
def test_rare_syllables_are_not_asked_of_older_printers(letter: str) -> None:
    assert not can_spell(letter, Hangul.KSX1001)
    assert can_spell(letter, Hangul.UHC)


def test_an_unknown_printer_spells_plain_latin_only() -> None:
    assert spells("No. 12 (66)", Hangul.NONE)
    assert not spells("번호", Hangul.NONE)
    assert not spells("₩1", Hangul.NONE)


def test_the_won_sign_takes_the_byte_of_the_backslash() -> None:
    assert encode("₩1,000") == b"\\1,000"
    assert not can_spell("\\", Hangul.UHC)
    assert cells("₩") == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a–b—c−d", "a-b-c-d"),
        ("•", "·"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\u00a0b\tc", "a b c"),
        ("a\u200bb\x1b@\x00c", "ab@c"),
        ("“네” ‘응’", "\"네\" '응'"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_letters_are_folded_into_those_paper_has(written: str, shown: str) -> None:
    assert fold(written) == shown


@pytest.mark.parametrize("letter", ["※", "·", "℃", "①", "㈜", "×", "漢", "─"])
def test_signs_of_two_bytes_take_two_cells(letter: str) -> None:
    assert cells_of(letter) == 2


def test_letters_nobody_spells_still_have_a_width() -> None:
    assert cells_of("é") == 1
    assert cells_of("😀") == 2
    assert cells_of("\u0301") == 0
    assert not spells("é", Hangul.UHC)


@given(st.text())
def test_folding_twice_changes_nothing_and_leaves_nothing_unseen(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert not any(unicodedata.category(letter) == "Cc" for letter in once.replace("\n", ""))
