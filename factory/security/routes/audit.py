"""Who did what, sought by person, deed, thing and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import Period, today
from factory.security import queries
from factory.security.domain import Permission
from factory.security.routes.blueprint import bp
from factory.web.forms import as_day
from factory.web.guard import allow
from factory.web.responses import page

LONG_AGO = date(2000, 1, 1)


@bp.get("/audit")
@allow(Permission.SEE_AUDIT)
def audit() -> ResponseReturnValue:
    """Show who did what."""
    sought = _sought(request.args)
    with reading() as session:
        found = queries.audit(session, sought)
        actors, deeds = queries.actors(session), queries.deeds(session)
    further = found[-1].id if len(found) == queries.PAGE else None
    return page(
        "security/audit.html",
        entries=found,
        sought=sought,
        actors=actors,
        deeds=deeds,
        further=further,
    )


def _sought(asked: Mapping[str, str]) -> queries.Sought:
    first, last = as_day(asked.get("first", "")), as_day(asked.get("last", ""))
    days = Period(first or LONG_AGO, last or today()) if first or last else None
    before = asked.get("before", "")
    return queries.Sought(
        thing=asked.get("thing", "").strip(),
        actor=asked.get("actor", ""),
        what=asked.get("what", ""),
        days=days,
        before=int(before) if re.fullmatch("[0-9]{1,15}", before, re.ASCII) else None,
    )
