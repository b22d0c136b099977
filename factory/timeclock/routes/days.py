"""The day's list, what was forgotten, and one's own hours."""

from __future__ import annotations

from datetime import date, timedelta

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.people import queries as people
from factory.security.domain import Permission
from factory.timeclock import queries, service
from factory.timeclock.domain import PunchKind
from factory.timeclock.domain.minutes import Minutes
from factory.timeclock.forms import CorrectForm, ReasonForm
from factory.timeclock.routes.blueprint import bp
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.get("/today")
@allow(Permission.CORRECT_WORK)
def today_list() -> ResponseReturnValue:
    """Go to today's list."""
    return redirect(url_for("timeclock.day", day=today().isoformat()), code=303)


@bp.get("/day/<day>")
@allow(Permission.CORRECT_WORK)
def day(day: str) -> ResponseReturnValue:
    """Show everybody's day, what is missing first."""
    on, moment, step = _day(day), now(), timedelta(days=1)
    with reading() as session:
        found = queries.day(session, on)
    lines = sorted(found, key=lambda line: line.urgency(moment))
    total = sum((line.counted.minutes for line in lines), Minutes())
    return page(
        "timeclock/day.html",
        day=on,
        before=on - step,
        after=on + step,
        lines=lines,
        total=total,
        moment=moment,
    )


@bp.route("/day/<day>/<int:number>", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def correct(day: str, number: int) -> ResponseReturnValue:
    """Enter what somebody forgot to punch."""
    on, form = _day(day), CorrectForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        lines = [line for line in queries.day(session, on) if line.worker.id == worker.id]
    if form.ok():
        with form.catching(), transaction() as session:
            kind, moment = PunchKind(form.kind.data), form.to_moment(on)
            service.correct(
                session, worker, kind, moment, form.reason.data or "", by=actor(), at=now()
            )
            return see_other("timeclock.day", mark("It is entered, with its reason."), day=day)
    return page(
        "timeclock/correct.html", form=form, day=on, worker=worker, lines=lines, back=ReasonForm()
    )


@bp.post("/day/<day>/<int:number>/<int:punch>/take-back")
@allow(Permission.CORRECT_WORK)
def take_back(day: str, number: int, punch: int) -> ResponseReturnValue:
    """Let a wrong punch count no more."""
    form = ReasonForm.sent()
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        reason = form.reason.data or ""
        service.take_back(session, worker, punch, reason, by=actor(), at=now())
    told = mark("It counts no more; it stays recorded.")
    return see_other("timeclock.correct", told, day=day, number=number)


@bp.get("/mine")
@allow(Permission.LOOK_AROUND)
def mine() -> ResponseReturnValue:
    """Show her own hours of this month; at a shared screen only after her PIN."""
    me = actor()
    if me.worker is None or not me.with_pin:
        return redirect(url_for("security.pin", next=url_for("timeclock.mine")), code=303)
    first, last = today().replace(day=1), today()
    with reading() as session:
        sheet = queries.timesheet(session, me.worker, first, last)
        flags = queries.missing(session, me.worker, first, last, at=now())
    return page("timeclock/mine.html", sheet=sheet, flags=flags, first=first)


def _day(text: str) -> date:
    found = as_day(text)
    if found is None:
        raise NotFound("day", text)
    return found
