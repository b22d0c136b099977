"""The clock at the door: a badge, or a number and a PIN, is answered at once."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark, say, show_time, speaking
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security import kiosk as security_kiosk
from factory.security.domain import Permission
from factory.timeclock import queries, service
from factory.timeclock.domain import PunchKind, next_kinds
from factory.timeclock.forms import BadgeForm
from factory.timeclock.routes.blueprint import bp
from factory.web.guard import kiosk
from factory.web.responses import from_queue, green, page, queued

GREETINGS = {
    PunchKind.IN: mark("Good morning, {name}. In since {at}."),
    PunchKind.OUT: mark("Well done, {name}. Out at {at}."),
    PunchKind.BREAK_START: mark("Rest well, {name}. Break since {at}."),
    PunchKind.BREAK_END: mark("Welcome back, {name}. Break until {at}."),
}
TAKEN = mark("Taken.")


@bp.route("/", methods=["GET", "POST"])
@kiosk(Permission.CLOCK)
def clock() -> ResponseReturnValue:
    """Take a badge; who is in is asked one question."""
    form = BadgeForm.sent()
    if form.ok():
        with form.catching():
            kinds, worker = _kinds(form)
            security_kiosk.step_back()
            if len(kinds) > 1:
                with speaking(worker.language):
                    return page("timeclock/choose.html", form=form, worker=worker, kinds=kinds)
            with transaction() as session:
                done = service.punch(
                    session,
                    form.code.data or "",
                    kinds[0],
                    at=form.to_moment(now()),
                    event_id=form.to_event_id(),
                    received=now(),
                )
            return _answer(worker, done)
    return page("timeclock/clock.html", form=form)


def _kinds(form: BadgeForm) -> tuple[tuple[PunchKind, ...], Worker]:
    with reading() as session:
        worker = people_service.worker_with_badge(session, form.code.data or "")
        chosen = form.to_kind()
        kinds = (chosen,) if chosen else next_kinds(queries.last_kind(session, worker.id))
    return kinds, worker


def _answer(worker: Worker, done: service.Kept) -> ResponseReturnValue:
    if from_queue():
        return queued("duplicate" if done.again else "recorded", say(TAKEN))
    with speaking(worker.language):
        at = show_time(done.punch.at)
        told = say(GREETINGS[done.punch.kind], name=worker.name, at=at)
        return green("timeclock/clocked.html", told=told)
