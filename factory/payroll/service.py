"""A month's pay: gather what the clock and the contract say, calculate, approve, lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.money import Money
from factory.kernel.time import local
from factory.law.book import law_book
from factory.payroll import records
from factory.payroll.calculate import calculate
from factory.payroll.domain.case import PayCase, PayKind, Person, Shift, Terms
from factory.payroll.domain.given import FULL_TIME
from factory.payroll.domain.hours import monday_of
from factory.payroll.domain.payslip import Amount, Payslip
from factory.payroll.domain.run import (
    Amounts,
    Entry,
    Run,
    Slip,
    last_day,
    pay_date,
    refuse_approval,
)
from factory.payroll.explain import explain, plain
from factory.payroll.records import RunRow, SlipRow
from factory.people import queries as people
from factory.people.domain import WEEK, Worker
from factory.people.domain import Terms as Agreed
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import domain as clock
from factory.timeclock import queries as timeclock

DAY_HOURS = 8
SUNDAY = 6


def run(session: Session, month: date) -> Run:
    """A month's pay: as approved, or calculated anew from what is known now."""
    approved = records.find_run(session, month)
    found = (_entry(session, worker, month) for worker in people.workers(session))
    return Run(
        month,
        pay_date(month),
        approved.approved_by if approved else None,
        tuple(entry for entry in found if entry is not None),
    )


def entry(session: Session, worker: Worker, month: date) -> Entry:
    """Somebody's payslip of a month, or `NotFound`."""
    found = _entry(session, worker, month)
    if found is None:
        raise NotFound("payslip", f"{month:%Y-%m}")
    return found


def approve(session: Session, month: date, *, by: Actor, at: datetime) -> Run:
    """Freeze a month's payslips and lock the month."""
    found = run(session, month)
    refuse_approval(found, local(at).date())
    session.add(RunRow(month=month, pay_date=found.pay_date, approved_by=by.name, approved_at=at))
    session.flush()
    for each in found.entries:
        worker = people.worker_numbered(session, each.number)
        session.add(_row(month, worker, each.slip))
    session.flush()
    security.record(session, by, "approve_pay", f"pay run {month:%Y-%m}", at=at)
    return found


def _row(month: date, worker: Worker, slip: Slip) -> SlipRow:
    return SlipRow(
        month=month,
        worker_id=worker.id,
        gross=Money(slip.gross),
        net=Money(slip.net),
        body=asdict(slip),
    )


def _entry(session: Session, worker: Worker, month: date) -> Entry | None:
    kept = records.find_slip(session, month, worker.id)
    if kept is not None:
        return Entry(worker.number, worker.name, _frozen(kept.body), ())
    if records.find_run(session, month) is not None:
        return None
    return _calculated(session, worker, month)


def _calculated(session: Session, worker: Worker, month: date) -> Entry | None:
    end = last_day(month)
    if worker.hired > end or (worker.left is not None and worker.left < month):
        return None
    history = people.terms_of(session, worker.id)
    agreed = [terms for terms in history if terms.since <= end]
    if not agreed:
        return None
    paired = timeclock.paired(
        session, worker.id, monday_of(month), monday_of(end) + timedelta(days=SUNDAY)
    )
    slip = calculate(_case(session, worker, month, agreed[-1], paired.shifts), law_book())
    changed = ("terms_changed",) if month < agreed[-1].since > worker.hired else ()
    open_days = sorted({day for day, _ in paired.flags if month <= day <= end})
    return Entry(worker.number, worker.name, as_shown(slip, changed), tuple(open_days))


def _case(
    session: Session, worker: Worker, month: date, agreed: Agreed, shifts: tuple[clock.Shift, ...]
) -> PayCase:
    end = last_day(month)
    return PayCase(
        pay_date=pay_date(month),
        start=month,
        end=end,
        employees=len(people.workers(session, min(end, worker.left or end))),
        full_time=Fraction(FULL_TIME),
        person=Person(hired=worker.hired, left=worker.left),
        terms=_terms(agreed),
        shifts=tuple(_shift(shift) for shift in shifts),
    )


def _terms(agreed: Agreed) -> Terms:
    return Terms(
        kind=PayKind(agreed.kind.value),
        rate=agreed.rate.won,
        weekly_hours=Fraction(agreed.weekly_hours),
        work_days=frozenset(WEEK.index(day) for day in agreed.work_days),
        rest_day=WEEK.index(agreed.rest_day),
        daily_hours=Fraction(DAY_HOURS),
    )


def _shift(shift: clock.Shift) -> Shift:
    breaks = tuple((_wall(pause.start), _wall(pause.end)) for pause in shift.breaks)
    return Shift(_wall(shift.start), _wall(shift.end), breaks)


def _wall(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)


def as_shown(slip: Payslip, more: tuple[str, ...] = ()) -> Slip:
    """A calculated payslip as it is shown and kept."""
    lines = [each for each in (*slip.earned, *slip.taken) if each.amount.won]
    return Slip(
        slip.gross,
        slip.non_taxable,
        slip.taxable,
        slip.net,
        tuple(_amount(each) for each in slip.earnings),
        tuple(_amount(each) for each in slip.deductions),
        tuple(_amount(each) for each in slip.employer),
        (*dict.fromkeys(notice.code for notice in slip.warnings), *more),
        tuple(explain(lines)),
    )


def _amount(each: Amount) -> Amounts:
    return Amounts(each.code, each.amount, plain(each.quantity), each.unit, plain(each.rate))


def _frozen(body: Mapping[str, Any]) -> Slip:
    return Slip(
        body["gross"],
        body["non_taxable"],
        body["taxable"],
        body["net"],
        _lines(body["earnings"]),
        _lines(body["deductions"]),
        _lines(body["employer"]),
        tuple(body["notices"]),
        tuple(body["explain"]),
    )


def _lines(kept: list[dict[str, Any]]) -> tuple[Amounts, ...]:
    return tuple(Amounts(**each) for each in kept)
