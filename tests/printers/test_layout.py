from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.document import (
    Align,
    Barcode,
    Block,
    Column,
    Document,
    DocumentWrong,
    Heading,
    Picture,
    Row,
    Rule,
    RuleKind,
    Space,
    Symbology,
    Table,
    Text,
)
from printers.encoding import cells
from printers.layout import Bars, Drawing, Squares, Words, as_text, lay_out
from printers.profiles import PROFILES, Profile, ProfileUnknown, profile
from printers.wrapping import wrap
from tests.printers.test_document import DOCUMENTS

NARROW, WIDE = PROFILES["generic-58"], PROFILES["generic-80"]
PAPERS = st.sampled_from([NARROW, WIDE, PROFILES["epson-80"]])
LETTERS = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"]) | st.sampled_from("가나다라 ₩0123456789")
)


def laid(*blocks: Block, on: Profile = WIDE) -> list[str]:
    return as_text(lay_out(Document("t", blocks), on)).splitlines()


def words(*blocks: Block, on: Profile = WIDE) -> list[Words]:
    lines = lay_out(Document("t", blocks), on)
    return [line for line in lines if isinstance(line, Words)]


@given(DOCUMENTS, PAPERS)
@settings(deadline=None)
def test_a_line_fills_the_paper_exactly_whatever_the_letters(
    document: Document, paper: Profile
) -> None:
    try:
        lines = lay_out(document, paper)
    except DocumentWrong:
        return
    for line in lines:
        if isinstance(line, Words):
            assert cells(line.text) == line.columns == paper.columns // line.size


@given(LETTERS, LETTERS, st.integers(1, 8), PAPERS)
def test_a_row_fills_the_paper_and_loses_no_letter(
    left: str, right: str, size: int, paper: Profile
) -> None:
    lines = words(Row(left, right, size), on=paper)
    assert all(cells(line.text) == paper.columns // line.size for line in lines)
    shown = "".join("".join(line.text for line in lines).split())
    folded = words(Text(left), on=paper) + words(Text(right), on=paper)
    assert sorted(shown) == sorted("".join("".join(line.text for line in folded).split()))


@given(st.text("가나다 abc12", max_size=80), st.integers(2, 30))
def test_wrapped_lines_are_no_wider_than_the_paper_and_keep_every_word(
    text: str, width: int
) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_text_is_broken_between_words() -> None:
    assert laid(Text("이 문장은 줄이 바뀌어야 해요 그렇지 않나요"), on=NARROW) == [
        "이 문장은 줄이 바뀌어야 해요",
        "그렇지 않나요",
    ]


def test_a_large_word_gets_smaller_rather_than_broken() -> None:
    line = words(Text("189,000원", size=8), on=NARROW)[0]
    assert line.size == 3
    assert line.text.strip() == "189,000원"


def test_a_large_row_that_is_too_long_stays_large_on_two_lines() -> None:
    lines = words(Row("실지급액", "2,353,340원", size=2), on=NARROW)
    assert [(line.size, line.text.strip()) for line in lines] == [
        (2, "실지급액"),
        (2, "2,353,340원"),
    ]


def test_a_figure_stands_at_the_right_edge() -> None:
    assert laid(Row("합계", "189,000원"), on=NARROW) == ["합계" + " " * 19 + "189,000원"]


def test_a_row_whose_word_would_be_broken_takes_two_lines() -> None:
    shown = laid(Row("현금영수증(소득공제용)", "010-****-1234"), on=NARROW)
    assert [line.strip() for line in shown] == ["현금영수증(소득공제용)", "010-****-1234"]


def test_an_indented_row_keeps_its_indent() -> None:
    assert laid(Row("  할인", "-9,000"), on=NARROW)[0].startswith("  할인")


def test_figures_of_a_table_stand_below_each_other() -> None:
    table = Table(
        (Column("품명"), Column("수량", Align.RIGHT), Column("금액", Align.RIGHT)),
        (("코트", "1", "189,000"), ("단추", "12", "3,000")),
    )
    lines = [line for line in laid(table) if line]
    assert all(cells(line) == WIDE.columns for line in lines)
    assert lines[1].endswith("   1 189,000")
    assert lines[2].endswith("  12   3,000")


def test_a_table_too_wide_for_the_paper_says_each_thing_on_two_lines() -> None:
    table = Table(
        (Column("항목"), Column("", Align.RIGHT), Column("", Align.RIGHT)),
        (("휴일연장근로수당", "10 × 16,500", "165,000"), ("식대", "", "200,000")),
    )
    shown = laid(table, on=NARROW)
    assert shown[:2] == ["항목", "휴일연장근로수당"]
    assert shown[2].startswith("10 × 16,500")
    assert shown[2].endswith("165,000")
    assert shown[3] == "식대" + " " * 21 + "200,000"


def test_rows_shorter_and_longer_than_their_columns_do_no_harm() -> None:
    table = Table((Column("a"), Column("b")), ((), ("1",), ("1", "2", "3")))
    assert len(laid(table)) >= 3


def test_a_code_too_wide_for_the_paper_is_refused() -> None:
    with pytest.raises(DocumentWrong, match="too wide for 384 dots"):
        lay_out(Document("t", (Barcode("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),)), NARROW)


def test_codes_get_the_widest_bars_that_fit() -> None:
    badge, bundle = Barcode("104839572616"), Barcode("20000120")
    lines = lay_out(Document("t", (badge, bundle)), NARROW)
    assert [line.module for line in lines if isinstance(line, Bars)] == [3, 3]
    longer = lay_out(Document("t", (Barcode("1048395726160000"),)), NARROW)
    assert [line.module for line in longer if isinstance(line, Bars)] == [2]


def test_a_code_has_its_digits_below_unless_told_otherwise() -> None:
    assert laid(Barcode("20000120"))[1].strip() == "20000120"
    assert laid(Barcode("20000120", caption="묶음 5"))[1].strip() == "묶음 5"
    assert laid(Barcode("x", Symbology.QR)) == ["[QR: x]"]


def test_a_qr_code_is_measured() -> None:
    lines = lay_out(Document("t", (Barcode("https://didim.example", Symbology.QR),)), NARROW)
    assert [line.module for line in lines if isinstance(line, Squares)] == [6]


def test_a_picture_wider_than_the_paper_is_refused() -> None:
    with pytest.raises(DocumentWrong, match="wider than 384"):
        lay_out(Document("t", (Picture(400, ("ff",)),)), NARROW)
    with pytest.raises(DocumentWrong, match="hexadecimal"):
        lay_out(Document("t", (Picture(8, ("zz",)),)), NARROW)
    lines = lay_out(Document("t", (Picture(8, ("ff",)),)), NARROW)
    assert isinstance(lines[0], Drawing)


def test_a_paper_of_many_metres_is_refused() -> None:
    with pytest.raises(DocumentWrong, match="longer than"):
        lay_out(Document("t", (Text("가 " * 900, size=8),) * 100), NARROW)


def test_rules_and_spaces_read_as_what_they_are() -> None:
    shown = laid(Heading("x"), Space(2), Rule(RuleKind.DASHED), Rule(), Rule(RuleKind.HEAVY))
    assert shown[1:] == ["", "", "-" * 48, "─" * 24, "━" * 24]


def test_a_profile_nobody_knows_is_named_with_those_there_are() -> None:
    with pytest.raises(ProfileUnknown, match="generic-58"):
        profile("inkjet")
    assert profile("epson-80").columns == 42
