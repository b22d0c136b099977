"""Where a bundle is: list, look-up, way and history; lost and found, taken back, printed again."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading
from factory.kernel.ids import CodeKind, running_code
from factory.kernel.words import LANGUAGES
from factory.printing import queries as printing
from factory.printing.domain import Purpose, State
from factory.production import queries
from factory.security.domain import Role
from tests.conftest import Kept, SignIn
from tests.production.floor import Floor, make_floor, sew

NO_BUNDLE = running_code(CodeKind.BUNDLE, 999)


@pytest.fixture
def floor(kept: Kept, clock: time_machine.Traveller) -> Floor:
    """Three bundles, the first of them fused."""
    made = kept(make_floor)
    clock.shift(60)
    kept(sew, made, "C06")
    return made


@pytest.fixture
def cedar(sign_in: SignIn, floor: Floor) -> FlaskClient:
    """Cedar, who leads the shift."""
    return sign_in(Role.SUPERVISOR)


def test_a_bundle_is_looked_up_by_its_ticket(cedar: FlaskClient, floor: Floor) -> None:
    answer = cedar.post("/bundles/", data={"code": floor.code})
    assert answer.location == f"/bundles/{floor.code}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [NO_BUNDLE, "20000121", "104839572616", "", "abc"])
def test_a_ticket_that_is_not_known_gets_a_sentence_and_stays_typed(
    cedar: FlaskClient, floor: Floor, language: str, code: str
) -> None:
    cedar.post("/language", data={"language": language})
    answer = cedar.post("/bundles/", data={"code": code})
    assert answer.status_code == 422
    assert f'value="{code}"' in answer.text
    sentence = answer.text.split('role="alert"')[1].split("</div>")[0].split("</svg>")[1]
    assert any("가" <= sign <= "힣" for sign in sentence) is (language != "en")


def test_bundles_in_work_are_listed_with_the_places_where_they_lie(
    cedar: FlaskClient, floor: Floor
) -> None:
    page = cedar.get("/bundles/").text
    assert "Bundles in work: 3, coats: 30" in page
    assert "parts, lining" in page
    assert "fusing press, lining" in page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("place=prep", 1), ("place=lining", 3), ("place=pack", 0), ("order=2026-0001", 3)],
)
def test_the_list_shows_only_what_was_asked_for(
    cedar: FlaskClient, floor: Floor, asked: str, expected: int
) -> None:
    page = cedar.get(f"/bundles/?{asked}").text
    assert len(set(re.findall(r'href="/bundles/(2\d{7})"', page))) == expected
    assert f"Bundles in work: {expected}," in page


def test_a_bundle_shows_its_way_and_what_happened_to_it(cedar: FlaskClient, floor: Floor) -> None:
    page = cedar.get(f"/bundles/{floor.code}").text
    assert '<li class="done">' in page
    assert '<li class="here">' in page
    assert '<li class="later">' in page
    assert "C06 work C06" in page
    assert "Pine" in page
    assert page.count("<td>cut and bundled</td>") == 1
    assert "Plies 1 to 10" in page


def test_names_are_for_those_who_put_work_right(sign_in: SignIn, floor: Floor) -> None:
    page = sign_in(Role.ORDER_MANAGER).get(f"/bundles/{floor.code}").text
    assert "work C06" in page
    assert "Pine" not in page
    assert "/undo/" not in page


def entry_of(app: Flask, floor: Floor) -> str:
    with app.app_context(), reading() as session:
        return queries.scans_of(session, floor.code)[-1].id


def test_the_supervisor_takes_an_entry_back_at_any_time(
    app: Flask, cedar: FlaskClient, floor: Floor, clock: time_machine.Traveller
) -> None:
    clock.shift(7200)
    at = f"/bundles/{floor.code}/undo/{entry_of(app, floor)}"
    assert cedar.post(at).location == f"/bundles/{floor.code}"
    page = cedar.get(f"/bundles/{floor.code}").text
    assert "It is taken back." in page
    assert "taken back</td>" in page
    assert cedar.post(at).status_code == 422
    with app.app_context(), reading() as session:
        assert queries.bundle(session, floor.code).progress.steps["C06"].passed == 0


def test_only_the_supervisor_takes_back_counts_lost_and_finds(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    browser = sign_in(Role.CUTTER)
    assert browser.post(f"/bundles/{floor.code}/undo/{entry_of(app, floor)}").status_code == 403
    assert browser.post(f"/bundles/{floor.code}/missing").status_code == 403
    assert browser.post(f"/bundles/{floor.code}/undecide/1").status_code == 403


def note(cedar: FlaskClient, floor: Floor, what: str, **changes: str) -> int:
    sent = {"count": "2", "reason": "not in the box", "what": what} | changes
    return cedar.post(f"/bundles/{floor.code}/missing", data=sent).status_code


def lost(app: Flask, floor: Floor) -> int:
    with app.app_context(), reading() as session:
        return queries.bundle(session, floor.code).progress.lost


def test_pieces_are_lost_and_found_again(app: Flask, cedar: FlaskClient, floor: Floor) -> None:
    assert note(cedar, floor, "lost") == 303
    assert lost(app, floor) == 2
    assert "lost: 2" in cedar.get(f"/bundles/{floor.code}").text
    assert note(cedar, floor, "found", count="1") == 303
    assert lost(app, floor) == 1


def test_a_loss_that_was_none_is_taken_back(app: Flask, cedar: FlaskClient, floor: Floor) -> None:
    note(cedar, floor, "lost", count="1")
    page = cedar.get(f"/bundles/{floor.code}").text
    found = re.search(rf"/bundles/{floor.code}/undecide/\d+", page)
    assert found is not None
    assert cedar.post(found[0]).status_code == 303
    assert lost(app, floor) == 0


@pytest.mark.parametrize(
    ("what", "sent", "words"),
    [
        ("lost", {"count": "11"}, "Only 10"),
        ("lost", {"reason": ""}, "say why"),
        ("found", {}, "Only 0"),
        ("lost", {"count": "x"}, "integer"),
        ("lost", {"count": ""}, "required"),
    ],
)
def test_what_can_not_be_lost_or_found_is_refused_and_stays_typed(
    app: Flask, cedar: FlaskClient, floor: Floor, what: str, sent: dict[str, str], words: str
) -> None:
    given = {"count": "2", "reason": "not in the box", "what": what} | sent
    answer = cedar.post(f"/bundles/{floor.code}/missing", data=given)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{given["count"]}"' in answer.text
    assert lost(app, floor) == 0


def tickets(app: Flask) -> int:
    with app.app_context(), reading() as session:
        jobs = printing.jobs(session, *State)
    return sum(job.purpose is Purpose.BUNDLE_TICKET for job in jobs)


def test_a_lost_ticket_is_printed_again(app: Flask, cedar: FlaskClient, floor: Floor) -> None:
    before = tickets(app)
    assert cedar.post(f"/bundles/{floor.code}/ticket").status_code == 303
    assert tickets(app) == before + 1


def test_a_bundle_that_is_not_there_is_said_so(cedar: FlaskClient, floor: Floor) -> None:
    assert cedar.get(f"/bundles/{NO_BUNDLE}").status_code == 404
    assert cedar.get("/bundles/20000121").status_code == 422


def test_workers_do_not_see_the_lists(sign_in: SignIn, floor: Floor) -> None:
    browser = sign_in(Role.WORKER)
    assert browser.get("/bundles/").status_code == 403
    assert browser.get(f"/bundles/{floor.code}").status_code == 403
