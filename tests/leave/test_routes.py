"""The pages of leave: who sees what, and what a wrong entry is answered."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.time import now
from factory.kernel.words import say, tell
from factory.leave import domain, queries, service
from factory.leave.domain import Answer, HouseRule, LeaveKind, Part, Request
from factory.leave.domain import swaps as swapping
from factory.people.domain import Worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from factory.timeclock import service as timeclock
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.leave.build import ask, grant, make_house, make_wish
from tests.people.build import make_worker

MONDAY = date(2026, 12, 7)
WISH = {"kind": "annual", "first": "2026-12-07", "last": "", "part": "whole", "note": ""}
SECRET = "a word for the office alone"


def _pine(session: Session) -> Worker:
    service.set_house_rule(
        session, HouseRule(LeaveKind.FAMILY_EVENT, "wedding", 3, paid=True), by=SYSTEM, at=now()
    )
    return make_house(session)


@pytest.fixture
def pine(client: FlaskClient, kept: Kept) -> Worker:
    """Pine, in a house of five."""
    del client
    return kept(_pine)


def herself(client: FlaskClient, worker: Worker) -> FlaskClient:
    """She signs in by number and PIN, on a telephone of her own."""
    client.post("/sign-in", data={"name": str(worker.number), "password": PIN})
    return client


def asked_for(app: Flask, worker: Worker, **changes: Any) -> Request:
    with app.app_context(), transaction() as session:
        return ask(session, worker, make_wish(**({"note": SECRET} | changes)))


def answers(app: Flask, worker: Worker) -> list[Answer]:
    with app.app_context(), reading() as session:
        return [request.answer for request in queries.requests_of(session, worker.id)]


# Her own pages


def test_she_sees_what_is_left_and_how_it_arose(client: FlaskClient, pine: Worker) -> None:
    page = herself(client, pine).get("/leave/?language=en").text
    assert "<dd>10 days</dd>" in page
    assert page.count("a full month worked") == 10
    assert "Labor Standards Act, art. 60(2)" in page
    assert page.count("until 4 Jan 2027 (Mon)") == 11
    assert "근로기준법 제60조 제2항" in client.get("/leave/?language=ko").text


def test_she_asks_sees_the_answer_and_takes_it_back(
    app: Flask, client: FlaskClient, pine: Worker
) -> None:
    browser = herself(client, pine)
    answer = browser.post("/leave/ask", data=WISH | {"note": SECRET})
    assert (answer.status_code, answer.location) == (303, "/leave/")
    page = browser.get("/leave/?language=en").text
    assert "<dd>9 days</dd>" in page
    assert "not answered yet" in page
    assert SECRET in page
    number = page.split("/withdraw")[0].rsplit("/", 1)[1]
    assert browser.post(f"/leave/mine/{number}/withdraw").status_code == 303
    assert answers(app, pine) == [Answer.WITHDRAWN]
    assert "<dd>10 days</dd>" in browser.get("/leave/?language=en").text


def test_at_a_shared_screen_leave_needs_her_pin(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    for address in ("/leave/", "/leave/ask"):
        assert browser.get(address).location == f"/pin?next={address}"
    assert browser.post("/leave/ask", data=WISH).location == "/pin?next=/leave/ask"
    assert browser.post("/leave/mine/1/withdraw").location == "/pin?next=/leave/"
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    page = browser.get("/leave/").text
    assert "data-hide" in page
    assert browser.post("/leave/ask", data=WISH).status_code == 303


def test_what_she_says_of_an_event_is_among_the_choices(client: FlaskClient, pine: Worker) -> None:
    browser = herself(client, pine)
    assert "wedding (up to 3 days)" in browser.get("/leave/ask?language=en").text
    entry = WISH | {"kind": "family_event:wedding"}
    assert browser.post("/leave/ask", data=entry).status_code == 303
    assert "wedding" in browser.get("/leave/").text


def test_a_man_is_not_offered_menstrual_leave(
    app: Flask, client: FlaskClient, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        oak = make_worker(session, "Oak", woman=False)
    assert 'value="menstrual"' in herself(client, pine).get("/leave/ask").text
    browser = herself(client, oak)
    assert 'value="menstrual"' not in browser.get("/leave/ask").text
    assert browser.post("/leave/ask", data=WISH | {"kind": "menstrual"}).status_code == 422


REFUSALS: list[tuple[str, dict[str, str], Refused]] = [
    ("backwards", {"last": "2026-12-04"}, domain.LastBeforeFirst()),
    ("too long", {"last": "2027-03-09"}, domain.TooLongAtOnce(most=92)),
    ("too far", {"first": "2028-03-06"}, domain.TooFarAhead(until=date(2027, 11, 24))),
    ("before hiring", {"first": "2026-01-02"}, domain.NotHereYet(hired=date(2026, 1, 5))),
    ("a rest day", {"first": "2026-12-06"}, domain.DayOffAnyway(day=date(2026, 12, 6))),
    ("no balance", {"last": "2026-12-31"}, domain.NotEnoughLeave(left="10", asked="18")),
    ("twice", {"first": "2026-12-01"}, domain.AlreadyAsked(day=date(2026, 12, 1))),
    ("closed", {"first": "2026-10-05"}, domain.DayOffAnyway(day=date(2026, 10, 5))),
    ("locked", {"first": "2026-10-30"}, domain.DayInLockedPeriod(day=date(2026, 10, 30))),
    ("half ill", {"kind": "sick", "part": "first_half"}, domain.OnlyAnnualByHalves()),
    ("long half", {"last": "2026-12-08", "part": "first_half"}, domain.HalfOfOneDay()),
    (
        "long event",
        {"kind": "family_event:wedding", "last": "2026-12-11"},
        domain.EventDaysUp(days=3),
    ),
]


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
@pytest.mark.parametrize(
    ("changes", "refusal"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS]
)
def test_what_can_not_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    app: Flask,
    client: FlaskClient,
    pine: Worker,
    language: str,
    changes: dict[str, str],
    refusal: Refused,
) -> None:
    with app.app_context(), transaction() as session:
        grant(session, pine, make_wish(date(2026, 12, 1), kind=LeaveKind.SICK))
        timeclock.lock(session, date(2026, 10, 31), by=SYSTEM, at=now())
    entry = WISH | {"note": SECRET} | changes
    answer = herself(client, pine).post(f"/leave/ask?language={language}", data=entry)
    assert answer.status_code == 422
    beside = answer.text.split(f'id="{refusal.field}-wrong"')[1].split("</p>")[0]
    assert tell(refusal, language) in unescape(beside)
    assert SECRET in answer.text
    assert f'value="{entry["first"]}"' in answer.text
    assert len(answers(app, pine)) == 1


def test_a_date_that_is_none_is_refused(client: FlaskClient, pine: Worker) -> None:
    browser = herself(client, pine)
    for changes in ({"first": ""}, {"first": "soon"}, {"last": "2026-13-01"}, {"kind": "party"}):
        assert browser.post("/leave/ask", data=WISH | changes).status_code == 422


def test_what_has_begun_is_not_taken_back_by_herself(
    app: Flask, client: FlaskClient, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        number = grant(session, pine, make_wish(date(2026, 11, 24))).id
    browser = herself(client, pine)
    assert "/withdraw" not in browser.get("/leave/").text
    assert browser.post(f"/leave/mine/{number}/withdraw").status_code == 422
    assert answers(app, pine) == [Answer.GRANTED]


# Privacy


def test_one_worker_never_sees_anothers_leave(
    app: Flask, client: FlaskClient, pine: Worker
) -> None:
    number = asked_for(app, pine).id
    with app.app_context(), transaction() as session:
        oak = make_worker(session, "Oak")
    browser = herself(client, oak)
    assert SECRET not in browser.get("/leave/").text
    assert browser.post(f"/leave/mine/{number}/withdraw").status_code == 404
    for address in (
        "/leave/requests",
        f"/leave/requests/{number}",
        "/leave/team",
        "/leave/team/2026-12",
        f"/leave/people/{pine.number}",
        "/leave/house",
    ):
        assert browser.get(address).status_code == 403, address
    assert answers(app, pine) == [Answer.OPEN]


@pytest.mark.parametrize("kind", ["sick", "menstrual", "family_event"])
@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_the_supervisor_never_sees_the_kind_nor_the_reason(
    app: Flask, sign_in: SignIn, pine: Worker, kind: str, language: str
) -> None:
    event = "wedding" if kind == "family_event" else ""
    number = asked_for(app, pine, kind=LeaveKind(kind), event=event).id
    browser = sign_in(Role.SUPERVISOR)
    paid = {say(word, language) for word in ("paid", "not paid")}
    for address in ("/leave/requests", f"/leave/requests/{number}", "/leave/team/2026-12"):
        page = browser.get(f"{address}?language={language}").text
        assert "Pine" in page
        assert not any(f">{word}<" in page or f"· {word}" in page for word in paid)
        for told in (SECRET, "wedding", say(LeaveKind(kind).label, language)):
            assert told not in page
    assert browser.get(f"/leave/people/{pine.number}").status_code == 403


@pytest.mark.parametrize(
    "role", [Role.CUTTER, Role.CASHIER, Role.ORDER_MANAGER, Role.KEEPER, Role.FLOOR_TERMINAL]
)
def test_nobody_else_sees_anybodys_leave(
    app: Flask, sign_in: SignIn, pine: Worker, role: Role
) -> None:
    number = asked_for(app, pine).id
    browser = sign_in(role)
    for address in ("requests", f"requests/{number}", "team/2026-12", f"people/{pine.number}"):
        assert browser.get(f"/leave/{address}").status_code == 403


def test_whoever_runs_pay_sees_the_kind_and_what_she_says(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    asked_for(app, pine, kind=LeaveKind.SICK)
    page = sign_in(Role.MANAGER).get(f"/leave/people/{pine.number}?language=en").text
    assert "Ill" in page
    assert SECRET in page


def test_whoever_looks_at_her_leave_is_kept(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    sign_in(Role.MANAGER).get(f"/leave/people/{pine.number}")
    with app.app_context(), reading() as session:
        looked = [e for e in security.audit(session) if e.what == "see_leave"]
    assert [(entry.actor, entry.thing) for entry in looked] == [("Willow", f"worker {pine.number}")]


def test_the_office_asks_for_somebody_who_called(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/leave/people/{pine.number}/ask"
    today = WISH | {"kind": "sick", "first": "2026-11-24"}
    refused = browser.post(at, data=today | {"first": "2026-11-22", "note": SECRET})
    assert refused.status_code == 422
    assert SECRET in refused.text
    assert browser.post(at, data=today).location == f"/leave/people/{pine.number}"
    assert answers(app, pine) == [Answer.OPEN]
    assert sign_in(Role.SUPERVISOR).post(at, data=today).status_code == 403
    assert sign_in(Role.SUPERVISOR).get(at).status_code == 403
    assert browser.get("/leave/people/999/ask").status_code in {403, 404}


# Answers and the team


def test_the_supervisor_answers(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    number = asked_for(app, pine, last=date(2026, 12, 9)).id
    browser = sign_in(Role.SUPERVISOR)
    listed = browser.get("/leave/requests?language=en").text
    assert "7 Dec (Mon) –" in listed
    assert "9 Dec (Wed)" in listed
    at = f"/leave/requests/{number}"
    assert "Days of work: 3" in browser.get(f"{at}?language=en").text
    assert browser.post(at, data={"answer": "granted", "reason": ""}).location == "/leave/requests"
    assert answers(app, pine) == [Answer.GRANTED]
    assert "Granted, still to come" in browser.get("/leave/requests?language=en").text


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        ({"answer": "refused", "reason": " "}, domain.WhyNot()),
        ({"answer": "open", "reason": "no cloth"}, domain.OursNotHers()),
    ],
    ids=["no reason", "closed by us"],
)
def test_an_answer_that_can_not_be_is_refused_beside_its_field(
    app: Flask,
    sign_in: SignIn,
    pine: Worker,
    entry: dict[str, str],
    refusal: Refused,
    language: str,
) -> None:
    number = asked_for(app, pine).id
    answer = sign_in(Role.MANAGER).post(f"/leave/requests/{number}?language={language}", data=entry)
    assert answer.status_code == 422
    assert f'id="{refusal.field}-wrong"' in answer.text
    assert tell(refusal, language) in unescape(answer.text)
    assert answers(app, pine) == [Answer.OPEN]


def test_she_reads_why_not(app: Flask, sign_in: SignIn, client: FlaskClient, pine: Worker) -> None:
    number = asked_for(app, pine).id
    entry = {"answer": "refused", "reason": "the big order leaves that day"}
    sign_in(Role.MANAGER).post(f"/leave/requests/{number}", data=entry)
    page = herself(client, pine).get("/leave/?language=en").text
    assert "not granted" in page
    assert "the big order leaves that day" in page


def test_the_teams_month_shows_who_is_away(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    with app.app_context(), transaction() as session:
        grant(session, pine, make_wish(MONDAY))
        grant(session, pine, make_wish(date(2026, 12, 8), part=Part.SECOND_HALF))
    asked_for(app, pine, first=date(2026, 12, 9), last=date(2026, 12, 9))
    browser = sign_in(Role.SUPERVISOR)
    assert browser.get("/leave/team").location == "/leave/team/2026-11"
    page = browser.get("/leave/team/2026-12?language=en").text
    row = page.split("Pine")[1].split("</tr>")[0]
    assert [row.count(sign) for sign in ("●", "½", "?")] == [1, 1, 1]
    assert "/leave/team/2027-01" in page
    assert browser.get("/leave/team/never").status_code == 404


# The house


def test_the_manager_swaps_a_holiday_and_takes_it_back(sign_in: SignIn, pine: Worker) -> None:
    del pine
    browser = sign_in(Role.MANAGER)
    entry = {
        "holiday": "2026-12-25",
        "day": "2026-12-28",
        "agreed_with": "Hazel",
        "agreed_on": "2026-11-23",
    }
    refused = browser.post("/leave/house/swap?language=ko", data=entry | {"day": "2026-12-26"})
    assert refused.status_code == 422
    assert tell(swapping.NoDayToSwap(day=date(2026, 12, 26)), "ko") in refused.text
    assert "Hazel" in refused.text
    assert browser.post("/leave/house/swap", data=entry).status_code == 303
    page = browser.get("/leave/house?language=en").text
    assert "28 Dec 2026 (Mon)" in page
    assert browser.post("/leave/house/swap/2026-12-25/end").status_code == 303
    assert browser.post("/leave/house/swap/2026-12-25/end").status_code == 404
    assert "No public holiday is swapped." in browser.get("/leave/house?language=en").text


def test_the_manager_says_what_the_house_gives(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    del pine
    browser = sign_in(Role.MANAGER)
    moving = {"kind": "family_event", "event": " moving  house ", "days": "1", "paid": "y"}
    assert browser.post("/leave/house/rule", data=moving).status_code == 303
    sick = {"kind": "sick", "event": "nothing", "days": "9", "paid": "y"}
    assert browser.post("/leave/house/rule", data=sick).status_code == 303
    no_name = browser.post("/leave/house/rule", data=moving | {"event": " "})
    assert no_name.status_code == 422
    assert "moving house" in browser.get("/leave/house").text
    with app.app_context(), reading() as session:
        rules = queries.house_rules(session)
    assert HouseRule(LeaveKind.FAMILY_EVENT, "moving house", 1, paid=True) in rules
    assert HouseRule(LeaveKind.SICK, paid=True) in rules


def test_the_manager_enters_what_was_used_before(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/leave/people/{pine.number}"
    entry = {"minutes": "16:00", "reason": "used in spring", "used": "y"}
    assert browser.post(at, data=entry | {"reason": ""}).status_code == 422
    assert browser.post(at, data=entry | {"minutes": "two days"}).status_code == 422
    assert browser.post(at, data=entry | {"minutes": "0"}).status_code == 422
    assert browser.post(at, data=entry).status_code == 303
    assert "<dd>8 days</dd>" in browser.get(f"{at}?language=en").text
    more = {"minutes": "8:00", "reason": "thank you for the rush"}
    assert browser.post(at, data=more).status_code == 303
    page = browser.get(f"{at}?language=en").text
    assert "<dd>9 days</dd>" in page
    assert "thank you for the rush" in page
    assert browser.get("/leave/people/999").status_code == 404
