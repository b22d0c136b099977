from __future__ import annotations

import hashlib
import tomllib

import pytest

from printers import fonts
from printers.document import DocumentWrong
from printers.symbols import Care, care


def test_vendored_files_are_the_ones_that_were_taken() -> None:
    listed = tomllib.loads((fonts.FOLDER / "VENDORED.toml").read_text())["vendored"]
    for entry in listed:
        data = (fonts.FOLDER / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], entry["file"]
        assert entry["licence"] == "OFL-1.1"
    kept = {path.name for path in fonts.FOLDER.iterdir() if path.suffix in {".ttf", ".txt"}}
    assert kept == {entry["file"] for entry in listed}


def test_every_syllable_has_a_glyph_of_its_own() -> None:
    font = fonts.letters(fonts.MEDIUM, 24)
    missing = bytes(font.getmask("\uffff"))
    for letter in ("가", "힣", "똠", "뷁", "₩", "㈜", "①", "─"):
        assert bytes(font.getmask(letter)) != missing


def test_care_symbols_are_drawn_side_by_side() -> None:
    drawn = {symbol: care((symbol,), symbol.value) for symbol in Care}
    assert len({picture.rows for picture in drawn.values()}) == len(Care)
    five = care(tuple(Care)[:5])
    assert five.width == 360
    for wrong in ((), tuple(Care)):
        with pytest.raises(DocumentWrong, match="side by side"):
            care(wrong)
