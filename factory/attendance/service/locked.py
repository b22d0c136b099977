"""Days of a closed month stay as they are."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.timeclock import queries as timeclock
from factory.timeclock.domain.asking import refuse_closed


def refuse_locked(session: Session, day: date) -> None:
    """Refuse what would change a day whose pay is locked."""
    refuse_closed(day, timeclock.locked_until(session))
