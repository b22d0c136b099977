"""Somebody who leaves, with the payslips she has."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.payroll import service
from factory.payroll.domain.severance import Goes
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import Worker
from tests.payroll.build import WILLOW, work
from tests.payroll.closed import close_month, slip_of
from tests.people.build import make_terms, make_worker

LEFT = date(2026, 11, 20)
LONG_AGO = date(2024, 3, 2)


def leave(session: Session, worker: Worker, left: date = LEFT) -> Worker:
    people_service.leave(session, worker, left, by=WILLOW, at=now())
    return people.worker(session, worker.id)


def make_leaver(
    session: Session,
    *months: date,
    hired: date = LONG_AGO,
    goes: Goes | None = Goes.AGE,
    **terms: Any,
) -> Worker:
    """Pine, who has payslips of these months and leaves; severance goes to her bank account."""
    pine = make_worker(session, hired=hired, terms=make_terms(since=hired, **terms))
    for month in months:
        close_month(session, {pine: slip_of(2_400_000)}, month)
    work(session, pine, date(2026, 11, 2), LEFT)
    pine = leave(session, pine)
    if goes is not None:
        service.say_where(session, pine, goes, by=WILLOW, at=now())
    return pine
