"""Builders of cases, months of work and payslips."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance import service as attendance
from factory.attendance.domain import approved
from factory.attendance.domain.approved import NO_GROUND
from factory.attendance.domain.day import SheetDay
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, days, now
from factory.law.book import law_book
from factory.payroll import queries, service
from factory.payroll.domain.approval import Approval, How
from factory.payroll.domain.case import Person
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.known import Attachment
from factory.payroll.domain.run import Amounts, Entry, Run, Slip, last_day, pay_date
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import SYSTEM, Actor, Role
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from tests.people.build import FIRST

WILLOW = Actor(name="Willow", roles=frozenset({Role.MANAGER}))
ASPEN = Actor(name="Aspen", roles=frozenset({Role.MANAGER}))
"""Willow calculates, Aspen approves."""
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DAY = (("in", "09:00"), ("break_start", "12:00"), ("break_end", "13:00"), ("out", "18:00"))


def make_person(**changes: Any) -> Person:
    return Person(**({"hired": FIRST} | changes))


def punch(session: Session, badge: str, day: date, kind: str, clock: str) -> None:
    timeclock.punch(
        session, badge, PunchKind(kind), at=at(day, clock), event_id=new_id(), received=now()
    )


def work(session: Session, worker: Worker, first: date, last: date) -> None:
    """Monday to Friday from nine to six, with an hour's break."""
    badge, day = people.badges(session)[worker.id], first
    while day <= last:
        if day.weekday() < 5:
            for kind, clock in DAY:
                punch(session, badge, day, kind, clock)
            attendance.close_day(session, day, by=SYSTEM, at=now())
        day += timedelta(days=1)


def miss(session: Session, worker: Worker, first: date, last: date) -> None:
    """Working days on which she did not come, as if each had been closed; those closed stay."""
    known = records.approved_days(session, first, last, worker.id)
    for day in days(first, last):
        if day.weekday() < 5 and (worker.id, day) not in known:
            nothing = SheetDay(day, came=False)
            closed = approved.approve(worker.id, nothing, 1, NO_GROUND, by="Cedar", at=now())
            records.append_day(session, closed)
    session.flush()


def work_october(session: Session, worker: Worker) -> None:
    work(session, worker, date(2026, 9, 28), last_day(OCTOBER))


def amounts(**won: int) -> tuple[Amounts, ...]:
    return tuple(Amounts(code, amount) for code, amount in won.items())


def make_slip(earned: dict[str, int], taken: dict[str, int] | None = None, **changes: Any) -> Slip:
    gross, off = sum(earned.values()), sum((taken or {}).values())
    given: dict[str, Any] = {
        "gross": gross,
        "non_taxable": 0,
        "taxable": gross,
        "net": gross - off,
        "earnings": amounts(**earned),
        "deductions": amounts(**(taken or {})),
        "employer": (),
        "notices": (),
        "explain": (),
    }
    return Slip(**(given | changes))


def make_entry(number: int = 7, name: str = "Pine", **changes: Any) -> Entry:
    paid_on = pay_date(OCTOBER, law_book())
    given: dict[str, Any] = {"slip": make_slip({"base": 2_000_000}), "open_days": ()}
    given["paid_on"] = paid_on
    return Entry(number, name, **(given | changes))


def make_run(*entries: Entry, month: date = OCTOBER) -> Run:
    return Run(month, pay_date(month, law_book()), None, entries)


def calculate(session: Session, month: date = OCTOBER, by: Actor = WILLOW) -> str:
    """A month calculated; the name of what is shown then."""
    service.calculate(session, month, by=by, at=now())
    found = queries.draft(session, month)
    assert found is not None
    return found.calculated.digest


def approve(session: Session, month: date = OCTOBER, by: Actor = ASPEN, **how: Any) -> Run:
    """A month calculated, looked at and approved."""
    shown = calculate(session, month)
    given: dict[str, Any] = {"shown": shown, "how": How.SECOND}
    return service.approve(session, month, Approval(**(given | how)), by=by, at=now())


def make_entered(**changes: Any) -> Entered:
    given: dict[str, Any] = {"item": Item.CHUSEOK, "amount": Money(300_000)}
    return Entered(**(given | changes))


def make_attachment(**changes: Any) -> Attachment:
    given: dict[str, Any] = {
        "court": "Court",
        "number": "2026-100",
        "creditor": "C-01",
        "filed": OCTOBER,
        "first": OCTOBER,
    }
    return Attachment(**(given | changes))
