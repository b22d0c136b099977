"""Approve and lock a month's pay."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.money import Money
from factory.kernel.time import local, month_of
from factory.payroll import queries
from factory.payroll.domain.run import Entry, Run, refuse_approval
from factory.payroll.records import RunRow, SlipRow
from factory.people import queries as people
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import service as timeclock


def approve(session: Session, month: date, *, by: Actor, at: datetime) -> Run:
    """Freeze a month's payslips and lock the month."""
    hold(session, "pay_run", month)
    found = queries.run(session, month)
    refuse_approval(found, local(at).date())
    session.add(RunRow(month=month, pay_date=found.pay_date, approved_by=by.name, approved_at=at))
    session.flush()
    for each in found.entries:
        session.add(_row(session, month, each))
    session.flush()
    timeclock.lock(session, month_of(month).end, by=by, at=at)
    security.record(session, by, "approve_pay", f"pay run {month:%Y-%m}", at=at)
    return queries.run(session, month)


def _row(session: Session, month: date, each: Entry) -> SlipRow:
    return SlipRow(
        month=month,
        worker_id=people.worker_numbered(session, each.number).id,
        gross=Money(each.slip.gross),
        net=Money(each.slip.net),
        body=asdict(each.slip),
    )
