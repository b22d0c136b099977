"""What the till's pages are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import now, today
from factory.security.domain import SYSTEM
from factory.till import service
from tests.till.build import FLOAT, make_coat, make_count, make_till, sold


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A day that ended, and one with a sale whose till is open."""
    make_till(session)
    service.close_day(session, make_count(FLOAT), by=SYSTEM, at=now())
    make_till(session)
    code = sold(session, make_coat(session)).code
    return {
        "till.money": {"way": "out"},
        "till.give_back": {"code": code},
        "till.receipt": {"code": code},
        "till.sale": {"code": code},
        "till.sales": {"day": today().isoformat()},
        "till.ended": {"number": 1},
        "till.past": {"number": 1},
    }
