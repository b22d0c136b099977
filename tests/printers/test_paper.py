from __future__ import annotations

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printers import paper
from printers.document import (
    Barcode,
    Block,
    Cut,
    Document,
    Heading,
    OpenDrawer,
    Row,
    Rule,
    Symbology,
    Text,
)
from printers.escpos import Mode, to_escpos
from printers.layout import as_text, lay_out
from printers.profiles import PROFILES
from printers.tokens import tokens

WORDS = st.text(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.sampled_from("aZ 9-₩")
)


def codes(png: bytes) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))}


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
@settings(deadline=None)
def test_what_was_sent_as_letters_reads_the_same_on_paper(rows: list[tuple[str, str]]) -> None:
    blocks: tuple[Block, ...] = (Heading("영수증"), Rule(), *(Row(*row) for row in rows))
    blocks += (Barcode("20000120"),)
    document = Document("t", blocks)
    profile = PROFILES["virtual-80"]
    stream = to_escpos(document, profile, Mode.TEXT)
    assert paper.read(stream).text == as_text(lay_out(document, profile))


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.RASTER])
@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_code_on_every_paper_can_be_scanned(profile: str, mode: Mode) -> None:
    document = Document(
        "t",
        (
            Barcode("104839572616"), Text(" "),
            Barcode("160401"), Text(" "),
            Barcode("AB-12"), Text(" "),
            Barcode("https://didim.example/p/1", Symbology.QR),
        ),
    )  # fmt: skip
    found = codes(paper.read(to_escpos(document, PROFILES[profile], mode)).png())
    assert found == {"104839572616", "160401", "AB-12", "https://didim.example/p/1"}


def test_cut_and_drawer_are_told_in_order() -> None:
    document = Document("t", (OpenDrawer(), Text("가"), Cut(), Text("나"), Cut(partial=False)))
    read = paper.read(to_escpos(document, PROFILES["virtual-80"]))
    assert [event.kind for event in read.events] == ["drawer", "cut partial", "cut full"]
    assert read.cuts == 2
    rows = [event.row for event in read.events]
    assert rows == sorted(rows)


@pytest.mark.parametrize(("profile", "dots"), [("virtual-58", 384), ("virtual-80", 576)])
def test_the_width_of_the_paper_is_seen_in_the_stream(profile: str, dots: int) -> None:
    document = Document("t", (Row("왼쪽", "오른쪽"), Rule()))
    assert paper.read(to_escpos(document, PROFILES[profile])).ink.width == dots


@given(st.binary(max_size=2000))
@settings(deadline=None)
def test_any_bytes_end_as_some_paper(stream: bytes) -> None:
    read = paper.read(stream)
    assert read.png().startswith(b"\x89PNG")
    assert read.text.endswith("\n")


@given(st.binary(max_size=300))
def test_no_byte_is_read_twice(stream: bytes) -> None:
    places = [token.at for token in tokens(stream)]
    assert places == sorted(set(places))


def test_a_stream_cut_short_in_a_picture_says_so() -> None:
    whole = to_escpos(Document("t", (Text("가"),)), PROFILES["generic-80"])
    assert any("CUT SHORT" in warning for warning in paper.read(whole[:-5]).warnings)


def test_a_stream_of_nonsense_is_not_drawn_for_ever() -> None:
    read = paper.read(b"\x1bd\xff" * 100_000)
    assert read.ink.height < 120_000
    assert read.warnings == ("the paper is too long; the rest is not shown",)


def test_unknown_commands_are_told_with_their_place_and_only_the_first() -> None:
    read = paper.read(b"a\x1b\x01" * 80)
    assert len(read.warnings) == 50
    assert read.warnings[0] == "? 1b 01 at byte 1"


