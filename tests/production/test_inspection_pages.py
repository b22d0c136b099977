"""Final inspection, what becomes of rejected coats, and the list of what waits for repair."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.db.session import reading, transaction
from factory.kernel.time import today
from factory.kernel.words import LANGUAGES, tell
from factory.people import queries as people
from factory.production import queries
from factory.production.domain.outcomes import NothingWaits
from factory.production.domain.progress import Progress
from factory.production.domain.scans import NotYourEntry
from factory.security.domain import Role
from factory.stock import queries as stock
from tests.catalogue.build import make_measures
from tests.conftest import Kept, SignIn
from tests.people.build import make_worker
from tests.production.floor import Floor, enter, make_floor, sew

BEFORE = ("C06", "S01", "S02", "S20", "S11")


@pytest.fixture
def floor(kept: Kept, clock: time_machine.Traveller) -> Floor:
    """A bundle of ten coats that lies at the final inspection."""
    made = kept(make_floor)
    kept(sew, made, *BEFORE)
    clock.shift(60)
    return made


@pytest.fixture
def desk(sign_in: SignIn, floor: Floor) -> FlaskClient:
    """The inspection's screen, with Pine's badge scanned."""
    browser = sign_in(Role.FLOOR_TERMINAL)
    browser.post("/inspection/", data={"code": floor.badge})
    browser.post("/language", data={"language": "en"})
    return browser


def progress(app: Flask, floor: Floor) -> Progress:
    with app.app_context(), reading() as session:
        return queries.bundle(session, floor.code).progress


def reject(desk: FlaskClient, floor: Floor, defect: str = "stain") -> str:
    """Look at one coat and find something wrong."""
    return enter(desk, f"/inspection/{floor.code}", operation="F05", defect=defect)


def decide(desk: FlaskClient, floor: Floor, kind: str, **changes: str) -> int:
    entry = {"operation": "F05", "count": "1", "outcome": kind} | changes
    return desk.post(f"/inspection/{floor.code}/decide", data=entry).status_code


def test_good_coats_are_one_tap(app: Flask, desk: FlaskClient, floor: Floor) -> None:
    card = desk.post("/inspection/", data={"code": floor.code}, follow_redirects=True).text
    assert "work F05" in card
    assert "All 10 done" in card
    desk.post(f"/inspection/{floor.code}", data={"operation": "F05", "good": "10"})
    assert progress(app, floor).steps["F05"].passed == 10


def test_the_sample_of_the_order_stands_beside_the_bundle(desk: FlaskClient, floor: Floor) -> None:
    card = desk.get(f"/inspection/{floor.code}").text
    assert "Order of 30 coats: look closely at 5. Not one of them may be faulty." in card


def test_the_measures_of_its_size_stand_on_the_card_where_there_are_any(
    kept: Kept, desk: FlaskClient, floor: Floor
) -> None:
    assert "Measures of size" not in desk.get(f"/inspection/{floor.code}").text
    kept(make_measures)
    tape = desk.get(f"/inspection/{floor.code}").text.split("Measures of size 55")[1]
    for words in ("total length", "chest around", "105.0", "± 1.5"):
        assert words in tape
    assert "108.0" not in tape  # another size's
    assert "Measures of size" not in desk.get(f"/station/{floor.code}").text


def test_a_rejected_coat_is_decided_with_one_tap(
    app: Flask, desk: FlaskClient, floor: Floor
) -> None:
    assert "work F05: 1 faulty (stain). It is kept." in reject(desk, floor)
    card = desk.get(f"/inspection/{floor.code}").text
    assert 'value="repaired"' in card
    assert "1 pc · stain" in card
    assert decide(desk, floor, "repaired") == 303
    assert progress(app, floor).steps["F05"].passed == 1
    assert 'value="repaired"' not in desk.get(f"/inspection/{floor.code}").text


def test_a_coat_of_second_quality_hangs_on_the_rail_with_its_own_tag(
    app: Flask, desk: FlaskClient, floor: Floor
) -> None:
    reject(desk, floor)
    assert decide(desk, floor, "second") == 303
    assert progress(app, floor).second == 1
    bundle = floor.bundles[0]
    with app.app_context(), reading() as session:
        item = catalogue.item_of(session, bundle.style, bundle.colour, bundle.size, Grade.SECOND)
        assert stock.on_hand(session, item.code) == 1


def test_a_scrapped_coat_keeps_its_defect_as_the_reason(
    app: Flask, desk: FlaskClient, floor: Floor
) -> None:
    reject(desk, floor)
    assert decide(desk, floor, "scrapped") == 303
    with app.app_context(), reading() as session:
        (one,) = queries.outcomes_of(session, floor.code)
    assert one.reason == "stain"
    assert progress(app, floor).scrapped == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_about_nothing_is_refused(
    app: Flask, desk: FlaskClient, floor: Floor, language: str
) -> None:
    desk.post("/language", data={"language": language})
    at = f"/inspection/{floor.code}/decide"
    answer = desk.post(at, data={"operation": "F05", "outcome": "second"})
    assert answer.status_code == 422
    assert 'class="errors" role="alert"' in answer.text
    assert progress(app, floor).second == 0


@pytest.mark.parametrize("sent", [{"outcome": "eaten"}, {"operation": ""}, {"operation": "X99"}])
def test_a_decision_that_makes_no_sense_is_refused(
    app: Flask, desk: FlaskClient, floor: Floor, sent: dict[str, str]
) -> None:
    reject(desk, floor)
    assert decide(desk, floor, "second", **sent) == 422
    assert progress(app, floor).second == 0


def test_an_entry_at_the_inspection_is_taken_back(
    app: Flask, desk: FlaskClient, floor: Floor
) -> None:
    reject(desk, floor)
    page = desk.get("/inspection/").text
    entry = page.split("/inspection/undo/")[1][:36]
    assert "It is taken back." in enter(desk, f"/inspection/undo/{entry}")
    assert progress(app, floor).steps["F05"].rework == 0


# What was decided is taken back right there


def offered(desk: FlaskClient, floor: Floor) -> list[str]:
    """Decisions that the bundle's card offers to take back."""
    page = desk.get(f"/inspection/{floor.code}").text
    return re.findall(r"/inspection/undecide/\d+", page)


