from __future__ import annotations

import random

import pytest

from printers import escpos, paper, raster
from printers.document import (
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    DocumentWrong,
    Heading,
    OpenDrawer,
    Picture,
    Row,
    Rule,
    Space,
    Symbology,
    Text,
)
from printers.escpos import Mode, to_escpos
from printers.layout import lay_out
from printers.profiles import PROFILES
from printers.tokens import tokens
from tests.printers.readable import readable

KOREAN, UNKNOWN = PROFILES["bixolon-80"], PROFILES["generic-80"]
OLD = PROFILES["citizen-80"]
BEGIN = "<RESET><TABLE 437><KOREAN ON><KOREA><NO GAP>"


def document(*blocks: Block) -> Document:
    return Document("t", blocks)


def test_a_korean_printer_gets_letters() -> None:
    paper_ = document(OpenDrawer(), Heading("영수증"), Row("합계", "₩189,000", bold=True), Cut())
    assert readable(to_escpos(paper_, KOREAN)) == (
        f"{BEGIN}<DRAWER><GS ! 11><ESC 3 36><BOLD>" + " " * 9 + "영수증\n"
        "</BOLD><GS ! 00><USUAL SPACING>"
        "<BOLD>합계" + " " * 36 + "₩189,000\n"
        "</BOLD><CUT>\n"
    )


def test_an_unknown_printer_gets_pictures_only() -> None:
    names = {token.name for token in tokens(to_escpos(document(Text("가"), Cut()), UNKNOWN))}
    assert "TEXT" not in names
    assert "GS v" in names


def test_asked_for_text_even_an_unknown_printer_gets_letters() -> None:
    stream = to_escpos(document(Text("가나다")), UNKNOWN, Mode.TEXT)
    assert readable(stream) == f"{BEGIN}가나다\n"


def test_asked_for_pictures_even_a_korean_printer_gets_them() -> None:
    stream = to_escpos(document(Text("가나다")), KOREAN, Mode.RASTER)
    assert "가나다" not in readable(stream)
    assert "<PICTURE" in readable(stream)


@pytest.mark.parametrize("letters", ["똠방각하", "漢字 뷁"])
def test_a_line_an_older_printer_can_not_spell_goes_as_a_picture(letters: str) -> None:
    shown = readable(to_escpos(document(Text("가나다"), Text(letters), Text("라마바")), OLD))
    assert "가나다" in shown
    assert "라마바" in shown
    assert letters not in shown
    assert "<PICTURE" in shown


def test_letters_no_korean_font_has_go_as_a_picture_in_text_mode_too() -> None:
    shown = readable(to_escpos(document(Text("café \\")), KOREAN, Mode.TEXT))
    assert "<PICTURE" in shown


def test_a_printer_without_cutter_feeds_and_one_without_drawer_is_left_alone() -> None:
    stream = to_escpos(document(OpenDrawer(), Cut()), PROFILES["sewoo-58"])
    assert readable(stream) == f"{BEGIN}<ESC d 04>\n"


def test_paper_is_fed_and_cut_where_nobody_knows_whether_there_is_a_cutter() -> None:
    stream = to_escpos(document(Cut()), PROFILES["generic-58"])
    assert readable(stream) == f"{BEGIN}<ESC d 04><CUT>\n"


def test_a_full_cut_is_another_command() -> None:
    assert to_escpos(document(Cut(partial=False)), KOREAN).endswith(b"\x1dVA\0")


def test_a_bar_code_leaves_as_the_printers_own() -> None:
    shown = readable(to_escpos(document(Barcode("20000120")), KOREAN))
    assert "<CENTRE><GS h 60><GS w 03><GS H 00><GS k 49 7b 43 14 00 01 14></CENTRE>" in shown


def test_digits_that_would_be_real_time_commands_are_drawn() -> None:
    stream = to_escpos(document(Barcode("160401"), Text("가")), KOREAN)
    assert b"\x10\x04" not in stream
    assert "<PICTURE" in readable(stream)
    assert "<GS k" in readable(to_escpos(document(Barcode("164801")), KOREAN))


def test_letters_of_a_code_are_sent_in_their_own_set() -> None:
    assert escpos.code128("A{1") == b"\x1dkI\x06{BA{{1"


@pytest.mark.parametrize("data", ["한글", "a\nb", ""])
def test_a_bar_code_of_other_letters_is_refused(data: str) -> None:
    if not data:
        assert escpos.code128(data).startswith(b"\x1dkI")
        return
    with pytest.raises(DocumentWrong):
        to_escpos(document(Barcode(data)), KOREAN)


def test_a_qr_code_too_long_is_refused() -> None:
    with pytest.raises(DocumentWrong):
        to_escpos(document(Barcode("x" * 5000, Symbology.QR)), KOREAN)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_the_same_document_gives_the_same_bytes(profile: str, mode: Mode) -> None:
    paper_ = document(
        Heading("영수증"), Text("가 é", align=Align.CENTER, inverse=True), Rule(), Space(2),
        Barcode("20000120"), Barcode("x", Symbology.QR), Picture(8, ("81",)), Cut(),
    )  # fmt: skip
    first = to_escpos(paper_, PROFILES[profile], mode)
    assert first == to_escpos(paper_, PROFILES[profile], mode)
    assert not paper.read(first).warnings


@pytest.mark.parametrize("profile", ["generic-58", "generic-80"])
def test_no_picture_command_is_larger_than_a_small_memory_takes(profile: str) -> None:
    model = PROFILES[profile]
    text = "여성 울 코트 검정 " * 60
    for token in tokens(to_escpos(document(Text(text, size=2)), model)):
        if token.name == "GS v":
            rows = int.from_bytes(token.data[4:6], "little")
            across = int.from_bytes(token.data[2:4], "little")
            assert rows <= model.strip_rows or across == 1
            assert len(token.data) < 4096


def test_pictures_never_hold_bytes_that_printers_obey_at_once() -> None:
    chance = random.Random(7)  # noqa: S311 - the same papers each time
    for _ in range(60):
        words = "".join(chr(chance.randrange(0xAC00, 0xD7A4)) for _ in range(400))
        stream = to_escpos(document(Text(words)), UNKNOWN)
        for trap in (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04"):
            assert trap not in stream
        assert b"\x10\x14\x01" not in stream


def test_a_dangerous_picture_is_made_harmless_by_one_dot() -> None:
    picture = Picture(32, ("10040110",) * 3)
    stream = to_escpos(document(picture), UNKNOWN)
    assert b"\x10\x04\x01" not in stream
    assert paper.read(stream, 576).ink.getbbox() is not None


def test_what_no_byte_can_say_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="9"):
        escpos.letter_size(9)
    with pytest.raises(ValueError, match="256"):
        escpos.feed(256)


def test_empty_rows_leave_as_narrow_strips() -> None:
    stream = to_escpos(document(Space(5)), UNKNOWN)
    assert len(stream) < 200
    assert paper.read(stream, 576).ink.height == 150


def test_a_drawn_line_is_as_wide_as_the_paper_and_nothing_is_clipped() -> None:
    text = document(Row("가" * 20 + " W" * 20, "MMMMMMMM"))
    lines = lay_out(text, UNKNOWN)
    image = raster.draw(lines, UNKNOWN)
    assert image.width == 576
    left, _, right, _ = image.getbbox() or (0, 0, 0, 0)
    assert left >= 0
    assert right > 560
