"""Where a bundle is: look-up, list, its way and its history, and what is put right on it."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.catalogue.domain import Station
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.kernel.words import mark, tell
from factory.production import queries, service
from factory.production.domain.holds import HoldKind
from factory.production.domain.unread import Legible, TwoOfThree
from factory.production.forms import LookUpForm, MissingForm
from factory.production.queries import track
from factory.production.queries.unread import candidates
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

TAKEN_BACK = mark("It is taken back.")


@bp.route("/bundles/", methods=["GET", "POST"])
@allow(Permission.SEE_BOARD)
def bundles() -> ResponseReturnValue:
    """Look a bundle up by its ticket, or choose from those in work."""
    form, order, place = LookUpForm.sent(), request.args.get("order"), request.args.get("place")
    with reading() as session:
        if form.ok():
            with form.catching():
                queries.bundle(session, form.code.data or "")
                return redirect(url_for("production.bundle", code=form.code.data), code=303)
        found = track.in_work(session, order=order, place=place)
    return page("production/bundles.html", form=form, found=found, places=Station, today=today())


@bp.get("/bundles/unread")
@allow(Permission.SEE_BOARD)
def unread() -> ResponseReturnValue:
    """Find a bundle by two things that can still be read, to print its ticket again."""
    given = {name: request.args.get(name, "").strip() for name in ("number", "colour", "size")}
    legible, refused = Legible(**given), ""
    try:
        wanted = legible.checked() if legible.asked else legible
    except TwoOfThree as refusal:
        wanted, refused = Legible(), tell(refusal)
    with reading() as session:
        found = candidates(session, wanted)
    shown, _ = page("production/unread.html", found=found, legible=legible, refused=refused)
    return shown, 422 if refused else 200


@bp.get("/bundles/<code>")
@allow(Permission.SEE_BOARD)
def bundle(code: str) -> ResponseReturnValue:
    """Show one bundle: its way through the house, and what happened to it."""
    return _shown(code, MissingForm())


def _shown(code: str, form: MissingForm) -> ResponseReturnValue:
    with reading() as session:
        found = track.whole(session, code)
    return page("production/bundle.html", found=found, form=form, hold_kinds=HoldKind)


@bp.post("/bundles/<code>/missing")
@allow(Permission.CORRECT_WORK)
def missing(code: str) -> ResponseReturnValue:
    """Note that pieces are lost, or were found again."""
    form = MissingForm.sent()
    if form.ok():
        count, reason = form.count.data or 0, form.reason.data or ""
        note = service.mark_found if form.found else service.mark_lost
        with form.catching(), transaction() as session:
            event = form.to_event_id()
            note(session, code, count, reason, by=actor(), at=now(), event_id=event)
            return see_other("production.bundle", mark("It is noted."), code=code)
    return _shown(code, form)


@bp.post("/bundles/<code>/undo/<entry>")
@allow(Permission.CORRECT_WORK)
def undo_entry(code: str, entry: str) -> ResponseReturnValue:
    """Take somebody's entry back by a counter-entry."""
    with transaction() as session:
        service.undo(session, entry, by=actor(), at=now())
    return see_other("production.bundle", TAKEN_BACK, code=code)


@bp.post("/bundles/<code>/undecide/<int:decision>")
@allow(Permission.CORRECT_WORK)
def undo_decision(code: str, decision: int) -> ResponseReturnValue:
    """Take back what was decided about a piece."""
    with transaction() as session:
        service.take_back(session, decision, by=actor(), at=now(), event_id=new_id())
    return see_other("production.bundle", TAKEN_BACK, code=code)


@bp.post("/bundles/<code>/ticket")
@allow(Permission.SEE_BOARD)
def reprint(code: str) -> ResponseReturnValue:
    """Print a lost ticket again; it says that it replaces the older one."""
    with transaction() as session:
        service.reprint_ticket(session, code, by=actor(), at=now())
    return see_other("production.bundle", mark("It is on its way to the printer."), code=code)
