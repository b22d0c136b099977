"""Labels of a size, codes with check digits, and printers as they were found to be."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from printers import barcodes, escpos, paper
from printers.document import (
    Barcode,
    Block,
    Cut,
    Document,
    DocumentWrong,
    Label,
    OpenDrawer,
    Symbology,
    Text,
)
from printers.escpos import Mode, to_escpos, to_job
from printers.layout import lay_out
from printers.portable import from_json, to_json
from printers.profiles import PROFILES, Hangul, LabelFeed, Profile, adjusted
from printers.symbols import ruler

ROLL = PROFILES["virtual-58"]
EAN = "8801234567893"


def label(*blocks: Block, wide: int = 40, high: int = 30) -> Document:
    return Document("label", blocks, Label(wide, high))


def test_a_label_is_exactly_as_large_as_it_was_asked_for() -> None:
    job = to_job(label(Text("여성 울 코트"), Barcode("40001238", height_mm=8), Cut()), ROLL)
    assert job.rows == 240
    read = paper.read(job.data, 384)
    assert [event.row for event in read.events] == [240 + 120]
    box = read.ink.getbbox()
    assert box is not None
    assert box[0] >= 8
    assert box[2] <= 320 - 8
    png = Image.open(io.BytesIO(read.png()))
    assert [code.text for code in zxingcpp.read_barcodes(png)] == ["40001238"]


def test_a_batch_has_a_unit_for_each_label_and_never_opens_the_drawer() -> None:
    document = label(OpenDrawer(), Text("가"), Cut(), Text("나"), Cut(), Text("가"))
    job = to_job(document, ROLL)
    assert len(job.units) == document.units == 3
    assert b"\x1bp" not in job.data
    assert all(unit.startswith(escpos.begin()) for unit in job.units)


@pytest.mark.parametrize(
    ("feed", "ends"),
    [
        (LabelFeed.ROLL, b"\x1dVB\0"),
        (LabelFeed.FORM_FEED, b"\x0c"),
        (LabelFeed.MARK, b"\x1d\x0c"),
        (LabelFeed.EPSON, b"\x1c(L\x02\x00\x42\x30\x1dVB\0\x1c(L\x02\x00\x43\x30"),
    ],
)
def test_a_label_gets_out_as_its_printer_has_it(feed: LabelFeed, ends: bytes) -> None:
    stream = to_escpos(label(Text("가"), Cut()), replace(ROLL, label_feed=feed))
    assert stream.endswith(ends)
    read = paper.read(stream)
    assert read.warnings == ()
    assert read.events


def box(document: Document, model: Profile) -> tuple[int, int, int, int]:
    found = paper.read(to_escpos(document, model), model.dots).ink.getbbox()
    assert found is not None
    return found


@pytest.mark.parametrize(("across", "down"), [(0, 0), (20, 10), (-5, -10), (25, 0)])
def test_a_label_is_printed_where_its_printer_begins(across: int, down: int) -> None:
    document = label(Barcode("40001238", height_mm=8))
    was = box(document, ROLL)
    moved = box(document, replace(ROLL, across=across, down=down))
    x, y = replace(ROLL, across=across, down=down).label_start
    assert (moved[1] - was[1], moved[3] - was[3]) == (y, y)
    assert moved[0] - was[0] == x
    assert moved[2] - was[2] == x


@pytest.mark.parametrize("across", [-50, 50])
@pytest.mark.parametrize("down", [-50, 50])
def test_however_far_a_label_is_moved_nothing_on_it_is_lost(across: int, down: int) -> None:
    model = replace(ROLL, across=across, down=down)
    document = label(Barcode("40001238", height_mm=8), Text("여성 울 코트"), wide=48, high=20)
    read = paper.read(to_escpos(document, model), model.dots)
    png = Image.open(io.BytesIO(read.png()))
    assert [code.text for code in zxingcpp.read_barcodes(png)] == ["40001238"]
    assert read.ink.getbbox()[2] <= model.dots  # type: ignore[index]


def test_a_label_larger_than_the_head_is_refused() -> None:
    with pytest.raises(DocumentWrong, match=r"label\.width_mm: the head is 48 mm wide"):
        lay_out(label(Text("가"), wide=60), ROLL)


def test_more_than_fits_on_a_label_is_refused_with_the_height_it_needs() -> None:
    with pytest.raises(DocumentWrong, match=r"label\.height_mm: what is on it needs 20 mm"):
        lay_out(label(Text("가\n나\n다\n라\n마"), high=15), ROLL)


def test_a_label_comes_back_from_json() -> None:
    document = label(Text("가"), Cut())
    assert to_json(document)["label"] == {"width_mm": 40, "height_mm": 30}
    assert from_json(to_json(document)) == document
    with pytest.raises(DocumentWrong, match=r"label\.width_mm: it must be from 15 to 104"):
        from_json(to_json(document) | {"label": {"width_mm": 5, "height_mm": 30}})


def test_a_copy_of_a_batch_begins_with_its_mark_alone() -> None:
    copy = label(Text("가"), Cut(), Text("나"), Cut()).as_copy("재출력 1")
    assert copy.units == 3


def test_a_ruler_fits_its_label_at_either_density() -> None:
    for name in ("virtual-58", "epson-80"):
        model = PROFILES[name]
        lay_out(label(ruler(38, 27, model.dots_a_mm)), model)


@pytest.mark.parametrize("data", [EAN, EAN[:12]])
@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.RASTER])
def test_an_ean_is_printed_with_its_check_digit(mode: Mode, data: str) -> None:
    document = Document("t", (Barcode(data, Symbology.EAN13), Cut()))
    stream = to_escpos(document, ROLL, mode)
    read = paper.read(stream, 384)
    png = Image.open(io.BytesIO(read.png()))
    assert [code.text for code in zxingcpp.read_barcodes(png)] == [EAN]
    if mode is Mode.TEXT:
        assert b"\x1dkC\x0d" + EAN.encode() in stream
        assert f"[EAN-13: {EAN}]" in read.text


@pytest.mark.parametrize(
    ("data", "told"),
    [(EAN[:12] + "4", "the check digit must be 3"), ("123", "12 or 13"), ("88012345678a3", "12")],
)
def test_an_ean_that_no_scanner_would_take_is_refused(data: str, told: str) -> None:
    with pytest.raises(DocumentWrong, match=told):
        lay_out(Document("t", (Barcode(data, Symbology.EAN13),)), ROLL)


def test_an_ean_is_refused_where_its_bars_would_be_too_narrow() -> None:
    with pytest.raises(DocumentWrong, match="too wide"):
        lay_out(label(Barcode(EAN, Symbology.EAN13), wide=30), ROLL)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"{BAB12", "AB12"),
        (b"{C\x0c\x22", "1234"),
        (b"{BA{C\x0c\x22{BB", "A1234B"),
        (b"{A\x01Z", "\x01Z"),
    ],
)
def test_bars_of_other_programs_are_read_with_their_changes_of_set(body: bytes, text: str) -> None:
    values, read = barcodes.code128_read(body)
    assert read == text
    assert barcodes.code128_pattern(values).endswith("1100011101011")


def test_digits_below_the_bars_are_shown_where_the_printer_was_told_to() -> None:
    assert paper.read(b"\x1dH\x02\x1dkI\x06{BAB12", 384).text == "[Code 128: AB12]\nAB12\n"


def test_a_printer_is_what_its_page_showed() -> None:
    unknown = PROFILES["generic-80"]
    own = adjusted(unknown, {"dots": 504, "hangul": "uhc", "cutter": False})
    assert (own.dots, own.hangul, own.cutter, own.dots_a_mm) == (504, Hangul.UHC, False, 7)
    assert adjusted(unknown, {"dots": 9, "hangul": "thai"}) == unknown
    assert adjusted(unknown, {}) == unknown
