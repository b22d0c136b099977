"""A call for help: one tap at the station, minutes that are paid, a list for the supervisor."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import SEOUL, now, today
from factory.kernel.words import tell
from factory.production import queries, service
from factory.production.domain.help import (
    Call,
    CalledAlready,
    CallSettled,
    Trouble,
    off_standard,
    waits,
    without,
)
from factory.production.domain.holds import HoldKind, NeedleOpen
from factory.production.queries import help as asked
from factory.security.domain import SYSTEM, Actor, Role, WorkerId
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.production.floor import At, Floor, signed


def test_one_tap_calls_the_supervisor_and_she_sees_it(
    app: Flask, at: At, floor: Floor, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    browser = signed(at("assembly"), floor)
    assert "The machine is broken" in browser.get("/station/help").text
    answer = browser.post("/station/help", data={"trouble": "machine"})
    assert answer.location == "/station/help/called"
    assert "The supervisor was called" in browser.get(answer.location).text
    again = browser.post("/station/help", data={"trouble": "machine"})
    assert again.status_code == 422
    clock.shift(7 * 60)
    cedar = sign_in(Role.SUPERVISOR)
    assert "Somebody waits for help: 1" in cedar.get("/?language=en").text
    page = cedar.get("/help/?language=en").text
    assert "Pine" in page
    assert "7 minutes" in page
    with app.app_context(), reading() as session:
        (line,) = asked.open_calls(session, at=now())
    assert cedar.post(f"/help/{line.call.id}/settled").status_code == 303
    assert "Nobody waits for help" in cedar.get("/help/?language=en").text


def test_one_tap_at_the_card_holds_the_bundle_after_a_broken_needle(
    app: Flask, at: At, floor: Floor, sign_in: SignIn
) -> None:
    browser = signed(at("fuse"), floor)
    assert "A needle broke" in browser.get(f"/station/{floor.code}").text
    answer = browser.post(f"/station/{floor.code}/needle", data={"event_id": new_id()})
    assert answer.location == "/station/needle"
    assert "every piece of the needle" in browser.get(answer.location).text
    with app.app_context(), reading() as session:
        (hold,) = queries.open_holds(session, HoldKind.NEEDLE)
        refused = tell(NeedleOpen(at=hold.at), "en")
    assert (hold.bundle, hold.worker) == (floor.code, floor.pine.id)
    told = browser.post("/station/", data={"code": floor.code}, follow_redirects=True)
    assert refused in unescape(told.text)
    assert (
        "A needle broke, pieces are missing: 1"
        in sign_in(Role.SUPERVISOR).get("/?language=en").text
    )


@pytest.mark.parametrize("note", ["", "needle of machine 3"])
def test_the_needle_log_says_what_was_noted_before_and_after(
    app: Flask, floor: Floor, sign_in: SignIn, note: str
) -> None:
    made: dict[str, Any] = {"by": SYSTEM, "at": now()}
    with app.app_context(), transaction() as session:
        new = service.NewHold(bundle=floor.code, kind=HoldKind.NEEDLE, note=note)
        hold = service.stop(session, new, **made, event_id=new_id())
        service.let_go(session, hold.id, "both halves found", **made, event_id=new_id())
    page = sign_in(Role.SUPERVISOR).get("/held/needles?language=en").text
    noted = f"{note} · both halves found" if note else "both halves found"
    assert f">{noted}</td>" in page


def test_why_a_bundle_waits_and_the_button_come_before_what_a_narrow_page_cuts_off(
    app: Flask, floor: Floor, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        new = service.NewHold(bundle=floor.code, kind=HoldKind.NEEDLE)
        service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())
    page = sign_in(Role.SUPERVISOR).get("/held/?language=en").text
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)<', page)
    assert heads == ["Bundle", "Why", "Settle", "Coat", "Pieces", "Since"]
    (row,) = re.findall(r"<tbody><tr>(.*?)</tr>", page)
    places = [row.index(each) for each in (floor.code, "broken needle", "/held/", "<time")]
    assert places == sorted(places)


def test_an_unknown_trouble_is_refused(at: At, floor: Floor) -> None:
    browser = signed(at("assembly"), floor)
    assert browser.post("/station/help", data={"trouble": "ghosts"}).status_code == 422


def test_the_minutes_of_a_call_are_hers(session: Session, clock: time_machine.Traveller) -> None:
    pine = make_worker(session)
    by = Actor(name="Pine", worker=pine.id)
    call = service.call_help(
        session, Trouble.TRIMS, Station.PREP, by=by, at=now(), event_id=new_id()
    )
    assert (
        service.call_help(
            session, Trouble.TRIMS, Station.PREP, by=by, at=now(), event_id=call.event_id
        )
        == call
    )
    with pytest.raises(CalledAlready):
        service.call_help(session, Trouble.TRIMS, Station.PREP, by=by, at=now(), event_id=new_id())
    clock.shift(12 * 60 + 50)
    service.settle_call(session, call.id, by=SYSTEM, at=now())
    with pytest.raises(CallSettled):
        service.settle_call(session, call.id, by=SYSTEM, at=now())
    clock.shift(3600)
    found = asked.waits_of_all(session, today(), today())
    assert found == {pine.id: ((call.at, call.at + timedelta(minutes=12, seconds=50)),)}


def at_ten(minute: int) -> datetime:
    return datetime(2026, 11, 23, 10, minute, tzinfo=SEOUL)


def called(begin: int, end: int | None) -> Call:
    settled = None if end is None else at_ten(end)
    facts: dict[str, Any] = {"id": 1, "event_id": "", "place": None, "worker": WorkerId(1)}
    return Call(**facts, trouble=Trouble.TRIMS, at=at_ten(begin), by="Pine", settled_at=settled)


@pytest.mark.parametrize(
    ("calls", "breaks", "minutes"),
    [
        ([], [], 0),
        ([called(5, 15)], [], 10),
        ([called(5, 15), called(10, 20)], [], 15),
        ([called(5, 15), called(30, 40)], [], 20),
        ([called(5, None)], [], 0),
        ([called(5, 25)], [(10, 20)], 10),
        ([called(50, 59)], [(40, 59)], 0),
    ],
    ids=["none", "one", "two at once", "two", "not settled", "over a break", "within a break"],
)
def test_minutes_of_waiting_count_once_and_only_within_work(
    calls: list[Call], breaks: list[tuple[int, int]], minutes: int
) -> None:
    worked = without((at_ten(0), at_ten(59)), [(at_ten(a), at_ten(b)) for a, b in breaks])
    assert off_standard(waits(calls), worked) == minutes
