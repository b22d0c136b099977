"""Minutes of waiting for help: paid to a piece worker once, by the lift or beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from html import unescape
from typing import Any

import time_machine
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.kernel.fields import Fields
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, now, today
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import PayCase
from factory.payroll.domain.given import read_case
from factory.payroll.queries.drafts import gathered
from factory.people import service as hiring
from factory.people.domain import TermsKind
from factory.production import service as production
from factory.production.domain.help import Trouble
from factory.production.queries.help import waits_of_all
from factory.security.domain import SYSTEM, Actor, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import NOVEMBER, OCTOBER, close_days, punch, work_october
from tests.payroll.test_rules import BOOK, case, earned
from tests.people.build import make_terms, make_worker
from tests.production.floor import Floor, make_floor, sew, signed

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


def test_hours_and_rate_stand_on_the_line_where_together_they_make_its_amount() -> None:
    """Where the lift pays some of them, the reckoning below says why it is less."""
    for won, rate in ((MINIMUM * HOURS, MINIMUM), (MINIMUM * HOURS - 1, None)):
        found = calculate(by_piece(won, Fraction(2, 3)), BOOK)
        (shown,) = (each for each in found.earnings if each.code == "allowance.waiting")
        assert (shown.quantity, shown.rate) == (Fraction(2, 3), rate)
        (line,) = (each for each in found.earned if each.code == "allowance.waiting")
        assert line.rule == "waiting"
        assert (Fraction(2, 3) * (rate or 0) == line.exact) is (rate is not None)
        assert line.article == "Labor Standards Act, art. 47, 50(3)"


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


def test_a_call_after_midnight_belongs_to_the_night_that_began_the_month_before(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session, terms=make_terms(kind=TermsKind.PIECE, rate=Money(0)))
    last, after = date(2026, 10, 30), date(2026, 10, 31)
    begun = at(after, "00:30")
    call = production.call_help(
        session,
        Trouble.MACHINE,
        None,
        by=Actor(name="Pine", worker=pine.id),
        at=begun,
        event_id=new_id(),
    )
    production.settle_call(session, call.id, by=SYSTEM, at=begun + timedelta(minutes=40))
    assert waits_of_all(session, last, last) == {pine.id: ((begun, begun + timedelta(minutes=40)),)}
    assert waits_of_all(session, NOVEMBER, NOVEMBER) == {}


def test_forty_minutes_are_followed_from_the_button_to_the_board_and_to_her_payslip(
    app: Flask, sign_in: SignIn, kept: Kept, clock: time_machine.Traveller
) -> None:
    floor = kept(_by_piece_since_ten)
    station = sign_in(Role.FLOOR_TERMINAL)
    station.post("/station/place", data={"place": "assembly"})
    signed(station, floor)
    clock.shift(10 * 60)
    assert station.post("/station/help", data={"trouble": "machine"}).status_code == 303
    clock.shift(40 * 60)
    assert "Scan your badge" not in station.get("/station/help").text
    station.post("/step-back")
    assert "Scan your badge before you call" in station.get("/station/help?language=en").text
    cedar = sign_in(Role.SUPERVISOR)
    assert "Somebody waits for help: 1" in cedar.get("/board/?language=en").text
    waiting = cedar.get("/help/?language=en").text
    assert "since 10:10, 40 minutes" in waiting
    settle = re.findall(r'action="(/\S+/settled)"', waiting)
    assert [cedar.post(each).status_code for each in settle] == [303]
    clock.shift(10 * 60)
    kept(_goes_home, floor)
    willow = sign_in(Role.MANAGER)
    assert willow.post("/pay/2026-11/calculate").status_code in {200, 303}
    door = sign_in(Role.CLOCK_TERMINAL)
    door.post("/pin", data={"number": str(floor.pine.number), "pin": PIN})
    page = unescape(door.get("/pay/mine/2026-11?language=en").text)
    assert "Allowance (waiting for help)" in page
    assert "0:40 × 10,320" in page
    assert "₩6,880" in page
    assert "Waiting for help is paid at the minimum wage" in page
    assert "Labor Standards Act, art. 47, 50(3)" in page
    assert "calls for help" in page


def _by_piece_since_ten(session: Session) -> Floor:
    floor = make_floor(session)
    terms = make_terms(since=today(), kind=TermsKind.PIECE, rate=Money(0))
    hiring.change_terms(session, floor.pine, terms, by=SYSTEM, at=now())
    punch(session, floor.badge, today(), "in", "10:00")
    sew(session, floor, "C06", "S01", "S02", "S20", "S11", "F05")
    return floor


def _goes_home(session: Session, floor: Floor) -> None:
    punch(session, floor.badge, today(), "out", "11:00")
    close_days(session, [today()])
