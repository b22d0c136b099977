"""Pages of the head count with its working."""

from __future__ import annotations

from datetime import date

from flask.typing import ResponseReturnValue

from factory.attendance import queries, service
from factory.attendance.routes.blueprint import bp
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import months_later, now, today
from factory.kernel.words import mark
from factory.law.book import FIRST_DAY
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

SHOWN = 12
"""So many months are offered to be counted."""


@bp.get("/headcount")
@allow(Permission.RUN_PAYROLL)
def headcounts() -> ResponseReturnValue:
    """List the months that are over, counted or not."""
    with reading() as session:
        found = {each.count.month: each for each in queries.headcounts(session)}
        hired = min((worker.hired for worker in people.workers(session)), default=today())
    return page("attendance/headcounts.html", months=_months(hired), found=found)


@bp.get("/headcount/<month>")
@allow(Permission.RUN_PAYROLL)
def headcount(month: str) -> ResponseReturnValue:
    """Show the working of a month's count."""
    with reading() as session:
        found = queries.headcount(session, _month(month))
    if found is None:
        raise NotFound("head count", month)
    return page("attendance/headcount.html", found=found, count=found.count)


@bp.post("/headcount/<month>")
@allow(Permission.RUN_PAYROLL)
def count_month(month: str) -> ResponseReturnValue:
    """Count a month."""
    with transaction() as session:
        service.count_month(session, _month(month), by=actor(), at=now())
    return see_other("attendance.headcount", mark("The month is counted."), month=month)


def _months(hired: date) -> list[date]:
    """Months that are over and in which somebody was employed, the newest first."""
    this, first = today().replace(day=1), max(hired.replace(day=1), FIRST_DAY)
    months = (months_later(this, -back) for back in range(1, SHOWN + 1))
    return [month for month in months if month >= first]


def _month(text: str) -> date:
    month = as_day(f"{text}-01")
    if month is None or month < FIRST_DAY:
        raise NotFound("month", text)
    return month
