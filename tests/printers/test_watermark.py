"""Who drew a paper up stands along its edges, on every page, and only where it is said."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from printers.pdf import to_one_pdf, to_pdf
from printers.sheet import NewPage, Paragraph, Sheet

WORDS = "버들 작성, 2026년 11월 24일(화) 10:00"
TWO = (Paragraph("first"), NewPage(), Paragraph("second"))


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("landscape", [False, True])
def test_it_stands_on_every_page_and_at_both_edges(landscape: Any) -> None:
    data = to_pdf(Sheet("Register", TWO, watermark=WORDS, landscape=landscape))
    assert [text.replace("\n", " ").count("버들 작성") >= 4 for text in pages(data)] == [True, True]


def test_without_it_nothing_stands_there() -> None:
    assert "작성" not in "".join(pages(to_pdf(Sheet("Register", TWO))))


def test_of_several_papers_only_those_that_carry_it() -> None:
    marked = Sheet("One", (Paragraph("a"),), watermark=WORDS)
    found = pages(to_one_pdf([marked, Sheet("Two", (Paragraph("b"),))]))
    assert ["작성" in text for text in found] == [True, False]


def test_a_long_name_stays_on_the_page() -> None:
    (text,) = pages(to_pdf(Sheet("One", (Paragraph("a"),), watermark="버들 " * 80)))
    assert "버들" in text
