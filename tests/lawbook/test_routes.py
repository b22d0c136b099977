"""The pages of the law book: what they show, what they take, who may what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.words import LANGUAGES, tell
from factory.lawbook import domain, queries, service
from factory.lawbook.domain import State
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.lawbook.build import CARE, FRIDAY, WILLOW, bring, decree, figure, holiday, morning

WAGE = "wages.minimum_hourly"
BASE = "social_insurance.pension_base"
NEW = {
    "since": "2027-01-01",
    "value": "13.2",
    "article": "Long-Term Care Insurance Act, art. 9",
    "source": "notice of 2026-12-20",
}
DAY = {"day": FRIDAY.isoformat(), "name": "by-election", "source": "decree of 2026-11-20"}


def kept(app: Flask, do: Callable[[Session], Any]) -> Any:
    with app.app_context(), transaction() as session:
        return do(session)


def waits(app: Flask) -> int:
    """Willow's figure that nobody has answered."""
    found: int = kept(app, lambda s: service.enter(s, figure(), by=WILLOW, at=morning()))
    return found


def state(app: Flask, number: int) -> State:
    with app.app_context(), reading() as session:
        return queries.entry(session, number).state


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_shows_value_article_and_when_it_was_checked(
    sign_in: SignIn, language: str
) -> None:
    text = sign_in(Role.MANAGER).get(f"/law/?language={language}").text
    assert "10,320" in text
    article = "Minimum Wage Act, art. 10" if language == "en" else "최저임금법 제10조"
    assert article in text
    assert "4.75" in text


