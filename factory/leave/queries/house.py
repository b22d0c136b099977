"""What holds for all: swapped public holidays, and what the house gives."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.leave import records
from factory.leave.domain import HouseRule
from factory.leave.domain.swaps import Swap


def swaps(session: Session) -> tuple[Swap, ...]:
    """The swapped public holidays that hold, in order of the holidays."""
    return records.swaps(session)


def house_rules(session: Session) -> tuple[HouseRule, ...]:
    """What the house gives beside the law."""
    return records.house_rules(session)
