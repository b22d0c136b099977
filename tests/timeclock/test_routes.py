"""The clock at the door, the day's list, corrections, one's own hours, and the terminals' API."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, tell
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security.domain import SYSTEM, Role
from factory.timeclock import queries, service
from factory.timeclock.domain.door import AgeUnknown, NothingToUndo, TooLongAShift
from tests.cast import PIN
from tests.conftest import SignIn


def test_a_badge_greets_her_by_the_name_she_chose(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    assert browser.get("/clock/").status_code == 200
    answer = browser.post("/clock/", data={"code": pine[1]})
    assert "Pine 님, 출근했어요 · 10:00" in answer.text
    assert 'data-return="/clock/"' in answer.text


def test_the_door_knows_by_itself_and_one_touch_says_otherwise(
    sign_in: SignIn, pine: tuple[Worker, str], clock: time_machine.Traveller
) -> None:
    browser, badge = sign_in(Role.CLOCK_TERMINAL), pine[1]
    came = new_id()
    assert "출근했어요" in browser.post("/clock/", data={"code": badge, "event_id": came}).text
    clock.shift(59)
    again = browser.post("/clock/", data={"code": badge, "event_id": new_id()}).text
    assert "출근했어요 · 10:00" in again
    clock.shift(3600)
    gone = new_id()
    answer = browser.post("/clock/", data={"code": badge, "event_id": gone}).text
    assert "퇴근" in answer
    assert 'value="break_start"' in answer
    meant = {"punch": gone, "event_id": new_id(), "kind": "break_start"}
    assert "잘 쉬세요" in browser.post("/clock/instead", data=meant).text
    assert browser.post("/clock/instead", data=meant | {"kind": "lunch"}).status_code == 422
    back = browser.post("/clock/", data={"code": badge, "kind": "break_end"}).text
    assert "어서 오세요" in back


def test_what_was_answered_is_undone_by_one_touch_or_by_the_badge(
    sign_in: SignIn, pine: tuple[Worker, str], clock: time_machine.Traveller
) -> None:
    browser, badge, came = sign_in(Role.CLOCK_TERMINAL), pine[1], new_id()
    browser.post("/clock/", data={"code": badge, "event_id": came})
    assert came in browser.post("/clock/", data={"code": badge}).text
    assert "되돌렸어요" in browser.post("/clock/undo", data={"punch": came}).text
    refused = browser.post("/clock/undo", data={"punch": came})
    assert refused.status_code == 422
    assert tell(NothingToUndo(), "en") in refused.text
    browser.post("/clock/", data={"code": badge})
    assert browser.get("/clock/?undo=1").text.count('name="undo" value="1"') == 1
    assert "되돌렸어요" in browser.post("/clock/", data={"code": badge, "undo": "1"}).text
    nothing = browser.post("/clock/", data={"code": badge, "undo": "1"})
    assert nothing.status_code == 422
    assert 'id="code"' in nothing.text


def test_number_and_pin_go_into_the_same_field(sign_in: SignIn, pine: tuple[Worker, str]) -> None:
    browser, number = sign_in(Role.CLOCK_TERMINAL), str(pine[0].number)
    asked = browser.post("/clock/", data={"code": number})
    assert asked.status_code == 422
    assert "Please type your PIN too." in asked.text
    wrong = browser.post("/clock/", data={"code": number, "pin": "0000"})
    assert wrong.status_code == 422
    assert "0000" not in wrong.text
    assert "출근했어요" in browser.post("/clock/", data={"code": number, "pin": PIN}).text
    assert browser.get("/days/hours").status_code == 303


def test_a_forgotten_going_is_asked_when_she_next_comes_and_approved_by_another(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser, badge, came = sign_in(Role.CLOCK_TERMINAL), pine[1], new_id()
    browser.post("/clock/", data={"code": badge, "at": "2026-11-23T09:00:00+09:00"})
    answer = browser.post("/clock/", data={"code": badge, "event_id": came}).text
    assert 'action="/clock/forgot"' in answer
    assert 'value="18:00"' in answer
    wrong = browser.post("/clock/forgot", data={"punch": came, "time": "half past"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    assert "고마워요" in browser.post("/clock/forgot", data={"punch": came, "time": "18:20"}).text
    assert browser.post("/clock/forgot", data={"punch": came, "time": "18:20"}).status_code == 422
    assert browser.post("/clock/forgot", data={"punch": new_id()}).status_code == 422
    leader = sign_in(Role.SUPERVISOR)
    listed = leader.get("/clock/asked").text
    assert "18:20" in listed
    number = listed.split("/clock/asked/")[1].split("/")[0]
    assert leader.post(f"/clock/asked/{number}/refuse", data={"reason": ""}).status_code == 422
    assert leader.post(f"/clock/asked/{number}/approve").status_code == 303
    assert leader.post(f"/clock/asked/{number}/approve").status_code == 422
    assert "09:00–18:20" in leader.get("/days/2026-11-23").text


def test_a_going_sixteen_hours_after_she_came_is_typed_again(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser, came = sign_in(Role.CLOCK_TERMINAL), new_id()
    browser.post("/clock/", data={"code": pine[1], "at": "2026-11-23T09:00:00+09:00"})
    browser.post("/clock/", data={"code": pine[1], "event_id": came})
    wrong = browser.post("/clock/forgot", data={"punch": came, "time": "08:30"})
    assert wrong.status_code == 422
    assert 'value="08:30"' in wrong.text
    assert tell(TooLongAShift(hours=16), "ko_easy") in wrong.text


def test_after_midnight_she_went_the_next_day(sign_in: SignIn, pine: tuple[Worker, str]) -> None:
    browser, came = sign_in(Role.CLOCK_TERMINAL), new_id()
    browser.post("/clock/", data={"code": pine[1], "at": "2026-11-22T15:00:00+09:00"})
    browser.post("/clock/", data={"code": pine[1], "event_id": came})
    browser.post("/clock/forgot", data={"punch": came, "time": "00:30"})
    assert "23 Nov 2026 (Mon) 00:30" in sign_in(Role.SUPERVISOR).get("/clock/asked").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["104839572616", "104839572617", "20000120", "", "abc"])
def test_a_badge_that_is_not_known_gets_a_sentence_and_stays_typed(
    sign_in: SignIn, language: str, code: str
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/language", data={"language": language})
    answer = browser.post("/clock/", data={"code": code})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{code}"' in answer.text


def test_an_entry_that_waited_is_answered_without_a_name(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    data = {"code": pine[1], "event_id": new_id(), "at": "2026-11-24T08:00:00+09:00", "kind": "in"}
    waited = {"X-Didim-Queue": "1"}
    first = browser.post("/clock/", data=data, headers=waited)
    assert first.json == {"status": "recorded", "sentence": "Taken."}
    again = browser.post("/clock/", data=data, headers=waited)
    assert again.json is not None
    assert again.json["status"] == "duplicate"


def test_an_entry_that_waited_and_can_not_be_taken_is_the_supervisors_to_decide(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser, event = sign_in(Role.CLOCK_TERMINAL), new_id()
    with app.app_context(), transaction() as session:
        people_service.void_badge(session, pine[0], by=SYSTEM, at=now())
    data = {"code": pine[1], "event_id": event, "at": "2026-11-24T08:00:00+09:00"}
    for _ in range(2):
        answer = browser.post("/clock/", data=data, headers={"X-Didim-Queue": "1"})
        assert answer.status_code == 422
        assert answer.json is not None
        assert answer.json["status"] == "refused"
        assert "Pine" not in answer.text
    unknown = {"code": "104839572616", "event_id": new_id()}
    browser.post("/clock/", data=unknown, headers={"X-Didim-Queue": "1"})
    leader = sign_in(Role.SUPERVISOR)
    page = leader.get("/clock/asked").text
    assert ">Pine</a></strong>" in page
    assert "somebody unknown" in page
    assert pine[1] not in page
    assert leader.post(f"/clock/refused/{event}/seen").status_code == 303
    assert ">Pine</a></strong>" not in leader.get("/clock/asked").text
    assert leader.post(f"/clock/refused/{new_id()}/seen").status_code == 404


def test_a_terminal_that_is_signed_out_keeps_its_entries(
    client: FlaskClient, pine: tuple[Worker, str]
) -> None:
    answer = client.post("/clock/", data={"code": pine[1]}, headers={"X-Didim-Queue": "1"})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_a_wrong_clock_is_told_to_the_supervisor(sign_in: SignIn, pine: tuple[Worker, str]) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    fast = "2026-11-24T10:09:00+09:00"
    answer = browser.post("/clock/", data={"code": pine[1], "at": fast, "device_now": fast}).text
    assert "출근했어요 · 10:00" in answer
    page = sign_in(Role.SUPERVISOR).get("/clock/asked").text
    assert "The clock of Door is 9 minutes fast" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_entry_of_unknown_age_is_the_supervisors_to_date(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str], language: str
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/language", data={"language": language})
    old = {"code": pine[1], "at": "2026-11-02T09:00:00+09:00", "event_id": new_id()}
    answer = browser.post("/clock/", data=old, headers={"X-Didim-Queue": "1"})
    assert (answer.status_code, answer.get_json()["status"]) == (422, "refused")
    with app.app_context(), reading() as session:
        assert queries.present(session, at=now()) == ()
    page = sign_in(Role.SUPERVISOR).get(f"/clock/asked?language={language}").text
    assert tell(AgeUnknown(), language) in page
    assert "Pine" in page
    known = old | {"device_now": "2026-11-24T10:00:00+09:00", "event_id": new_id()}
    taken = browser.post("/clock/", data=known, headers={"X-Didim-Queue": "1"})
    assert taken.get_json()["status"] == "recorded"


def test_an_unknown_kind_is_taken_for_no_other_one(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/language", data={"language": "en"})
    strange = {"code": pine[1], "kind": "lunch", "event_id": new_id()}
    refused = browser.post("/clock/", data=strange)
    assert (refused.status_code, "does not know" in refused.text) == (422, True)
    waited = browser.post("/clock/", data=strange, headers={"X-Didim-Queue": "1"})
    assert waited.get_json()["status"] == "refused"
    with app.app_context(), reading() as session:
        assert queries.present(session, at=now()) == ()
    assert "lunch" in sign_in(Role.SUPERVISOR).get("/clock/asked").text


@pytest.mark.parametrize(
    ("language", "day"), [("ko", "11월 20일(금) 18:30"), ("en", "20 Nov (Fri) 18:30")]
)
def test_what_is_entered_days_late_is_answered_with_its_day(
    sign_in: SignIn, pine: tuple[Worker, str], language: str, day: str
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(pine[0].number), "pin": PIN})
    browser.post("/language", data={"language": language})
    late = {"code": pine[1], "kind": "out", "at": "2026-11-20T18:30:00+09:00"}
    assert day in browser.post("/clock/", data=late).text
    today = browser.post("/clock/", data={"code": pine[1]}).text
    assert "10:00" in today
    assert "Nov" not in today
    assert "11월" not in today


def test_the_supervisor_is_told_before_she_enters_what_makes_no_whole_shift(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    asked = {"day": "2026-11-23", "kind": "out", "time": "18:00", "reason": "forgot"}
    hint = "It makes no whole shift of her other punches."
    for told, also in ((True, {}), (False, {"kind": "in", "time": "09:00"})):
        browser = sign_in(Role.CLOCK_TERMINAL)
        browser.post("/pin", data={"number": str(pine[0].number), "pin": PIN})
        assert browser.post("/clock/ask", data=asked | also).status_code == 303
        assert (hint in sign_in(Role.SUPERVISOR).get("/clock/asked").text) is told


@pytest.mark.parametrize("told", ["never", "0001-01-01T00:00:00+00:00", "2026-11-24T10:00:00"])
def test_nonsense_for_a_time_counts_as_now(
    sign_in: SignIn, pine: tuple[Worker, str], told: str
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    answer = browser.post("/clock/", data={"code": pine[1], "at": told, "device_now": told})
    assert "출근했어요 · 10:00" in answer.text


def test_she_asks_for_a_correction_on_her_own_page_after_her_pin(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    assert browser.get("/clock/ask").location == "/pin?next=/clock/ask"
    browser.post("/pin", data={"number": str(pine[0].number), "pin": PIN})
    asked = {"day": "2026-11-23", "kind": "out", "time": "18:00", "reason": "forgot"}
    for wrong in ({"day": ""}, {"time": "6"}, {"reason": ""}, {"day": "2026-11-25"}):
        assert browser.post("/clock/ask", data=asked | wrong).status_code == 422
    assert browser.post("/clock/ask", data=asked).status_code == 303
    assert browser.post("/clock/ask", data=asked).status_code == 422
    assert "18:00" in browser.get("/clock/ask").text
    leader = sign_in(Role.SUPERVISOR)
    number = leader.get("/clock/asked").text.split("/clock/asked/")[1].split("/")[0]
    leader.post(f"/clock/asked/{number}/refuse", data={"reason": "You went at five."})
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(pine[0].number), "pin": PIN})
    assert "You went at five." in browser.get("/clock/ask").text


@pytest.mark.parametrize(
    ("query", "day", "kind"),
    [
        ("", "2026-11-24", "out"),
        ("?day=2026-11-20&kind=in", "2026-11-20", "in"),
        ("?day=never&kind=nothing", "2026-11-24", "out"),
    ],
)
def test_the_day_that_lacks_something_is_filled_in_already(
    sign_in: SignIn, pine: tuple[Worker, str], query: str, day: str, kind: str
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(pine[0].number), "pin": PIN})
    page = browser.get(f"/clock/ask{query}").text
    assert f'value="{day}"' in page
    assert f'<option selected value="{kind}">' in page


def test_what_comes_for_a_closed_day_is_on_the_supervisors_list(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str], clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        service.lock(session, date(2026, 11, 23), by=SYSTEM, at=now())
    clock.shift(60)
    sign_in(Role.CLOCK_TERMINAL).post(
        "/clock/", data={"code": pine[1], "at": "2026-11-23T09:00:00+09:00"}
    )
    leader = sign_in(Role.SUPERVISOR)
    page = leader.get("/clock/asked").text
    assert "Came for days that are closed" in page
    punch = page.split("/clock/late/")[1].split("/")[0]
    assert leader.post(f"/clock/late/{punch}/seen").status_code == 303
    assert "Came for days that are closed" not in leader.get("/clock/asked").text
    entry = {"kind": "out", "time": "18:00", "reason": "badge forgotten"}
    at = f"/clock/day/2026-11-23/{pine[0].number}"
    closed = leader.post(at, data=entry)
    assert closed.status_code == 422
    assert "The pay up to" in closed.text
    assert 'value="badge forgotten"' in closed.text


def test_the_wall_shows_who_is_here_without_a_figure(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    assert "Nobody is here" in browser.get("/clock/wall").text
    browser.post("/clock/", data={"code": pine[1]})
    shown = browser.get("/clock/wall?list=1").text
    assert "Pine" in shown
    assert not any(sign.isdigit() for sign in shown)
    browser.post("/clock/", data={"code": pine[1], "kind": "break_start"})
    assert "has a break" in browser.get("/clock/wall").text
    assert sign_in(Role.CASHIER).get("/clock/wall").status_code == 403


def test_the_door_that_a_browser_keeps_names_nobody(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(pine[0].number), "pin": PIN})
    assert "Pine" in browser.get("/clock/").text
    assert "Pine" not in browser.get("/clock/shell").text
    script = browser.get("/clock/worker.js")
    assert script.mimetype == "text/javascript"
    assert "/clock/shell" in script.text


def test_the_supervisor_sees_the_day_and_enters_what_was_forgotten(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    sign_in(Role.CLOCK_TERMINAL).post("/clock/", data={"code": pine[1]})
    browser, at = sign_in(Role.SUPERVISOR), f"/clock/day/2026-11-24/{pine[0].number}"
    assert browser.get(f"/clock/day/someday/{pine[0].number}").status_code == 404
    entry = {"kind": "in", "time": "09:30", "reason": "badge forgotten"}
    assert browser.post(at, data=entry | {"reason": ""}).status_code == 422
    assert browser.post(at, data=entry | {"time": "25:00"}).status_code == 422
    assert browser.post(at, data=entry | {"time": "11:00"}).status_code == 422
    assert browser.post(at, data=entry).location == f"/days/2026-11-24/{pine[0].number}"
    page = browser.get(at).text
    assert "badge forgotten" in page
    punch = page.split("/take-back")[0].rsplit("/", 1)[1]
    assert browser.post(f"{at}/{punch}/take-back", data={"reason": "twice"}).status_code == 303
    assert browser.post(f"{at}/{punch}/take-back", data={"reason": "twice"}).status_code == 422
