"""Rejected pieces that wait: repaired, second quality, or scrapped."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.people import queries as people
from factory.production import queries, service
from factory.production.domain.outcomes import NothingWaits
from factory.production.forms import DecideForm
from factory.production.queries import track
from factory.production.queries.entered import Entry, just_decided
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.get("/rework/")
@allow(Permission.INSPECT)
def rework() -> ResponseReturnValue:
    """List what waits for repair or a decision."""
    with reading() as session:
        found, mine = track.to_repair(session), _mine(session)
    return page("production/rework.html", lines=found, mine=mine)


def _mine(session: Session) -> tuple[Entry, ...]:
    """Her decisions of the last minutes, which she can take back."""
    worker = actor().worker
    return just_decided(session, worker, at=now()) if worker else ()


@bp.post("/rework/undo/<int:decision>")
@allow(Permission.INSPECT)
def undo_rework(decision: int) -> ResponseReturnValue:
    """Take one of her last decisions back: the pieces wait again."""
    with transaction() as session:
        service.take_back(session, decision, by=actor(), at=now(), event_id=new_id())
    return see_other("production.rework", mark("It is taken back."))


@bp.route("/rework/<code>/<operation>", methods=["GET", "POST"])
@allow(Permission.INSPECT)
def decide(code: str, operation: str) -> ResponseReturnValue:
    """Decide what becomes of pieces; whoever repaired one is paid for it."""
    form: DecideForm = DecideForm.sent()
    with reading() as session:
        found = track.whole(session, code)
        workers = people.workers(session, today())
    shown = () if actor().visitors else workers
    form.name_workers((worker.number, worker.name) for worker in shown)
    if form.ok():
        with form.catching(), transaction() as session:
            _decide(session, code, operation, form)
            return see_other("production.rework", mark("It is decided."))
    count = dict(found.state.rework).get(operation, 0)
    step = found.state.routing.step(operation)
    if not count:
        raise NothingWaits
    return page("production/decide.html", form=form, card=found, step=step, count=count)


def _decide(session: Session, code: str, operation: str, form: DecideForm) -> None:
    number = form.to_worker()
    worker = people.worker_numbered(session, number).id if number else None
    service.decide(
        session,
        code,
        operation,
        form.to_outcome(),
        form.count.data or 0,
        form.reason.data or "",
        worker,
        by=actor(),
        at=now(),
        event_id=form.to_event_id(),
    )


def _waiting(session: Session) -> Waiting | None:
    found = queries.pieces_in_rework(session)
    return (say("To be decided or repaired: {count}", count=found), {}) if found else None


REMINDERS = (Reminder("production.rework", Permission.INSPECT, _waiting),)
