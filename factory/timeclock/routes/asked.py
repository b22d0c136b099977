"""What needs a supervisor's eyes at the clock, and how somebody asks for what she forgot."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.people import queries as people
from factory.security import waiting
from factory.security.domain import Permission
from factory.timeclock import queries, service
from factory.timeclock.domain import PunchKind
from factory.timeclock.forms import AskForm, ReasonForm
from factory.timeclock.routes.blueprint import bp
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, page, see_other
from factory.web.tiles import Reminder, Waiting

LATELY = timedelta(days=1)
SHOWN = 30


@bp.get("/asked")
@allow(Permission.CORRECT_WORK)
def asked() -> ResponseReturnValue:
    """Show what waits for an answer, and what could not be taken by itself."""
    with reading() as session:
        lines = queries.asked(session, open_only=False)
        return page(
            "timeclock/asked.html",
            waiting=[line for line in reversed(lines) if line.asked.answer is None],
            answered=[line for line in lines if line.asked.answer][:SHOWN],
            late=queries.late_punches(session),
            far=queries.far_punches(session),
            refused=waiting.refused(session),
            everybody={worker.id: worker for worker in people.workers(session)},
            kinds={kind.value: kind for kind in PunchKind},
            clocks=queries.wrong_clocks(session, now() - LATELY),
        )


@bp.post("/asked/<int:number>/approve")
@allow(Permission.CORRECT_WORK)
def approve(number: int) -> ResponseReturnValue:
    """Enter what was asked for."""
    with transaction() as session:
        service.approve_correction(session, number, by=actor(), at=now())
    return see_other("timeclock.asked", mark("It is entered, with its reason."))


@bp.post("/asked/<int:number>/refuse")
@allow(Permission.CORRECT_WORK)
def refuse(number: int) -> ResponseReturnValue:
    """Say no, and why; she can read it."""
    form = ReasonForm.sent()
    with transaction() as session:
        reason = form.reason.data or ""
        service.refuse_correction(session, number, reason, by=actor(), at=now())
    return see_other("timeclock.asked", mark("She can read the answer and its reason."))


@bp.post("/late/<int:punch>/seen")
@allow(Permission.CORRECT_WORK)
def late_seen(punch: int) -> ResponseReturnValue:
    """Take a punch of a closed day, or of a spoilt clock, off the list."""
    with transaction() as session:
        service.note_seen(session, punch, by=actor(), at=now())
    return see_other("timeclock.asked", mark("It is off the list; it stays recorded."))


@bp.post("/refused/<entry>/seen")
@allow(Permission.CORRECT_WORK)
def refused_seen(entry: str) -> ResponseReturnValue:
    """Take an entry that could not be taken off the list."""
    with transaction() as session:
        waiting.note_seen(session, entry, by=actor(), at=now())
    return see_other("timeclock.asked", mark("It is off the list; it stays recorded."))


def waits_for_eyes(session: Session) -> Waiting | None:
    """How much of the clock waits for a supervisor."""
    asks, late = queries.asked(session, open_only=True), queries.late_punches(session)
    far = queries.far_punches(session)
    count = len(asks) + len(late) + len(far) + len(waiting.refused(session))
    return (say(TO_LOOK_AT, count=count), {}) if count else None


TO_LOOK_AT = mark("Entries that somebody has to look at: {count}")
REMINDERS = (Reminder("timeclock.asked", Permission.CORRECT_WORK, waits_for_eyes),)


@bp.route("/ask", methods=["GET", "POST"])
@allow(Permission.LOOK_AROUND)
def ask() -> ResponseReturnValue:
    """Ask for a punch of her own that she forgot; at a shared screen only after her PIN."""
    me, form = actor(), AskForm.sent(data=_missing())
    if me.worker is None or not me.with_pin:
        return ask_pin("timeclock.ask")
    if form.ok():
        with form.catching(), transaction() as session:
            worker, kind = people.worker(session, me.worker), PunchKind(form.kind.data)
            reason, moment = form.reason.data or "", form.to_moment()
            service.ask_correction(session, worker, kind, moment, reason, by=me, at=now())
            return see_other("timeclock.ask", mark("The supervisor will look at it."))
    with reading() as session:
        mine = queries.asked_by(session, me.worker)
    return page("timeclock/ask.html", form=form, mine=mine[:SHOWN])


def _missing() -> dict[str, object]:
    """What the page that led here says is missing; otherwise going home, today."""
    kind = request.args.get("kind", "")
    return {
        "day": as_day(request.args.get("day", "")) or today(),
        "kind": kind if kind in list(PunchKind) else PunchKind.OUT.value,
    }
