"""Where faults come from, on the pages: one tap, her words, the supervisor's decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.production import queries, service
from factory.production.domain.faults import Cause
from factory.production.domain.scans import Defect
from factory.production.queries import causes
from factory.security.domain import Actor, Role
from tests.cast import PIN
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.production.floor import Floor
from tests.production.floor import sew as sew_first
from tests.production.test_faults import made

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def seen(app: Flask, floor: Floor) -> Floor:
    """A coat of Pine's first bundle is rejected at the final inspection."""
    with app.app_context(), transaction() as session:
        sew_first(session, floor, "C06", "S01", "S02", "S20", "S11")
        sew_first(session, floor, "F05", worker=None, good=9, rejects=((Defect.OPEN_SEAM, 1),))
    return floor


def inspect(browser: FlaskClient, floor: Floor, **sent: str) -> Any:
    page = browser.get(f"/inspection/{floor.code}?language=en").text
    entry = page.split('name="scan" value="')[1].split('"')[0]
    data = {"scan": entry, "defect": "open_seam"} | sent
    return browser.post(f"/inspection/{floor.code}/cause", data=data)


def test_one_tap_at_the_inspection_and_no_name_on_the_screen(
    app: Flask, sign_in: SignIn, seen: Floor
) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    page = browser.get(f"/inspection/{seen.code}?language=en").text
    assert "Where does it come from?" in page
    assert "work S11" in page
    assert "Pine" not in page
    assert inspect(browser, seen, step="S11").status_code == 303
    assert "Where does it come from?" not in browser.get(f"/inspection/{seen.code}").text
    with app.app_context(), reading() as session:
        (line,) = causes.faults(session, at=now()).proposed
    assert (line.fault.cause, line.fault.step) == (Cause.WORK, "S11")


@pytest.mark.parametrize("sent", [{"step": "F07"}, {}, {"step": "S11", "defect": "ghosts"}])
def test_a_cause_that_can_not_be_gets_a_sentence(
    sign_in: SignIn, seen: Floor, sent: dict[str, str]
) -> None:
    answer = inspect(sign_in(Role.FLOOR_TERMINAL), seen, **sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.fixture
def fault(app: Flask, seen: Floor) -> int:
    """Pine's seam was open, the inspector says."""
    with app.app_context(), transaction() as session:
        entry = next(one.id for one in queries.scans_of(session, seen.code) if one.rejects)
        return service.name_fault(session, entry, Defect.OPEN_SEAM, Cause.WORK, "S11", **made())


def test_she_alone_reads_it_after_her_pin_and_answers(
    sign_in: SignIn, seen: Floor, fault: int
) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    assert browser.get("/faults/mine").location == "/pin?next=/faults/mine"
    browser.post("/pin", data={"number": str(seen.pine.number), "pin": PIN})
    assert "open seam" in browser.get("/faults/mine?language=en").text
    assert browser.post(f"/faults/mine/{fault}", data={"word": ""}).status_code == 422
    answer = browser.post(f"/faults/mine/{fault}", data={"word": "the machine jumped"})
    assert answer.location == "/faults/mine"
    assert "the machine jumped" in browser.get("/faults/mine").text


def test_nobody_but_her_supervisor_sees_figures_by_person(
    app: Flask, sign_in: SignIn, seen: Floor, fault: int
) -> None:
    with app.app_context(), transaction() as session:
        herself = Actor(name="Pine", worker=seen.pine.id)
        service.answer_fault(session, fault, "it was the thread", **made(by=herself))
    cedar = sign_in(Role.SUPERVISOR)
    assert "A fault is said to be another" in cedar.get("/?language=en").text
    page = cedar.get("/faults/").text
    assert "Pine" in page
    assert "it was the thread" in page
    for role in set(Role) - {Role.SUPERVISOR}:
        assert sign_in(role).get("/faults/").status_code == 403
        assert sign_in(role).get(f"/faults/{fault}").status_code == 403


def test_the_supervisor_decides_with_a_reason(
    app: Flask, sign_in: SignIn, seen: Floor, fault: int
) -> None:
    cedar = sign_in(Role.SUPERVISOR)
    assert "How it was" not in cedar.get(f"/faults/{fault}?language=en").text
    refused = cedar.post(f"/faults/{fault}", data={"cause": "machine", "reason": ""})
    assert refused.status_code == 422
    decided = {"cause": "machine", "reason": "the looper was bent"}
    assert cedar.post(f"/faults/{fault}", data=decided).location == "/faults/"
    with app.app_context(), reading() as session:
        kept = causes.fault(session, fault).fault
    assert replace(kept, judged=None).cause is Cause.WORK
    assert kept.stands_as is Cause.MACHINE


def test_somebody_else_can_not_answer_for_her(
    app: Flask, sign_in: SignIn, seen: Floor, fault: int
) -> None:
    with app.app_context(), transaction() as session:
        hazel = make_worker(session, "Hazel")
    browser = sign_in(Role.FLOOR_TERMINAL)
    browser.post("/pin", data={"number": str(hazel.number), "pin": PIN})
    assert "open seam" not in browser.get("/faults/mine?language=en").text
    answer = browser.get(f"/faults/mine/{fault}?language=en")
    assert answer.status_code in {403, 422}
    assert "open seam" not in answer.text
