"""Faults: where they come from, what she says, what the supervisor decides."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark, say
from factory.production import service
from factory.production.domain.faults import NotAboutYou
from factory.production.forms import PiecesForm
from factory.production.forms.faults import CauseForm, JudgeForm, WordForm
from factory.production.queries import causes
from factory.production.queries import desk as cards
from factory.production.queries.causes import LATELY
from factory.production.routes import desk, inspection
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow, kiosk
from factory.web.responses import ask_pin, page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.post("/inspection/<code>/cause")
@kiosk(Permission.INSPECT)
def name_fault(code: str) -> ResponseReturnValue:
    """Note with one tap where a fault comes from."""
    form: CauseForm = CauseForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            what = (form.scan.data or "", form.to_defect(), form.to_cause(), form.step.data or None)
            service.name_fault(session, *what, by=actor(), at=now())
            return redirect(url_for("production.inspection_card", code=code), code=303)
    with reading() as session:
        found = cards.card(session, code, Station.QC, at=now())
    return desk.shown(inspection.HERE, PiecesForm.saying(form.sentences()), found)


@bp.get("/faults/mine")
@allow(Permission.LOOK_AROUND)
def my_faults() -> ResponseReturnValue:
    """Show her what was found in her work; at a shared screen only after her PIN."""
    me = actor()
    if me.worker is None or not me.with_pin:
        return ask_pin("production.my_faults")
    with reading() as session:
        found = causes.faults_of(session, me.worker, now() - LATELY)
    return page("production/my_faults.html", lines=found)


@bp.route("/faults/mine/<int:number>", methods=["GET", "POST"])
@allow(Permission.LOOK_AROUND)
def answer_fault(number: int) -> ResponseReturnValue:
    """Let her say how it was."""
    me, form = actor(), WordForm.sent()
    if me.worker is None or not me.with_pin:
        return ask_pin("production.my_faults")
    with reading() as session:
        found = causes.fault(session, number)
    if found.fault.worker != me.worker:
        raise NotAboutYou
    if form.ok():
        with form.catching(), transaction() as session:
            service.answer_fault(session, number, form.word.data or "", by=me, at=now())
            return see_other("production.my_faults", mark("It is kept. The supervisor reads it."))
    return page("production/answer_fault.html", line=found, form=form)


@bp.get("/faults/")
@allow(Permission.JUDGE_FAULTS)
def faults() -> ResponseReturnValue:
    """What she has to decide, and the figures of the last weeks by person."""
    with reading() as session:
        found = causes.faults(session, at=now())
    return page("production/faults.html", found=found, days=LATELY.days)


@bp.route("/faults/<int:number>", methods=["GET", "POST"])
@allow(Permission.JUDGE_FAULTS)
def judge_fault(number: int) -> ResponseReturnValue:
    """Decide where a fault comes from."""
    with reading() as session:
        found = causes.to_judge(session, number, at=now())
    form: JudgeForm = JudgeForm.sent(data={"cause": found.fault.stands_as.value})
    if form.ok():
        with form.catching(), transaction() as session:
            what = (number, form.to_cause(), form.reason.data or "")
            service.judge_fault(session, *what, by=actor(), at=now())
            return see_other("production.faults", mark("It is decided."))
    return page("production/judge_fault.html", line=found, form=form)


def _waiting(session: Session) -> Waiting | None:
    found = causes.contested(session)
    return (say("A fault is said to be another's: {count}", count=found), {}) if found else None


REMINDERS = (Reminder("production.faults", Permission.JUDGE_FAULTS, _waiting),)
