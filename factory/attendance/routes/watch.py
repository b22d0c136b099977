"""The law's watch as a page: everybody's running week, whoever is nearest to the limit first."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.attendance import queries
from factory.attendance.routes.blueprint import bp
from factory.db.session import reading
from factory.kernel.time import monday_of, now, today
from factory.security.domain import Permission
from factory.web.guard import allow
from factory.web.responses import page


@bp.get("/week")
@allow(Permission.CORRECT_WORK)
def week() -> ResponseReturnValue:
    """Show what is left of everybody's week, and what its shifts to come would break."""
    with reading() as session:
        lines = queries.week(session, at=now())
    return page("attendance/week.html", lines=lines, monday=monday_of(today()))
