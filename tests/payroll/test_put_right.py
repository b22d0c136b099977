"""A month that was corrected after its payslip says so, and with which pay it comes."""

from __future__ import annotations

from datetime import date, datetime

import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import DAY
from factory.payroll import queries
from factory.people.domain import Worker
from factory.security.domain import Role
from tests.cast import PIN
from tests.conftest import SignIn
from tests.payroll.build import NOVEMBER, OCTOBER, WILLOW, approve, miss, work
from tests.payroll.corrected import WHY, correct, late_hours
from tests.people.build import make_worker

TUESDAY = date(2026, 10, 13)


def paid_without_a_day(session: Session) -> Worker:
    pine = make_worker(session, pin=PIN)
    work(session, pine, date(2026, 9, 28), TUESDAY - DAY)
    miss(session, pine, TUESDAY, TUESDAY)
    work(session, pine, TUESDAY + DAY, date(2026, 10, 31))
    approve(session)
    return pine


def test_a_closed_month_says_with_which_pay_its_correction_comes(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = paid_without_a_day(session)
    assert queries.put_right(session, pine, OCTOBER) == queries.PutRight((), (), None)
    correct(session, pine, late_hours({TUESDAY: 9}))
    waits = queries.put_right(session, pine, OCTOBER)
    assert ([each.reason for each in waits.corrections], waits.paid_with) == ([WHY], ())
    assert waits.comes_with == NOVEMBER
    clock.move_to(datetime.fromisoformat("2026-12-04T10:00:00+09:00"))
    work(session, pine, date(2026, 11, 2), date(2026, 11, 30))
    approve(session, NOVEMBER)
    done = queries.put_right(session, pine, OCTOBER)
    assert (done.paid_with, done.comes_with) == ((NOVEMBER,), None)
    assert queries.put_right(session, pine, NOVEMBER).corrections == ()


def test_she_and_the_office_read_it_on_the_month_itself(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        pine = paid_without_a_day(session)
    office = sign_in(Role.MANAGER)
    assert 'id="put-right"' not in office.get(f"/pay/2026-10/{pine.number}").text
    with app.app_context(), transaction() as session:
        correct(session, pine, late_hours({TUESDAY: 9}))
    page = office.get(f"/pay/2026-10/{pine.number}").text
    assert f'href="/pay/2026-11/{pine.number}#corrected-2026-10"' in page
    assert 'id="corrected-2026-10"' in office.get(f"/pay/2026-11/{pine.number}").text
    door = sign_in(Role.CLOCK_TERMINAL)
    door.post("/pin", data={"number": str(pine.number), "pin": PIN})
    own = door.get("/pay/mine/2026-10?language=en").text
    assert own.index("This month was corrected after this payslip.") < own.index("Earned")
    assert WHY in own
    assert WILLOW.name in own
    assert 'href="/pay/mine/2026-11#corrected-2026-10">It comes with the pay of' in own
