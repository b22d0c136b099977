"""The pages on which the office tells pay what it has to know."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.words import tell
from factory.payroll import queries
from factory.payroll.domain.case import Insurance
from factory.payroll.domain.entered import ConsentMissing, Item, NeverTaken
from factory.payroll.domain.known import CreditorByCode, MonthWanted, MoreChildrenThanMembers
from factory.people.domain import Worker
from factory.security.domain import Role
from tests.conftest import Kept, SignIn
from tests.payroll.build import OCTOBER, approve, work_october
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
LANGUAGES = ("en", "ko", "ko_easy")
FACTS = {"since": "2026-10-01", "family_members": "3", "children": "1", "percent": "80"}
PAPER = {
    "court": "Court",
    "number": "2026-1",
    "creditor": "C-01",
    "filed": "2026-09-20",
    "first": "2026-10-01",
}


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, who works here."""
    return kept(make_worker)


def told(browser: FlaskClient, at: str, sent: dict[str, Any], refusal: Refused) -> None:
    """A refusal is told in each language, beside what was typed."""
    for language in LANGUAGES:
        answer = browser.post(f"{at}?language={language}", data=sent)
        assert answer.status_code == 422
        assert str(escape(tell(refusal, language))) in answer.text


def test_her_facts_are_kept_and_shown(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/people/{pine.number}"
    assert "Nothing is said" in browser.get(at).text
    assert (
        browser.post(f"{at}/facts", data=FACTS | {"insured": "health_insurance"}).status_code == 303
    )
    page = browser.get(at).text
    assert "3 family members" in page
    assert 'value="3"' in page
    with app.app_context(), reading() as session:
        (facts,) = queries.facts_of(session, pine.id)
    assert (facts.children, facts.percent) == (1, 80)
    assert facts.insured == frozenset({Insurance.HEALTH})
    told(browser, f"{at}/facts", FACTS | {"children": "3"}, MoreChildrenThanMembers())


def test_reported_pay_and_years_are_kept(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/people/{pine.number}"
    reported = {"insurance": "national_pension", "from_month": "2026-07-01", "pay": "2,300,000"}
    assert browser.post(f"{at}/reported", data=reported).status_code == 303
    told(browser, f"{at}/reported", reported | {"from_month": "2026-07-02"}, MonthWanted())
    year = {"year": "2026", "previous_pay": "31000000", "exempt_used": ""}
    assert browser.post(f"{at}/year", data=year).status_code == 303
    assert browser.post(f"{at}/year", data=year | {"year": "1999"}).status_code == 422
    page = browser.get(at).text
    assert "₩2,300,000" in page
    assert "₩31,000,000" in page


def test_a_court_s_paper_is_kept_without_a_name(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/people/{pine.number}"
    assert browser.post(f"{at}/attachment", data=PAPER | {"monthly": "300000"}).status_code == 303
    assert "at most ₩300,000 a month" in browser.get(at).text
    told(browser, f"{at}/attachment", PAPER | {"creditor": "Somebody"}, CreditorByCode())


def test_an_amount_is_entered_seen_and_taken_back(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), "/pay/2026-10/entries"
    assert "Nothing is entered" in browser.get(at).text
    sent = {"worker": str(pine.number), "item": Item.CHUSEOK.value, "amount": "300,000"}
    assert browser.post(at, data=sent).status_code == 303
    page = browser.get(at).text
    assert "Bonus for Chuseok" in page
    assert "Willow" in page
    assert "₩300,000" in browser.get(f"/pay/2026-10/{pine.number}").text
    back = f"{at}/{pine.number}/bonus.chuseok/take-back"
    assert browser.post(back).status_code == 303
    assert "Nothing is entered" in browser.get(at).text
    assert browser.post(f"{at}/{pine.number}/nonsense/take-back").status_code == 404


def test_what_is_never_taken_is_refused_in_her_language(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), "/pay/2026-10/entries"
    for item in Item:
        sent = {"worker": str(pine.number), "item": item.value, "amount": "10,000"}
        if item.never:
            told(browser, at, sent, NeverTaken(what=item.label))
        elif item.agreed:
            told(browser, at, sent, ConsentMissing())
    assert "Nothing is entered" in browser.get(f"{at}?language=en").text


def test_nobody_is_chosen_until_somebody_chooses(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), "/pay/2026-10/entries"
    assert 'selected value=""' in browser.get(at).text
    sent = {"worker": "", "item": Item.CHUSEOK.value, "amount": "300,000"}
    for somebody in ("", "Pine", "999"):
        answer = browser.post(at, data=sent | {"worker": somebody})
        assert answer.status_code == 422
        assert 'id="worker-wrong"' in answer.text
        assert 'value="300,000"' in answer.text
    assert browser.post(at, data=sent | {"worker": str(pine.number)}).status_code == 303


def test_bills_are_typed_over(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/2026-10/{pine.number}/billed"
    assert browser.get(at).status_code == 200
    assert browser.post(at, data={"national_pension": "100,000"}).status_code == 303
    assert browser.get(at).text.count('value="100,000"') == 2
    with app.app_context(), reading() as session:
        (bill,) = queries.billed(session, OCTOBER)[pine.id]
    assert bill.employee == bill.employer
    assert browser.post(at, data={"national_pension": "lots"}).status_code == 422


def test_a_closed_month_takes_nothing_more(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        ash = make_worker(session, "Ash")
        work_october(session, ash)
        approve(session)
    browser, at = sign_in(Role.MANAGER), "/pay/2026-10/entries"
    assert "This month is closed" in browser.get(at).text
    sent = {"worker": str(ash.number), "item": Item.CHUSEOK.value, "amount": "300,000"}
    answer = browser.post(at, data=sent)
    assert answer.status_code == 422
    assert 'value="300,000"' in answer.text
    assert 'name="amount"' not in browser.get(at).text
    assert browser.post(f"/pay/2026-10/{ash.number}/billed", data={}).status_code == 422
    shown = browser.get(f"/pay/2026-10/{ash.number}/billed").text
    assert "This month is closed" in shown
    assert 'name="national_pension"' not in shown


def test_only_whoever_runs_pay_enters_anything(sign_in: SignIn, pine: Worker) -> None:
    places = (
        f"/pay/people/{pine.number}",
        "/pay/2026-10/entries",
        f"/pay/2026-10/{pine.number}/billed",
    )
    for role in (Role.SUPERVISOR, Role.KEEPER, Role.WORKER):
        browser = sign_in(role)
        for at in places:
            assert browser.get(at).status_code == 403


def test_unknown_people_are_not_found(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    assert browser.get("/pay/people/999").status_code == 404
    assert browser.get("/pay/2026-10/999/billed").status_code == 404
