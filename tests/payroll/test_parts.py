"""Terms that change within a month: each part is paid by its own, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.kernel.fields import Fields
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.law.book import law_book
from factory.payroll import queries
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import PayCase, PayKind, Piece, Terms
from factory.payroll.domain.given import read_case
from factory.payroll.domain.parts import Span, are_divisible, part, spans
from factory.payroll.domain.payslip import Payslip
from factory.people import service as people_service
from factory.people.domain import TermsKind
from factory.security.domain import SYSTEM
from tests.payroll.build import OCTOBER, work_october
from tests.payroll.test_rules import case, shift, weekdays
from tests.people.build import make_terms, make_worker

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
BOOK = law_book()


def terms(kind: PayKind = PayKind.HOURLY, rate: int = 12000, **changes: Any) -> Terms:
    given: dict[str, Any] = {
        "weekly_hours": Fraction(40),
        "work_days": frozenset(range(5)),
        "rest_day": 6,
        "daily_hours": Fraction(8),
    }
    return Terms(kind, rate, **(given | changes))


OLD, NEW = terms(), terms(rate=13000)


def month(**changes: Any) -> PayCase:
    return read_case(Fields(case(**changes), ""))


def divided(
    whole: PayCase, *history: tuple[date, Terms], pieces: tuple[Piece, ...] = ()
) -> Payslip:
    """The payslip of a month with these terms; the pieces belong to its last part."""
    found = spans(history, whole.start, whole.end)
    given = [(span, pieces if span.last == whole.end else ()) for span in found]
    parts = tuple(part(whole, span, these) for span, these in given)
    return calculate(replace(whole, terms=found[-1].terms), BOOK, parts)


def earned(slip: Payslip) -> dict[str, int]:
    return {line.code: line.amount for line in slip.earnings}


# Which terms hold on which days


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], []),
        ([("2026-09-01", OLD)], [("2026-11-01", "2026-11-30", OLD)]),
        ([("2026-12-01", OLD)], []),
        ([("2026-11-16", OLD)], [("2026-11-01", "2026-11-30", OLD)]),
        ([("2026-09-01", OLD), ("2026-11-01", NEW)], [("2026-11-01", "2026-11-30", NEW)]),
        ([("2026-09-01", OLD), ("2026-12-01", NEW)], [("2026-11-01", "2026-11-30", OLD)]),
        (
            [("2026-09-01", OLD), ("2026-11-16", NEW)],
            [("2026-11-01", "2026-11-15", OLD), ("2026-11-16", "2026-11-30", NEW)],
        ),
        (
            [("2026-11-03", OLD), ("2026-11-16", NEW), ("2026-11-30", OLD)],
            [
                ("2026-11-01", "2026-11-15", OLD),
                ("2026-11-16", "2026-11-29", NEW),
                ("2026-11-30", "2026-11-30", OLD),
            ],
        ),
    ],
)
def test_each_day_of_a_month_has_its_terms(
    history: list[tuple[str, Terms]], expected: list[tuple[str, str, Terms]]
) -> None:
    found = spans([(date.fromisoformat(day), each) for day, each in history], FIRST, LAST)
    assert [(str(span.first), str(span.last), span.terms) for span in found] == expected


@settings(deadline=None)
@given(changes=st.sets(st.dates(date(2026, 9, 1), date(2026, 12, 31)), min_size=1))
def test_spans_cover_the_month_without_gap_or_overlap(changes: set[date]) -> None:
    found = spans([(day, terms(rate=day.day)) for day in sorted(changes)], FIRST, LAST)
    if min(changes) > LAST:
        assert found == ()
        return
    days = [
        span.first + timedelta(days=number)
        for span in found
        for number in range((span.last - span.first).days + 1)
    ]
    assert days == [FIRST + timedelta(days=number) for number in range(30)]


def test_day_labour_is_not_divided() -> None:
    whole = Span(FIRST, LAST, OLD)
    assert are_divisible((whole, Span(FIRST, LAST, terms(PayKind.MONTHLY))))
    assert not are_divisible((whole, Span(FIRST, LAST, terms(PayKind.DAILY))))


# What each part earns


def test_hours_before_and_after_a_raise_have_their_own_rate() -> None:
    slip = divided(month(), (date(2026, 9, 1), OLD), (date(2026, 11, 16), NEW))
    before, after = 10 * 8, 11 * 8
    assert earned(slip) == {
        "base": before * 12000 + after * 13000,
        "weekly_holiday": 3 * 8 * 12000 + 2 * 8 * 13000,
    }
    (base, _) = slip.earnings
    assert (base.quantity, base.unit, base.rate) == (Fraction(168), "hour", None)


def test_a_month_of_salary_is_shared_by_calendar_days() -> None:
    old, new = terms(PayKind.MONTHLY, 2_700_000), terms(PayKind.MONTHLY, 3_000_000)
    slip = divided(month(), (date(2026, 9, 1), old), (date(2026, 11, 21), new))
    assert earned(slip) == {"base": 1_800_000 + 1_000_000}


def test_from_the_hour_to_the_month_within_a_month() -> None:
    new = terms(PayKind.MONTHLY, 3_000_000)
    slip = divided(month(), (date(2026, 9, 1), OLD), (date(2026, 11, 16), new))
    assert earned(slip) == {"base": 80 * 12000 + 1_500_000, "weekly_holiday": 3 * 8 * 12000}


def test_pieces_are_held_against_the_hours_of_their_own_part() -> None:
    new = terms(PayKind.PIECE, 0)
    pieces = (Piece("S28", 400, 2500),)
    slip = divided(month(), (date(2026, 9, 1), OLD), (date(2026, 11, 16), new), pieces=pieces)
    found = earned(slip)
    assert found["piece"] == 1_000_000
    assert found["base"] == 80 * 12000
    assert "minimum_wage_top_up" not in found
    none = earned(divided(month(), (date(2026, 9, 1), OLD), (date(2026, 11, 16), new)))
    assert none["minimum_wage_top_up"] == 88 * 10320


def test_a_week_with_a_change_counts_its_forty_hours_once() -> None:
    shifts = [*weekdays("2026-10-26", "2026-11-13"), shift("2026-11-14")]
    slip = divided(month(shifts=shifts), (date(2026, 9, 1), OLD), (date(2026, 11, 12), NEW))
    assert earned(slip)["overtime"] == 8 * 13000 * 3 // 2


def test_the_weekly_holiday_counts_the_whole_week_of_the_change() -> None:
    history = ((date(2026, 9, 1), OLD), (date(2026, 11, 12), NEW))
    shifts = [s for s in case()["shifts"] if not s["start"].startswith("2026-11-10")]
    assert earned(divided(month(shifts=shifts), *history))["weekly_holiday"] == (
        2 * 8 * 12000 + 2 * 8 * 13000
    )


def test_days_before_the_month_stay_unknown_to_a_late_part() -> None:
    shifts = weekdays("2026-10-01", "2026-10-30")
    whole = month(
        period={"start": "2026-10-01", "end": "2026-10-31"}, pay_date="2026-11-10", shifts=shifts
    )
    slip = divided(whole, (date(2026, 9, 1), OLD), (date(2026, 10, 2), NEW))
    assert [notice.code for notice in slip.warnings] == ["week_before_period_assumed_attended"]
    assert earned(slip)["weekly_holiday"] == 4 * 8 * 13000


def test_insurance_and_tax_are_taken_off_the_whole_once() -> None:
    slip = divided(month(), (date(2026, 9, 1), OLD), (date(2026, 11, 16), NEW))
    once = calculate(
        month(
            terms={"kind": "hourly", "rate": 0},
            shifts=[],
            extras=[{"code": "bonus.same", "amount": slip.gross}],
        ),
        BOOK,
    )
    assert slip.deductions == once.deductions


def test_what_to_look_at_is_said_once() -> None:
    shifts = [shift(f"2026-11-{day:02d}", end="22:00") for day in range(9, 14)]
    slip = divided(month(shifts=shifts), (date(2026, 9, 1), OLD), (date(2026, 11, 12), NEW))
    assert [notice.code for notice in slip.warnings].count("over_52_hours") == 1


def test_a_monthly_allowance_is_not_paid_twice() -> None:
    meal = [{"code": "meal", "amount": 150000, "non_taxable": True, "ordinary_wage": True}]
    whole = month(terms={"kind": "hourly", "rate": 12000, "allowances": meal})
    more = replace(whole.terms, rate=13000)
    slip = divided(whole, (date(2026, 9, 1), whole.terms), (date(2026, 11, 16), more))
    assert earned(slip)["allowance.meal"] == 150000
    assert slip.non_taxable == 150000


# Dividing changes nothing that did not change


@settings(max_examples=60, deadline=None)
@given(
    day=st.integers(2, 30),
    hours=st.lists(st.integers(1, 14), min_size=21, max_size=21),
    small=st.booleans(),
)
def test_the_same_terms_again_change_nothing_but_a_rounding(
    day: int, hours: list[int], *, small: bool
) -> None:
    shifts = [
        shift(one["start"][:10], "07:00", f"{7 + length:02d}:00", [])
        for one, length in zip(weekdays("2026-11-02", "2026-11-30"), hours, strict=True)
    ]
    whole = month(shifts=shifts, workplace={"regular_employees": 4 if small else 12})
    apart = divided(whole, (date(2026, 9, 1), OLD), (date(2026, 11, day), OLD))
    together = calculate(whole, BOOK)
    assert {a.code: a.quantity for a in apart.earnings} == {
        a.code: a.quantity for a in together.earnings
    }
    assert earned(apart) == earned(together)
    assert apart.days == together.days
    assert set(apart.warnings) == set(together.warnings)


@settings(deadline=None)
@given(day=st.integers(2, 30), rate=st.integers(2_200_000, 5_000_000))
def test_a_salary_divided_in_two_is_the_salary(day: int, rate: int) -> None:
    same = terms(PayKind.MONTHLY, rate)
    slip = divided(month(), (date(2026, 9, 1), same), (date(2026, 11, day), same))
    assert rate <= slip.gross <= rate + 1


# From the contract's history


def test_a_raise_within_the_month_is_paid_in_parts_and_said(session: Session) -> None:
    pine = make_worker(session)
    work_october(session, pine)
    more = make_terms(since=date(2026, 10, 19), rate=Money(13000))
    people_service.change_terms(session, pine, more, by=SYSTEM, at=now())
    slip = queries.entry(session, pine, OCTOBER).slip
    assert slip.earnings[0].amount == 12 * 8 * 12000 + 10 * 8 * 13000
    (remark,) = slip.notices
    assert (remark.code, remark.on) == ("terms_changed", date(2026, 10, 19))
    assert slip.worked.minutes == 22 * 8 * 60


def test_day_labour_keeps_the_last_terms_with_a_remark(session: Session) -> None:
    pine = make_worker(session)
    work_october(session, pine)
    more = make_terms(since=date(2026, 10, 19), kind=TermsKind.DAILY, rate=Money(110000))
    people_service.change_terms(session, pine, more, by=SYSTEM, at=now())
    slip = queries.entry(session, pine, OCTOBER).slip
    assert slip.earnings[0].amount == 22 * 110000
    assert "last_terms_used" in [remark.code for remark in slip.notices]
