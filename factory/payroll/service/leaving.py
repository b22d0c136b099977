"""Close the pay of whoever left: last pay, severance, settlements, all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.payroll import queries
from factory.payroll.domain.keeping import to_body
from factory.payroll.domain.leaving import (
    DaysOpen,
    OwnHand,
    SeveranceUnknown,
    refuse_payment,
)
from factory.payroll.queries.leaver import Leaving
from factory.payroll.records.leaving import FinalPayRow
from factory.people.domain import Worker
from factory.security import queries as security_queries
from factory.security import service as security
from factory.security.domain import Actor


def pay_leaver(
    session: Session,
    worker: Worker,
    paid_on: date,
    *,
    severance: Money | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Leaving:
    """Keep that everything was paid, outside the month's run; it is not changed any more.

    `severance` is what was reckoned elsewhere; it counts only where the payslips here do not tell.

    Raises:
        NotLeaving, StillHere, PaidAlready, PaidLater, DaysOpen: not now.
        SeveranceUnknown: the payslips here do not tell it, and nobody has said it.
        OwnHand: who entered her last day needs a second person or a reason.
    """
    hold(session, "leaver", worker.id)
    found = queries.leaving(session, worker, day_of(at))
    paid = found.leaver.paid
    refuse_payment(worker.name, worker.left, paid, paid_on, day_of(at))
    if found.open_days:
        raise DaysOpen(name=worker.name)
    if _entered_by(session, worker) == by.name and not reason.strip():
        raise OwnHand
    if found.severance_unknown:
        if severance is None:
            raise SeveranceUnknown
        told = queries.severance_by_hand(session, worker, severance)
        found = replace(found, severance=told)
    session.add(_row(found, paid_on, reason.strip(), by, at))
    session.flush()
    thing = f"pay {found.month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "pay_leaver", thing, at=at, reason=reason.strip())
    return queries.leaving(session, worker, day_of(at))


def _entered_by(session: Session, worker: Worker) -> str:
    told = security_queries.audit(session, f"worker {worker.number}")
    return next((entry.actor for entry in told if entry.what == "leave"), "")


def _row(found: Leaving, paid_on: date, reason: str, by: Actor, at: datetime) -> FinalPayRow:
    severance = found.severance
    return FinalPayRow(
        worker_id=found.leaver.worker.id,
        month=found.month,
        paid_on=paid_on,
        net=Money(found.slip.net),
        severance=severance.owed,
        income_tax=severance.income_tax,
        local_tax=severance.local_tax,
        explain=list(severance.explain),
        body=to_body(found.slip),
        reason=reason,
        by=by.name,
        at=at,
    )
