"""Keep whom the workers elected to speak for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.time import day_of
from factory.payroll import records
from factory.payroll.domain.approval import ElectedBeforeHired, ElectedLater, WorksHereNoMore
from factory.payroll.records import RepresentativeRow
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor, WorkerId


def enter_representative(
    session: Session, worker: Worker, elected_on: date, *, by: Actor, at: datetime
) -> None:
    """Keep that somebody was elected; whoever was before is it no more."""
    if elected_on > day_of(at):
        raise ElectedLater
    if elected_on < worker.hired:
        raise ElectedBeforeHired(name=worker.name, hired=worker.hired)
    if worker.left is not None:
        raise WorksHereNoMore(name=worker.name)
    _append(session, worker.id, elected_on, holds=True, by=by, at=at)
    thing = f"worker {worker.number}"
    security.record(session, by, "enter_representative", thing, at=at, after=elected_on.isoformat())


def end_representative(session: Session, *, by: Actor, at: datetime) -> None:
    """Keep that nobody is elected any more."""
    row = records.elected(session)
    if row is not None and row.holds:
        _append(session, row.worker_id, row.elected_on, holds=False, by=by, at=at)
        number = people.worker(session, WorkerId(row.worker_id)).number
        security.record(session, by, "end_representative", f"worker {number}", at=at)


def _append(
    session: Session, worker_id: int, elected_on: date, *, holds: bool, by: Actor, at: datetime
) -> None:
    session.add(
        RepresentativeRow(
            worker_id=worker_id, elected_on=elected_on, holds=holds, at=at, by=by.name
        )
    )
    session.flush()
