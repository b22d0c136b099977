"""Her hours on the screen are the hours that are paid, by two different ways of counting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.attendance.domain.day import Event
from factory.attendance.domain.month import Cell, Mark, Sums, sums
from factory.attendance.domain.rules import Rules
from factory.attendance.domain.sheet import reckon
from factory.attendance.domain.week import beyond
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, monday_of
from factory.law.book import law_book
from factory.payroll.domain.hours import hours_of_days
from factory.payroll.queries.cases import make_case, terms_of
from factory.people.domain import WEEK, Terms, TermsKind
from factory.timeclock.domain import PunchKind, Shift
from tests.payroll.build import OCTOBER, make_person

FIRST, LAST = date(2026, 9, 28), date(2026, 11, 1)
DAYS = st.integers(0, (LAST - FIRST).days)
CONTRACTS = (
    Terms(FIRST, TermsKind.HOURLY, Money(12000)),
    Terms(FIRST, TermsKind.PIECE, Money(0), work_days=("tue", "wed", "thu", "sat"), rest_day="mon"),
    Terms(FIRST, TermsKind.MONTHLY, Money(1200000), weekly_hours=20),
    Terms(FIRST, TermsKind.HOURLY, Money(12000), weekly_hours=25, work_days=("mon", "wed", "fri")),
    Terms(FIRST, TermsKind.DAILY, Money(150000), weekly_hours=20),
)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    found: list[Shift] = []
    for number in sorted(draw(st.sets(DAYS, max_size=20))):
        start = at(FIRST + timedelta(days=number), "05:00") + timedelta(
            minutes=draw(st.integers(0, 900))
        )
        start = max(start, found[-1].end) if found else start  # nobody comes before she went
        end = start + timedelta(minutes=draw(st.integers(61, 1080)))
        pause = Interval(start + timedelta(minutes=30), start + timedelta(minutes=60))
        found.append(Shift(start, end, (pause,) if draw(st.booleans()) else ()))
    return tuple(found)


@pytest.mark.parametrize("terms", CONTRACTS, ids=lambda each: f"{each.kind} {each.weekly_hours}")
@settings(max_examples=15, deadline=None)
@given(worked=shifts(), employees=st.sampled_from([5, 12]))
def test_hours_on_the_screen_are_the_hours_that_are_paid(
    terms: Terms, worked: tuple[Shift, ...], employees: int
) -> None:
    shown = _shown(terms, worked, employees)
    case = make_case(
        OCTOBER, make_person(), terms_of(terms), worked, paid_on=LAST, employees=employees
    )
    paid = hours_of_days(case, law_book().on(case.end))
    assert shown.worked == sum(each.worked for each in paid)
    assert shown.overtime == sum(each.overtime for each in paid)
    assert shown.night == sum(each.night for each in paid)
    assert shown.holiday == sum(each.worked for each in paid if each.holiday)


def _shown(terms: Terms, worked: tuple[Shift, ...], employees: int) -> Sums:
    """Her month as her page adds it up."""
    rules = Rules(
        employees=employees,
        weekly_hours=Fraction(terms.weekly_hours),
        work_days=frozenset(WEEK.index(day) for day in terms.work_days),
        rest_day=WEEK.index(terms.rest_day),
        paid_by_day=terms.kind is TermsKind.DAILY,
    )
    days = reckon(_events(worked), lambda _: rules).days
    late: dict[date, int] = {}
    for _, week in groupby(days, key=lambda day: monday_of(day.date)):
        late.update(beyond(week, law_book()))
    return sums(Cell(day, Mark.WORKED, beyond=late.get(day.date, 0)) for day in days)


def _events(worked: tuple[Shift, ...]) -> Iterator[Event]:
    for shift in worked:
        yield Event(PunchKind.IN, shift.start)
        for pause in shift.breaks:
            yield Event(PunchKind.BREAK_START, pause.start)
            yield Event(PunchKind.BREAK_END, pause.end)
        yield Event(PunchKind.OUT, shift.end)
