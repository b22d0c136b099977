"""What waits for an answer, and the team's month: who is away, never why."""

from __future__ import annotations

from datetime import date

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import months_later, now, today
from factory.kernel.words import mark, say
from factory.leave import queries, service
from factory.leave.forms import AnswerForm
from factory.leave.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import lead_on, page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.get("/requests")
@allow(Permission.CORRECT_WORK)
def requests() -> ResponseReturnValue:
    """List the requests that wait, and those that are still to come."""
    with reading() as session:
        found = queries.requests(session, open_only=False, since=today())
        office = actor().may(Permission.RUN_PAYROLL)
        fixed = queries.hers_alone(session, since=today()) if office else frozenset()
    waiting = [each for each in found if each.is_open]
    coming = sorted((each for each in found if each.is_granted), key=lambda each: each.first)
    return page(
        "leave/requests.html",
        waiting=waiting,
        coming=coming,
        today=today(),
        office=office,
        fixed=fixed,
    )


@bp.route("/requests/<int:number>", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def answer(number: int) -> ResponseReturnValue:
    """Answer a request, or take back what was granted."""
    office = actor().may(Permission.RUN_PAYROLL)
    form = AnswerForm.offering(office=office)
    with reading() as session:
        found = queries.asked(session, number)
    if form.ok():
        with form.catching(), transaction() as session:
            given, reason = form.to_answer(), form.reason.data or "" if office else ""
            service.answer(session, number, given, reason, by=actor(), at=now())
            return see_other("leave.requests", mark("The answer is kept. She sees it."))
    return page("leave/answer.html", form=form, asked=found, office=office)


@bp.get("/team")
@allow(Permission.CORRECT_WORK)
def team_now() -> ResponseReturnValue:
    """Go to this month of the team."""
    return lead_on("leave.team", month=f"{today():%Y-%m}")


@bp.get("/team/<month>")
@allow(Permission.CORRECT_WORK)
def team(month: str) -> ResponseReturnValue:
    """Show who is away in a month, never why."""
    first = _month(month)
    with reading() as session:
        found = queries.team_month(session, first)
    return page(
        "leave/team.html",
        found=found,
        first=first,
        before=f"{months_later(first, -1):%Y-%m}",
        after=f"{months_later(first, 1):%Y-%m}",
        today=today(),
    )


def _month(text: str) -> date:
    found = as_day(f"{text}-01")
    if found is None:
        raise NotFound("month", text)
    return found


def _waiting(session: Session) -> Waiting | None:
    found = queries.unanswered(session)
    return (say("Leave that waits for an answer: {count}", count=found), {}) if found else None


REMINDERS = (Reminder("leave.requests", Permission.CORRECT_WORK, _waiting),)
