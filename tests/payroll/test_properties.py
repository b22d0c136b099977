"""What holds of every payslip, whatever the month was like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factory.kernel.fields import Fields
from factory.kernel.words import speaking
from factory.law.book import law_book
from factory.payroll import calc, explain
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import Garnishment, PayCase
from factory.payroll.domain.given import read_case
from factory.payroll.domain.payslip import DEDUCTIONS, EARNINGS, Payslip, stem
from tests.payroll.recompute import recomputed
from tests.payroll.strategies import longer, months

BOOK = law_book()
MINIMUM = 10_320
OFTEN = settings(max_examples=25, deadline=None)


def read(month: dict[str, Any]) -> PayCase:
    return read_case(Fields(month, ""))


def slip(month: dict[str, Any]) -> Payslip:
    return calculate(read(month), BOOK)


@OFTEN
@given(month=months("hourly", "daily"), place=st.integers(0, 23), minutes=st.integers(1, 300))
def test_longer_days_never_earn_less(month: dict[str, Any], place: int, minutes: int) -> None:
    assume(month["shifts"])
    shifts = list(month["shifts"])
    place %= len(shifts)
    shifts[place] = longer(shifts[place], minutes)
    following = shifts[place + 1 : place + 2]
    assume(not following or shifts[place]["end"] <= following[0]["start"])
    assert slip(month | {"shifts": shifts}).gross >= slip(month).gross


@OFTEN
@given(month=months("hourly", "daily"), place=st.integers(0, 23))
def test_a_day_more_never_earns_less(month: dict[str, Any], place: int) -> None:
    assume(month["shifts"])
    shifts = list(month["shifts"])
    one = shifts.pop(place % len(shifts))
    assume(one["start"][:10] not in month["paid_leave"])
    assert slip(month | {"shifts": shifts}).gross <= slip(month).gross


@OFTEN
@given(month=months("hourly", "daily", "piece"))
def test_no_hour_worked_is_paid_below_the_minimum_wage(month: dict[str, Any]) -> None:
    found = slip(month)
    assert found.gross >= MINIMUM * Fraction(sum(day.worked for day in found.days), 60)


@OFTEN
@given(month=months("monthly"))
def test_nor_is_one_of_a_month_worked_in_full(month: dict[str, Any]) -> None:
    """Premiums stand on the contract's own wage, which is enough from two thirds of the minimum."""
    whole = month | {"absences": [], "worker": {}}
    enough = Fraction(2 * MINIMUM * 209, 3)
    whole["terms"] = month["terms"] | {
        "rate": max(month["terms"]["rate"], int(enough) + 1),
        "weekly_hours": 40,
        "allowances": [],
    }
    found = slip(whole | {"workplace": {"regular_employees": 12}})
    agreed = min(sum(day.worked for day in found.days), 209 * 60)
    assert found.gross >= MINIMUM * Fraction(agreed, 60)


@OFTEN
@given(month=months())
def test_what_is_earned_less_what_is_taken_off_arrives(month: dict[str, Any]) -> None:
    with speaking("en"):
        found = calc.payslip(Fields(month, ""))
    earned, taken = (sum(e["amount"] for e in found[kind]) for kind in ("earnings", "deductions"))
    assert earned == found["gross"] == found["taxable"] + found["non_taxable"]
    assert earned - taken == found["net"]
    for kind, order in (("earnings", EARNINGS), ("deductions", DEDUCTIONS)):
        places = [order.index(stem(line["code"])) for line in found[kind]]
        assert places == sorted(places)
        assert all(line["amount"] for line in found[kind])


@OFTEN
@given(month=months())
def test_every_line_is_the_sum_of_its_reasons_and_each_can_be_worked_out(
    month: dict[str, Any],
) -> None:
    with speaking("en"):
        found = calc.payslip(Fields(month, ""))
    sums: dict[str, int] = {}
    for why in found["explain"]:
        assert recomputed(why) == why["amount"], why
        assert why["rule"]
        assert why["article"]
        assert all(each["origin"] for each in why["inputs"])
        sums[why["code"]] = sums.get(why["code"], 0) + why["amount"]
    lines = {e["code"]: e["amount"] for e in (*found["earnings"], *found["deductions"])}
    theirs = {f"employer_{e['code']}": e["amount"] for e in found["employer"]}
    assert sums == lines | theirs


@OFTEN
@given(month=months("hourly", "monthly", "piece"), shut=st.integers(1, 30), most=st.integers(0))
def test_shutdowns_leave_and_a_court_change_only_their_own_lines(
    month: dict[str, Any], shut: int, most: int
) -> None:
    day = date(2026, 11, shut)
    whole = replace(
        read(month),
        shutdowns={day: Fraction(8)},
        average_daily=Fraction(90_000),
        unused_leave=Fraction(3, 2),
        garnishments=(Garnishment("1", date(2026, 3, 1), most),),
    )
    found, before = calculate(whole, BOOK), slip(month)
    own = {"shutdown_pay", "unused_leave"}
    kept = [line for line in found.earnings if line.code not in own]
    assert kept == list(before.earnings)
    assert found.net == found.gross - sum(line.amount for line in found.deductions)
    with speaking("en"):
        for why in explain.explain([*found.earned, *found.taken]):
            assert recomputed(why) == why["amount"], why


@OFTEN
@given(month=months(), turned=st.randoms(use_true_random=False))
def test_the_order_of_what_was_entered_changes_nothing(month: dict[str, Any], turned: Any) -> None:
    other = dict(month)
    for name in ("shifts", "paid_leave", "absences"):
        other[name] = turned.sample(month[name], len(month[name]))
    with speaking("en"):
        assert calc.payslip(Fields(other, "")) == calc.payslip(Fields(month, ""))
