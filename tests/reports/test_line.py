"""Who works at which step, and how evenly a coat's minutes are spread."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.catalogue.domain import Section
from factory.db.session import transaction
from factory.kernel.time import DAY, now, today
from factory.production import service
from factory.production.domain.metrics import Balance
from factory.reports.line import Lines, lines
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.production.build import make_bundle, make_coat_order, scan

pytestmark = pytest.mark.usefixtures("clock")


def sewn(session: Session) -> None:
    """Pine does the fronts alone and shares the sleeves with Hazel; nobody gets to the lining."""
    pine, hazel = make_worker(session), make_worker(session, "Hazel")
    bundle = make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    scan(session, bundle, "S01", worker=pine.id)
    scan(session, bundle, "S17", 4, worker=pine.id)
    scan(session, bundle, "S17", 6, worker=hazel.id)


def of_today(session: Session, section: Section = Section.SEWING) -> Lines:
    return lines(session, today(), section, today())


def test_a_step_is_divided_among_those_who_did_it(session: Session) -> None:
    sewn(session)
    (line,) = of_today(session).lines
    assert [(seat.name, seat.minutes) for seat in line.seats] == [
        ("Pine", "2.50"),
        ("Hazel", "1.00"),
    ]
    assert [post.operation.code for post in line.seats[0].posts] == ["S01", "S17"]
    assert (line.efficiency, line.loss, line.smoothness) == ("70.0", "30.0", "1.50")
    assert (line.slowest, line.together, line.lacks, line.output) == ("2.50", "3.50", "2.2500", 192)
    assert [each.code for each in line.empty] == ["S20", "S28", "S32"]
    (cutting,) = of_today(session, Section.CUTTING).lines
    assert [seat.name for seat in cutting.seats] == ["Pine"]
    assert (cutting.efficiency, cutting.smoothness) == ("100.0", "0.00")


def test_what_was_taken_back_leaves_nobody_at_the_step(session: Session) -> None:
    hazel, bundle = make_worker(session, "Hazel"), make_bundle(session)
    entered = scan(session, bundle, "C06", worker=hazel.id)
    service.undo(session, entered.scan.id, by=SYSTEM, at=now())
    assert of_today(session, Section.CUTTING).lines == ()


def test_the_last_day_with_work_is_shown_where_no_other_is_asked_for(session: Session) -> None:
    sewn(session)
    later = today() + timedelta(days=3)
    assert lines(session, None, Section.SEWING, later).day == today()
    assert lines(session, None, Section.SEWING, today() - DAY).lines == ()


def test_each_style_has_a_line_of_its_own(session: Session) -> None:
    sewn(session)
    maple = make_worker(session, "Maple")
    other = make_bundle(session, make_coat_order(session, style="W-2602"))
    scan(session, other, "S20", worker=maple.id)
    first, second = of_today(session).lines
    assert (first.style.number, second.style.number) == ("W-2601", "W-2602")
    assert [seat.name for seat in second.seats] == ["Maple"]


@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=14), st.integers(0, 6))
def test_smoothness_is_the_root_to_its_last_digit(stations: list[int], digits: int) -> None:
    getcontext().prec = 60
    most = max(stations)
    lacks = sum((Decimal((most - each) ** 2) for each in stations), Decimal(0))
    exact = (lacks / 10_000).sqrt()
    found = Balance(stations).smoothness(digits)
    assert abs(Fraction(exact) - found) <= Fraction(1, 2 * 10**digits) + Fraction(1, 10**40)


def test_the_page_says_how_each_figure_came_about_and_visitors_see_no_name(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        sewn(session)
    cutter = sign_in(Role.CUTTER)
    for language, words in (("en", "Line balance"), ("ko", "라인 균형"), ("ko_easy", "일이 고른")):
        page = cutter.get(f"/board/line?language={language}").text
        assert words in page
        assert "3.50 ÷ (2 × 2.5000) = 70.0 %" in page
        assert "√ 2.2500 = 1.50" in page
        assert "Hazel" in page
    assert "Nobody worked here" in cutter.get("/board/line?day=2026-01-05&language=en").text
    assert cutter.get("/board/line?day=x&section=y").status_code == 200
    cutter.post("/visitors")
    page = cutter.get("/board/line?language=en").text
    assert "3.50 ÷" in page
    assert "Hazel" not in page
    assert sign_in(Role.WORKER).get("/board/line").status_code == 403
