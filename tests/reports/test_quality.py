"""Quality by day, and where every coat is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import today
from factory.production import queries
from factory.production.domain.scans import Defect
from factory.production.records import StepBalanceRow
from factory.reports.quality import quality
from factory.reports.reconcile import reconciliation
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.production.build import make_bundle, scan, sew

pytestmark = pytest.mark.usefixtures("clock")


def inspected(session: Session) -> str:
    bundle = make_bundle(session)
    sew(session, bundle)
    sew(session, bundle, "F04")
    rejects = ((Defect.STAIN, 1), (Defect.OPEN_SEAM, 1))
    scan(session, bundle, "F05", 8, rejects=rejects)
    return bundle.code


def test_a_day_at_the_inspection_in_figures(session: Session) -> None:
    inspected(session)
    found = quality(session, today())
    day = found.days[0]
    assert (day.looked.checked, day.looked.defective, day.looked.defects) == (10, 2, 2)
    assert (day.dhu, day.right, day.efficiency) == ("20.0", "80.0", "")
    assert day.earned == Fraction(
        10 * (100 + 200 + 240 + 150 + 200 + 240 + 360 + 330 + 500), 100
    ) + 8 * Fraction(240, 100)
    assert dict(found.causes) == {Defect.STAIN: 1, Defect.OPEN_SEAM: 1}
    assert len(found.days) == 11


def test_an_empty_house_has_no_figures(session: Session) -> None:
    found = quality(session, today())
    assert found.causes == ()
    assert {each.dhu for each in found.days} == {""}


def test_the_pages_are_shown_and_a_coat_that_is_missing_is_red(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        code = inspected(session)
    cedar = sign_in(Role.SUPERVISOR)
    assert "20.0" in cedar.get("/board/quality").text
    assert "Every coat that was cut is somewhere" in cedar.get("/board/coats?language=en").text
    with app.app_context(), transaction() as session:
        assert reconciliation(session).holds
        step = StepBalanceRow
        here = (step.bundle == code, step.operation == "F05")
        session.execute(update(step).where(*here).values(good=7))
        assert queries.recomputed(session)
        assert not reconciliation(session).holds
    assert "Something does not agree" in cedar.get("/board/coats?language=en").text
