"""What is held up: broken needles, bundles outside the house, panels to cut again."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.production import service
from factory.production.domain.holds import HoldKind
from factory.production.forms.held import HoldForm, SettleForm, hold_form, settle_form
from factory.production.queries import held as lists
from factory.production.queries import remnants as leftovers
from factory.production.queries import track
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

TOLD = {
    HoldKind.NEEDLE: mark("It is noted. The bundle stays until every piece of it is found."),
    HoldKind.OUTSIDE: mark("It is noted. Nothing is entered for it until it is back."),
    HoldKind.STOPPED: mark("It is noted. Nothing is entered for it until it goes on."),
    HoldKind.RECUT: mark("It is noted. The new panel comes to the same place in the bundle."),
}


@bp.get("/held/")
@allow(Permission.SEE_BOARD)
def held() -> ResponseReturnValue:
    """List what is not settled, the oldest first."""
    with reading() as session:
        found = lists.held(session)
    return page("production/held.html", lines=found, form=SettleForm())


@bp.get("/held/needles")
@allow(Permission.SEE_BOARD)
def needles() -> ResponseReturnValue:
    """The needle log: every needle that broke, and when all of it was found."""
    with reading() as session:
        found = lists.needle_log(session)
    return page("production/needles.html", lines=found)


@bp.get("/held/remnants")
@allow(Permission.SEE_STOCK)
def remnants() -> ResponseReturnValue:
    """Remnants by shade, beside the panels that have to be cut again."""
    with reading() as session:
        found = leftovers.remnants(session)
    return page("production/remnants.html", found=found)


@bp.route("/bundles/<code>/hold/<kind>", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def hold(code: str, kind: str) -> ResponseReturnValue:
    """Note what stops a bundle."""
    why = HoldKind(kind) if kind in set(HoldKind) else HoldKind.STOPPED
    with reading() as session:
        found = track.whole(session, code)
    form: HoldForm = hold_form(why).sent()
    form.name_operations(found)
    if form.ok():
        with form.catching(), transaction() as session:
            begin = service.send_out if why is HoldKind.OUTSIDE else service.stop
            new = form.to_hold(found.bundle.code, why)
            begin(session, new, by=actor(), at=now(), event_id=form.to_event_id())
            return see_other("production.bundle", TOLD[why], code=found.bundle.code)
    return page("production/hold.html", found=found, form=form, kind=why)


@bp.route("/held/<int:number>", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def settle(number: int) -> ResponseReturnValue:
    """Let a bundle go on."""
    with reading() as session:
        found = lists.one(session, number)
        rolls = leftovers.fitting(session, found) if found.hold.kind is HoldKind.RECUT else ()
    asked = settle_form(found.hold.kind)
    form: SettleForm = asked.sent(data={"good": found.hold.pieces, "lost": 0})
    form.name_rolls(rolls)
    if form.ok():
        with form.catching(), transaction() as session:
            event, note = form.to_event_id(), form.note.data or ""
            if found.hold.kind is HoldKind.OUTSIDE:
                back = (form.good.data or 0, form.lost.data or 0, note)
                service.take_in(session, number, *back, by=actor(), at=now(), event_id=event)
            else:
                every, cloth = bool(form.complete.data), form.to_cloth()
                service.let_go(
                    session, number, note, complete=every, by=actor(), at=now(), event_id=event
                )
                what = (found.hold.bundle, cloth)
                service.cut_again(session, *what, by=actor(), at=now(), event_id=event)
            return see_other("production.held", mark("It goes on."))
    return page("production/settle.html", line=found, form=form, rolls=rolls)
