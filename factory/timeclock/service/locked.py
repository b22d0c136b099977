"""Punches of a closed month stay as they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.time import DAY, at, day_of
from factory.security.domain import WorkerId
from factory.timeclock import records
from factory.timeclock.domain import PunchKind, counted_on
from factory.timeclock.domain.asking import refuse_closed


def refuse_locked(session: Session, worker: WorkerId, kind: PunchKind, moment: datetime) -> None:
    """Refuse what would change a day whose pay is locked, also the end of its night."""
    until = records.locked_until(session)
    refuse_closed(day_of(moment), until)
    if until is not None and day_of(moment) == until + DAY:
        before = records.counting_punches(session, at(until, "00:00"), moment, [worker])
        refuse_closed(counted_on(kind, moment, before), until)