@pytest.mark.parametrize("kind", ["repaired", "second", "scrapped"])
def test_a_decision_is_taken_back_right_at_the_inspection(
    app: Flask, desk: FlaskClient, floor: Floor, kind: str
) -> None:
    reject(desk, floor)
    before = progress(app, floor)
    assert decide(desk, floor, kind) == 303
    (undo,) = offered(desk, floor)
    assert undo in desk.get("/inspection/").text
    assert "It is taken back." in enter(desk, undo)
    assert progress(app, floor) == before
    assert offered(desk, floor) == []
    assert desk.post(undo).status_code == 422
    with app.app_context(), reading() as session:
        assert [one.count for one in queries.outcomes_of(session, floor.code)] == [1, -1]


def test_going_back_after_a_decision_sends_nothing_again(
    app: Flask, desk: FlaskClient, floor: Floor
) -> None:
    reject(desk, floor)
    sent = desk.post(
        f"/inspection/{floor.code}/decide", data={"operation": "F05", "outcome": "second"}
    )
    for _ in range(2):
        page = desk.get(sent.location).text
        assert "One coat: second quality. It is kept." in page
        assert f'data-return="/inspection/{floor.code}"' in page
    assert progress(app, floor).second == 1
    assert desk.get("/inspection/decided/999").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_takes_back_what_another_decided(
    app: Flask, desk: FlaskClient, floor: Floor, language: str
) -> None:
    reject(desk, floor)
    decide(desk, floor, "second")
    (undo,) = offered(desk, floor)
    with app.app_context(), transaction() as session:
        cedar = make_worker(session, name="Cedar")
        badge = people.badges(session)[cedar.id]
    desk.post("/inspection/", data={"code": badge})
    desk.post("/language", data={"language": language})
    assert offered(desk, floor) == []
    answer = desk.post(undo)
    assert answer.status_code == 422
    assert tell(NotYourEntry(), language) in unescape(answer.text)
    assert progress(app, floor).second == 1


