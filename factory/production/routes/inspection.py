"""Final inspection: good, or rejected with its defect and what becomes of the coat."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import mark, show
from factory.production import service
from factory.production.forms import PiecesForm, ScanForm, TapForm
from factory.production.queries import desk as cards
from factory.production.queries.desk import Card
from factory.production.routes import answers, away, desk
from factory.production.routes.blueprint import bp
from factory.production.routes.places import Desk
from factory.security.domain import Permission, WorkerId
from factory.web.guard import actor, kiosk

HERE = Desk(
    title=mark("Final inspection"),
    place=Station.QC,
    scan="production.inspection",
    card="production.inspection_card",
    kept="production.inspection_kept",
    undo="production.inspection_undo",
    tap="production.inspection_tap",
    later="production.inspection_later",
    inspects=True,
)


@bp.route("/inspection/", methods=["GET", "POST"])
@kiosk(Permission.INSPECT)
def inspection() -> ResponseReturnValue:
    """Take a badge or a bundle ticket."""
    return desk.scan(HERE) if request.method == "POST" else desk.ready(HERE, ScanForm())


@bp.route("/inspection/<code>", methods=["GET", "POST"])
@kiosk(Permission.INSPECT)
def inspection_card(code: str) -> ResponseReturnValue:
    """Show the bundle with its sample, and enter what was looked at."""
    return desk.log(HERE, code) if request.method == "POST" else desk.card(HERE, code)


@bp.get("/inspection/kept/<entry>")
@kiosk(Permission.INSPECT)
def inspection_kept(entry: str) -> ResponseReturnValue:
    """Say what was entered, as often as this is asked."""
    return answers.kept(HERE, entry)


@bp.post("/inspection/later")
@kiosk(Permission.INSPECT)
def inspection_later() -> ResponseReturnValue:
    """Keep what was scanned here while the server was away."""
    return away.later(HERE)


@bp.post("/inspection/undo/<entry>")
@kiosk(Permission.INSPECT)
def inspection_undo(entry: str) -> ResponseReturnValue:
    """Take one of her last entries back."""
    return desk.undo(HERE, entry)


@bp.post("/inspection/worker")
@kiosk(Permission.CORRECT_WORK)
def inspection_tap() -> ResponseReturnValue:
    """Let the supervisor say by a tap who inspects."""
    return desk.tapped(HERE)


@bp.post("/inspection/<code>/decide")
@kiosk(Permission.INSPECT)
def inspection_decide(code: str) -> ResponseReturnValue:
    """Decide with one tap what becomes of a rejected coat."""
    form: TapForm = TapForm.sent()
    with reading() as session:
        found = cards.card(session, code, HERE.place, at=now())
    if form.ok():
        with form.catching():
            worker = desk.acting()
            with transaction() as session:
                decision = _decide(session, found, form, worker)
            return redirect(url_for("production.inspection_decided", decision=decision), code=303)
    return desk.shown(HERE, PiecesForm.saying(form.sentences()), found)


def _decide(session: Session, found: Card, form: TapForm, worker: WorkerId) -> int:
    """One piece; why it is scrapped is what was wrong with it."""
    kept = service.decide(
        session,
        found.bundle.code,
        form.operation.data or "",
        form.to_outcome(),
        reason=show(found.defects_at(form.operation.data or "")),
        worker=worker,
        by=actor(),
        at=now(),
        event_id=form.to_event_id(),
    )
    return kept[0].id


@bp.get("/inspection/decided/<int:decision>")
@kiosk(Permission.INSPECT)
def inspection_decided(decision: int) -> ResponseReturnValue:
    """Say what was decided about a coat, as often as this is asked."""
    return answers.decided(HERE, decision)


@bp.post("/inspection/undecide/<int:decision>")
@kiosk(Permission.INSPECT)
def inspection_undecide(decision: int) -> ResponseReturnValue:
    """Take back what was decided about a coat just now."""
    with transaction() as session:
        counter = service.take_back(session, decision, by=actor(), at=now(), event_id=new_id())
    return redirect(url_for("production.inspection_decided", decision=counter.id), code=303)
