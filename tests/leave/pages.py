"""What the pages of leave are shown with."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.leave import service
from factory.leave.domain import HouseRule, LeaveKind, Part
from factory.leave.domain.swaps import Swap
from factory.security.domain import SYSTEM
from tests.leave.build import ask, grant, make_house, make_wish

CHRISTMAS = date(2026, 12, 25)


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A house of five in which Oak asks for some days, and Christmas is swapped."""
    oak = make_house(session, "Oak")
    swap = Swap(CHRISTMAS, date(2026, 12, 28), "Hazel", date(2026, 11, 20))
    service.swap_holiday(session, swap, by=SYSTEM, at=now())
    rule = HouseRule(LeaveKind.FAMILY_EVENT, "wedding", 5, paid=True)
    service.set_house_rule(session, rule, by=SYSTEM, at=now())
    grant(session, oak, make_wish(date(2026, 12, 14), part=Part.FIRST_HALF))
    number = ask(session, oak).id
    return {
        "leave.answer": {"number": number},
        "leave.team": {"month": "2026-12"},
        "leave.person": {"number": oak.number},
        "leave.ask_for": {"number": oak.number},
    }
