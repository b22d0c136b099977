"""Pages of days: the supervisor settles and closes, plans and lets the factory rest; she claims."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from factory.attendance import queries
from factory.attendance.domain.approved import NothingToClose, State
from factory.attendance.domain.day import Flag
from factory.attendance.domain.plan import PlanKind
from factory.attendance.domain.settle import EvidenceKind, NothingUnspoken
from factory.db.session import reading, transaction
from factory.kernel.time import DAY as A_DAY
from factory.kernel.time import Interval, at, now
from factory.kernel.words import LANGUAGES, tell
from factory.leave.domain import Part
from factory.people.domain import Worker
from factory.security.domain import Role
from factory.timeclock.domain.door import BreakTurnedRound
from tests.attendance.days import LONG, PLAIN, TODAY, YESTERDAY, come, somebody
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.leave.build import grant, make_house, make_wish

DAY = f"/days/{YESTERDAY.isoformat()}"
EVENING = Interval(at(YESTERDAY, "18:00"), at(YESTERDAY, "18:20"))
MORNING = Interval(at(YESTERDAY, "08:40"), at(YESTERDAY, "09:00"))


def value(span: Interval) -> str:
    return f"{span.start.isoformat()}/{span.end.isoformat()}"


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine came early and stayed longer yesterday."""
    return kept(somebody, "Pine", *LONG)


def line(app: Flask, worker: Worker) -> queries.DayLine:
    with app.app_context(), reading() as session:
        return queries.line(session, worker, YESTERDAY, at=now())


def as_pine(sign_in: SignIn, worker: Worker) -> FlaskClient:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(worker.number), "pin": PIN})
    return browser


