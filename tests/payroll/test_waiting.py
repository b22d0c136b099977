"""Minutes of waiting for help: paid to a piece worker once, by the lift or beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.kernel.fields import Fields
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, now
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import PayCase
from factory.payroll.domain.given import read_case
from factory.payroll.queries.drafts import gathered
from factory.people.domain import TermsKind
from factory.production import service as production
from factory.production.domain.help import Trouble
from factory.security.domain import SYSTEM, Actor
from tests.payroll.build import OCTOBER, work_october
from tests.payroll.test_rules import BOOK, case, earned
from tests.people.build import make_terms, make_worker

DAY = date(2026, 11, 3)
MINIMUM = 10_320
HOURS = 21 * 8
"""Hours of the weekdays of November 2026."""


def by_piece(won: int, waited: Fraction, **changes: Any) -> PayCase:
    pieces = [{"operation": "S01", "count": 1, "rate": won}]
    given: dict[str, Any] = {"terms": {"kind": "piece"}, "pieces": pieces}
    found = read_case(Fields(case(**(given | changes)), ""))
    return replace(found, waits={DAY: waited})


def lines(won: int, waited: Fraction) -> dict[str, int]:
    return earned(calculate(by_piece(won, waited), BOOK))


def test_who_earns_more_than_the_minimum_is_paid_for_waiting_beside_it() -> None:
    assert lines(3_000_000, Fraction(2))["allowance.waiting"] == 2 * MINIMUM


def test_what_the_lift_pays_already_is_not_paid_twice() -> None:
    found = lines(100_000, Fraction(2))
    assert found["minimum_wage_top_up"] == MINIMUM * HOURS - 100_000
    assert "allowance.waiting" not in found


def test_whoever_is_paid_for_her_time_waits_within_it() -> None:
    hourly = replace(read_case(Fields(case(), "")), waits={DAY: Fraction(2)})
    assert "allowance.waiting" not in earned(calculate(hourly, BOOK))


def test_days_outside_the_month_are_not_counted() -> None:
    outside = replace(by_piece(3_000_000, Fraction(2)), waits={date(2026, 10, 30): Fraction(2)})
    assert "allowance.waiting" not in earned(calculate(outside, BOOK))


@settings(max_examples=30)
@given(won=st.integers(0, 4_000_000), minutes=st.integers(1, 600))
def test_pieces_pay_the_hours_of_work_and_waiting_is_paid_once(won: int, minutes: int) -> None:
    waited = Fraction(minutes, 60)
    found = lines(won, waited)
    together = sum(found.get(code, 0) for code in ("minimum_wage_top_up", "allowance.waiting"))
    due = max(won + MINIMUM * waited, Fraction(MINIMUM * HOURS))
    assert 0 <= won + together - due < 2


def test_a_settled_call_reaches_her_payslip(
    session: Session, clock: time_machine.Traveller
) -> None:
    terms = make_terms(kind=TermsKind.PIECE, rate=Money(0))
    pine = make_worker(session, terms=terms)
    work_october(session, pine)
    by = Actor(name="Pine", worker=pine.id)
    begun = at(date(2026, 10, 6), "11:30")
    call = production.call_help(
        session, Trouble.MACHINE, Station.PREP, by=by, at=begun, event_id=new_id()
    )
    later = begun + timedelta(hours=2)
    production.settle_call(session, call.id, by=SYSTEM, at=later)
    (facts,) = gathered(session, OCTOBER).people
    assert facts.month.case.waits == {date(2026, 10, 6): Fraction(1)}
    assert now() > later
