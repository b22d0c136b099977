"""Who is in today, and her own hours of a month: hers alone, as pay reads them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from factory.attendance.domain.plan import PlanKind, Planned
from factory.attendance.service import plan_day
from factory.db.session import transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, say
from factory.people.domain import Worker
from factory.security.domain import Role
from factory.timeclock.domain import Flag
from tests.attendance.days import CEDAR, PLAIN, TODAY, YESTERDAY, come, somebody
from tests.attendance.test_routes import as_pine
from tests.conftest import Kept, SignIn
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)


def _pine(session: Session) -> Worker:
    worker = make_worker(session, "Pine")
    plan_day(session, worker, FRIDAY, Planned("14:00", "23:30"), by=CEDAR, at=now())
    plan_day(session, worker, SUNDAY, Planned("09:00", "11:00"), by=CEDAR, at=now())
    come(session, worker, "in 14:00", "out 23:30", day=FRIDAY)
    come(session, worker, "in 09:00", "out 11:00", day=SUNDAY)
    come(session, worker, "in 09:00", day=TODAY)
    return worker


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine worked late on Friday, on Sunday too, and is here today."""
    return kept(_pine)


def test_her_hours_are_summed_by_kind(sign_in: SignIn, pine: Worker) -> None:
    page = as_pine(sign_in, pine).get("/days/hours?language=en").text
    for name, length in (
        ("Hours worked", "11:30"),
        ("Normal hours", "8:00"),
        ("Overtime hours", "1:30"),
        ("Holiday hours", "2:00"),
        ("of these at night", "1:30"),
    ):
        assert f"<dt>{name}</dt><dd>{length}</dd>" in page
    assert "still there" in page
    assert say(Flag.MISSING_OUT.label, "en") not in page


def test_minutes_outside_her_plan_are_not_among_her_hours_until_they_are_settled(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        late = somebody(session, "Oak", "in 08:40", "break 12:00", "back 13:00", "out 18:20")
    page = as_pine(sign_in, late).get("/days/hours?language=en").text
    assert "<dt>Hours worked</dt><dd>8:00</dd>" in page
    assert "present, not settled" in page


def test_a_day_the_factory_rested_is_told_and_one_to_come_is_not(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    rests = Planned("", "", kind=PlanKind.SHUTDOWN)
    with app.app_context(), transaction() as session:
        plan_day(session, pine, YESTERDAY, rests, by=CEDAR, at=now())
    page = as_pine(sign_in, pine).get("/days/hours?language=en").text
    assert "the factory rests" in page
    assert "to come" not in page


def test_she_leafs_back_but_not_into_months_to_come(sign_in: SignIn, pine: Worker) -> None:
    browser = as_pine(sign_in, pine)
    this = browser.get("/days/hours").text
    assert "/days/hours/2026-10" in this
    assert "/days/hours/2026-12" not in this
    before = browser.get("/days/hours/2026-10?language=en")
    assert (before.status_code, "/days/hours/2026-11" in before.text) == (200, True)
    assert browser.get("/days/hours/someday").status_code == 404


def test_hours_are_hers_alone_and_need_the_pin(sign_in: SignIn, pine: Worker) -> None:
    terminal = sign_in(Role.CLOCK_TERMINAL)
    assert terminal.get("/days/hours").location == "/pin?next=/days/hours"
    assert terminal.get("/days/hours/2026-11").location == "/pin?next=/days/hours"
    page = as_pine(sign_in, pine).get("/days/hours")
    assert (page.status_code, "data-hide" in page.text) == (200, True)


def test_who_is_in_leads_to_today(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    with app.app_context(), transaction() as session:
        oak, ash = somebody(session, "Oak", *PLAIN), make_worker(session, "Ash")
    browser = sign_in(Role.SUPERVISOR)
    assert browser.get("/days/today").location == f"/days/{TODAY.isoformat()}"
    page = browser.get(f"/days/{TODAY.isoformat()}?language=en").text
    assert "there since 09:00" in page
    assert page.count("no punch") == 2
    assert page.index(oak.name) < page.index(pine.name)
    assert ash.name in page
    assert sign_in(Role.CASHIER).get("/days/today").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_forgotten_is_told_to_both_in_every_language(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    with app.app_context(), transaction() as session:
        oak = somebody(session, "Oak", "in 09:00")
    hers = as_pine(sign_in, oak).get(f"/days/hours?language={language}").text
    assert 'class="flag"' in hers
    listed = sign_in(Role.SUPERVISOR).get(f"/days/{YESTERDAY.isoformat()}?language={language}").text
    assert say(Flag.MISSING_OUT.label, language) in listed
    assert 'class="urgent"' in listed
