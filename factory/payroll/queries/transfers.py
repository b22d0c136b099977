"""Transfer files that wait to be used and deleted."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.payroll import records
from factory.payroll.domain.transfer import Made
from factory.security.domain import WorkerId


def transfers(session: Session, month: date | None = None) -> tuple[Made, ...]:
    """The files of closed months that are still kept, of one month or of all."""
    kept = (each for each in _kept(session) if each.worker is None)
    return tuple(each for each in kept if month is None or each.month == month)


def leavers_transfers(session: Session, worker_id: WorkerId | None = None) -> tuple[Made, ...]:
    """The files of people who leave that are still kept, of one person or of all."""
    kept = (each for each in _kept(session) if each.worker is not None)
    return tuple(each for each in kept if worker_id is None or each.worker == worker_id)


def _kept(session: Session) -> list[Made]:
    return [row.value() for row in records.transfers_kept(session)]