def test_the_list_begins_with_the_first_day_that_is_open(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert browser.get("/days/").location == DAY
    page = browser.get(DAY).text
    assert f"{DAY}/{pine.number}" in page
    assert "18:00–18:20" in page
    assert browser.get("/days/someday").status_code == 404


def test_a_day_to_come_shows_its_plan_and_offers_nothing_to_close(
    sign_in: SignIn, pine: Worker
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    for day in (TODAY, TODAY + A_DAY):  # she may still come today
        page = browser.get(f"/days/{day.isoformat()}").text
        assert "09:00–18:00" in page
        assert ("ready to close" in page, "/close" in page) == (False, False)


def test_it_was_work_or_presence_only(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser, where = sign_in(Role.SUPERVISOR), f"{DAY}/{pine.number}"
    page = browser.get(where).text
    assert value(EVENING) in page
    answer = browser.post(where, data={"spans": [value(EVENING)], "worked": "yes"})
    assert (answer.status_code, line(app, pine).sheet.worked) == (303, 500)
    refused = browser.post(where, data={"spans": [value(MORNING)], "worked": "no"})
    assert (refused.status_code, "Please say why" in refused.text) == (422, True)
    data = {"spans": [value(MORNING)], "worked": "no", "reason": "waited for a friend"}
    browser.post(where, data=data)
    assert (line(app, pine).state, line(app, pine).sheet.worked) == (State.READY, 500)
    assert "waited for a friend" in browser.get(where).text


def test_another_time_may_be_typed(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser, where = sign_in(Role.SUPERVISOR), f"{DAY}/{pine.number}"
    browser.post(where, data={"start": "18:00", "end": "18:10", "worked": "yes"})
    assert line(app, pine).sheet.worked == 490
    for data in (
        {"start": "18:00"},
        {"start": "six", "end": "19:00"},
        {"start": "18:00", "end": "17:00"},  # no shift is so long: a slip of the hand
        {},
    ):
        refused = browser.post(where, data=data | {"worked": "yes"})
        assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)


def test_a_day_is_closed_for_those_who_are_ready(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.SUPERVISOR)
    refused = browser.post(f"{DAY}/close")
    assert (refused.status_code, "Pine" in refused.text) == (422, True)
    with app.app_context(), transaction() as session:
        somebody(session, "Oak", *PLAIN)
        somebody(session, "Ash")
    assert "Of these, 1 did not come" in browser.get(DAY).text
    assert browser.post(f"{DAY}/close").status_code == 303
    assert "1 still waits" in browser.get(DAY).text


def test_all_that_is_left_is_called_presence_at_once(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert browser.post(f"{DAY}/rest", data={"reason": ""}).status_code == 422
    browser.post(f"{DAY}/rest", data={"reason": "came early for the bus"})
    found = line(app, pine)
    assert (found.state, found.sheet.worked, found.sheet.present) == (State.READY, 480, 580)
    again = browser.post(f"{DAY}/rest?language=en", data={"reason": "came early for the bus"})
    assert (again.status_code, tell(NothingUnspoken(), "en") in again.text) == (422, True)
    browser.post(f"{DAY}/close")
    assert line(app, pine).state is State.APPROVED
    twice = browser.post(f"{DAY}/close?language=en")
    assert (twice.status_code, escape(tell(NothingToClose(), "en")) in twice.text) == (422, True)
    where = f"{DAY}/{pine.number}"
    assert "Open again" in browser.get(where).text
    browser.post(f"{where}/reopen", data={"reason": "wrong day"})
    assert line(app, pine).state is State.READY


def test_she_says_herself_that_it_was_work(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    assert "/pin" in (sign_in(Role.CLOCK_TERMINAL).get("/days/mine").location or "")
    browser = as_pine(sign_in, pine)
    page = browser.get("/days/mine").text
    assert "more this week than is planned" not in page  # a house of one has no limit
    assert f"/days/mine/{YESTERDAY.isoformat()}" in page
    own = f"/days/mine/{YESTERDAY.isoformat()}"
    assert value(EVENING) in browser.get(own).text
    refused = browser.post(own, data={"start": "20:00", "end": "21:00"})
    assert refused.status_code == 422
    browser.post(own, data={"spans": [value(EVENING)], "reason": "mended a seam"})
    found = line(app, pine)
    assert found.sheet.worked == 500
    assert [each.kind for each in found.evidence] == [EvidenceKind.CLAIM]
    assert "mended a seam" in browser.get("/days/mine").text


def test_she_reads_that_she_is_there_and_what_she_forgot(
    kept: Kept, sign_in: SignIn, pine: Worker
) -> None:
    kept(come, pine, "in 09:00", day=YESTERDAY - A_DAY)
    kept(come, pine, "in 09:00", day=TODAY)
    page = as_pine(sign_in, pine).get("/days/mine?language=en").text
    assert ("there since 09:00" in page, "0:00</h2>" in page) == (True, False)
    assert page.count('href="/clock/ask?day=') == page.count(Flag.MISSING_OUT.label) == 1


def test_a_day_is_planned_otherwise(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser, where = sign_in(Role.SUPERVISOR), f"{DAY}/{pine.number}/plan"
    usual, data = browser.get(where).text, {"kind": "work", "start": "08:40", "end": "18:20"}
    assert ('value="09:00"' in usual, 'value="18:00"' in usual) == (True, True)
    data |= {"breaks": "12:00-13:00"}
    assert browser.post(where, data=data).status_code == 303
    assert line(app, pine).state is State.READY
    for wrong in ({"breaks": "8-9"}, {"breaks": "07:00-08:00"}, {"start": ""}, {"end": "x"}):
        assert browser.post(where, data=data | wrong).status_code == 422
    assert browser.post(where, data={"kind": ""}).status_code == 303
    assert line(app, pine).state is State.OPEN


def test_schedules_are_made_and_assigned(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.SUPERVISOR)
    data = {"name": "early", "since": "2026-11-02", "start": "08:40", "end": "18:20"}
    assert browser.post("/days/schedules", data=data | {"name": ""}).status_code == 422
    undated = browser.post("/days/schedules", data=data | {"since": ""}).text
    assert undated.count('href="#since-new"') == undated.count('id="since-new"') == 1
    for end in ("08:40", ""):
        assert browser.post("/days/schedules", data=data | {"end": end}).status_code == 422
    assert browser.post("/days/schedules", data=data).status_code == 303
    chosen = {"worker": str(pine.number), "schedule": "early", "since": "2026-11-02"}
    assert browser.post("/days/schedules/assign", data=chosen | {"since": ""}).status_code == 422
    assert browser.post("/days/schedules/assign", data=chosen).status_code == 303
    assert ">Pine</span>" in browser.get("/days/schedules").text
    assert line(app, pine).state is State.READY
    later = chosen | {"schedule": "", "since": "2026-11-24"}, chosen | {"since": "2026-12-07"}
    for each in later:
        assert browser.post("/days/schedules/assign", data=each).status_code == 303
    assert "(from 7 Dec (Mon))" in browser.get("/days/schedules").text


def test_a_half_day_of_leave_stands_beside_the_hours_and_a_whole_one_asks_nothing(
    kept: Kept, sign_in: SignIn
) -> None:
    pine = kept(make_house, "Pine")
    kept(come, pine, "in 09:00", "out 14:00", day=YESTERDAY)
    kept(grant, pine, make_wish(YESTERDAY, part=Part.SECOND_HALF))
    kept(grant, pine, make_wish(YESTERDAY - A_DAY * 3))
    browser = sign_in(Role.SUPERVISOR)
    for where in (DAY, f"{DAY}/{pine.number}"):
        assert "leave for part of the day · 4:00" in browser.get(where).text
    friday = f"/days/{(YESTERDAY - A_DAY * 3).isoformat()}"
    assert "on leave · 8:00" in browser.get(friday).text
    away = browser.get(f"{friday}/{pine.number}").text
    assert ("on leave · 8:00" in away, 'name="worked"' in away) == (True, False)


def rest(**changes: Any) -> dict[str, Any]:
    given = {"first": "2026-11-25", "last": "2026-11-26", "whose": "ours", "why": "no_cloth"}
    return given | changes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "wrong",
    [
        {"whose": ""},
        {"first": ""},
        {"last": "2026-11-20"},
        {"last": "2027-11-20"},
        {"whose": "hers"},
    ],
)
def test_a_day_of_rest_wants_to_know_whose_it_is(
    sign_in: SignIn, pine: Worker, language: str, wrong: dict[str, str]
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    browser.post("/language", data={"language": language})
    refused = browser.post("/days/of-rest", data=rest(**wrong))
    assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)


@pytest.mark.parametrize(("whose", "kind"), [("ours", "shutdown"), ("hers", "asked_off")])
def test_the_factory_rests_or_she_asked_for_it(
    app: Flask, sign_in: SignIn, pine: Worker, whose: str, kind: str
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    data = rest(whose=whose, workers=[str(pine.number)], reason="a wedding")
    assert browser.post("/days/of-rest", data=data).status_code == 303
    page = browser.get("/days/of-rest").text
    assert "Pine" in page
    assert "a wedding" not in page
    with app.app_context(), reading() as session:
        found = queries.days_of_rest(session, TODAY, at(TODAY, "00:00").date().replace(day=30))
    assert [(each.kind, each.names) for each in found] == [(PlanKind(kind), ("Pine",))] * 2
    back = f"/days/of-rest/2026-11-25/{kind}/back"
    assert back in page
    assert [browser.post(back).status_code for _ in range(2)] == [303, 422]
    page = browser.get("/days/of-rest").text
    assert (back in page, f"/days/of-rest/2026-11-26/{kind}/back" in page) == (False, True)


@pytest.mark.parametrize(
    "where", ["/days/", DAY, f"{DAY}/1", f"{DAY}/1/plan", "/days/schedules", "/days/of-rest"]
)
@pytest.mark.parametrize("role", [Role.WORKER, Role.CASHIER, Role.CLOCK_TERMINAL])
def test_only_who_corrects_work_sees_days(sign_in: SignIn, where: str, role: Role) -> None:
    assert sign_in(role).get(where).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_says_when_everybody_goes_to_eat(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    browser, where = sign_in(Role.SUPERVISOR), f"/days/schedules/house?language={language}"
    assert 'value="12:00-13:00"' in browser.get("/days/schedules").text
    turned = browser.post(where, data={"breaks": "13:00-12:00"})
    assert (turned.status_code, tell(BreakTurnedRound(), language) in turned.text) == (422, True)
    assert 'value="13:00-12:00"' in turned.text
    assert browser.post(where, data={"breaks": "at noon"}).status_code == 422
    assert browser.post(where, data={"breaks": "11:30-12:30"}).status_code == 303
    assert 'value="11:30-12:30"' in browser.get("/days/schedules").text
    assert sign_in(Role.CASHIER).post(where, data={"breaks": ""}).status_code == 403
