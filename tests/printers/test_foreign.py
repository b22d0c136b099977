"""What leaves, read by another reader: written from makers' manuals, sharing nothing with ours."""

from __future__ import annotations

import re

import pytest

from factory.kernel.words import speaking
from factory.printing.samples import SAMPLES, sample
from printers.document import Document, DocumentWrong, Text
from printers.escpos import Mode, to_escpos
from printers.profiles import PROFILES

PREAMBLE = b"\x1b@\x1bt\x00\x1c&\x1bR\x0d\x1cS\x00\x00"
_COMMANDS = re.compile(
    rb"\x1b@|\x1bt.|\x1c&|\x1bR.|\x1cS..|\x1bE.|\x1dB.|\x1ba.|\x1d!.|\x1b3.|\x1b2|\x1bd.|\x1bJ."
    rb"|\x1dh.|\x1dw.|\x1dH.|\x0c|\x1d\x0c|\x1c\(L\x02\x00..",
    re.DOTALL,
)


def text_of(stream: bytes) -> tuple[str, dict[str, int]]:
    """The letters of a stream, and how often it draws, cuts, kicks the drawer, prints bars."""
    seen = {"raster": 0, "cut": 0, "drawer": 0, "bars": 0}
    rest, letters = stream, b""
    while rest:
        if found := _COMMANDS.match(rest):
            rest = rest[found.end() :]
        elif rest.startswith(b"\x1dv0"):
            across, high = rest[4] + 256 * rest[5], rest[6] + 256 * rest[7]
            rest, seen["raster"] = rest[8 + across * high :], seen["raster"] + 1
        elif rest[:3] in {b"\x1dVA", b"\x1dVB"}:
            rest, seen["cut"] = rest[4:], seen["cut"] + 1
        elif rest.startswith(b"\x1bp"):
            rest, seen["drawer"] = rest[5:], seen["drawer"] + 1
        elif rest.startswith(b"\x1dk"):
            rest, seen["bars"] = rest[4 + rest[3] :], seen["bars"] + 1
        else:
            assert rest[:1] == b"\n" or rest[0] >= 0x20, rest[:8]
            letters, rest = letters + rest[:1], rest[1:]
    return letters.decode("cp949").replace("\\", "₩"), seen


ARTWORK = "sewn-in-label"
"""No slip: drawn for the label maker, eight dots to the millimetre."""


@pytest.mark.parametrize("profile", [name for name in PROFILES if PROFILES[name].dots_a_mm < 8])
def test_artwork_is_refused_where_it_would_not_fit(profile: str) -> None:
    with speaking("ko"), pytest.raises(DocumentWrong) as wrong:
        to_escpos(sample(ARTWORK), PROFILES[profile], Mode.RASTER)
    assert wrong.value.path == "label.height_mm"


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {ARTWORK}))
def test_a_sample_is_plain_cp949_with_one_cut_and_at_most_one_kick(name: str, profile: str) -> None:
    model = PROFILES[profile]
    with speaking("ko"):
        document = sample(name)
    if document.label is None:
        stream = to_escpos(document, model, Mode.TEXT)
        text, seen = text_of(stream)
        assert stream.startswith(PREAMBLE)
        assert seen["cut"] == int(model.cutter)
        assert seen["drawer"] <= 1
        assert "?" not in text
    text, seen = text_of(to_escpos(document, model, Mode.RASTER))
    assert text.strip() == ""
    assert seen["raster"] > 0
    assert seen["bars"] == 0


def test_a_receipt_says_in_text_what_it_should() -> None:
    with speaking("ko"):
        text, seen = text_of(to_escpos(sample("receipt"), PROFILES["virtual-80"], Mode.TEXT))
    for words in ("보기 의류", "합계", "369,000원", "공급가액", "거스름돈", "30000129"):
        assert words in text
    assert seen == {"raster": 0, "cut": 1, "drawer": 1, "bars": 1}


def test_a_copy_has_its_mark_one_cut_and_no_kick() -> None:
    with speaking("ko"):
        copy = sample("receipt").as_copy("재출력 1")
    text, seen = text_of(to_escpos(copy, PROFILES["virtual-80"], Mode.TEXT))
    assert text.strip().startswith("재출력 1")
    assert (seen["cut"], seen["drawer"]) == (1, 0)


@pytest.mark.parametrize("profile", ["citizen-80", "epson-80", "sewoo-58"])
def test_an_older_printer_is_never_sent_a_syllable_it_lacks(profile: str) -> None:
    words = "가나다 똠방각하 뷁 ㈜ ①"
    stream = to_escpos(Document("t", (Text(words), Text("라마바"))), PROFILES[profile])
    text, seen = text_of(stream)
    assert text.split() == ["라마바"]
    assert seen["raster"] > 0
