"""Quality by day, and where every coat is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.orders.domain import OrderKind
from factory.production import queries, service
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.production.records import StepBalanceRow
from factory.reports.quality import quality
from factory.reports.reconcile import reconciliation
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.production.build import SHORT, make_bundle, make_coat_order, scan, sew

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


def test_a_repaired_coat_is_not_looked_at_for_the_first_time_again(session: Session) -> None:
    code = inspected(session)
    made: dict[str, Any] = {"by": SYSTEM, "at": now(), "event_id": new_id()}
    service.decide(session, code, "F05", Outcome.REPAIRED, **made)
    day = quality(session, today()).days[0]
    assert (day.looked.checked, day.dhu, day.right) == (10, "20.0", "80.0")
    assert day.earned == 10 * Fraction(2320, 100) + 9 * Fraction(240, 100)


def test_each_style_counts_by_its_own_times_and_its_own_inspection(session: Session) -> None:
    inspected(session)
    slow = SHORT.replace("3.60", "7.20").replace("F05,qc", "F06,qc")
    slow = slow.replace("1.50,F05", "1.50,F06")
    bundle = make_bundle(session, make_coat_order(session, style="W-2602", sheet=slow))
    sew(session, bundle)
    sew(session, bundle, "F04")
    scan(session, bundle, "F06", 10)
    day = quality(session, today()).days[0]
    assert (day.looked.checked, day.looked.defective) == (20, 2)
    assert day.earned == 20 * Fraction(2320, 100) + 10 * Fraction(360, 100) + 18 * Fraction(
        240, 100
    )


def test_of_faults_found_equally_often_the_first_of_the_list_stands_first(
    session: Session,
) -> None:
    inspected(session)
    assert [defect for defect, _ in quality(session, today()).causes] == [
        Defect.OPEN_SEAM,
        Defect.STAIN,
    ]


def test_samples_count_in_no_efficiency(session: Session) -> None:
    inspected(session)
    earned = quality(session, today()).days[0].earned
    tried = make_coat_order(session, kind=OrderKind.SAMPLE, customer=None)
    sew(session, make_bundle(session, tried))
    day = quality(session, today()).days[0]
    assert day.earned == earned


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
