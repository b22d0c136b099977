"""What fits is known without laying it out, and nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.document import Block, Column, Document, DocumentWrong, Label, Row, Table, Text
from printers.layout import lay_out
from printers.profiles import PROFILES, Profile
from printers.trial import refuse_unfit
from tests.printers.test_document import DOCUMENTS

PAPERS = st.sampled_from(sorted(PROFILES.values(), key=lambda profile: profile.name))


def refused(document: Document, paper: Profile, by: object) -> bool:
    try:
        by(document, paper)  # type: ignore[operator]
    except DocumentWrong:
        return True
    return False


@given(DOCUMENTS, PAPERS)
@settings(deadline=None)
def test_it_refuses_what_laying_out_refuses(document: Document, paper: Profile) -> None:
    assert refused(document, paper, refuse_unfit) is refused(document, paper, lay_out)


LONG = "가 " * 900


@pytest.mark.parametrize(
    "block",
    [
        Text(LONG, size=8),
        Row("가 " * 200, "나 " * 200, size=8),
        Table((Column("가나다라"),) * 8, (("ㄱ" * 300,) * 8,) * 40),
    ],
    ids=["text", "row", "table"],
)
def test_a_paper_of_many_metres_is_refused(block: Block) -> None:
    paper = PROFILES["generic-58"]
    with pytest.raises(DocumentWrong, match="longer than"):
        refuse_unfit(Document("t", (block,) * 30), paper)


def test_labels_are_always_laid_out() -> None:
    high = Document("t", (Text("x"),) * 60, Label(30, 10))
    with pytest.raises(DocumentWrong, match=r"label\.height_mm"):
        refuse_unfit(high, PROFILES["generic-58"])
