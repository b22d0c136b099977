"""A bundle holds more than its ticket says: a manager adds the pieces, or takes that back."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.production import service
from factory.production.forms.held import FoundForm
from factory.production.queries import track
from factory.production.routes.blueprint import bp
from factory.production.routes.bundles import TAKEN_BACK
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/bundles/<code>/more", methods=["GET", "POST"])
@allow(Permission.ADD_PIECES)
def more(code: str) -> ResponseReturnValue:
    """Add pieces that a bundle holds beyond its ticket."""
    form = FoundForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            what = (code, form.more.data or 0, form.reason.data or "")
            event = form.to_event_id()
            service.add_found(session, *what, by=actor(), at=now(), event_id=event)
            told = mark("They are added. The new ticket is on its way to the printer.")
            return see_other("production.bundle", told, code=code)
    with reading() as session:
        found = track.whole(session, code)
    return page("production/more.html", found=found, form=form)


@bp.post("/bundles/<code>/more/<added>/undo")
@allow(Permission.ADD_PIECES)
def more_undo(code: str, added: str) -> ResponseReturnValue:
    """Take an addition back by a counter-entry."""
    with transaction() as session:
        service.take_back_found(session, added, by=actor(), at=now(), event_id=new_id())
    return see_other("production.bundle", TAKEN_BACK, code=code)
