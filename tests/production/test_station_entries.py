"""Entries at the station: the same one again, those that waited, those taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.people import queries as people
from factory.production import queries
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.production.floor import At, Floor, done, enter, scan, sew, signed


def test_the_same_entry_again_counts_once(app: Flask, at: At, floor: Floor) -> None:
    browser = at("fuse")
    scan(browser, floor.badge)
    entry = {"operation": "C06", "good": "5", "event_id": new_id()}
    first = browser.post(f"/station/{floor.code}", data=entry)
    again = browser.post(f"/station/{floor.code}", data=entry)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert done(app, floor, "C06") == 5


def test_going_back_after_the_green_answer_sends_nothing_again(
    app: Flask, at: At, floor: Floor
) -> None:
    browser = signed(at("fuse"), floor)
    event = new_id()
    entry = {"operation": "C06", "good": "5", "event_id": event}
    sent = browser.post(f"/station/{floor.code}", data=entry)
    assert (sent.status_code, sent.location) == (303, f"/station/kept/{event}")
    shown = [browser.get(sent.location) for _ in range(2)]
    assert [answer.status_code for answer in shown] == [200, 200]
    assert all("work C06: 5 pcs. It is kept." in answer.text for answer in shown)
    assert done(app, floor, "C06") == 5


def test_the_answer_to_an_entry_that_was_taken_back_says_so(
    app: Flask, at: At, floor: Floor
) -> None:
    browser = signed(at("fuse"), floor)
    event = new_id()
    scan(browser, floor.code, bundle=floor.code, operation="C06", event_id=event)
    undone = browser.post(f"/station/undo/{event}")
    assert undone.status_code == 303
    for address in (undone.location, f"/station/kept/{event}"):
        page = browser.get(address).text
        assert "It is taken back." in page
        assert 'data-return="/station/"' in page
    assert done(app, floor, "C06") == 0


def test_there_is_no_answer_to_what_was_never_entered(at: At, floor: Floor) -> None:
    assert at("fuse").get(f"/station/kept/{new_id()}").status_code == 404


def test_an_entry_that_waited_is_answered_without_a_name(at: At, floor: Floor) -> None:
    browser = signed(at("fuse"), floor)
    waited = {"X-Didim-Queue": "1"}
    card = browser.get(f"/station/{floor.code}").text
    mark = re.search(r'name="acting" value="([^"]+)"', card)
    assert mark is not None
    entry = {
        "acting": mark[1],
        "operation": "C06",
        "good": "10",
        "event_id": new_id(),
        "at": "2026-11-24T09:30:00+09:00",
    }
    first = browser.post(f"/station/{floor.code}", data=entry, headers=waited)
    assert first.json == {"status": "recorded", "sentence": "Taken."}
    again = browser.post(f"/station/{floor.code}", data=entry, headers=waited)
    assert again.json is not None
    assert again.json["status"] == "duplicate"
    late = browser.post(
        f"/station/{floor.code}", data=entry | {"event_id": new_id()}, headers=waited
    )
    assert late.status_code == 422
    assert late.json is not None
    assert late.json["status"] == "refused"
    assert late.json["sentence"]


@pytest.mark.parametrize("how", ["too old", "another screen"])
def test_a_mark_that_was_copied_down_holds_for_days_and_at_its_screen_alone(
    at: At, floor: Floor, sign_in: SignIn, clock: time_machine.Traveller, how: str
) -> None:
    browser = signed(at("fuse"), floor)
    mark = re.search(r'name="acting" value="([^"]+)"', browser.get(f"/station/{floor.code}").text)
    assert mark is not None
    entry = {"acting": mark[1], "operation": "C06", "good": "10", "event_id": new_id()}
    if how == "too old":
        clock.shift(timedelta(days=9))
    else:
        browser = sign_in(Role.FLOOR_TERMINAL, name="elsewhere")
    waited = browser.post(f"/station/{floor.code}", data=entry, headers={"X-Didim-Queue": "1"})
    assert waited.status_code == 422
    assert waited.json is not None
    assert waited.json["status"] == "refused"


def test_what_waited_and_can_not_be_taken_is_told_to_the_supervisor_in_her_language(
    at: At, floor: Floor, sign_in: SignIn
) -> None:
    browser = signed(at("fuse"), floor, "ko")
    card = browser.get(f"/station/{floor.code}").text
    mark = re.search(r'name="acting" value="([^"]+)"', card)
    assert mark is not None
    entry = {"acting": mark[1], "operation": "C06", "event_id": new_id()}
    too_many, none = entry | {"good": "11"}, entry | {"event_id": new_id(), "good": "-1"}
    for sent in (too_many, none):
        answer = browser.post(f"/station/{floor.code}", data=sent, headers={"X-Didim-Queue": "1"})
        assert answer.status_code == 422
    page = sign_in(Role.SUPERVISOR).get("/clock/asked?language=en").text
    assert "Only 10 can be entered here now." in page
    assert "Number must be between 0 and 999." in page
    assert f"{floor.code}</a> C06 · 11 pcs" in page
    assert page.count("<strong>Pine</strong>") == 2


def test_her_last_three_entries_can_be_taken_back_for_five_minutes(
    app: Flask, at: At, floor: Floor, clock: time_machine.Traveller
) -> None:
    browser = at("fuse")
    scan(browser, floor.badge)
    for good in ("1", "2", "3", "4"):
        clock.shift(1)
        browser.post(f"/station/{floor.code}", data={"operation": "C06", "good": good})
    page = browser.get("/station/").text
    undos = re.findall(r"/station/undo/[0-9a-f-]{36}", page)
    assert len(undos) == 3
    assert "되돌렸어요" in enter(browser, undos[0])
    assert done(app, floor, "C06") == 6
    assert browser.post(undos[0]).status_code == 422
    clock.shift(301)
    assert browser.post(undos[1]).status_code == 422
    assert "되돌리기" not in browser.get("/station/").text
    assert done(app, floor, "C06") == 6


def test_nobody_takes_back_what_another_entered(app: Flask, at: At, floor: Floor) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06")
        entry = queries.my_scans(session, floor.pine.id, floor.pine_began)[0]
        cedar = make_worker(session, name="Cedar")
        badge = people.badges(session)[cedar.id]
    browser = at("fuse")
    scan(browser, badge)
    browser.post("/language", data={"language": "en"})
    assert entry.id not in browser.get("/station/").text
    refused = browser.post(f"/station/undo/{entry.id}")
    assert refused.status_code == 422
    assert "somebody else" in refused.text
    assert done(app, floor, "C06") == 10
