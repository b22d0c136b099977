"""Who has her payslip of a month, how she got it, and who has not read it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.payroll import records
from factory.payroll.domain.handed import Delivery, Way
from factory.people import queries as people
from factory.people.domain import Worker


def deliveries(session: Session, month: date) -> tuple[Delivery, ...]:
    """Everybody with an approved payslip of a month, by number."""
    ways, those = records.handed(session, month), records.paid_in(session, month)
    return tuple(
        Delivery(worker, ways.get(worker.id, ()))
        for worker in people.workers(session)
        if worker.id in those
    )


def is_read(session: Session, worker: Worker, month: date) -> bool:
    """Whether she has read her payslip of a month on her own page."""
    return records.was_handed(session, month, worker.id, Way.READ)


def wish_of(session: Session, worker: Worker) -> bool:
    """Whether she asked for her legal name on her payslips."""
    return worker.id in records.legal_names_wished(session)
