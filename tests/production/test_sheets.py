"""The inspection sheet for a customer's audit, and the accident sheet."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from factory.db.session import transaction
from factory.kernel.words import LANGUAGES
from factory.production.domain.scans import Defect
from factory.production.queries.faults import faults_of_line
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.production.floor import Floor, sew

TO_LOOK = ("C06", "S01", "S02", "S20", "S11")


def text_of(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_inspection_sheet_says_plans_and_what_was_found(
    app: Flask, sign_in: SignIn, floor: Floor, language: str
) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, *TO_LOOK)
        sew(session, floor, "F05", good=9, rejects=((Defect.STAIN, 1),))
        assert faults_of_line(session, floor.order.number, 1) == {Defect.STAIN: 1}
    answer = sign_in(Role.SUPERVISOR).get(
        f"/inspection/sheets/{floor.order.number}/1.pdf?language={language}"
    )
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 1
    words = text_of(answer.data)
    assert floor.order.number in words
    for figure in ("1.5", "2.5", "4.0"):
        assert figure in words
    assert "13" in words  # thirty coats at 4.0


def test_the_accident_sheet_is_empty_and_kept_nowhere(sign_in: SignIn) -> None:
    cedar = sign_in(Role.SUPERVISOR)
    words = text_of(cedar.get("/held/accident.pdf?language=en").data)
    assert "What happened" in words
    assert "three days" in words
    assert "Accident sheet" in cedar.get("/held/?language=en").text
