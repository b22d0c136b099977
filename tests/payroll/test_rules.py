"""Pay rules: what the law's sentences mean in won, and that each line recomputes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields
from factory.kernel.money import Money
from factory.law.book import LawBookBegins, RateNotPublished, law_book
from factory.payroll import calc
from factory.payroll.calculate import calculate
from factory.payroll.domain.given import read_case
from factory.payroll.domain.lines import evaluate
from factory.payroll.domain.payslip import Payslip

BOOK = law_book()
BREAK = [["12:00", "13:00"]]


def shift(day: str, start: str = "09:00", end: str = "18:00", breaks: Any = None) -> dict[str, Any]:
    on = day if end > start else str(date.fromisoformat(day) + timedelta(days=1))
    rest = BREAK if breaks is None else breaks
    return {"start": f"{day}T{start}", "end": f"{on}T{end}", "breaks": rest}


def weekdays(first: str, last: str) -> list[dict[str, Any]]:
    day, days = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        if day.weekday() < 5:
            days.append(shift(str(day)))
        day += timedelta(days=1)
    return days


def case(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "pay_date": "2026-12-10",
        "period": {"start": "2026-11-01", "end": "2026-11-30"},
        "workplace": {"regular_employees": 12},
        "worker": {},
        "terms": {"kind": "hourly", "rate": 12000},
        "shifts": weekdays("2026-10-26", "2026-11-30"),
    }
    return given | changes


def slip(**changes: Any) -> Payslip:
    return calculate(read_case(Fields(case(**changes), "")), BOOK)


def earned(found: Payslip) -> dict[str, int]:
    return {line.code: line.amount for line in found.earnings}


def taken(found: Payslip) -> dict[str, int]:
    return {line.code: line.amount for line in found.deductions}


def codes(found: Payslip) -> list[str]:
    return [notice.code for notice in found.warnings]


def test_a_month_by_the_hour_pays_hours_and_weekly_holidays() -> None:
    assert earned(slip()) == {"base": 21 * 8 * 12000, "weekly_holiday": 5 * 8 * 12000}


def test_a_missed_day_costs_the_weekly_holiday() -> None:
    shifts = [s for s in case()["shifts"] if not s["start"].startswith("2026-11-11")]
    assert earned(slip(shifts=shifts))["weekly_holiday"] == 4 * 8 * 12000


def test_leave_keeps_the_weekly_holiday_and_is_paid() -> None:
    shifts = [s for s in case()["shifts"] if not s["start"].startswith("2026-11-11")]
    found = earned(slip(shifts=shifts, paid_leave=["2026-11-11"]))
    assert found["weekly_holiday"] == 5 * 8 * 12000
    assert found["paid_leave"] == 8 * 12000


def test_the_week_before_is_assumed_attended_with_a_notice() -> None:
    assert "week_before_period_assumed_attended" in codes(
        slip(shifts=weekdays("2026-11-02", "2026-11-30"))
    )
    assert "week_before_period_assumed_attended" not in codes(slip())


def test_a_small_workplace_owes_no_premiums() -> None:
    late = [shift("2026-11-02", end="23:30")]
    found = earned(slip(workplace={"regular_employees": 4}, shifts=late))
    assert found["base"] == Fraction(27, 2) * 12000
    assert set(found) == {"base", "weekly_holiday"}


def test_labour_day_is_paid_everywhere_and_other_holidays_from_five_on() -> None:
    may = {"start": "2026-05-01", "end": "2026-05-31"}
    shifts = weekdays("2026-04-27", "2026-04-30") + weekdays("2026-05-04", "2026-05-29")
    for employees, holidays in ((4, 1), (5, 3)):
        found = slip(
            period=may,
            pay_date="2026-06-10",
            shifts=shifts,
            workplace={"regular_employees": employees},
        )
        assert earned(found)["paid_holiday"] == holidays * 8 * 12000


def test_night_work_stacks_on_overtime() -> None:
    found = earned(slip(shifts=[shift("2026-11-02", "13:00", "01:00", [["18:00", "19:00"]])]))
    assert found["base"] == 8 * 12000
    assert found["overtime"] == 3 * 18000
    assert found["night_premium"] == 3 * 6000


def test_a_sixth_day_is_overtime_beyond_forty_hours() -> None:
    shifts = [*weekdays("2026-11-02", "2026-11-06"), shift("2026-11-07")]
    assert earned(slip(shifts=shifts))["overtime"] == 8 * 18000


def test_more_than_52_hours_are_noticed() -> None:
    shifts = [shift(f"2026-11-0{day}", end="22:00") for day in range(2, 7)]
    assert "over_52_hours" in codes(slip(shifts=shifts))


def test_a_part_timer_gets_overtime_beyond_her_contract() -> None:
    terms = {"kind": "hourly", "rate": 12000, "weekly_hours": 20}
    found = earned(slip(terms=terms, shifts=[shift("2026-11-02", end="15:00")]))
    assert found["base"] == 4 * 12000
    assert found["overtime"] == 18000
    assert "part_time_over_12" in codes(slip(terms=terms))


def test_under_fifteen_hours_there_is_no_weekly_holiday() -> None:
    terms = {"kind": "hourly", "rate": 12000, "weekly_hours": 14}
    assert "weekly_holiday" not in earned(slip(terms=terms))


def test_monthly_pay_is_cut_by_the_days_employed() -> None:
    terms = {"kind": "monthly", "rate": 3000000}
    found = slip(
        terms=terms, worker={"hired": "2026-11-16"}, shifts=weekdays("2026-11-16", "2026-11-30")
    )
    assert earned(found)["base"] == 1500000
    assert "national_pension" not in taken(found)
    assert "employment_insurance" in taken(found)


def test_a_part_month_never_pays_below_the_minimum_wage() -> None:
    terms = {"kind": "monthly", "rate": 2156880}
    worker = {"hired": "2026-11-30"}
    found = slip(terms=terms, worker=worker, shifts=[shift("2026-11-30")])
    assert earned(found)["base"] == 8 * 10320


def test_monthly_pay_below_the_minimum_is_lifted() -> None:
    found = slip(terms={"kind": "monthly", "rate": 2100000})
    assert earned(found)["minimum_wage_top_up"] == 56880
    assert "below_minimum_wage" in codes(found)


def test_saturday_work_of_monthly_pay_is_paid_once_within_forty_hours() -> None:
    shifts = [*weekdays("2026-11-02", "2026-11-05"), shift("2026-11-07")]
    found = earned(slip(terms={"kind": "monthly", "rate": 2090000}, shifts=shifts))
    assert found["overtime"] == 8 * 10000


def test_a_day_rate_of_ten_hours_has_paid_its_overtime_once() -> None:
    terms = {"kind": "daily", "rate": 150000, "daily_hours": 10, "weekly_hours": 0}
    found = earned(slip(terms=terms, shifts=[shift("2026-11-02", end="20:00")]))
    assert found == {"base": 150000, "overtime": 15000}


def test_a_freelancer_with_a_shift_is_noticed() -> None:
    found = slip(terms={"kind": "freelance", "rate": 1000000})
    assert taken(found) == {"income_tax": 30000, "local_income_tax": 3000}
    assert codes(found) == ["freelance_with_fixed_hours"]
    assert found.employer == ()


def test_day_labour_of_three_months_is_noticed() -> None:
    found = slip(terms={"kind": "daily", "rate": 200000}, worker={"hired": "2026-08-30"})
    assert "day_labour_over_three_months" in codes(found)


def test_overtime_of_production_workers_is_free_of_tax_up_to_the_years_limit() -> None:
    shifts = [*weekdays("2026-10-26", "2026-11-29"), shift("2026-11-30", end="20:00")]
    worker = {"production_worker": True, "exempt_used_this_year": 2390000}
    assert slip(shifts=shifts, worker=worker).non_taxable == 10000
    rich = {"production_worker": True, "previous_year_pay": 37000001}
    assert slip(shifts=shifts, worker=rich).non_taxable == 0


def test_entries_by_hand_stand_as_they_are() -> None:
    extras = [
        {"code": "bonus.chuseok", "amount": 300000},
        {"code": "correction.october", "amount": -1000},
        {"code": "advance", "amount": -200000},
        {"code": "year_end_tax", "amount": 5000},
    ]
    found = slip(extras=extras)
    assert earned(found)["bonus.chuseok"] == 300000
    assert earned(found)["correction.october"] == -1000
    assert taken(found)["advance"] == 200000
    assert taken(found)["year_end_tax"] == -5000
    assert found.net == found.gross - sum(taken(found).values())


def test_without_pay_there_is_no_insurance() -> None:
    assert taken(slip(shifts=[])) == {}
    reported = {"reported_pay": {"national_pension": 2300000}}
    assert taken(slip(shifts=[], worker=reported)) == {"national_pension": 109250}


def test_rates_of_next_year_are_refused_until_they_are_entered() -> None:
    january = {"start": "2027-01-01", "end": "2027-01-31"}
    with pytest.raises(RateNotPublished):
        slip(period=january, pay_date="2027-02-10", shifts=weekdays("2027-01-04", "2027-01-29"))


def test_an_older_table_is_noticed_and_an_older_day_refused() -> None:
    assert "rates_not_published" in codes(slip(pay_date="2027-03-01"))
    with pytest.raises(LawBookBegins):
        slip(period={"start": "2025-12-01", "end": "2025-12-31"})
    with pytest.raises(LawBookBegins):
        slip(pay_date="2025-12-10")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"terms": {"kind": "hourly", "rate": Decimal("1.5")}}, "terms.rate"),
        ({"terms": {"kind": "weekly", "rate": 1}}, "terms.kind"),
        ({"terms": {"kind": "hourly"}}, "terms.rate"),
        ({"terms": {"kind": "monthly", "rate": 1, "weekly_hours": 0}}, "terms.weekly_hours"),
        ({"terms": {"kind": "daily", "rate": 1, "daily_hours": 0}}, "terms.daily_hours"),
        ({"terms": {"kind": "hourly", "rate": 1, "rest_day": "mon"}}, "terms.rest_day"),
        ({"terms": {"kind": "hourly", "rate": 1, "work_days": ["moon"]}}, "terms.work_days[0]"),
        ({"terms": {"kind": "hourly", "rate": 1, "work_days": []}}, "terms.work_days"),
        ({"terms": {"kind": "hourly", "rate": 1, "tips": 1}}, "terms.tips"),
        (
            {"terms": {"kind": "hourly", "rate": 1, "allowances": [{"code": "", "amount": 1}]}},
            "terms.allowances[0].code",
        ),
        ({"terms": []}, "terms"),
        ({"worker": {"withholding_percent": 90}}, "worker.withholding_percent"),
        ({"worker": {"insured": ["fire"]}}, "worker.insured[0]"),
        ({"worker": {"hired": "2026-11-02", "left": "2026-11-01"}}, "worker.left"),
        ({"worker": {"production_worker": 1}}, "worker.production_worker"),
        (
            {"workplace": {"regular_employees": 5, "full_time_hours": True}},
            "workplace.full_time_hours",
        ),
        ({"period": {"start": "2026-11-30", "end": "2026-11-01"}}, "period.end"),
        ({"pay_date": "soon"}, "pay_date"),
        ({"shifts": [shift("2026-11-02"), shift("2026-11-02")]}, "shifts[1]"),
        ({"shifts": [shift("2026-11-02", breaks=[["19:00", "20:00"]])]}, "shifts[0].breaks[0]"),
        ({"shifts": [shift("2026-11-02", breaks=[["noon", "13:00"]])]}, "shifts[0].breaks[0]"),
        ({"shifts": [shift("2026-11-02", breaks=["12:00"])]}, "shifts[0].breaks[0]"),
        ({"shifts": [{"start": "9", "end": "18"}]}, "shifts[0].start"),
        ({"shifts": 5}, "shifts"),
        ({"extras": [{"code": "gift", "amount": 1}]}, "extras[0].code"),
        ({"extras": [{"code": "bonus", "amount": 1}]}, "extras[0].code"),
        ({"extras": [{"code": "bonus.x", "amount": -1}]}, "extras[0].amount"),
        ({"extras": [{"code": "advance", "amount": 1}]}, "extras[0].amount"),
        ({"extras": [{"code": "agreed.meals", "amount": 1}]}, "extras[0].amount"),
        ({"worker": {"children_8_to_20": 2}}, "worker.children_8_to_20"),
        ({"more": 1}, "more"),
    ],
)
def test_a_wrong_field_is_refused_with_its_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(BadInput) as refused:
        slip(**changes)
    assert refused.value.field == path


@pytest.mark.parametrize(
    ("kind", "given", "path"),
    [
        ("withholding", {"monthly_pay": -1, "pay_date": "2026-12-10"}, "monthly_pay"),
        ("withholding", {"monthly_pay": 1, "pay_date": "2026-12-10", "percent": 7}, "percent"),
        ("insurance", {"monthly_pay": 1, "month": "2026-13"}, "month"),
        (
            "severance",
            {"hired": "2026-01-01", "leaving_date": "2026-01-01", "wages_3_months": 1},
            "leaving_date",
        ),
        (
            "severance",
            {
                "hired": "2025-01-01",
                "leaving_date": "2026-06-01",
                "wages_3_months": 1,
                "ordinary_daily_wage": "x",
            },
            "ordinary_daily_wage",
        ),
        (
            "annual_leave",
            {"hired": "2026-01-02", "as_of": "2026-12-02", "attendance": "half"},
            "attendance",
        ),
        (
            "annual_leave",
            {"hired": "2026-01-02", "as_of": "2026-12-02", "attendance": ["2026-02-30"]},
            "attendance[0]",
        ),
        ("annual_leave", {"hired": "2026-01-02", "as_of": "2026-01-01"}, "as_of"),
        (
            "withholding",
            {
                "monthly_pay": 3_000_000,
                "pay_date": "2026-12-10",
                "family_members": 2,
                "children_8_to_20": 3,
            },
            "children_8_to_20",
        ),
    ],
)
def test_other_calculations_refuse_wrong_fields_too(kind: str, given: Any, path: str) -> None:
    for where, whole in (("", path), ("[1]", f"[1].{path}")):
        with pytest.raises(BadInput) as refused:
            getattr(calc, kind)(Fields(given, where))
        assert refused.value.field == whole


def test_a_freelancers_family_is_no_matter_and_the_day_of_hiring_has_no_leave_yet() -> None:
    worker = {"children_8_to_20": 2}
    terms = {"kind": "freelance", "rate": 1_000_000}
    assert slip(worker=worker, terms=terms, shifts=[]).gross == 1_000_000
    assert (
        calc.annual_leave(Fields({"hired": "2026-01-02", "as_of": "2026-01-02"}, ""))["days"] == 0
    )


def test_a_missed_day_costs_that_months_day_of_leave() -> None:
    given = {"hired": "2026-01-02", "as_of": "2026-12-02"}
    assert calc.annual_leave(Fields(given | {"attendance": ["2026-03-10"]}, ""))["days"] == 10
    assert calc.annual_leave(Fields(given | {"attendance": ["2026-03-01"]}, ""))["days"] == 11


def test_an_ordinary_wage_above_the_average_counts_for_severance() -> None:
    given = {
        "hired": "2023-03-02",
        "leaving_date": "2026-12-01",
        "wages_3_months": 7050000,
        "annual_bonus": 600000,
        "annual_leave_pay": 300000,
        "ordinary_daily_wage": "89952.16",
    }
    assert calc.severance(Fields(given, ""))["severance"] == 10128860


MINUTES = st.integers(min_value=1, max_value=14 * 60)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["hourly", "piece", "daily", "monthly"]),
    rate=st.integers(0, 4_000_000),
    lengths=st.lists(MINUTES, max_size=20),
    weekly=st.sampled_from([10, 20, 35, 40]),
    employees=st.integers(1, 8),
)
def test_every_line_recomputes_and_the_minimum_wage_holds(
    kind: str, rate: int, lengths: list[int], weekly: int, employees: int
) -> None:
    shifts = []
    for number, minutes in enumerate(lengths):
        start = datetime(2026, 11, 2 + number, 8)  # noqa: DTZ001 - a wall clock alone
        end = start + timedelta(minutes=minutes)
        shifts.append({"start": f"{start:%Y-%m-%dT%H:%M}", "end": f"{end:%Y-%m-%dT%H:%M}"})
    terms = {"kind": kind, "rate": rate, "weekly_hours": weekly}
    pieces = [{"operation": "S01", "count": rate // 1000, "rate": 700}] if kind == "piece" else []
    found = slip(
        terms=terms, shifts=shifts, pieces=pieces, workplace={"regular_employees": employees}
    )
    for line in (*found.earned, *found.taken, *found.employer_lines):
        exact = evaluate(line.formula, {given.name: given.value for given in line.inputs})
        assert Money.rounded(exact, line.rounding) == line.amount
        assert line.inputs
        assert line.article or line.rule == "by_hand"
    if kind != "monthly":  # premiums of monthly pay stand on the contract's own wage
        assert found.gross >= 10320 * Fraction(sum(lengths), 60)
