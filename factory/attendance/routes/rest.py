"""Days on which the factory rests, and days somebody asked for: the supervisor has to choose."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.plan import PlanKind
from factory.attendance.domain.slack import Slack, WhoseDay
from factory.attendance.forms import RestForm
from factory.attendance.routes.blueprint import bp
from factory.attendance.routes.days import as_day_or_404
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import DAY, now, today
from factory.kernel.words import mark
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

AROUND = 60
"""Days before and after today of which those of rest are listed."""
TOLD = {
    WhoseDay.OURS: mark("The factory rests: {count} days are kept. Nobody is absent on them."),
    WhoseDay.HERS: mark("Kept as asked for: {count} days."),
}
TAKEN_BACK = mark("{day} is a usual day again for {count}.")


@bp.route("/of-rest", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def rest() -> ResponseReturnValue:
    """Show days of rest; keep some, with whose wish they are."""
    form, here = RestForm.sent(), today()
    with reading() as session:
        form.offer(people.workers(session, here))
        found = queries.days_of_rest(session, here - AROUND * DAY, here + AROUND * DAY)
    if form.ok():
        with form.catching():
            whose = form.to_whose()
            with transaction() as session:
                count = _keep(session, form, whose)
            return see_other("attendance.rest", TOLD[whose], values={"count": count})
    return page("attendance/rest.html", form=form, found=found)


@bp.post("/of-rest/<day>/<kind>/back")
@allow(Permission.CORRECT_WORK)
def rest_back(day: str, kind: str) -> ResponseReturnValue:
    """Let a day of rest be a usual one again."""
    on = as_day_or_404(day)
    if kind not in set(PlanKind):
        raise NotFound("day", kind)
    with transaction() as session:
        count = service.work_after_all(session, on, PlanKind(kind), by=actor(), at=now())
    return see_other("attendance.rest", TAKEN_BACK, values={"count": count, "day": on})


def _keep(session: Session, form: RestForm, whose: WhoseDay) -> int:
    days, chosen = form.to_days(), set(form.workers.data or ())
    workers = [each for each in people.workers(session) if each.number in chosen]
    if whose is WhoseDay.HERS:
        why = form.reason.data or ""
        return service.ask_off(session, days, workers, why, by=actor(), at=now())
    slack = Slack(form.why.data)
    return service.close_for_us(session, days, slack, workers or None, by=actor(), at=now())
