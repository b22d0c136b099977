"""Severance from own payslips, with the tax withheld from it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.fields import Fields
from factory.kernel.money import Money
from factory.kernel.words import LANGUAGES, speaking
from factory.law.book import law_book
from factory.payroll import calc, explain
from factory.payroll.domain.average import (
    Average,
    Earned,
    average_wage,
    bonuses,
    earned_of,
    monthly_wages,
    period,
    running_wages,
)
from factory.payroll.domain.given import read_case
from factory.payroll.domain.lines import evaluate
from factory.payroll.domain.reckoning import reckon
from factory.payroll.rules.severance import (
    is_owed,
    ordinary_daily,
    service_days,
    severance,
    years_of_service,
)
from factory.payroll.rules.tax import retirement_tax
from tests.payroll.test_rules import case

BOOK = law_book()
LAW = BOOK.on(date(2026, 12, 1))
AUTUMN = (
    Earned(date(2026, 9, 1), date(2026, 9, 30), 2_300_000),
    Earned(date(2026, 10, 1), date(2026, 10, 31), 2_400_000),
    Earned(date(2026, 11, 1), date(2026, 11, 30), 2_350_000),
)


def average(cause: date = date(2026, 12, 1), **changes: Any) -> Average:
    return average_wage(cause, AUTUMN, LAW, **changes)


# The average wage of a day


def test_three_months_wages_by_their_calendar_days() -> None:
    found = average()
    assert (found.first, found.last) == (date(2026, 9, 1), date(2026, 11, 30))
    assert (found.wages, found.days) == (Fraction(7_050_000), 91)
    assert found.daily == Fraction(7_050_000, 91)


def test_a_quarter_of_a_years_bonuses_and_leave_counts() -> None:
    found = average(bonus=600_000, leave=300_000)
    assert found.daily == Fraction(7_050_000 + 150_000 + 75_000, 91)


def test_months_that_lie_in_part_within_count_by_their_days() -> None:
    found = average(date(2026, 11, 16))
    assert (found.first, found.last) == (date(2026, 8, 16), date(2026, 11, 15))
    assert found.wages == 2_300_000 + 2_400_000 + Fraction(2_350_000 * 15, 30)


def test_the_last_month_of_a_leaver_is_hers_in_full() -> None:
    last = Earned(date(2026, 11, 1), date(2026, 11, 15), 1_100_000)
    found = average_wage(date(2026, 11, 16), (*AUTUMN[:2], last), LAW)
    assert found.wages == 2_300_000 + 2_400_000 + 1_100_000


def test_whoever_came_later_has_the_time_since() -> None:
    found = average(hired=date(2026, 11, 1))
    assert (found.first, found.days, found.wages) == (
        date(2026, 11, 1),
        30,
        Fraction(2_350_000),
    )


def test_days_left_out_count_no_days() -> None:
    shut = frozenset({date(2026, 10, 20), date(2026, 10, 21), date(2026, 6, 1)})
    assert average(left_out=shut).days == 89


def test_on_the_first_day_there_is_no_average() -> None:
    assert average(hired=date(2026, 12, 1)).daily is None


@pytest.mark.parametrize(
    ("cause", "first"),
    [("2026-05-31", "2026-02-28"), ("2027-05-30", "2027-02-28"), ("2026-12-01", "2026-09-01")],
)
def test_where_the_day_does_not_exist_the_month_begins_on_its_last(cause: str, first: str) -> None:
    begins, ends = period(date.fromisoformat(cause), 3)
    assert (str(begins), ends) == (first, date.fromisoformat(cause) - timedelta(days=1))


def test_a_correction_belongs_to_the_month_it_names() -> None:
    october = (date(2026, 10, 1), date(2026, 10, 31), [("base", 2_000_000)])
    paid = [("base", 2_100_000), ("correction.2026-10", 40_000), ("correction.2026-05", 9)]
    november = (date(2026, 11, 1), date(2026, 11, 30), paid)
    assert [each.won for each in earned_of([october, november])] == [2_040_000, 2_100_000]


def test_a_years_money_and_shutdown_pay_are_no_wage_of_the_month() -> None:
    earnings = [
        ("base", 2_000_000),
        ("allowance.meal", 100_000),
        ("bonus.chuseok", 300_000),
        ("unused_leave", 88_000),
        ("shutdown_pay", 70_000),
    ]
    assert (monthly_wages(earnings), bonuses(earnings)) == (2_100_000, 300_000)


# Severance


def test_the_ordinary_wage_holds_where_it_is_higher() -> None:
    terms = {"kind": "monthly", "rate": 2_350_000}
    ordinary = ordinary_daily(reckon(read_case(Fields(case(terms=terms), "")), BOOK))
    assert ordinary == Fraction("89952.16")
    service = service_days(date(2023, 3, 2), date(2026, 12, 1))
    owed = severance(average(bonus=600_000, leave=300_000), service, ordinary, BOOK)
    assert (service, owed.amount.won) == (1370, 10_128_860)
    alone = severance(average(bonus=600_000, leave=300_000), service, Fraction(0), BOOK)
    assert alone.amount.won == 9_002_033


@pytest.mark.parametrize(
    ("service", "weekly", "owed"), [(364, 40, False), (365, 40, True), (365, 14, False)]
)
def test_it_is_owed_from_a_year_and_from_fifteen_hours_a_week(
    service: int, weekly: int, *, owed: bool
) -> None:
    assert is_owed(service, Fraction(weekly), BOOK) is owed


def test_under_a_year_no_day_counts() -> None:
    assert severance(average(), 364, Fraction(0), BOOK).amount.won == 0


@given(
    wages=st.integers(0, 20_000_000),
    bonus=st.integers(0, 9_000_000),
    leave=st.integers(0, 2_000_000),
    service=st.integers(1, 15_000),
    ordinary=st.integers(0, 200_000),
)
def test_severance_recomputes_from_what_it_carries(
    wages: int, bonus: int, leave: int, service: int, ordinary: int
) -> None:
    found = Average(
        date(2026, 9, 1), date(2026, 11, 30), Fraction(wages), 91, Fraction(3), bonus, leave
    )
    owed = severance(found, service, Fraction(ordinary), BOOK)
    again = evaluate(owed.formula, {each.name: each.value for each in owed.inputs})
    assert Money.rounded(again, owed.rounding) == owed.amount
    if service >= 365:
        assert owed.exact >= Fraction(ordinary * 30 * service, 365)
        assert owed.exact >= Fraction(wages * 30 * service, 91 * 365)


def test_the_command_and_the_leavers_run_say_the_same() -> None:
    given = {
        "hired": "2023-03-02",
        "leaving_date": "2026-12-01",
        "wages_3_months": 7_050_000,
        "annual_bonus": 600_000,
        "annual_leave_pay": 300_000,
    }
    with speaking("en"):
        found = calc.severance(Fields(given, ""))
        same = explain.explained(
            severance(average(bonus=600_000, leave=300_000), 1370, Fraction(0), BOOK)
        )
    assert found["average_daily_wage"] == "79945.06"
    assert found["explain"] == [same]


# The tax withheld from it


def taxes(won: int, years: int) -> list[int]:
    return [each.amount.won for each in retirement_tax(won, years, LAW)]


@pytest.mark.parametrize(
    ("won", "years", "expected"),
    [
        (50_000_000, 10, [680_000, 68_000]),
        (1_000_000, 1, []),
        (5_000_000, 5, []),
        (1_700_000, 1, []),
        (2_000_000, 1, [8_000, 800]),
        (300_000_000, 20, [18_040_000, 1_804_000]),
    ],
)
def test_it_is_taxed_as_if_earned_year_by_year(won: int, years: int, expected: list[int]) -> None:
    assert taxes(won, years) == expected


@given(won=st.integers(0, 2_000_000_000), years=st.integers(1, 45))
def test_more_severance_is_never_taxed_less_nor_beyond_the_top_rate(won: int, years: int) -> None:
    less, more = sum(taxes(won, years)), sum(taxes(won + 1_000_000, years))
    assert 0 <= less <= more <= (won + 1_000_000) * Fraction(495, 1000)
    for line in retirement_tax(won, years, LAW):
        again = evaluate(line.formula, {each.name: each.value for each in line.inputs})
        assert Money.rounded(again, line.rounding) == line.amount


@pytest.mark.parametrize(
    ("hired", "leaving", "years"),
    [
        ("2025-12-01", "2026-12-01", 1),
        ("2025-12-01", "2026-12-02", 2),
        ("2026-11-01", "2026-12-01", 1),
        ("2016-12-01", "2026-12-01", 10),
        ("2016-02-29", "2026-02-28", 10),
    ],
)
def test_a_year_that_was_begun_counts(hired: str, leaving: str, years: int) -> None:
    assert years_of_service(date.fromisoformat(hired), date.fromisoformat(leaving)) == years


@pytest.mark.parametrize("language", LANGUAGES)
def test_severance_and_its_tax_are_explained(language: str) -> None:
    lines = [severance(average(), 1370, Fraction(0), BOOK), *retirement_tax(50_000_000, 10, LAW)]
    with speaking(language):
        for why in explain.explain(lines):
            assert why["rule"]
            assert explain.calculation(why)
            assert all(all(explain.input_words(each)) for each in why["inputs"])


# Days on which the factory rested


def test_pay_by_the_month_leaves_with_the_days_on_which_the_factory_rested() -> None:
    october = Earned(date(2026, 10, 1), date(2026, 10, 31), 3_100_000, running=3_100_000)
    shut = frozenset({date(2026, 10, 20), date(2026, 10, 21)})
    found = average_wage(date(2026, 11, 1), [october], LAW, hired=october.first, left_out=shut)
    assert (found.days, found.wages) == (29, Fraction(2_900_000))
    assert found.daily == 100_000


def test_pay_by_the_hour_was_not_earned_on_them_and_stays() -> None:
    october = Earned(date(2026, 10, 1), date(2026, 10, 31), 2_900_000, running=0)
    shut = frozenset({date(2026, 10, 20), date(2026, 10, 21)})
    found = average_wage(date(2026, 11, 1), [october], LAW, hired=october.first, left_out=shut)
    assert (found.days, found.daily) == (29, Fraction(100_000))


@pytest.mark.parametrize(("by_month", "running"), [(True, 2_100_000), (False, 100_000)])
def test_a_months_basic_pay_and_allowances_run_on_while_the_factory_rests(
    running: int, *, by_month: bool
) -> None:
    earnings = [("base", 2_000_000), ("allowance.meal", 100_000), ("overtime", 50_000)]
    october = (date(2026, 10, 6), date(2026, 10, 31), earnings)
    months = {date(2026, 10, 1)} if by_month else set()
    (found,) = earned_of([october], months)
    assert found.running == running_wages(earnings, by_month=by_month) == running


@given(
    won=st.integers(0, 9_000_000),
    shut=st.sets(st.dates(date(2026, 9, 1), date(2026, 11, 30)), max_size=20),
)
def test_a_month_that_runs_on_has_the_same_day_however_long_the_factory_rests(
    won: int, shut: set[date]
) -> None:
    days = (date(2026, 12, 1) - date(2026, 9, 1)).days
    whole = Earned(date(2026, 9, 1), date(2026, 11, 30), won, running=won)
    found = average_wage(date(2026, 12, 1), [whole], LAW, left_out=frozenset(shut))
    assert found.daily == Fraction(won, days)
    assert sum(each.left_out for each in found.stretches) == len(shut)