FOREIGN = [
    (b"\x1bB\x02\x05", "beep"),
    (b"\x10\x04\x01", "status question"),
    (b"\x1dr\x01", "status question"),
    (b"\x10\x14\x01\x00\x01", "drawer"),
    (b"\x10\x14\x02\x00\x01", "real-time command"),
    (b"\x1bi", "cut full"),
    (b"\x1bm", "cut partial"),
    (b"\x1dV0", "cut full"),
    (b"\x1dV1", "cut partial"),
    (b"\x0c", "label feed"),
    (b"\x1d\x0c", "label feed"),
]


@pytest.mark.parametrize(("stream", "kind"), FOREIGN)
def test_what_other_programs_send_is_understood(stream: bytes, kind: str) -> None:
    assert [event.kind for event in paper.read(b"\x1b@" + stream).events] == [kind]


def test_text_without_korean_mode_is_the_old_code_page() -> None:
    assert paper.read(b"\x1b@caf\x82\n").text == "café\n"
    assert paper.read(b"\x1c&\xb0\xa1\x1c.\xb0\n").text == "가░\n"
    assert paper.read(b"\x1c&\\\n").text == "\\\n"
    assert paper.read(b"\x1c&\x1bR\x0d\\1\n").text == "₩1\n"


def test_a_full_line_goes_on_in_the_next() -> None:
    assert paper.read(b"x" * 40 + b" " + b"y" * 20 + b"\n", 576).text == f"{'x' * 40}\n{'y' * 20}\n"


def test_letters_can_be_small_underlined_inverse_and_tabbed() -> None:
    stream = b"\x1bM\x01small\x1bM\x00\n\x1b-\x01line\x1b-\x00\n\x1dB\x01black\x1dB\x00\n"
    stream += b"\x1b!\x38big\x1b!\x00\na\tb\n\x1bJ\x20\x1b3\x40\x1b2"
    read = paper.read(stream, 384)
    assert read.text == "small\nline\nblack\nbig\na       b\n"
    assert read.warnings == ()


def test_other_picture_commands_are_drawn() -> None:
    eight = b"\x1b*\x00\x10\x00" + b"\xff" * 16 + b"\n"
    twenty_four = b"\x1b*\x21\x10\x00" + b"\xff" * 48 + b"\n"
    stored = b"\x1d(L\x12\x000p0\x01\x011\x08\x00\x08\x00" + b"\xff" * 8
    large = b"\x1d8L\x12\x00\x00\x000p0\x01\x011\x08\x00\x08\x00" + b"\xff" * 8
    show = b"\x1d(L\x02\x0002"
    doubled = b"\x1dv0\x03\x01\x00\x08\x00" + b"\xff" * 8
    for stream, size in (
        (eight, (16, 8)),
        (twenty_four, (16, 24)),
        (stored + show, (8, 8)),
        (large + show, (8, 8)),
        (doubled, (16, 16)),
    ):
        box = paper.read(stream, 384).ink.getbbox()
        assert box is not None
        assert (box[2] - box[0], box[3] - box[1]) == size


def test_a_printers_own_qr_code_is_drawn() -> None:
    stream = b"\x1d(k\x03\x001C\x06" + b"\x1d(k\x08\x001P0hello" + b"\x1d(k\x03\x001Q0"
    read = paper.read(b"\n" + stream, 384)
    assert read.text == "\n[QR: hello]\n"
    assert codes(read.png()) == {"hello"}
    assert paper.read(b"\x1d(k\xff\x131P0" + b"x" * 5116 + b"\x1d(k\x03\x001Q0", 384).text


@pytest.mark.parametrize(
    "stream",
    [
        b"\x1dk\x04123456789012\0",
        b"\x1dkI\x0212",
        b"\x1dkI\x03{C\xff",
        b"\x1dkI\x04{B\x01\x02",
        b"\x1dkI\x20{B" + b"x" * 30,
    ],
)
def test_a_code_that_would_not_print_is_told(stream: bytes) -> None:
    assert paper.read(stream, 384).warnings


def test_strips_of_one_picture_are_one_picture_in_the_text() -> None:
    stream = to_escpos(Document("t", (Text("가 " * 60),)), PROFILES["generic-58"])
    assert paper.read(stream).text == "[picture]\n"