def test_the_book_opens_on_any_day(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    assert "₩10,700 an hour" in browser.get("/law/?on=2027-01-01").text
    assert "not published" in browser.get("/law/?on=2027-01-01").text
    assert "A newer one may be out." in browser.get("/law/?on=2027-03-01").text
    assert "₩10,320 an hour" in browser.get("/law/?on=2020-01-01").text
    assert browser.get("/law/?on=nonsense").status_code == 200


def test_what_runs_out_is_asked_for_in_time(sign_in: SignIn) -> None:
    text = sign_in(Role.MANAGER).get("/law/").text
    assert "To be entered soon" in text
    assert "Long-term care, share of the health premium" in text
    assert "To be entered soon" not in sign_in(Role.MANAGER).get("/law/?on=2026-06-01").text


def test_a_figure_is_entered_by_one_and_approved_by_another(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    answer = browser.post(f"/law/figures/{CARE}/new", data=NEW)
    assert answer.status_code == 303
    assert "You entered this yourself." in browser.get(answer.location).text
    refused = browser.post(f"{answer.location}/approve")
    assert refused.status_code == 422
    assert escape(tell(domain.SecondPersonWanted(), "en")) in refused.text
    second = sign_in(Role.SUPERVISOR)
    text = second.get(answer.location).text
    assert "13.2 %" in text
    assert "13.14 %" in text
    assert second.post(f"{answer.location}/approve").status_code == 303
    assert "entered by Willow, approved by Cedar" in second.get(f"/law/figures/{CARE}").text
    assert "13.2 %" in second.get("/law/?on=2027-01-01").text
    assert "approved, holds" in second.get("/law/entries").text


def test_a_figure_of_parts_has_a_field_for_each(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    parts = {"value_least": "420,000", "value_most": "6,800,000", "value_step": "1,000"}
    new = {**NEW, **parts, "since": "2027-07-01"}
    answer = browser.post(f"/law/figures/{BASE}/new", data=new)
    assert answer.status_code == 303
    assert "₩6,800,000" in browser.get(answer.location).text


WRONG = [
    (CARE, {"value": "much"}, domain.NotANumber()),
    (CARE, {"value": "132"}, domain.MoreThanAll()),
    (CARE, {"since": "2025-01-01"}, domain.BeforeTheBook(first=date(2026, 1, 1))),
    (CARE, {"since": "2107-01-01"}, domain.TooFar(day=date(2107, 1, 1), years=10)),
    (WAGE, {"value": "10800"}, domain.InTheBookAlready(day=date(2027, 1, 1))),
    (
        BASE,
        {"value_least": "9", "value_most": "8", "value_step": "1"},
        domain.LeastAboveMost(),
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "wrong", "refusal"), WRONG, ids=range(len(WRONG)))
def test_what_can_not_be_right_is_told_and_nothing_typed_is_lost(
    sign_in: SignIn, name: str, wrong: dict[str, str], refusal: Refused, language: str
) -> None:
    browser = sign_in(Role.MANAGER)
    answer = browser.post(f"/law/figures/{name}/new?language={language}", data={**NEW, **wrong})
    assert answer.status_code == 422
    assert escape(tell(refusal, language)) in answer.text
    assert 'value="notice of 2026-12-20"' in answer.text


@pytest.mark.parametrize("missing", ["since", "value", "article", "source"])
def test_each_field_of_a_figure_is_wanted(sign_in: SignIn, missing: str) -> None:
    answer = sign_in(Role.MANAGER).post(f"/law/figures/{CARE}/new", data={**NEW, missing: ""})
    assert answer.status_code == 422


def test_whole_tables_and_unknown_figures_have_no_form(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    assert "new edition" in browser.get("/law/figures/income_tax.withholding").text
    for name in ("income_tax.withholding", "wages.tips", "public_holidays.year"):
        assert browser.get(f"/law/figures/{name}/new").status_code == 404
    assert browser.get("/law/figures/wages.tips").status_code == 404


def test_a_decreed_holiday_stands_among_the_others(app: Flask, sign_in: SignIn) -> None:
    kept(app, decree)
    browser = sign_in(Role.SUPERVISOR)
    text = browser.get("/law/holidays?year=2026").text
    assert "by-election" in text
    assert "entered by Willow, approved by Cedar" in text
    assert "Christmas" in text
    assert "by-election" not in browser.get("/law/holidays?year=2027").text
    assert "Lunar New Year" in browser.get("/law/holidays?year=2027").text
    assert browser.get("/law/holidays?year=x").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_not_entered_twice(app: Flask, sign_in: SignIn, language: str) -> None:
    browser = sign_in(Role.MANAGER)
    assert browser.post("/law/holidays/new", data=DAY).status_code == 303
    again = browser.post(f"/law/holidays/new?language={language}", data=DAY)
    assert again.status_code == 422
    assert escape(tell(domain.DayWaitsAlready(day=FRIDAY), language)) in again.text
    christmas = {**DAY, "day": "2026-12-25"}
    answer = browser.post(f"/law/holidays/new?language={language}", data=christmas)
    there = domain.HolidayAlready(day=date(2026, 12, 25), name="Christmas")
    assert escape(tell(there, language)) in answer.text


def test_a_holiday_needs_name_and_source(sign_in: SignIn) -> None:
    for part in ("day", "name", "source"):
        answer = sign_in(Role.MANAGER).post("/law/holidays/new", data={**DAY, part: ""})
        assert answer.status_code == 422


def test_an_entry_is_not_approved_with_a_reason(app: Flask, sign_in: SignIn) -> None:
    number = waits(app)
    browser = sign_in(Role.KEEPER)
    assert browser.get(f"/law/entries/{number}/refuse").status_code == 200
    assert browser.post(f"/law/entries/{number}/refuse", data={"reason": ""}).status_code == 422
    answer = browser.post(f"/law/entries/{number}/refuse", data={"reason": "13.30, not 13.20"})
    assert answer.status_code == 303
    assert "13.30, not 13.20" in browser.get(answer.location).text
    assert state(app, number) is State.REFUSED
    again = browser.post(f"/law/entries/{number}/approve")
    assert escape(tell(domain.AnsweredAlready(), "en")) in again.text


def test_what_holds_is_taken_back_by_two(app: Flask, sign_in: SignIn) -> None:
    number = kept(app, lambda session: bring(session, holiday()))
    browser = sign_in(Role.MANAGER, name="Maple")
    assert browser.get(f"/law/entries/{number}/take-back").status_code == 200
    answer = browser.post(f"/law/entries/{number}/take-back", data={"reason": "withdrawn"})
    assert "withdrawn" in browser.get(answer.location).text
    assert "It was asked to take this back." in browser.get(f"/law/entries/{number}").text
    again = browser.post(f"/law/entries/{number}/take-back", data={"reason": "withdrawn"})
    assert escape(tell(domain.GoesAlready(), "en")) in again.text
    assert sign_in(Role.KEEPER).post(f"{answer.location}/approve").status_code == 303
    assert state(app, number) is State.TAKEN_BACK


def test_an_entry_that_is_not_there_is_not_found(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    for path in ("", "/refuse", "/take-back"):
        assert browser.get(f"/law/entries/99{path}").status_code == 404
    assert browser.post("/law/entries/99/approve").status_code == 404


def test_a_house_that_entered_nothing_is_told_so(sign_in: SignIn) -> None:
    assert "Nothing was entered." in sign_in(Role.MANAGER).get("/law/entries").text


def answers(browser: FlaskClient) -> set[int]:
    paths = ("/law/", f"/law/figures/{CARE}", "/law/holidays", "/law/entries")
    return {browser.get(path).status_code for path in paths}


def test_who_may_look_and_who_may_enter(app: Flask, sign_in: SignIn) -> None:
    for role in (Role.MANAGER, Role.SUPERVISOR, Role.KEEPER):
        assert answers(sign_in(role)) == {200}
    for role in (Role.CUTTER, Role.CASHIER, Role.ORDER_MANAGER):
        assert answers(sign_in(role)) == {403}
    number = waits(app)
    for role in (Role.SUPERVISOR, Role.KEEPER):
        browser = sign_in(role)
        assert browser.get(f"/law/figures/{CARE}/new").status_code == 403
        assert browser.post("/law/holidays/new", data=DAY).status_code == 403
        assert browser.get(f"/law/entries/{number}/take-back").status_code == 403
        assert "Enter a new value" not in browser.get(f"/law/figures/{CARE}").text
    assert sign_in(Role.CUTTER).post(f"/law/entries/{number}/approve").status_code == 403
