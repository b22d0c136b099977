"""The day to settle: everybody's list, one worker's presence, the close of the day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.approved import State
from factory.attendance.domain.watch import Concern, once
from factory.attendance.forms import DecideForm, WhyForm
from factory.attendance.queries import WeekLine
from factory.attendance.routes.blueprint import bp
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import DAY, Interval, now, today
from factory.kernel.words import mark, say, show_short_day
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import Permission, WorkerId
from factory.timeclock import queries as timeclock
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import lead_on, page, see_other
from factory.web.tiles import Reminder, Waiting

Watched = dict[WorkerId, tuple[Concern, ...]]


@bp.get("/")
@allow(Permission.CORRECT_WORK)
def days() -> ResponseReturnValue:
    """Go to the first day that is still open, or to today."""
    with reading() as session:
        on = queries.first_open_day(session, at=now())
    return lead_on("attendance.day", day=on.isoformat())


@bp.get("/today")
@allow(Permission.CORRECT_WORK)
def today_list() -> ResponseReturnValue:
    """Go to today: who is in, who is not."""
    return lead_on("attendance.day", day=today().isoformat())


@bp.get("/<day>")
@allow(Permission.CORRECT_WORK)
def day(day: str) -> ResponseReturnValue:
    """Show everybody's day, what is to be settled first."""
    return _list(as_day_or_404(day), WhyForm())


def _list(on: date, form: WhyForm) -> ResponseReturnValue:
    moment = now()
    with reading() as session:
        found = queries.day(session, on, at=moment)
        near, watched = _watched(session, on)
    lines = [line for line in found if not line.is_blank]
    told = [line for line in lines if on <= today() and not line.is_to_come(moment)]
    ready = [line for line in told if line.is_ready(moment)]
    return page(
        "attendance/day.html",
        form=form,
        day=on,
        before=on - DAY,
        after=on + DAY,
        lines=lines,
        told={line.worker.id for line in told},
        count=Counter(line.state for line in told),
        ready=len(ready),
        missed=sum(1 for line in ready if line.is_missed and line.state is State.READY),
        rest=[line for line in lines if line.sheet.unsettled],
        states=State,
        near=near,
        watched=watched,
    )


def _watched(session: Session, on: date) -> tuple[tuple[WeekLine, ...], Watched]:
    """Who has little left of the running week, and what the shifts of a day to come would break."""
    near = queries.near(queries.week(session, at=now())) if on == today() else ()
    return near, queries.concerns_on(session, on, at=now()) if on >= today() else {}


@bp.post("/<day>/close")
@allow(Permission.CORRECT_WORK)
def close(day: str) -> ResponseReturnValue:
    """Close the day of everybody who is ready."""
    on, form = as_day_or_404(day), WhyForm.sent()
    if form.was_sent:
        with form.catching(), transaction() as session:
            done = service.close_day(session, on, by=actor(), at=now())
            told = TOLD_WAITING if done.waiting else mark("Closed for {count}.")
            counts: dict[str, object] = {"count": len(done.days), "waiting": len(done.waiting)}
            return see_other("attendance.day", told, values=counts, day=day)
    return _list(on, form)


TOLD_WAITING = mark("Closed for {count}. {waiting} still wait.")


@bp.post("/<day>/rest")
@allow(Permission.CORRECT_WORK)
def settle_rest(day: str) -> ResponseReturnValue:
    """Call all minutes of a day that nobody spoke for presence, with one reason."""
    on, form = as_day_or_404(day), WhyForm.sent()
    if form.ok():
        with form.catching():
            with transaction() as session:
                count = service.settle_rest(
                    session, on, form.reason.data or "", by=actor(), at=now()
                )
            told = mark("Kept for {count}, with the reason. They can read it.")
            return see_other("attendance.day", told, values={"count": count}, day=day)
    return _list(on, form)


@bp.route("/<day>/<int:number>", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def settle(day: str, number: int) -> ResponseReturnValue:
    """Show one worker's day with its evidence; say what her presence was."""
    on, form = as_day_or_404(day), DecideForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        line = queries.line(session, worker, on, at=now())
        punches = timeclock.punches(session, worker.id, on)
    form.offer(line)
    if form.ok():
        with form.catching():
            spans = form.to_spans(on)
            if form.heeds(_to_come(worker, spans) if form.is_work else (), worker.name):
                _decide(worker, spans, form)
                return see_other("attendance.settle", mark("It is kept."), day=day, number=number)
    return page(
        "attendance/settle.html",
        form=form,
        day=on,
        line=line,
        punches=punches,
        ahead=on >= today(),
        to_come=on > today() or line.is_to_come(now()),
    )


def _to_come(worker: Worker, spans: tuple[Interval, ...]) -> tuple[Concern, ...]:
    """What the law's watch has to tell of work that is not over yet."""
    with reading() as session:
        found = (
            each
            for span in spans
            if span.end > now()
            for each in queries.more_would_break(session, worker, span, at=now())
        )
        return once(found)


def _decide(worker: Worker, spans: tuple[Interval, ...], form: DecideForm) -> None:
    with transaction() as session:
        for span in spans:
            service.decide(
                session, worker, span, form.why, worked=form.is_work, by=actor(), at=now()
            )


@bp.post("/<day>/<int:number>/reopen")
@allow(Permission.CORRECT_WORK)
def reopen(day: str, number: int) -> ResponseReturnValue:
    """Open somebody's approved day again."""
    on, form = as_day_or_404(day), WhyForm.sent()
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        service.reopen(session, worker, on, form.reason.data or "", by=actor(), at=now())
    told = mark("The day is open again. What was approved stays recorded.")
    return see_other("attendance.settle", told, day=day, number=number)


def as_day_or_404(text: str) -> date:
    """The day of an address, or `NotFound`."""
    found = as_day(text)
    if found is None:
        raise NotFound("day", text)
    return found


def _waiting(session: Session) -> Waiting | None:
    first = queries.first_unclosed(session, at=now())
    if first is None:
        return None
    return say("Not closed yet: {day}", day=show_short_day(first)), {}


REMINDERS = (Reminder("attendance.days", Permission.CORRECT_WORK, _waiting),)
