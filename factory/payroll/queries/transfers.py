"""Transfer files that wait to be used and deleted."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.payroll import records
from factory.payroll.domain.transfer import Made


def transfers(session: Session, month: date | None = None) -> tuple[Made, ...]:
    """The files that are still kept, of one month or of all."""
    kept = (row.value() for row in records.transfers_kept(session))
    return tuple(each for each in kept if month is None or each.month == month)
