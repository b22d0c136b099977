"""What pay knows of the invented people: believable, by number alone, and never too much."""

from __future__ import annotations

from datetime import date

import pytest

from factory.kernel.time import months_later
from factory.payroll.domain.case import Insurance
from factory.payroll.domain.known import checked_facts, checked_reported
from factory.people.domain import TermsKind
from factory.people.domain.allowances import AllowanceKind, checked_allowances
from seed_data.household import SILENT_EVERY, allowances, reported, tax_facts
from seed_data.people import NAMES, Part
from tests.seed_data.build import person

DAY = date(2026, 8, 31)
EVERYBODY = [person(number=number) for number in range(1, len(NAMES) + 1)]


def test_everybody_gets_something_for_meals_by_the_hours_she_agreed_to() -> None:
    full, short = person(weekly_hours=40, number=2), person(weekly_hours=25, number=2)
    assert [(a.kind, a.amount.won) for a in allowances(full)] == [(AllowanceKind.MEAL, 100_000)]
    assert [a.amount.won for a in allowances(short)] == [62_500]


def test_no_allowance_is_one_that_terms_refuse() -> None:
    for one in (*EVERYBODY, person(part=Part.CUTTER)):
        assert checked_allowances(allowances(one)) == allowances(one)


def test_one_leads_the_room_and_those_who_cut_are_paid_for_their_skill() -> None:
    leads = [one for one in EVERYBODY if AllowanceKind.POSITION in _kinds(one.number)]
    assert [one.number for one in leads] == [1]
    cutter = allowances(person(number=2, part=Part.CUTTER))
    assert AllowanceKind.SKILL in {each.kind for each in cutter}


def test_families_differ_and_some_have_not_said_yet() -> None:
    found = [tax_facts(one, DAY) for one in EVERYBODY]
    said = [checked_facts(facts) for facts in found if facts is not None]
    assert len(found) - len(said) == len(NAMES) // SILENT_EVERY
    assert {facts.family_members for facts in said} == {1, 2, 3, 4}
    assert {facts.percent for facts in said} == {80, 100, 120}
    assert all(facts.since == DAY for facts in said)


@pytest.mark.parametrize(
    ("part", "makes"), [(Part.SEWER, True), (Part.CUTTER, True), (Part.SHOP, False)]
)
def test_who_makes_the_goods_is_a_production_worker(part: Part, makes: bool) -> None:  # noqa: FBT001
    facts = tax_facts(person(part=part), DAY)
    assert facts is not None
    assert facts.production_worker is makes


def test_monthly_pay_is_reported_from_the_first_of_the_next_month_on() -> None:
    by_month = person(kind=TermsKind.MONTHLY, rate=3_000_000)
    told = [checked_reported(each) for each in reported(by_month, DAY)]
    assert [each.insurance for each in told] == [Insurance.PENSION, Insurance.HEALTH]
    assert {(each.since, each.pay.won) for each in told} == {(date(2026, 9, 1), 3_000_000)}
    first = months_later(DAY.replace(day=1), 1)
    assert {each.since for each in reported(by_month, first)} == {first}
    assert reported(person(kind=TermsKind.HOURLY), DAY) == ()


def _kinds(number: int) -> set[AllowanceKind]:
    return {each.kind for each in allowances(person(number=number))}
