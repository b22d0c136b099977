"""Look at somebody's payslip, and give payslips to the printer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.words import speaking
from factory.payroll import documents, queries
from factory.payroll.domain.run import Entry
from factory.people.domain import Worker
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security import service as security
from factory.security.domain import Actor


def look(session: Session, worker: Worker, month: date, *, by: Actor, at: datetime) -> Entry:
    """Somebody's payslip for whoever runs pay; who looked is kept for her."""
    found = queries.entry(session, worker, month)
    thing = f"payslip {month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "see_payslip", thing, at=at)
    return found


def print_slip(
    session: Session, worker: Worker, month: date, *, event_id: str, by: Actor, at: datetime
) -> int:
    """Put her payslip into the outbox, in the language she reads; erased once it is printed."""
    found = queries.entry(session, worker, month)
    with speaking(worker.language):
        slip = documents.payslip_slip(found, month)
    job = printing.enqueue(session, slip, purpose=Purpose.PAYSLIP, by=by, at=at, event_id=event_id)
    thing = f"payslip {month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "print_payslip", thing, at=at)
    return job
