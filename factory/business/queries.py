"""Ask who the business is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.business import records
from factory.business.domain import Business


def business(session: Session) -> Business:
    """The business as papers name it; empty where nobody has entered it."""
    return records.find(session)
