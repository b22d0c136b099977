"""What the house says of itself at the door: when everybody goes to eat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock.domain.door import Walls, checked_breaks
from factory.timeclock.records import HouseBreaksRow


def set_house_breaks(session: Session, breaks: Walls, *, by: Actor, at: datetime) -> None:
    """Say when the house has its long breaks: whoever is in and scans then goes to eat."""
    kept = " ".join(f"{start}-{end}" for start, end in checked_breaks(breaks))
    session.add(HouseBreaksRow(breaks=kept, by=by.name, at=at))
    session.flush()
    security.record(session, by, "set_house_breaks", "house", at=at, after=kept)
