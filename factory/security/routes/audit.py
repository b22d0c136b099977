"""Who did what, sought by person, deed, thing and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from flask import current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading
from factory.kernel.errors import NotFound
from factory.kernel.time import DAY, Period, months_later, today
from factory.kernel.words import mark
from factory.security import queries, review
from factory.security.domain import Permission
from factory.security.routes.blueprint import bp
from factory.web.forms import as_day
from factory.web.guard import allow
from factory.web.responses import page

LONG_AGO = date(2000, 1, 1)
SEALED = {
    "legal_name": mark("Legal name"),
    "birth_date": mark("Birth date"),
    "address": mark("Address"),
    "phone": mark("Telephone"),
    "bank_account": mark("Bank account"),
    "irp_account": mark("IRP account for severance"),
    "file": mark("File for the bank"),
}
"""What the vault keeps, by the name of the field."""


@bp.get("/audit")
@allow(Permission.SEE_AUDIT)
def audit() -> ResponseReturnValue:
    """Show who did what."""
    with reading() as session:
        sought = _sought(request.args, called_in(session))
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
        month=f"{today():%Y-%m}",
    )


@bp.get("/audit/month/<month>")
@allow(Permission.SEE_AUDIT)
def audit_month(month: str) -> ResponseReturnValue:
    """Show a month on one sheet, to be looked through by two people and signed."""
    first = as_day(f"{month}-01")
    if first is None or not LONG_AGO <= first <= today():
        raise NotFound("month", month)
    following = months_later(first, 1)
    days = Period(first, following - DAY)
    with reading() as session:
        found = review.review(session, days, called_in(session))
        actors = queries.actors(session)
    return page(
        "security/month.html",
        review=found,
        actors=actors,
        month=first,
        fields=SEALED,
        before=f"{months_later(first, -1):%Y-%m}",
        after=f"{following:%Y-%m}" if following <= today() else "",
    )


def called_in(session: Session) -> dict[str, str]:
    """What people call things that the audit keeps by a name that tells nothing."""
    asked = current_app.extensions["didim.called"]
    return {kept: said for each in asked for kept, said in each(session).items()}


def _sought(asked: Mapping[str, str], called: Mapping[str, str]) -> queries.Sought:
    first, last = as_day(asked.get("first", "")), as_day(asked.get("last", ""))
    days = Period(first or LONG_AGO, last or today()) if first or last else None
    return queries.Sought(
        thing=asked.get("thing", "").strip(),
        actor=_number(asked.get("actor", "")),
        what=asked.get("what", ""),
        days=days,
        called=called,
        before=_number(asked.get("before", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,15}", text, re.ASCII) else None
