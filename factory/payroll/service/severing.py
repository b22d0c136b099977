"""Give out the paper of somebody's severance: on A4, or as a slip; who looked is kept for her."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.kernel.time import day_of
from factory.kernel.words import speaking
from factory.payroll import documents, queries, records
from factory.payroll.domain.severance import NothingOwed, Statement
from factory.payroll.service.handing import legal_name
from factory.people.domain import Worker
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security import service as security
from factory.security.domain import Actor
from printers.sheet import Sheet


def severance_sheet(session: Session, worker: Worker, *, by: Actor, at: datetime) -> Sheet:
    """The paper in the language she reads, by the name she wishes."""
    found = _statement(session, worker, at)
    wished = worker.id in records.legal_names_wished(session)
    named = legal_name(session, worker, by=by, at=at) if wished else ""
    security.record(session, by, "see_severance", _thing(worker), at=at)
    with speaking(worker.language):
        sheet = documents.severance_statement(found, house=business(session).name, legal_name=named)
        return printing.stamped(sheet, by=by, at=at) if named else sheet


def print_severance(
    session: Session, worker: Worker, *, event_id: str, by: Actor, at: datetime
) -> int:
    """Put the slip of her severance into the outbox; erased once it is printed."""
    found = _statement(session, worker, at)
    with speaking(worker.language):
        slip = documents.severance_slip(found, house=business(session).name)
    job = printing.enqueue(session, slip, purpose=Purpose.PAYSLIP, by=by, at=at, event_id=event_id)
    security.record(session, by, "print_severance", _thing(worker), at=at)
    return job


def _statement(session: Session, worker: Worker, at: datetime) -> Statement:
    found = queries.leaving(session, worker, day_of(at)).statement
    if not found.severance.owed:
        raise NothingOwed
    return found


def _thing(worker: Worker) -> str:
    return f"severance of worker {worker.number}"
