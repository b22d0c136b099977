"""Pay while the factory rests, and for leave that nobody used: what is owed, from what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.fields import Fields
from factory.law.book import law_book
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import PayCase
from factory.payroll.domain.given import read_case
from factory.payroll.domain.parts import part, spans
from factory.payroll.domain.payslip import Payslip
from tests.payroll.test_rules import case, shift

BOOK = law_book()
TUESDAY, WEDNESDAY, SATURDAY = date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 14)
FULL = Fraction(8)
WORKED = [s for s in case()["shifts"] if not s["start"].startswith(("2026-11-10", "2026-11-11"))]


def month(
    shut: dict[date, Fraction], average: int | None = None, unused: int = 0, **changes: Any
) -> PayCase:
    whole = read_case(Fields(case(**({"shifts": WORKED} | changes)), ""))
    return replace(
        whole,
        shutdowns=shut,
        excused=frozenset(shut),
        average_daily=None if average is None else Fraction(average),
        unused_leave=Fraction(unused),
    )


def earned(slip: Payslip) -> dict[str, int]:
    return {line.code: line.amount for line in slip.earnings}


def shut_pay(*args: Any, **changes: Any) -> int:
    return earned(calculate(month(*args, **changes), BOOK)).get("shutdown_pay", 0)


def test_seventy_per_cent_of_the_average_wage_is_owed() -> None:
    assert shut_pay({TUESDAY: FULL}, 100_000) == 70_000


def test_where_the_ordinary_wage_is_lower_that_is_owed() -> None:
    assert shut_pay({TUESDAY: FULL}, 150_000) == 8 * 12_000


def test_the_average_is_never_below_the_ordinary_wage() -> None:
    assert shut_pay({TUESDAY: FULL}, 50_000) == 8 * 12_000 * 7 // 10


def test_without_a_known_average_the_ordinary_wage_is_paid_and_said_so() -> None:
    slip = calculate(month({TUESDAY: FULL, WEDNESDAY: Fraction(3)}), BOOK)
    (found,) = [line for line in slip.earned if line.code == "shutdown_pay"]
    assert (found.amount.won, found.rule) == (11 * 12_000, "shutdown_at_ordinary")


def test_of_a_day_worked_in_part_its_own_pay_is_taken_off_first() -> None:
    shifts = [*WORKED, shift("2026-11-10", end="14:00")]
    assert shut_pay({TUESDAY: Fraction(4)}, 100_000, shifts=shifts) == 36_400
    assert (100_000 - 4 * 12_000) * 7 // 10 == 36_400


def test_whole_and_part_days_stand_in_one_line_with_the_hours_lost() -> None:
    slip = calculate(month({TUESDAY: FULL, WEDNESDAY: Fraction(4)}, 100_000), BOOK)
    (found,) = [line for line in slip.earnings if line.code == "shutdown_pay"]
    assert (found.amount, found.quantity, found.unit) == (106_400, Fraction(12), "hour")


@pytest.mark.parametrize(
    ("shut", "changes"),
    [
        ({SATURDAY: FULL}, {}),
        ({date(2026, 12, 1): FULL}, {}),
        ({TUESDAY: FULL}, {"paid_leave": ["2026-11-10"]}),
        ({TUESDAY: FULL}, {"worker": {"hired": "2026-11-12"}}),
        ({TUESDAY: FULL}, {"workplace": {"regular_employees": 4}}),
        ({TUESDAY: FULL}, {"terms": {"kind": "monthly", "rate": 2_500_000}}),
        ({TUESDAY: FULL}, {"terms": {"kind": "daily", "rate": 96_000, "weekly_hours": 0}}),
        ({}, {}),
    ],
    ids=[
        "no working day",
        "another month",
        "she was on leave",
        "not yet hired",
        "fewer than five",
        "monthly pay goes on",
        "no fixed hours",
        "no shutdown",
    ],
)
def test_nothing_is_owed(shut: dict[date, Fraction], changes: dict[str, Any]) -> None:
    assert shut_pay(shut, 100_000, **changes) == 0


def test_a_shutdown_keeps_the_weekly_holiday() -> None:
    slip = calculate(month({TUESDAY: FULL, WEDNESDAY: FULL}, 100_000), BOOK)
    assert earned(slip)["weekly_holiday"] == 5 * 8 * 12_000


def test_pieces_and_days_have_it_too() -> None:
    pieces = {"terms": {"kind": "piece"}, "pieces": [{"operation": "S1", "count": 1, "rate": 1}]}
    assert shut_pay({TUESDAY: FULL}, 200_000, **pieces) == 8 * 10_320
    daily = {"terms": {"kind": "daily", "rate": 96_000}}
    assert shut_pay({TUESDAY: FULL}, 200_000, **daily) == 96_000


@given(
    hours=st.fractions(Fraction(1, 60), FULL), average=st.integers(0, 300_000), more=st.booleans()
)
def test_it_lies_between_seventy_per_cent_and_the_whole_of_the_hours_lost(
    hours: Fraction, average: int, *, more: bool
) -> None:
    shut = {TUESDAY: hours} | ({WEDNESDAY: FULL} if more else {})
    lost = sum(shut.values()) * 12_000
    assert lost * Fraction(7, 10) <= shut_pay(shut, average) <= lost + 1


# Unused leave


def test_unused_leave_is_paid_at_the_ordinary_wage_of_a_day() -> None:
    assert earned(calculate(month({}, unused=3), BOOK))["unused_leave"] == 3 * 8 * 12_000


def test_allowances_of_the_ordinary_wage_count_and_half_days_too() -> None:
    meal = [{"code": "meal", "amount": 209_000, "non_taxable": False, "ordinary_wage": True}]
    terms = {"kind": "monthly", "rate": 2_508_000, "allowances": meal}
    whole = replace(month({}, terms=terms), unused_leave=Fraction(5, 2))
    assert earned(calculate(whole, BOOK))["unused_leave"] == 20 * 13_000


def test_a_part_timer_has_the_hours_of_her_own_day() -> None:
    terms = {"kind": "hourly", "rate": 12_000, "weekly_hours": 20}
    found = calculate(month({}, unused=1, terms=terms), BOOK).earnings
    (line,) = [each for each in found if each.code == "unused_leave"]
    assert (line.amount, line.quantity, line.unit, line.rate) == (
        48_000,
        Fraction(1),
        "day",
        Fraction(48_000),
    )


def test_where_terms_changed_it_is_paid_once_at_the_last_ones() -> None:
    whole = month({TUESDAY: FULL, date(2026, 11, 24): FULL}, unused=1)
    old, new = whole.terms, replace(whole.terms, rate=13_000)
    found = spans([(date(2026, 9, 1), old), (date(2026, 11, 16), new)], whole.start, whole.end)
    slip = calculate(replace(whole, terms=new), BOOK, tuple(part(whole, s, ()) for s in found))
    assert earned(slip)["unused_leave"] == 8 * 13_000
    assert earned(slip)["shutdown_pay"] == 8 * 12_000 + 8 * 13_000


def test_both_are_taxed_and_insured() -> None:
    slip = calculate(month({TUESDAY: FULL}, unused=2), BOOK)
    assert slip.taxable == slip.gross
    assert "shutdown_pay" in earned(slip)
