"""Builders of cases, months of work and payslips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain import approved
from factory.attendance.domain.approved import NO_GROUND, Ground
from factory.attendance.domain.day import SheetDay
from factory.attendance.queries import days as lines
from factory.attendance.queries import reading
from factory.attendance.queries.days import DayLine
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, days, now
from factory.law.book import law_book
from factory.leave import service as leave
from factory.payroll import queries, service
from factory.payroll.domain.approval import Approval, How
from factory.payroll.domain.case import Person
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.known import Attachment
from factory.payroll.domain.run import Amounts, Entry, Run, Slip, last_day, pay_date
from factory.people import queries as people
from factory.people.domain import Worker
from factory.production import queries as production
from factory.security.domain import SYSTEM, Actor, Role
from factory.timeclock import queries as clock
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from factory.timeclock.records import PunchRow
from tests.people.build import FIRST

WILLOW = Actor(name="Willow", roles=frozenset({Role.MANAGER}))
ASPEN = Actor(name="Aspen", roles=frozenset({Role.MANAGER}))
"""Willow calculates, Aspen approves."""
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DAY = (("in", "09:00"), ("break_start", "12:00"), ("break_end", "13:00"), ("out", "18:00"))


def make_person(**changes: Any) -> Person:
    return Person(**({"hired": FIRST} | changes))


def punch(session: Session, badge: str, day: date, kind: str, moment: str) -> None:
    timeclock.punch(
        session, badge, PunchKind(kind), at=at(day, moment), event_id=new_id(), received=now()
    )


def work(session: Session, worker: Worker, first: date, last: date) -> None:
    """Monday to Friday from nine to six, with an hour's break.

    As if each punch had been heard and each day closed for everybody, in far fewer statements.
    """
    worked = [day for day in days(first, last) if day.weekday() < 5]
    if not worked:
        return
    *before, last_one = ((day, kind, moment) for day in worked for kind, moment in DAY)
    session.execute(insert(PunchRow), [_heard(worker, *each) for each in before])
    punch(session, people.badges(session)[worker.id], *last_one)
    close_days(session, worked)


def _heard(worker: Worker, day: date, kind: str, moment: str) -> dict[str, Any]:
    came = {"event_id": new_id(), "kind": PunchKind(kind), "received_at": now()}
    return came | {"worker_id": worker.id, "at": at(day, moment), "device_at": at(day, moment)}


def close_days(session: Session, closed: Sequence[date]) -> None:
    """Close for everybody what is ready on some days, read together."""
    book = reading.read(session, closed[0], closed[-1])
    counted = session, closed[0], closed[-1], [each.id for each in book.everybody]
    punches, scans = clock.punch_counts(*counted), production.scan_counts(*counted)
    for line in (each for day in closed for each in lines.day_in(book, day, at=now())):
        if line.is_ready(now()):
            key = line.worker.id, line.sheet.date
            counts = {"punches": punches.get(key, 0), "scans": scans.get(key, 0)}
            ground = Ground.of(line.sheet, line.planned, alone=line.alone, **counts)
            _close(session, line, ground)
    session.flush()


def _close(session: Session, line: DayLine, ground: Ground) -> None:
    version, by = line.versions + 1, SYSTEM
    records.append_day(
        session, approved.approve(line.worker.id, line.sheet, version, ground, by=by.name, at=now())
    )
    if line.is_missed:
        leave.note_day(session, line.worker.id, line.sheet.date, missed=True, by=by, at=now())


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
