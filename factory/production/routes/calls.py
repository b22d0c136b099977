"""Help: three buttons at every station, a list on the supervisor's tablet."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say, show
from factory.production import queries, service
from factory.production.domain.help import Trouble
from factory.production.domain.holds import HoldKind
from factory.production.forms import StationForm
from factory.production.forms.held import HelpForm
from factory.production.queries import help as asked
from factory.production.routes.blueprint import bp
from factory.production.routes.station import here, stands_at
from factory.security.domain import Permission
from factory.web.guard import actor, allow, kiosk
from factory.web.responses import green, page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.route("/station/help", methods=["GET", "POST"])
@kiosk(Permission.LOG_PIECES)
def help_call() -> ResponseReturnValue:
    """Call the supervisor with one tap."""
    form = HelpForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            place, event = stands_at(), form.to_event_id()
            service.call_help(
                session, form.to_trouble(), place, by=actor(), at=now(), event_id=event
            )
            return redirect(url_for("production.help_called"), code=303)
    with reading() as session:
        waiting = asked.open_at(session, stands_at(), at=now())
    return page("production/help.html", form=form, troubles=Trouble, waiting=waiting)


@bp.post("/station/<code>/needle")
@kiosk(Permission.LOG_PIECES)
def needle_broke(code: str) -> ResponseReturnValue:
    """A needle broke at this bundle: it stays where it is, and the supervisor knows."""
    form, place = StationForm.sent(), stands_at()
    with transaction() as session:
        where = show(place) if place else ""
        new = service.NewHold(bundle=code, kind=HoldKind.NEEDLE, party=where, worker=actor().worker)
        service.stop(session, new, by=actor(), at=now(), event_id=form.to_event_id())
    return redirect(url_for("production.needle_kept"), code=303)


@bp.get("/station/needle")
@kiosk(Permission.LOG_PIECES)
def needle_kept() -> ResponseReturnValue:
    """Say what to do now."""
    return _called(say("The bundle stays here. Please look for every piece of the needle."))


@bp.get("/station/help/called")
@kiosk(Permission.LOG_PIECES)
def help_called() -> ResponseReturnValue:
    """Say that the supervisor knows."""
    return _called(say("The supervisor was called."))


def _called(told: str) -> ResponseReturnValue:
    back = url_for("production.station")
    return green("production/called.html", desk=here(), told=told, back=back)


@bp.post("/station/help/<int:number>/settled")
@kiosk(Permission.LOG_PIECES)
def help_settled_here(number: int) -> ResponseReturnValue:
    """Note at the station itself that it goes on."""
    with transaction() as session:
        service.settle_call(session, number, by=actor(), at=now())
    return redirect(url_for("production.station"), code=303)


@bp.get("/help/")
@allow(Permission.SEE_BOARD)
def help_calls() -> ResponseReturnValue:
    """Who waits for help, and the calls of the day."""
    with reading() as session:
        open_ = asked.open_calls(session, at=now())
        of_today = asked.calls_of(session, today(), at=now())
    return page("production/help_calls.html", open=open_, of_today=of_today)


@bp.post("/help/<int:number>/settled")
@allow(Permission.CORRECT_WORK)
def help_settled(number: int) -> ResponseReturnValue:
    """Note that somebody came and it goes on."""
    with transaction() as session:
        service.settle_call(session, number, by=actor(), at=now())
    return see_other("production.help_calls", mark("It goes on."))


def _waiting(session: Session) -> Waiting | None:
    found = asked.open_calls(session, at=now())
    if not found:
        return None
    return say("Somebody waits for help: {count}", count=len(found)), {}


def _needles(session: Session) -> Waiting | None:
    found = queries.open_holds(session, HoldKind.NEEDLE)
    return (
        (say("A needle broke, pieces are missing: {count}", count=len(found)), {})
        if found
        else None
    )


REMINDERS = (
    Reminder("production.help_calls", Permission.CORRECT_WORK, _waiting),
    Reminder("production.held", Permission.CORRECT_WORK, _needles),
)
