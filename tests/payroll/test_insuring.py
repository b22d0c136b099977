"""Insurances that age or short hours speak against: said among the matters, changed by nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.fields import Fields
from factory.kernel.time import now, today
from factory.law.book import law_book
from factory.payroll import queries, service
from factory.payroll.domain.case import Insurance, PayCase
from factory.payroll.domain.given import read_case
from factory.payroll.domain.insuring import AgeAsked, Doubt, asked_of, by_hours, still_holds
from factory.payroll.domain.known import PayFacts
from factory.payroll.domain.matters import MatterKind
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.people.domain.guards import reached
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.payroll.build import OCTOBER, calculate, work_october
from tests.payroll.test_rules import case
from tests.people.build import FIRST, make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
LAW = law_book().on(date(2026, 11, 1))
ALL = frozenset(Insurance)


def month(hours: int = 40, insured: frozenset[Insurance] = ALL, **changes: Any) -> PayCase:
    terms = {"kind": "hourly", "rate": 12_000, "weekly_hours": hours} | changes
    found = read_case(Fields(case(terms=terms), ""))
    person = replace(found.person, insured=insured, hired=date(2026, 1, 5))
    return replace(found, person=person)


def doubts(found: PayCase) -> list[Doubt]:
    return list(by_hours(found, LAW))


# Hours


@pytest.mark.parametrize(
    ("hours", "insured", "expected"),
    [
        (40, ALL, []),
        (15, ALL, []),
        (14, ALL, []),
        (13, ALL, [Doubt.SHORT_INSURED]),
        (13, frozenset({Insurance.EMPLOYMENT}), []),
        (13, frozenset(), [Doubt.EMPLOYMENT_DUE]),
        (14, frozenset(), [Doubt.EMPLOYMENT_DUE]),
        (40, frozenset(), []),
    ],
    ids=[
        "full time",
        "fifteen hours",
        "fourteen are sixty a month",
        "thirteen, all insured",
        "thirteen, employment alone",
        "thirteen, none",
        "fourteen, none",
        "full time, none",
    ],
)
def test_short_hours_speak_against_pension_and_health(
    hours: int, insured: frozenset[Insurance], expected: list[Doubt]
) -> None:
    assert doubts(month(hours, insured)) == expected


def test_with_short_hours_employment_insurance_begins_after_three_months() -> None:
    found = month(13, frozenset({Insurance.EMPLOYMENT}))
    new = replace(found, person=replace(found.person, hired=date(2026, 9, 15)))
    assert doubts(new) == [Doubt.SHORT_EMPLOYMENT]
    old = replace(found, person=replace(found.person, hired=date(2026, 8, 30)))
    assert doubts(old) == []


@pytest.mark.parametrize(
    "changes", [{"kind": "freelance"}, {"kind": "daily", "weekly_hours": 0}], ids=str
)
def test_without_fixed_hours_nothing_can_be_said(changes: dict[str, Any]) -> None:
    assert doubts(month(**changes)) == []


@given(hours=st.integers(1, 40), insured=st.sets(st.sampled_from(Insurance)))
def test_from_sixty_hours_of_a_month_nothing_speaks_against_pension_and_health(
    hours: int, insured: set[Insurance]
) -> None:
    found = doubts(month(hours, frozenset(insured)))
    enough = hours * Fraction(365, 84) >= 60
    assert (Doubt.SHORT_INSURED in found) <= (not enough)
    assert not (Doubt.SHORT_EMPLOYMENT in found and Doubt.EMPLOYMENT_DUE in found)


# Age


def test_the_pension_is_paid_for_the_month_in_which_she_turns_sixty() -> None:
    assert asked_of(Doubt.PENSION_PAST, month(), LAW) == AgeAsked(60, date(2026, 10, 31))
    born = date(1966, 11, 3)
    assert not reached(born, 60, date(2026, 10, 31))
    assert reached(born, 60, date(2026, 11, 30))


def test_employment_insurance_asks_how_old_she_was_when_she_came() -> None:
    assert asked_of(Doubt.EMPLOYMENT_PAST, month(), LAW) == AgeAsked(65, date(2026, 1, 5))


def test_whoever_has_no_such_insurance_is_not_asked_about() -> None:
    none = month(insured=frozenset())
    assert [
        asked_of(doubt, none, LAW) for doubt in (Doubt.PENSION_PAST, Doubt.EMPLOYMENT_PAST)
    ] == [
        None,
        None,
    ]
    assert asked_of(Doubt.PENSION_PAST, month(kind="freelance"), LAW) is None
    assert not still_holds(Doubt.PENSION_PAST, none)
    assert still_holds(Doubt.PENSION_PAST, month())


def test_each_doubt_is_a_matter_with_words_that_blocks_nobody() -> None:
    for doubt in Doubt:
        kind = MatterKind(doubt.value)
        assert kind.label
        assert kind.hint
        assert not kind.blocks


# Through a month


def born(session: Session, name: str, day: str, **changes: Any) -> Worker:
    found = make_worker(session, name, **changes)
    hiring.seal(session, found, {"birth_date": day}, by=SYSTEM, at=now())
    return found


def told(session: Session, kind: MatterKind) -> list[str]:
    found = queries.desk(session, OCTOBER, today=today()).to_know
    return [one.name for each in found if each.kind is kind for one in each.matters]


def test_it_stays_a_matter_until_the_office_has_changed_it(session: Session) -> None:
    pine = born(session, "Pine", "1961-03-02")
    born(session, "Ash", "1980-03-02")
    work_october(session, pine)
    calculate(session)
    assert told(session, MatterKind.PENSION_PAST) == ["Pine"]
    assert told(session, MatterKind.EMPLOYMENT_PAST) == ["Pine"]
    slip = queries.entry(session, pine, OCTOBER).slip
    assert "national_pension" in {each.code for each in slip.employer}
    facts = PayFacts(FIRST, insured=frozenset({Insurance.HEALTH}))
    service.set_facts(session, pine, facts, by=SYSTEM, at=now())
    assert told(session, MatterKind.PENSION_PAST) == []
    calculate(session)
    assert told(session, MatterKind.PENSION_PAST) == []


def test_her_birth_date_is_asked_once_and_only_hers_is_kept_as_read(session: Session) -> None:
    pine = born(session, "Pine", "1961-03-02")
    born(session, "Ash", "1980-03-02")
    work_october(session, pine)
    calculate(session)
    facts = PayFacts(FIRST, family_members=2)
    service.set_facts(session, pine, facts, by=SYSTEM, at=now())
    calculate(session)
    read = [each for each in security.audit(session) if each.what == "read_vault"]
    assert len(read) == 2
    assert len({each.thing for each in read}) == 1


def test_short_hours_are_said_without_any_calculation(session: Session) -> None:
    make_worker(session, "Pine", terms=make_terms(weekly_hours=10))
    assert told(session, MatterKind.SHORT_INSURED) == ["Pine"]


def test_the_list_leads_to_where_insurances_are_changed(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session, "Pine", terms=make_terms(weekly_hours=10))
    browser = sign_in(Role.MANAGER)
    for language, words in (
        ("en", "Short hours, and insured in pension or health"),
        ("ko", "짧은 시간인데 국민연금이나 건강보험에 가입됨"),
        ("ko_easy", "짧게 일하는데 국민연금이나 건강보험에 들어 있음"),
    ):
        page = browser.get(f"/pay/2026-10?language={language}").text
        assert words in page
        assert f'href="/pay/people/{pine.number}"' in page
