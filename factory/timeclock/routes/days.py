"""What somebody forgot to punch, entered by the supervisor; a wrong punch taken back."""

from __future__ import annotations

from datetime import date

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.people import queries as people
from factory.security.domain import Permission
from factory.timeclock import queries, service
from factory.timeclock.domain import PunchKind
from factory.timeclock.forms import CorrectForm, ReasonForm
from factory.timeclock.routes.blueprint import bp
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/day/<day>/<int:number>", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def correct(day: str, number: int) -> ResponseReturnValue:
    """Enter what somebody forgot to punch."""
    on, form = _day(day), CorrectForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        punches = queries.punches(session, worker.id, on)
        flags = [flag for _, flag in queries.missing(session, worker.id, on, on, at=now())]
    if form.ok():
        with form.catching(), transaction() as session:
            kind, moment = PunchKind(form.kind.data), form.to_moment(on)
            service.correct(
                session, worker, kind, moment, form.reason.data or "", by=actor(), at=now()
            )
            told = mark("It is entered, with its reason.")
            return see_other("attendance.settle", told, day=day, number=number)
    return page(
        "timeclock/correct.html",
        form=form,
        day=on,
        worker=worker,
        punches=punches,
        flags=flags,
        back=ReasonForm(),
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


def _day(text: str) -> date:
    found = as_day(text)
    if found is None:
        raise NotFound("day", text)
    return found
