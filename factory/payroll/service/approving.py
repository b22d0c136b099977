"""Approve a month: freeze exactly the draft that was shown, and lock the month."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.payroll import queries, records
from factory.payroll.domain.approval import (
    Approval,
    How,
    NotCalculated,
    refuse_alone,
    refuse_changed,
    refuse_early,
    refuse_out_of_order,
)
from factory.payroll.domain.keeping import from_body
from factory.payroll.domain.leaving import refuse_worked_after
from factory.payroll.domain.run import Run, last_day, refuse_open
from factory.payroll.queries import Gathered
from factory.payroll.records import CalculationRow, RunRow
from factory.payroll.rules.garnishment import taken_by
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import service as timeclock


def approve(session: Session, month: date, approval: Approval, *, by: Actor, at: datetime) -> Run:
    """Freeze a month's payslips as they were shown, and lock the month.

    Raises:
        RunLocked, NotInOrder, MonthNotOver, NotCalculated: not now.
        MattersOpen, WorkedAfterLeaving, DraftChanged: not as it stands.
        SecondPersonNeeded, NotElected, WhyAlone: not by her alone.
    """
    hold(session, "pay_runs", "all")
    hold(session, "pay_run", month)
    refuse_out_of_order(month, records.last_approved(session))
    refuse_early(month, day_of(at))
    calculation = records.find_calculation(session, month)
    if calculation is None:
        raise NotCalculated
    known = queries.gathered(session, month)
    refuse_open(each.worker.name for each in known.people if each.month.waiting(day_of(at)))
    refuse_worked_after(each.name for each in queries.worked_after(session, month))
    refuse_changed(calculation.value(), approval, known.digest)
    refuse_alone(calculation.value(), approval, by, queries.representative(session))
    _freeze(session, calculation, approval, by=by, at=at)
    _settle(session, month, known)
    _count_down(session, calculation, known)
    timeclock.lock(session, last_day(month), by=by, at=at)
    thing, why = f"pay run {month:%Y-%m}", approval.reason.strip()
    security.record(session, by, "approve_pay", thing, at=at, reason=why, after=approval.how)
    return queries.run(session, month)


def _settle(session: Session, month: date, known: Gathered) -> None:
    """Keep what this run pays for months that were closed before it."""
    records.append_paid(
        session,
        (
            {
                "run": month,
                "worker_id": hers.worker.id,
                "month": each.month,
                "right": Money(each.right),
                "amount": Money(each.difference),
            }
            for hers in known.people
            for each in hers.month.case.corrections
        ),
    )


def _count_down(session: Session, calculation: CalculationRow, known: Gathered) -> None:
    """Keep what this run takes for each order of a court, so that its claim counts down."""
    slips = {row.worker_id: row for row in records.drafts_of(session, calculation)}
    attached = (each for each in known.people if each.month.case.garnishments)
    records.append_taken(
        session,
        (
            {
                "run": known.month,
                "worker_id": each.worker.id,
                "number": number,
                "amount": Money(won),
            }
            for each in attached
            for number, won in taken_by(
                from_body(slips[each.worker.id].body).after_law,
                each.month.case.garnishments,
                known.law,
            ).items()
            if won
        ),
    )


def _freeze(
    session: Session, calculation: CalculationRow, approval: Approval, *, by: Actor, at: datetime
) -> None:
    elected = queries.representative(session) if approval.how is How.REPRESENTATIVE else None
    session.add(
        RunRow(
            month=calculation.month,
            pay_date=queries.pay_day(session, calculation.month),
            calculation_id=calculation.id,
            calculated_by=calculation.by,
            approved_by=by.name,
            approved_account=by.account,
            approved_at=at,
            how=approval.how,
            reason=approval.reason.strip() if approval.how is How.SELF else "",
            representative_id=elected.worker if elected else None,
            elected_on=elected.elected_on if elected else None,
        )
    )
    session.flush()
    records.append_slips(
        session,
        (
            {
                "month": each.month,
                "worker_id": each.worker_id,
                "gross": each.gross,
                "net": each.net,
                "body": each.body,
            }
            for each in records.drafts_of(session, calculation)
        ),
    )
