"""The pages of the watch and the count: what they say, what they refuse, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from markupsafe import escape

from factory.attendance import service
from factory.attendance.domain.plan import NoHours, Planned
from factory.attendance.domain.watch import (
    Concern,
    ConcernKind,
    SparedFromNight,
    SparedFromOvertime,
)
from factory.db.session import reading, transaction
from factory.kernel.time import DAY, Length, now
from factory.kernel.words import LANGUAGES, speaking, tell
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain.guards import Spared
from factory.people.domain.headcount import MonthNotOver, NobodyWorked
from factory.security.domain import SYSTEM, Role
from tests.attendance.days import CEDAR, PLAIN, TODAY, come, somebody
from tests.cast import PIN
from tests.conftest import SignIn
from tests.leave.build import grant, make_house, make_wish
from tests.people.build import make_worker

NOON = (("12:00", "13:00"),)
OCTOBER = date(2026, 10, 12)


def long_week(app: Flask) -> None:
    """Pine came yesterday and is planned for far too much."""
    with app.app_context(), transaction() as session:
        pine = somebody(session, "Pine", *PLAIN)
        for number in range(5):
            make_worker(session, f"Oak {number}")
        for ahead in range(4):
            late = Planned("09:00", "22:00", NOON)
            service.plan_day(session, pine, TODAY + ahead * DAY, late, by=CEDAR, at=now())


def test_the_supervisor_sees_who_has_too_much_first_with_the_article(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    text = browser.get("/days/week").text
    assert "4 h too much" in text
    assert "Pine would be 4 h over what a week may have." in text
    assert "Labor Standards Act, art. 53(1)" in text
    assert text.index("Pine") < text.index("Oak 0")
    assert "근로기준법 제53조 제1항" in browser.get("/days/week?language=ko").text
    assert "4시간 넘음" in browser.get("/days/week?language=ko_easy").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_overtime_to_come_is_approved_once_she_knows_what_it_breaks(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    with app.app_context(), reading() as session:
        number = people_queries.workers(session)[0].number
    address = f"/days/{TODAY + DAY}/{number}?language={language}"
    more = {"start": "22:00", "end": "23:00", "worked": "yes", "reason": "big order"}
    answer = browser.post(address, data=more)
    with speaking(language):
        told = Concern(ConcernKind.OVER_52_HOURS, TODAY, 5 * 60, "").said("Pine")
    assert answer.status_code == 422
    assert str(escape(told)) in answer.text
    assert 'name="known"' in answer.text
    assert "big order" in answer.text
    assert browser.post(address, data=more | {"known": "y"}).status_code == 303
    no_work = more | {"worked": "no"}
    assert browser.post(address, data=no_work).status_code == 303


def test_of_who_is_spared_the_supervisor_reads_no_overtime_alone(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        people.spare(session, pine, Spared(TODAY, date(2027, 8, 31)), by=SYSTEM, at=now())
    text = browser.get("/days/week").text
    assert "No overtime" in text
    assert "2027" not in text


def test_a_house_of_one_has_no_limit(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert "Nobody is employed this week." in browser.get("/days/week").text
    with app.app_context(), transaction() as session:
        make_worker(session)
    assert "no limit" in browser.get("/days/week").text


@pytest.mark.parametrize("role", [Role.WORKER, Role.CASHIER, Role.FLOOR_TERMINAL, Role.CUTTER])
def test_others_see_nobodys_week(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(role)
    for path in ("week", "headcount", "headcount/2026-10", "holidays"):
        assert browser.get(f"/days/{path}").status_code == 403


def test_a_month_is_counted_and_its_working_shown(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        for number in range(5):
            make_worker(session, f"Oak {number}")
        come(session, pine, *PLAIN, day=OCTOBER)
        come(session, pine, *PLAIN, day=date(2026, 10, 17))
    assert "Count Oct 2026" in browser.get("/days/headcount").text
    answer = browser.post("/days/headcount/2026-10")
    assert answer.status_code == 303
    text = browser.get(answer.location).text
    assert "= <strong>3.50</strong>" in text
    assert "On 1 of 2 operating days there were fewer than 5." in text
    assert "That is half or more" in text
    assert "The law takes the house for 3 employees." in text
    assert "art. 7-2" in text
    assert "<strong>3</strong>" in browser.get("/days/headcount").text
    assert "시행령 제7조의2" in browser.get(f"{answer.location}?language=ko").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_that_cant_be_counted_says_why(sign_in: SignIn, language: str) -> None:
    browser = sign_in(Role.MANAGER)
    for month, refusal in (
        ("2026-11", MonthNotOver(day=date(2026, 11, 30))),
        ("2026-10", NobodyWorked()),
    ):
        answer = browser.post(f"/days/headcount/{month}?language={language}")
        assert answer.status_code == 422
        assert escape(tell(refusal, language)) in answer.text


@pytest.mark.parametrize("month", ["2026-13", "2025-12", "x", "2026-09"])
def test_a_month_that_is_not_there_is_not_found(sign_in: SignIn, month: str) -> None:
    assert sign_in(Role.MANAGER).get(f"/days/headcount/{month}").status_code == 404


def late(number: int) -> tuple[str, dict[str, str]]:
    """The page of somebody's plan for Friday, and a plan that is too long."""
    shift = {"kind": "work", "start": "09:00", "end": "22:30", "breaks": "12:00-13:00"}
    return f"/days/{TODAY + 3 * DAY}/{number}/plan", shift | {"reason": "big order"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_planning_what_would_break_the_law_warns_beside_the_field_until_it_is_meant(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    path, plan = late(2)
    assert 'name="known"' not in browser.get(path).text
    warned = browser.post(f"{path}?language={language}", data=plan)
    assert warned.status_code == 422
    told = Concern(ConcernKind.NIGHT_WITHOUT_CONSENT, TODAY, 30, "")
    with speaking(language):
        assert escape(told.said("Oak 0")) in warned.text
    assert 'value="big order"' in warned.text
    assert 'name="known"' in warned.text
    assert browser.post(path, data=plan | {"known": "y"}).status_code == 303


def test_each_warning_stands_beside_the_field_it_is_about(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    with app.app_context(), transaction() as session:
        pine = make_house(session)
        grant(session, pine, make_wish(TODAY + 3 * DAY))
    path, plan = late(pine.number)
    warned = browser.post(path, data=plan | {"breaks": "", "end": "18:00"}).text
    assert 'id="breaks-wrong"' in warned
    assert 'id="kind-wrong"' in warned
    assert 'id="end-wrong"' not in warned


def test_a_plan_that_ends_when_it_begins_is_no_plan_for_a_night(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    path, plan = late(2)
    for end in ("09:00", ""):
        refused = browser.post(path, data=plan | {"start": "09:00", "end": end})
        assert refused.status_code == 422
        assert escape(tell(NoHours(), "en")) in refused.text
        assert 'name="known"' not in refused.text


def test_a_lawful_plan_and_the_usual_one_need_no_second_word(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    path, plan = late(2)
    assert browser.post(path, data=plan | {"end": "18:00"}).status_code == 303
    assert browser.post(path, data=plan | {"kind": ""}).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_forbidden_is_refused_whatever_is_ticked(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        people.spare(session, pine, Spared(TODAY), by=SYSTEM, at=now())
    path, plan = late(pine.number)
    for change, refusal in (
        ({}, SparedFromNight(name="Pine")),
        ({"end": "19:00"}, SparedFromOvertime(name="Pine", time=Length(60))),
    ):
        data = plan | change | {"known": "y"}
        answer = browser.post(f"{path}?language={language}", data=data)
        assert answer.status_code == 422
        assert escape(tell(refusal, language)) in answer.text


def test_the_day_s_page_tells_who_has_little_left_and_what_is_wrong_with_its_plans(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    text = browser.get(f"/days/{TODAY}").text
    assert "Pine is planned for 4 h more than this week may have." in text
    assert "Pine would be 4 h over what a week may have." in text
    assert "Oak 0 has" not in text
    friday = browser.get(f"/days/{TODAY + 3 * DAY}").text
    assert "Pine would be 4 h over" in friday
    assert "this week may have." not in friday
    assert "would be" not in browser.get(f"/days/{TODAY - DAY}").text


def test_the_plan_s_page_says_what_is_left_of_that_week(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    long_week(app)
    assert "Oak 0 has 20 h left in the week from 23 Nov 2026 (Mon)." in browser.get(late(2)[0]).text
    next_week = f"/days/{TODAY + 7 * DAY}/2/plan"
    assert "Oak 0 has 12 h left in the week from 30 Nov 2026 (Mon)." in browser.get(next_week).text
    assert "left in the week" not in browser.get(f"/days/{TODAY - 7 * DAY}/2/plan").text


def test_what_is_not_settled_has_its_column_where_there_is_any(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISOR)
    with app.app_context(), transaction() as session:
        pine = somebody(session, "Pine", *PLAIN)
    assert "Not settled" not in browser.get("/days/week").text
    with app.app_context(), transaction() as session:
        come(session, pine, "in 07:00", "out 07:40", day=TODAY)
    text = browser.get("/days/week").text
    assert "Not settled" in text
    assert "0:40" in text


def test_only_months_in_which_somebody_was_employed_are_offered(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.MANAGER)
    assert "No month is over yet." in browser.get("/days/headcount").text
    with app.app_context(), transaction() as session:
        make_worker(session)
    text = browser.get("/days/headcount").text
    assert "Count Sep 2026" in text
    assert "Aug 2026" not in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ko_easy", "이번 주에 하기로 한 것보다 20시간 더 일해도 돼요."),
        ("en", "You may work 20 h more this week than is planned."),
    ],
)
def test_she_reads_on_her_own_page_what_is_left_of_her_week(
    app: Flask, sign_in: SignIn, language: str, sentence: str
) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    with app.app_context(), transaction() as session:
        pine = make_worker(session, language=language)
        for number in range(5):
            make_worker(session, f"Oak {number}")
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    text = browser.get("/days/mine").text
    assert sentence in text
    assert "Oak" not in text
