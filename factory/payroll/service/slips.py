"""Look at somebody's payslip, give payslips to the printer, and keep how they were got."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.kernel.errors import NotFound
from factory.kernel.words import speaking
from factory.payroll import documents, queries, records
from factory.payroll.domain.handed import Way
from factory.payroll.domain.run import Entry
from factory.payroll.records import HandedRow
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
        slip = documents.payslip_slip(found, month, house=business(session).name)
    job = printing.enqueue(session, slip, purpose=Purpose.PAYSLIP, by=by, at=at, event_id=event_id)
    hand_over(session, worker, month, Way.PRINTED, by=by, at=at)
    thing = f"payslip {month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "print_payslip", thing, at=at)
    return job


def hand_over(
    session: Session, worker: Worker, month: date, way: Way, *, by: Actor, at: datetime
) -> None:
    """Keep when she first got her payslip in this way; a draft is handed to nobody."""
    if not _is_paid(session, worker, month):
        return
    if records.was_handed(session, month, worker.id, way):
        return
    session.add(HandedRow(month=month, worker_id=worker.id, way=way, at=at, by=by.name))
    session.flush()


def give(session: Session, worker: Worker, month: date, *, by: Actor, at: datetime) -> None:
    """Keep that she was given her payslip on paper; `NotFound` where she has none to give."""
    if not _is_paid(session, worker, month):
        raise NotFound("payslip", f"{month:%Y-%m}")
    hand_over(session, worker, month, Way.PAPER, by=by, at=at)


def _is_paid(session: Session, worker: Worker, month: date) -> bool:
    """Approved with its month, or paid to whoever left before that."""
    early = records.paid_early(session, month)
    return worker.id in early or records.find_slip(session, month, worker.id) is not None
