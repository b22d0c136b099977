"""The clock at the door: a badge, or a number and a PIN, is answered at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import day_of, now, today
from factory.kernel.words import mark, say, show_short_day, show_time, speaking
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security import kiosk as security_kiosk
from factory.security import queries as security
from factory.security import waiting
from factory.security.domain import Permission
from factory.timeclock import queries, service
from factory.timeclock.domain import Punch, PunchKind
from factory.timeclock.domain.asking import AlreadyAsked
from factory.timeclock.domain.door import other_kinds
from factory.timeclock.forms import BadgeForm, ForgottenForm, MeantForm
from factory.timeclock.routes.blueprint import bp
from factory.web.guard import actor, kiosk, public
from factory.web.responses import from_queue, green, page, queued

GREETINGS = {
    PunchKind.IN: mark("Good morning, {name}. In since {at}."),
    PunchKind.OUT: mark("Well done, {name}. Out at {at}."),
    PunchKind.BREAK_START: mark("Rest well, {name}. Break since {at}."),
    PunchKind.BREAK_END: mark("Welcome back, {name}. Break until {at}."),
}
TAKEN = mark("Taken.")
TAKEN_BACK = mark("{name}, it is taken back: {kind}, {at}.")
ASKED = mark("Thank you, {name}. The supervisor will look at it.")
FORGOT = mark("I forgot to scan.")


@bp.route("/", methods=["GET", "POST"])
@kiosk(Permission.CLOCK)
def clock() -> ResponseReturnValue:
    """Take a badge, or number and PIN; it knows by itself which punch it is."""
    form = BadgeForm.sent()
    if form.ok():
        with form.catching():
            worker = _who(form)
            security_kiosk.step_back()
            if form.undo.data:
                return _undone(worker)
            return _answer(worker, _kept(form, worker))
    if from_queue():
        return _for_the_supervisor(form)
    return page("timeclock/clock.html", form=form, nameless=False)


@bp.get("/shell")
@kiosk(Permission.CLOCK)
def shell() -> ResponseReturnValue:
    """Show the door as a browser may keep it: nobody's name is on it."""
    return page("timeclock/clock.html", form=BadgeForm(), nameless=True)


@bp.get("/worker.js")
@public
def worker_script() -> ResponseReturnValue:
    """Give the script that keeps the door's page; from here, so that it may do so for `/clock/`."""
    script = Path(current_app.static_folder or "", "door-worker.js")
    return Response(script.read_bytes(), mimetype="text/javascript")


@bp.post("/instead")
@kiosk(Permission.CLOCK)
def instead() -> ResponseReturnValue:
    """Keep what she meant instead of what was understood."""
    form = MeantForm.sent()
    with transaction() as session:
        done = service.instead(
            session, form.punch.data or "", form.to_kind(), event_id=form.to_event_id(), at=now()
        )
        worker = _speaker(session, done.punch)
    return _answer(worker, done)


@bp.post("/undo")
@kiosk(Permission.CLOCK)
def undo() -> ResponseReturnValue:
    """Take back the punch that was just answered."""
    form = MeantForm.sent()
    with transaction() as session:
        taken = service.undo(session, form.punch.data or "", at=now())
        worker = _speaker(session, taken)
    return _told(worker, TAKEN_BACK, taken)


@bp.post("/forgot")
@kiosk(Permission.CLOCK)
def forgot() -> ResponseReturnValue:
    """Ask for the going home that she forgot the last time; a supervisor approves it."""
    form = ForgottenForm.sent()
    with reading() as session:
        punch = queries.just_punched(session, form.punch.data or "", at=now())
        worker = _speaker(session, punch)
        missing = queries.forgotten_going(session, worker.id, now())
    if missing is None:
        raise AlreadyAsked
    with speaking(worker.language):
        if form.ok():
            with form.catching():
                moment = form.to_moment(missing.start)
                missing.refuse_too_long(moment)
                _ask(worker, moment)
                return _told(worker, ASKED, punch)
        return page("timeclock/forgot.html", form=form, worker=worker, missing=missing)


def _ask(worker: Worker, moment: datetime) -> None:
    by = replace(actor(), name=worker.name)
    with transaction() as session:
        service.ask_correction(session, worker, PunchKind.OUT, moment, say(FORGOT), by=by, at=now())


def _who(form: BadgeForm) -> Worker:
    """Whose badge, or whose number and PIN, with the language she reads."""
    if not form.code.is_number:
        with reading() as session:
            said = min(form.said_at(now()), now())
            return people_service.worker_with_badge(session, form.code.data or "", at=said)
    found = security_kiosk.check_pin((form.code.data or "").strip(), form.pin.data or "", at=now())
    with reading() as session:
        return _speaker(session, people.worker(session, found))


def _speaker(session: Session, whose: Punch | Worker) -> Worker:
    worker = people.worker(session, whose.worker) if isinstance(whose, Punch) else whose
    chosen = security.language_of(session, worker.id)
    return replace(worker, language=chosen or worker.language)


def _kept(form: BadgeForm, worker: Worker) -> service.Kept:
    with transaction() as session:
        return service.scan(
            session,
            worker.id,
            form.to_kind(),
            form.to_stamp(now(), waited=from_queue()),
            event_id=form.to_event_id(),
            terminal=actor().name,
        )


def _undone(worker: Worker) -> ResponseReturnValue:
    with transaction() as session:
        taken = service.undo_last(session, worker.id, at=now())
    return _told(worker, TAKEN_BACK, taken)


def _told(worker: Worker, sentence: str, punch: Punch) -> ResponseReturnValue:
    with speaking(worker.language):
        values = {"name": worker.name, "kind": punch.kind, "at": _when(punch.at)}
        return green("timeclock/clocked.html", told=say(sentence, **values), punch=None)


def _answer(worker: Worker, done: service.Kept) -> ResponseReturnValue:
    if from_queue():
        return queued("duplicate" if done.again else "recorded", say(TAKEN))
    missing = None
    if done.punch.kind is PunchKind.IN and not done.again:
        with reading() as session:
            missing = queries.forgotten_going(session, worker.id, now())
    with speaking(worker.language):
        at = _when(done.punch.at)
        told = say(GREETINGS[done.punch.kind], name=worker.name, at=at)
        others = other_kinds(done.punch.kind, done.before)
        values = {"punch": done, "others": others, "missing": missing, "form": ForgottenForm()}
        return green("timeclock/clocked.html", told=told, **values)


def _when(moment: datetime) -> str:
    """The time of today, or of which other day."""
    time, day = show_time(moment), day_of(moment)
    return time if day == today() else f"{show_short_day(day)} {time}"


def _for_the_supervisor(form: BadgeForm) -> ResponseReturnValue:
    """An entry that waited and can't be taken is a person's to decide, not the browser's."""
    told, said_at = form.told_in_each(), form.said_at(now())
    sent = {"kind": form.kind.data or "", "terminal": actor().name}
    with transaction() as session:
        worker = people.badge_was_of(session, form.code.data or "")
        entry = waiting.Waited(form.to_event_id(), "timeclock", worker, said_at, sent, told)
        waiting.keep(session, entry, received=now())
    return queued("refused", " ".join(form.sentences())), 422
