"""The inspection sheet for a customer's audit, and the accident sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.catalogue import service as catalogue
from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, say, speaking
from factory.production import service
from factory.production.domain.cutting import NewLay
from factory.production.domain.metrics import Looked
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.production.queries.faults import faults_of_line, looked_of_line
from factory.security.domain import SYSTEM, Role
from tests.catalogue.build import make_measure, make_measures
from tests.conftest import SignIn
from tests.orders.build import make_lines
from tests.production.build import scan
from tests.production.coats import SHORT, short_routing
from tests.production.floor import Floor, make_cut_order, sew

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
        line = session, floor.order.number, 1
        assert faults_of_line(*line) == {Defect.STAIN: 1}
        assert looked_of_line(*line) == Looked(checked=10, defective=1, defects=1)
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
    assert "90.0 %" in words  # nine of ten were right the first time
    with speaking(language):
        assert f"{say('Final inspection')} · {say('Looked at')}" in " ".join(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_inspection_sheet_has_room_to_write_what_the_tape_says(
    app: Flask, sign_in: SignIn, floor: Floor, language: str
) -> None:
    address = f"/inspection/sheets/{floor.order.number}/1.pdf?language={language}"
    cedar = sign_in(Role.SUPERVISOR)
    with speaking(language):
        title, chest = say("Finished measures (cm)"), say("chest around")
    assert title not in text_of(cedar.get(address).data)
    with app.app_context(), transaction() as session:
        make_measures(session)
    paper = cedar.get(address).data
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1
    words = " ".join(text_of(paper).split())
    for text in (title, chest, "±", "108.0"):
        assert text in words
    assert "102.0" not in words  # nobody ordered size 44


def test_a_long_list_of_measures_stands_unbroken_on_a_second_inspection_sheet(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    many = tuple(make_measure(f"m{number}", 500, 10) for number in range(12))
    with app.app_context(), transaction() as session:
        make_measures(session, *many)
    paper = sign_in(Role.SUPERVISOR).get(f"/inspection/sheets/{floor.order.number}/1.pdf").data
    first, second = PdfReader(io.BytesIO(paper)).pages
    assert "m0 " not in first.extract_text()
    assert all(f"m{number} " in second.extract_text() for number in range(12))


def test_a_coat_that_was_repaired_is_counted_once(session: Session, floor: Floor) -> None:
    line = session, floor.order.number, 1
    assert looked_of_line(*line) == Looked(0, 0, 0)
    sew(session, floor, *TO_LOOK)
    sew(session, floor, "F05", good=8, rejects=((Defect.STAIN, 1), (Defect.SHADE, 1)))
    service.decide(
        session, floor.code, "F05", Outcome.REPAIRED, by=SYSTEM, at=now(), event_id=new_id()
    )
    assert looked_of_line(*line) == Looked(10, 2, 2)


def test_what_was_taken_back_was_not_looked_at(session: Session, floor: Floor) -> None:
    sew(session, floor, *TO_LOOK)
    entry = new_id()
    sew(session, floor, "F05", id=entry, good=9, rejects=((Defect.STAIN, 1),))
    service.undo(session, entry, by=SYSTEM, at=now())
    assert looked_of_line(session, floor.order.number, 1) == Looked(0, 0, 0)


def test_each_line_is_looked_at_by_the_way_of_work_of_its_own_bundles(session: Session) -> None:
    """The way may change while an order is being cut, and the inspection be called otherwise."""
    order = make_cut_order(session, lines=make_lines(BK=(0, 0, 10), CA=(0, 0, 10)))
    made: dict[str, Any] = {"by": SYSTEM, "at": now()}
    lay = NewLay(order=order.number, line_plies={1: 10}, marker={"66": 1})
    service.plan_and_cut(session, lay, 3_150, **made)
    other = [(code, place, before) for code, place, before in SHORT if code != "F07"]
    other[-1] = ("F09", other[-1][1], other[-1][2])
    catalogue.revise_routing(session, "W-2601", short_routing(other).steps, **made)
    lay = replace(lay, line_plies={2: 10})
    (bundle,) = service.plan_and_cut(session, lay, 3_150, **made)
    for operation in TO_LOOK:
        scan(session, bundle, operation)
    scan(session, bundle, "F09", 9, bad=1)
    assert sum(faults_of_line(session, order.number, 2).values()) == 1
    assert looked_of_line(session, order.number, 2) == Looked(10, 1, 1)
    assert looked_of_line(session, order.number, 1) == Looked(0, 0, 0)


def test_the_accident_sheet_is_empty_and_kept_nowhere(sign_in: SignIn) -> None:
    cedar = sign_in(Role.SUPERVISOR)
    words = text_of(cedar.get("/held/accident.pdf?language=en").data)
    assert "What happened" in words
    assert "three days" in words
    assert "Accident sheet" in cedar.get("/held/?language=en").text
