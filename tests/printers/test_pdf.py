from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from printers import sheet, symbols
from printers.document import (
    Align,
    Barcode,
    Cut,
    Document,
    Heading,
    Label,
    Picture,
    Row,
    Rule,
    Text,
)
from printers.ink import wrapped
from printers.pdf import to_one_pdf, to_pdf
from printers.sheet import Sheet

RARE = "똠 펲 뷁 쌰 힣 ₩ ㈜ ①"


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def full_sheet(rows: int = 60) -> Sheet:
    columns = (
        sheet.Column("항목", share=3),
        sheet.Column("금액", Align.RIGHT, 2),
        sheet.Column("계산 방법", share=5),
    )
    lines = tuple((f"줄 {n}", f"{n * 1000:,}원", "시간 × 통상시급") for n in range(rows))
    return Sheet(
        "임금명세서",
        (
            sheet.Facts((("이름", "소나무"), ("번호", "7"), ("비고", RARE))),
            sheet.Heading("지급 내역"),
            sheet.Table(columns, (*lines, ("합계", "2,353,340원", "")), totals=1, caption="지급"),
            sheet.Table(columns, lines[:1], small=True),
            sheet.Total("실지급액", "2,353,340원"),
            sheet.Paragraph("설명입니다. " * 30, small=True),
            sheet.Space(5),
            sheet.Code("30000129"),
            sheet.Signatures(("사용자", "근로자")),
            sheet.NewPage(),
            sheet.Paragraph("둘째 장"),
        ),
        subtitle="2026년 11월",
        issuer="보기 의류",
        small_print="문의는 사무실로 해 주세요.",
    )


def test_every_word_of_a_sheet_can_be_read_back() -> None:
    text = "\n".join(pages(to_pdf(full_sheet())))
    for word in ("임금명세서", "소나무", RARE, "줄 59", "2,353,340원", "30000129", "근로자"):
        assert word in text


def test_a_table_goes_on_with_its_head_on_the_next_page() -> None:
    shown = pages(to_pdf(full_sheet()))
    assert len(shown) >= 3
    assert "계산 방법" in shown[1]
    assert "줄 59" in shown[1]


def test_each_page_has_its_number_and_the_small_print() -> None:
    shown = pages(to_pdf(full_sheet()))
    for number, text in enumerate(shown, 1):
        assert f"{number} / {len(shown)}" in text
        assert "문의는 사무실로" in text


def test_fonts_are_embedded_as_subsets_and_no_other_is_named() -> None:
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(full_sheet())))
    named: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for resources in named for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "+NotoSansKR" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"].get_object()
        assert "/ToUnicode" in font


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_pdf(full_sheet()) == to_pdf(full_sheet())
    slip = Document("Receipt", (Heading("영수증"),))
    assert to_pdf(slip) == to_pdf(slip)


def test_a_slip_is_a_strip_as_wide_as_the_roll() -> None:
    blocks = (
        Heading("영수증"),
        Row("합계", "189,000원", size=2),
        Text("재출력", inverse=True),
        Rule(),
        Barcode("30000129"),
        Picture(8, ("ff", "00", "ff")),
        Cut(),
    )
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(Document("Receipt", blocks))))
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.width) / 72 * 25.4) == 80
    text = reader.pages[0].extract_text()
    for word in ("영수증", "189,000원", "재출력", "30000129"):
        assert word in text


def test_landscape_lies() -> None:
    lying = Sheet("넓은 표", (sheet.Paragraph("가"),), landscape=True)
    box = pypdf.PdfReader(io.BytesIO(to_pdf(lying))).pages[0].mediabox
    assert box.width > box.height


