"""What the pages of days are shown with."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from factory.attendance import service
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.slack import Slack
from factory.kernel.time import DAY, now, today
from tests.attendance.days import CEDAR, LONG, PLAIN, come
from tests.people.build import make_worker


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A day on which Elm stayed longer, a schedule, a day of rest, a month counted."""
    elm, yesterday = make_worker(session, "Elm"), today() - DAY
    come(session, elm, *LONG, day=yesterday)
    early = Planned("08:00", "17:00", (("12:00", "13:00"),))
    service.set_pattern(session, "early", early, date(2026, 11, 1), by=CEDAR, at=now())
    service.close_for_us(session, [today() + DAY], Slack.NO_CLOTH, by=CEDAR, at=now())
    come(session, elm, *PLAIN, day=date(2026, 10, 12))
    service.count_month(session, date(2026, 10, 1), by=CEDAR, at=now())
    where = {"day": yesterday.isoformat(), "number": elm.number}
    month = {"month": f"{yesterday:%Y-%m}"}
    sheet = month | {"number": elm.number}
    return {
        "attendance.day": {"day": yesterday.isoformat()},
        "attendance.headcount": {"month": "2026-10"},
        "attendance.hours_of": month,
        "attendance.settle": where,
        "attendance.plan": where,
        "attendance.claim": {"day": yesterday.isoformat()},
        "attendance.month": month,
        "attendance.hours_paper": month,
        "attendance.hours_table": month,
        "attendance.sheet": sheet,
        "attendance.sheet_paper": sheet,
        "attendance.sheet_table": sheet,
    }