def test_after_five_minutes_a_decision_is_for_the_supervisor(
    app: Flask, desk: FlaskClient, floor: Floor, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    reject(desk, floor)
    decide(desk, floor, "second")
    (undo,) = offered(desk, floor)
    clock.shift(301)
    assert offered(desk, floor) == []
    assert desk.post(undo).status_code == 422
    assert progress(app, floor).second == 1
    assert sign_in(Role.SUPERVISOR).post(undo).status_code == 303
    assert progress(app, floor).second == 0


def test_the_inspection_does_not_undo_for_those_who_do_not_inspect(
    desk: FlaskClient, floor: Floor, sign_in: SignIn
) -> None:
    reject(desk, floor)
    decide(desk, floor, "second")
    (undo,) = offered(desk, floor)
    assert sign_in(Role.CUTTER).post(undo).status_code == 403


def test_a_bundle_with_nothing_but_rejected_coats_still_opens(
    desk: FlaskClient, floor: Floor
) -> None:
    desk.post(f"/inspection/{floor.code}", data={"operation": "F05", "good": "9"})
    reject(desk, floor)
    answer = desk.post("/inspection/", data={"code": floor.code})
    assert answer.status_code == 303
    assert 'value="scrapped"' in desk.get(f"/inspection/{floor.code}").text


def test_the_supervisor_taps_who_inspects(sign_in: SignIn, floor: Floor) -> None:
    cedar = sign_in(Role.SUPERVISOR)
    tap = {"number": str(floor.pine.number), "bundle": floor.code}
    assert cedar.post("/inspection/worker", data=tap).location == f"/inspection/{floor.code}"
    assert '<strong class="acting">Pine</strong>' in cedar.get(f"/inspection/{floor.code}").text


def test_only_those_who_inspect_come_to_the_inspection(sign_in: SignIn, floor: Floor) -> None:
    for role in (Role.CUTTER, Role.CASHIER):
        browser = sign_in(role)
        assert browser.get("/inspection/").status_code == 403
        assert browser.get("/rework/").status_code == 403
        assert browser.post(f"/inspection/{floor.code}/decide").status_code == 403


# The list of what waits for repair


@pytest.fixture
def cedar(sign_in: SignIn, desk: FlaskClient, floor: Floor) -> FlaskClient:
    """Cedar leads the shift; one coat was rejected."""
    reject(desk, floor)
    return sign_in(Role.SUPERVISOR)


def test_what_waits_for_repair_is_listed(cedar: FlaskClient, floor: Floor) -> None:
    page = cedar.get("/rework/").text
    assert f"/rework/{floor.code}/F05" in page
    assert "stain" in page
    decision = cedar.get(f"/rework/{floor.code}/F05").text
    assert "1 waits for a decision" in decision
    assert ">Pine</option>" in decision


def test_whoever_repaired_a_coat_is_paid_for_it(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    entry = {"outcome": "repaired", "count": "1", "worker": str(floor.pine.number)}
    assert cedar.post(f"/rework/{floor.code}/F05", data=entry).location == "/rework/"
    assert "Nothing waits for repair." in cedar.get("/rework/").text
    with app.app_context(), reading() as session:
        pieces = queries.pieces(session, floor.pine.id, today(), today())
    assert [one.count for one in pieces if one.operation == "F05"] == [1]


@pytest.mark.parametrize(
    "sent",
    [
        {"outcome": "scrapped", "count": "1"},
        {"outcome": "repaired", "count": "2"},
        {"outcome": "repaired", "count": "0"},
        {"outcome": "eaten", "count": "1"},
        {"outcome": "repaired", "count": "1", "worker": "99"},
    ],
)
def test_a_wrong_decision_is_refused_and_stays_typed(
    app: Flask, cedar: FlaskClient, floor: Floor, sent: dict[str, str]
) -> None:
    answer = cedar.post(f"/rework/{floor.code}/F05", data={"worker": ""} | sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{sent["count"]}"' in answer.text
    assert progress(app, floor).steps["F05"].rework == 1


def test_a_decision_of_the_list_is_taken_back_there_too(
    app: Flask, desk: FlaskClient, floor: Floor
) -> None:
    reject(desk, floor)
    desk.post(f"/rework/{floor.code}/F05", data={"outcome": "repaired", "count": "1"})
    assert progress(app, floor).steps["F05"].rework == 0
    page = desk.get("/rework/").text
    undo = page.split('action="/rework/undo/')[1].split('"')[0]
    assert desk.post(f"/rework/undo/{undo}").location == "/rework/"
    assert progress(app, floor).steps["F05"].rework == 1
    assert "/rework/undo/" not in desk.get("/rework/").text
    assert desk.post(f"/rework/undo/{undo}").status_code == 422


def test_nothing_is_decided_where_nothing_waits(cedar: FlaskClient, floor: Floor) -> None:
    cedar.post(f"/rework/{floor.code}/F05", data={"outcome": "repaired", "count": "1"})
    answer = cedar.get(f"/rework/{floor.code}/F05")
    assert answer.status_code == 422
    assert tell(NothingWaits(), "en") in answer.text


def test_at_a_screen_of_the_floor_the_list_is_large_and_leads_nowhere_closed(
    desk: FlaskClient, floor: Floor
) -> None:
    reject(desk, floor)
    for address in ("/rework/", f"/rework/{floor.code}/F05"):
        page = desk.get(address).text
        assert 'class="kiosk"' in page, address
        assert "/bundles/" not in page, address
    assert f'<a class="button" href="/rework/{floor.code}/F05">' in desk.get("/rework/").text
    assert 'class="kiosk"' in desk.get(f"/rework/{floor.code}/X99").text


def test_in_the_office_the_list_is_a_table(cedar: FlaskClient, floor: Floor) -> None:
    assert 'class="office"' in cedar.get("/rework/").text
    assert f"/bundles/{floor.code}" in cedar.get(f"/rework/{floor.code}/F05").text


def test_a_step_that_is_not_there_has_no_decision(cedar: FlaskClient, floor: Floor) -> None:
    assert cedar.get(f"/rework/{floor.code}/X99").status_code == 422


@pytest.mark.parametrize("chosen", [{}, {"outcome": ""}], ids=["nothing sent", "nothing chosen"])
def test_nothing_becomes_of_a_coat_by_a_mere_tap(
    app: Flask, cedar: FlaskClient, floor: Floor, chosen: dict[str, str]
) -> None:
    address = f"/rework/{floor.code}/F05"
    assert ">nobody is paid for it</option>" in cedar.get(address).text
    assert cedar.post(address, data={"count": "1"} | chosen).status_code == 422
    assert progress(app, floor).steps["F05"].rework == 1
