"""Edges of a payslip that two ways of counting once saw differently."""

from __future__ import annotations

from typing import Any

import pytest

from factory.kernel.fields import Fields
from factory.law.book import RateNotPublished
from factory.payroll import calc

DAYS = ("2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06")


def shift(day: str, start: str = "09:00", end: str = "18:00") -> dict[str, Any]:
    return {
        "start": f"{day}T{start}",
        "end": f"{day}T{end}",
        "breaks": [["12:00", "13:00"]],
    }


def payslip(**changes: Any) -> dict[str, Any]:
    given = {
        "pay_date": "2026-12-10",
        "period": {"start": "2026-11-02", "end": "2026-11-08"},
        "workplace": {"regular_employees": 12},
        "worker": {"insured": []},
        "shifts": [shift(day) for day in DAYS],
    }
    return calc.payslip(Fields(given | changes, ""))


def amount(found: dict[str, Any], part: str, code: str) -> int:
    return sum(line["amount"] for line in found[part] if line["code"] == code)


def test_a_bonus_on_a_cheap_last_day_uses_what_that_day_leaves_free() -> None:
    terms = {"kind": "daily", "rate": 100000, "weekly_hours": 15}
    bonus = [{"code": "bonus.season", "amount": 150000}]
    found = payslip(terms=terms, extras=bonus)
    assert amount(found, "earnings", "weekly_holiday") == 37500
    assert amount(found, "deductions", "income_tax") == 100000 * 27 // 1000 // 10 * 10


def test_leave_outweighs_an_absence_listed_for_the_same_day() -> None:
    shifts = [shift(day) for day in DAYS[:4]]
    leave = {"paid_leave": ["2026-11-06"], "absences": ["2026-11-06"], "shifts": shifts}
    monthly = payslip(terms={"kind": "monthly", "rate": 2500000}, **leave)
    hourly = payslip(terms={"kind": "hourly", "rate": 12000}, **leave)
    assert amount(monthly, "earnings", "base") == 2500000
    assert amount(hourly, "earnings", "weekly_holiday") == 8 * 12000


def test_a_freelancer_paid_by_the_piece_alone_needs_no_rate() -> None:
    pieces = [{"operation": "S28", "count": 100, "rate": 2500}]
    found = payslip(terms={"kind": "freelance"}, pieces=pieces, shifts=[])
    assert [(line["code"], line["amount"]) for line in found["earnings"]] == [("piece", 250000)]
    assert amount(found, "deductions", "income_tax") == 7500


def test_no_wage_of_2028_is_held_against_the_minimum_wage_of_2027() -> None:
    terms = {"kind": "hourly", "rate": 12000}
    changes = {"pay_date": "2028-02-10", "shifts": [shift("2028-01-05")], "terms": terms}
    with pytest.raises(RateNotPublished):
        payslip(period={"start": "2028-01-01", "end": "2028-01-31"}, **changes)


def test_two_allowances_of_one_code_are_one_line_rounded_up_once() -> None:
    meal = {"code": "meal", "amount": 100000}
    terms = {"kind": "monthly", "rate": 3000000, "allowances": [meal, meal]}
    worker = {"insured": [], "hired": "2026-11-04"}
    found = payslip(terms=terms, worker=worker)
    assert amount(found, "earnings", "allowance.meal") == 142858  # 200,000 x 5/7 days


def test_of_two_allowances_of_one_code_only_the_marked_one_is_free_of_tax() -> None:
    free = {"code": "position", "amount": 50000, "non_taxable": True}
    taxed = {"code": "position", "amount": 70000}
    terms = {"kind": "hourly", "rate": 12000, "allowances": [free, taxed]}
    found = payslip(terms=terms)
    assert (amount(found, "earnings", "allowance.position"), found["non_taxable"]) == (
        120000,
        50000,
    )


def test_two_meal_allowances_share_one_limit() -> None:
    meal = {"code": "meal", "amount": 150000, "non_taxable": True}
    terms = {"kind": "hourly", "rate": 12000, "allowances": [meal, meal]}
    assert payslip(terms=terms)["non_taxable"] == 200000


def test_day_pay_entered_by_hand_is_taxed_with_the_last_day_worked() -> None:
    by_hand = [{"code": "base", "amount": 200000}]
    found = payslip(terms={"kind": "daily", "rate": 150000, "weekly_hours": 0}, extras=by_hand)
    assert amount(found, "earnings", "base") == 950000
    assert amount(found, "deductions", "income_tax") == 200000 * 27 // 1000


def test_hours_paid_as_overtime_in_a_small_workplace_do_not_lift_a_part_month_as_well() -> None:
    days = [f"2026-11-{day}" for day in (23, 24, 25, 26, 27, 30)]
    given = {
        "period": {"start": "2026-11-01", "end": "2026-11-30"},
        "workplace": {"regular_employees": 3},
        "worker": {"insured": [], "hired": "2026-11-23"},
        "terms": {"kind": "monthly", "rate": 2156880},
    }
    usual = payslip(shifts=[shift(day) for day in days], **given)
    saturday = payslip(shifts=[shift(day) for day in (*days, "2026-11-28")], **given)
    assert amount(usual, "earnings", "base") == (6 * 8 + 8) * 10320
    assert amount(saturday, "earnings", "base") == (6 * 8 + 8) * 10320
    assert amount(saturday, "earnings", "overtime") == 8 * 10320
