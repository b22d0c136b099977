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
