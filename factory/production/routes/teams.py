"""Line team and piece team side by side, and entries that terms of a later day changed."""

from __future__ import annotations

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import reading, transaction
from factory.kernel.time import DAY, months_later, now, today
from factory.kernel.words import mark
from factory.orders import queries as orders
from factory.people import queries as people
from factory.people.domain import Worker
from factory.production import queries, service
from factory.production.forms import AnewForm
from factory.production.queries import Otherwise
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.get("/teams/<number>")
@allow(Permission.SEE_REPORTS)
def teams(number: str) -> ResponseReturnValue:
    """What each team did for every line of an order."""
    with reading() as session:
        order = orders.order(session, number)
        styles = {line.style: catalogue.style(session, line.style) for line in order.lines}
        shares = queries.teams(session, number)
    return page("production/teams.html", order=order, styles=styles, shares=shares)


@bp.route("/teams/anew/<int:number>", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def enter_anew(number: int) -> ResponseReturnValue:
    """Show her pieces that terms of a later day changed, and enter them anew."""
    first, last = _month(request.values.get("month", ""))
    form: AnewForm = AnewForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        found = _hers(session, worker, first, last)
    if form.ok():
        with form.catching(), transaction() as session:
            why = form.reason.data or ""
            service.enter_anew(session, worker.id, first, last, why, by=actor(), at=now())
            return see_other(
                "production.enter_anew", mark("It is entered anew."), number=number, month=first
            )
    values = {"worker": worker, "lines": found, "form": form, "month": first}
    return page("production/enter_anew.html", **values)


def _month(asked: str) -> tuple[date, date]:
    first = (as_day(asked) or as_day(f"{asked}-01") or today()).replace(day=1)
    return first, months_later(first, 1) - DAY


def _hers(session: Session, worker: Worker, first: date, last: date) -> tuple[Otherwise, ...]:
    found = queries.entered_otherwise(session, first, last)
    return tuple(each for each in found if each.worker == worker.id)
