"""Tickets scanned at a station while the server was away: entries once it is back, each once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from factory.catalogue.domain import Station
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.people import service as people
from factory.production import queries
from factory.security import waiting
from factory.security.domain import SYSTEM
from factory.security.waiting import Waited
from tests.production.floor import At, Floor, done, signed

WAITED = {"X-Didim-Queue": "1"}


def later(browser: FlaskClient, floor: Floor, **changes: str) -> TestResponse:
    entry = {"code": floor.code, "badge": floor.badge, "place": "fuse", "event_id": new_id()}
    return browser.post("/station/later", data=entry | changes, headers=WAITED)


def listed(app: Flask) -> tuple[Waited, ...]:
    with app.app_context(), reading() as session:
        return waiting.refused(session)


def test_a_ticket_and_a_badge_are_all_the_pieces_that_were_left_there(
    app: Flask, at: At, floor: Floor
) -> None:
    answer = later(at("fuse"), floor)
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "recorded", "sentence": "받았어요."},
    )
    assert done(app, floor, "C06") == 10


def test_fewer_pieces_are_taken_as_they_were_typed(app: Flask, at: At, floor: Floor) -> None:
    later(at("fuse"), floor, good="4")
    assert done(app, floor, "C06") == 4


def test_the_same_entry_again_changes_nothing(app: Flask, at: At, floor: Floor) -> None:
    browser, event = at("fuse"), new_id()
    later(browser, floor, event_id=event)
    again = later(browser, floor, event_id=event)
    assert again.get_json()["status"] == "duplicate"
    assert done(app, floor, "C06") == 10
    assert listed(app) == ()


def test_whoever_acted_when_the_server_went_away_has_done_it(
    app: Flask, at: At, floor: Floor
) -> None:
    browser = signed(at("fuse"), floor)
    mark = browser.get(f"/station/{floor.code}").text.split('name="acting" value="')[1]
    later(browser, floor, badge="", acting=mark.split('"')[0])
    with app.app_context(), reading() as session:
        (scan,) = queries.my_scans(session, floor.pine.id, floor.pine_began)
    assert (scan.operation, scan.good) == ("C06", 10)


def test_it_counts_at_the_place_where_the_screen_stood_then(
    app: Flask, at: At, floor: Floor
) -> None:
    assert later(at("press"), floor, place="fuse").get_json()["status"] == "recorded"
    assert done(app, floor, "C06") == 10


def test_a_screen_that_stood_everywhere_took_work_of_all_places_wherever_it_stands_now(
    app: Flask, at: At, floor: Floor
) -> None:
    assert 'name="place" value="everywhere"' in at("everywhere").get("/station/").text
    answer = later(at("press"), floor, place="everywhere", operation="C06")
    assert answer.get_json()["status"] == "recorded"
    assert done(app, floor, "C06") == 10


def test_a_place_that_nobody_knows_is_where_the_screen_stands(
    app: Flask, at: At, floor: Floor
) -> None:
    assert later(at("fuse"), floor, place="attic").get_json()["status"] == "recorded"
    assert done(app, floor, "C06") == 10


@pytest.mark.parametrize(("place", "said"), [("fuse", "fuse"), ("everywhere", "Everywhere")])
def test_the_supervisor_reads_where_the_screen_stood_when_it_was_entered(
    app: Flask, at: At, floor: Floor, place: str, said: str
) -> None:
    card = signed(at(place), floor).get(f"/station/{floor.code}?operation=C06").text
    assert card.count(f'name="place" value="{place}"') == 3  # pieces, a fault, papers kept
    browser = at("press")
    mark = card.split('name="acting" value="')[1].split('"')[0]
    entry = {"operation": "C06", "good": "11", "place": place, "acting": mark}
    entry["event_id"] = new_id()
    sent = browser.post(f"/station/{floor.code}", data=entry, headers=WAITED)
    assert sent.get_json()["status"] == "refused"
    (told,) = listed(app)
    label = Station(said).label if said in set(Station) else said
    assert (told.details["terminal"], told.worker) == (label, floor.pine.id)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"badge": ""}, "Please scan your badge first."),
        ({"place": "press"}, "This bundle is not that far yet."),
        ({"good": "11"}, "Only 10 can be entered here now."),
        ({"good": "-1"}, "Number must be between 1 and 999."),
        ({"code": "20000121"}, "This code was not read well."),
    ],
)
def test_what_can_not_be_taken_is_for_the_supervisor_to_decide(
    app: Flask, at: At, floor: Floor, changes: dict[str, str], why: str
) -> None:
    answer = later(at("fuse"), floor, **changes)
    assert (answer.status_code, answer.get_json()["status"]) == (422, "refused")
    (entry,) = listed(app)
    assert why in entry.told["en"]
    assert entry.worker == (floor.pine.id if changes.get("badge", "x") else None)
    place = changes.get("place", "fuse")
    assert entry.details["terminal"] == Station(place).label  # a place, nobody's name
    assert done(app, floor, "C06") == 0


def test_work_of_several_kinds_is_not_guessed(app: Flask, at: At, floor: Floor) -> None:
    later(at("fuse"), floor)
    answer = later(at("everywhere"), floor, place="everywhere", operation="")
    (entry,) = listed(app)
    assert answer.status_code == 422
    assert "Several kinds of work can be done on this bundle there." in entry.told["en"]


def test_of_several_kinds_it_is_what_she_did_on_the_bundle_before(
    app: Flask, at: At, floor: Floor
) -> None:
    later(at("fuse"), floor)
    with app.app_context(), reading() as session:
        ready = [code for code, _ in queries.bundle(session, floor.code).ready]
    later(at("everywhere"), floor, place="everywhere", operation=ready[-1])
    assert done(app, floor, ready[-1]) == 10


def test_a_badge_that_was_lost_meanwhile_says_whose_it_was(
    app: Flask, at: At, floor: Floor
) -> None:
    browser = at("fuse")
    with app.app_context(), transaction() as session:
        people.void_badge(session, floor.pine, by=SYSTEM, at=now())
    later(browser, floor)
    (entry,) = listed(app)
    assert entry.worker == floor.pine.id
    assert floor.badge not in str(entry.details)


def test_without_having_waited_the_page_leads_to_the_station(at: At) -> None:
    answer = at("fuse").post("/station/later", data={})
    assert (answer.status_code, answer.location) == (303, "/station/")