@pytest.mark.parametrize("text", ["가" * 500, "word " * 200, "", "한 줄\n두 줄"])
def test_wrapped_text_fits_and_loses_nothing(text: str) -> None:
    lines = wrapped(text, 100, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_rows_shorter_than_their_head_do_no_harm() -> None:
    table = sheet.Table((sheet.Column("a"), sheet.Column("b")), (("1",),))
    assert "1" in pages(to_pdf(Sheet("t", (table, sheet.Facts((("x", "y"),), columns=1)))))[0]


def split_of(whole: int, gone: int) -> sheet.Split:
    rest = whole - gone
    named = (("번 돈", whole), ("나가는 돈", gone), ("받는 돈", rest))
    return sheet.Split(*(sheet.Share(label, f"{won:,}원", won) for label, won in named))


def bars(data: bytes) -> list[tuple[str, float]]:
    """The coloured fields of the first page: colour and width."""
    content = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert content is not None
    found = re.findall(
        r"([\d. ]+) rg [\d.]+ [\d.]+ ([\d.]+) [\d.]+ re f", content.get_data().decode()
    )
    return [(colour, float(width)) for colour, width in found]


@pytest.mark.parametrize(
    ("whole", "gone", "part"), [(100, 25, 0.75), (100, 0, 1.0), (100, 100, 0.0), (100, -20, 1.0)]
)
def test_the_bar_is_dark_as_far_as_money_arrives(whole: int, gone: int, part: float) -> None:
    data = to_pdf(Sheet("명세", (split_of(whole, gone),)))
    _, (_, dark), (_, light) = bars(data)
    assert round(dark / (dark + light), 3) == part
    for word in ("번 돈", f"{whole:,}원", f"{gone:,}원", "받는 돈", f"{whole - gone:,}원"):
        assert word in pages(data)[0]


def test_nothing_earned_draws_no_bar() -> None:
    assert len(bars(to_pdf(Sheet("명세", (split_of(0, 0),))))) == 1


def column(name: str, rows: int) -> sheet.Table:
    return sheet.Table((sheet.Column(name),), tuple((f"{name}{n}",) for n in range(rows)))


def test_two_columns_stand_side_by_side() -> None:
    beside = sheet.Beside((column("왼쪽", 3),), (column("오른쪽", 9),), percent=60)
    (text,) = pages(to_pdf(Sheet("t", (beside, sheet.Paragraph("아래")))))
    assert text.index("오른쪽8") < text.index("아래")


def test_columns_longer_than_the_page_go_below_each_other_and_lose_nothing() -> None:
    beside = sheet.Beside((column("왼쪽", 60),), (column("오른쪽", 3),))
    text = "\n".join(pages(to_pdf(Sheet("t", (beside,)))))
    assert text.count("왼쪽59") == text.count("오른쪽2") == 1
    assert text.index("왼쪽59") < text.index("오른쪽0")


@pytest.mark.parametrize(("together", "where"), [(True, 1), (False, 0)])
def test_columns_that_belong_together_go_to_the_next_page_together(
    *, together: bool, where: int
) -> None:
    beside = sheet.Beside((column("왼쪽", 30),), (column("오른쪽", 9),), together=together)
    shown = pages(to_pdf(Sheet("t", (column("위", 20), beside))))
    assert "왼쪽0" in shown[where]
    assert "오른쪽8" in shown[1]


@pytest.mark.parametrize(("rows", "where"), [(20, 1), (80, 0)])
def test_what_belongs_together_is_broken_only_where_it_is_longer_than_a_page(
    rows: int, where: int
) -> None:
    part = sheet.Together((sheet.Heading("함께"), column("줄", rows)))
    shown = pages(to_pdf(Sheet("t", (column("위", 25), part, sheet.Paragraph("아래")))))
    assert [number for number, text in enumerate(shown) if "함께" in text] == [where]
    assert "줄0" in shown[where]
    assert "\n".join(shown).count(f"줄{rows - 1}") == 1
    assert f"줄{rows - 1}" in shown[-1]
    assert "아래" in shown[-1]


def test_several_papers_in_one_file_keep_their_own_pages() -> None:
    lying = Sheet("넓은 표", (sheet.Paragraph("가"),), landscape=True)
    reader = pypdf.PdfReader(io.BytesIO(to_one_pdf((full_sheet(), lying, full_sheet()))))
    shown = [page.extract_text() for page in reader.pages]
    count = len(pages(to_pdf(full_sheet())))
    assert len(shown) == 2 * count + 1
    assert f"{count} / {count}" in shown[-1]
    wide = reader.pages[count].mediabox
    assert wide.width > wide.height
    assert reader.pages[-1].mediabox.width < reader.pages[-1].mediabox.height


def test_a_rare_letter_is_carried_beside_the_usual_ones() -> None:
    text = f"{RARE} " + "".join(chr(0xAC00 + 28 * n) for n in range(300))
    (shown,) = pages(to_pdf(Sheet("t", (sheet.Paragraph(text),))))
    assert "".join(text.split()) in "".join(shown.split())


def test_a_label_is_a_page_of_exactly_its_size() -> None:
    blocks = (Text("모 80 %"), Barcode("40001238", height_mm=8), Cut())
    data = to_pdf(Document("care label", blocks * 2, Label(45, 30)))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 2
    for page in reader.pages:
        size = [round(float(side) / 72 * 25.4, 1) for side in page.mediabox[2:]]
        assert size == [45.0, 30.0]
        assert "모 80 %" in page.extract_text()


def test_symbols_of_artwork_are_drawn_finer_than_any_printer_has_dots() -> None:
    strip = symbols.care((symbols.Care.WASH_BY_HAND, symbols.Care.WRING_GENTLY))
    drawn = symbols.fine(strip)
    assert drawn is not None
    assert drawn.size == (2 * symbols.SIDE * symbols.FINER, symbols.SIDE * symbols.FINER)
    inked = sum(drawn.convert("L").histogram()[128:]) / symbols.FINER**2
    coarse = sum(int(row, 16).bit_count() for row in strip.rows)
    assert abs(inked - coarse) < coarse / 5
    label = Document("t", (strip, Cut()), Label(45, 30))
    other = replace(label, blocks=(symbols.ruler(30, 10, 8), Cut()))
    assert finest(to_pdf(label)) == pytest.approx(72 / 25.4 / 8 / symbols.FINER, abs=0.01)
    assert finest(to_pdf(other)) == pytest.approx(72 / 25.4 / 8, abs=0.01)


def test_no_other_picture_is_taken_for_symbols() -> None:
    assert symbols.fine(symbols.ruler(30, 10, 8)) is None
    assert symbols.fine(Picture(symbols.SIDE, ("00" * 9,) * symbols.SIDE)) is None
    assert symbols.fine(Picture(8, ("ff",))) is None


def finest(made: bytes) -> float:
    """How high the lowest black field is, in points."""
    drawn = pypdf.PdfReader(io.BytesIO(made)).pages[0].get_contents()
    assert drawn is not None
    heights = re.findall(rb"[0-9.]+ [0-9.]+ [0-9.]+ ([0-9.]+) re", drawn.get_data())
    return min(map(float, heights))
