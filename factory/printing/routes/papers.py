"""Papers: what waits, what needs a person, each as it came out of its printer."""

from __future__ import annotations

import re

from flask import Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark, say, tell
from factory.printing import papers, pictures, queries, service
from factory.printing.domain import DONE, TROUBLED, WAITING, Answer, State
from factory.printing.forms import RestForm
from factory.printing.queries import JobLine
from factory.printing.routes.blueprint import bp
from factory.security.domain import Permission
from factory.security.keys import KeyAway
from factory.web.guard import NotAllowed, actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Reminder, Waiting

ANSWERS = {
    Answer.YES: mark("Good, it is printed."),
    Answer.NO: mark("A marked copy is on its way."),
    Answer.UNKNOWN: mark("Noted. If it is missing, print a marked copy."),
}


@bp.get("/")
@allow(Permission.SEE_PRINTING)
def queue() -> ResponseReturnValue:
    """Show what waits, what needs a person, and what was printed last."""
    beyond = {name: _beyond(name) for name in ("troubled", "waiting", "done")}
    with reading() as session:
        troubled = queries.part(session, *TROUBLED, beyond=beyond["troubled"])
        waiting = queries.part(session, *WAITING, beyond=beyond["waiting"])
        done = queries.part(session, *DONE, beyond=beyond["done"], newest=True)
    return page("printing/queue.html", troubled=troubled, waiting=waiting, done=done, beyond=beyond)


def _beyond(name: str) -> int | None:
    """The paper at which the page before ended, if this is not the first."""
    said = request.args.get(name, "")
    return int(said) if re.fullmatch("[0-9]{1,15}", said, re.ASCII) else None


@bp.get("/paper/<int:number>")
@allow(Permission.SEE_PRINTING)
def paper(number: int) -> ResponseReturnValue:
    """Show a paper as it lies in the hand."""
    return _paper(number, RestForm())


def _paper(number: int, form: RestForm) -> ResponseReturnValue:
    with reading() as session:
        job = _visible(queries.job(session, number))
        shown, away = _shown(session, job)
    if not form.was_sent:
        form.done.data = job.units_done
    return page("printing/paper.html", job=job, shown=shown, away=away, form=form)


def _shown(session: Session, job: JobLine) -> tuple[pictures.Shown | None, str]:
    """What stands on the paper, if it is still there; or why it does not open."""
    if job.erased and not papers.lies_there(job.id, private=not job.purpose.keeps_bytes):
        return None, ""
    try:
        return pictures.of_job(session, job.id), ""
    except KeyAway as away:
        return None, tell(away)


@bp.get("/paper/<int:number>.png")
@allow(Permission.SEE_PRINTING)
def picture(number: int) -> ResponseReturnValue:
    """The paper's picture, decoded from the printer's bytes."""
    with reading() as session:
        _visible(queries.job(session, number))
        shown = pictures.of_job(session, number)
    response = Response(shown.png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _visible(job: JobLine) -> JobLine:
    """Private papers are for those who may make them."""
    if not actor().may(job.purpose.seen_by):
        raise NotAllowed
    return job


@bp.post("/paper/<int:number>/again")
@allow(Permission.SEE_PRINTING)
def again(number: int) -> ResponseReturnValue:
    """Print a marked copy."""
    with transaction() as session:
        _visible(queries.job(session, number))
        made = service.print_again(session, number, by=actor(), at=now())
    return see_other("printing.paper", mark("A marked copy is on its way."), number=made)


@bp.post("/paper/<int:number>/give-up")
@allow(Permission.SEE_PRINTING)
def give_up(number: int) -> ResponseReturnValue:
    """Let a waiting paper go."""
    with transaction() as session:
        _visible(queries.job(session, number))
        service.give_up(session, number, by=actor(), at=now())
    return see_other("printing.queue", mark("The paper is given up."))


@bp.post("/paper/<int:number>/hold")
@allow(Permission.SEE_PRINTING)
def hold(number: int) -> ResponseReturnValue:
    """Let a paper wait until somebody lets it go."""
    with transaction() as session:
        _visible(queries.job(session, number))
        service.hold_back(session, number, by=actor(), at=now())
    return see_other("printing.queue", mark("The paper waits until you let it go."))


@bp.post("/paper/<int:number>/release")
@allow(Permission.SEE_PRINTING)
def release(number: int) -> ResponseReturnValue:
    """Let a held paper come out."""
    with transaction() as session:
        _visible(queries.job(session, number))
        service.let_go(session, number, by=actor(), at=now())
    return see_other("printing.queue", mark("The paper is on its way again."))


@bp.post("/paper/<int:number>/decide")
@allow(Permission.SEE_PRINTING)
def decide(number: int) -> ResponseReturnValue:
    """Take the answer whether a paper came out."""
    said = request.form.get("came_out", "")
    answer = Answer(said) if said in set(Answer) else Answer.NO
    with transaction() as session:
        _visible(queries.job(session, number))
        service.decide(session, number, answer, by=actor(), at=now())
    return see_other("printing.queue", ANSWERS[answer])


@bp.post("/paper/<int:number>/rest")
@allow(Permission.SEE_PRINTING)
def rest(number: int) -> ResponseReturnValue:
    """Print the rest of a batch of which so many came out."""
    form: RestForm = RestForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            _visible(queries.job(session, number))
            state = service.go_on(session, number, form.done.data or 0, by=actor(), at=now())
            told = ANSWERS[Answer.YES] if state is State.SENT else mark("The rest is on its way.")
            return see_other("printing.paper", told, number=number)
    return _paper(number, form)


def _waiting(session: Session) -> Waiting | None:
    found = queries.troubled(session)
    return (say("Papers that need somebody: {count}", count=found), {}) if found else None


REMINDERS = (Reminder("printing.queue", Permission.SEE_PRINTING, _waiting),)
