"""Split a bundle, or put bundles together."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.production import service
from factory.production.forms.held import MergeForm, SplitForm
from factory.production.queries import track
from factory.production.queries.alike import alike
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/bundles/<code>/split", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def split(code: str) -> ResponseReturnValue:
    """Let the pieces of a bundle travel on with two new tickets."""
    form = SplitForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            reason, event = form.reason.data or "", form.to_event_id()
            what = (code, form.count.data or 0, form.plies.data, reason)
            service.split(session, *what, by=actor(), at=now(), event_id=event)
            told = mark("It is split. The two new tickets are on their way to the printer.")
            return see_other("production.bundle", told, code=code)
    with reading() as session:
        found = track.whole(session, code)
    return page("production/split.html", found=found, form=form)


@bp.route("/bundles/<code>/merge", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def merge(code: str) -> ResponseReturnValue:
    """Put bundles that are alike and equally far together under one new ticket."""
    form = MergeForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            reason, event = form.reason.data or "", form.to_event_id()
            some = (code, *form.codes)
            made = service.merge(session, some, reason, by=actor(), at=now(), event_id=event)
            told = mark("They are put together. The new ticket is on its way to the printer.")
            return see_other("production.bundle", told, code=made.code)
    with reading() as session:
        found, fits = track.whole(session, code), alike(session, code)
    return page("production/merge.html", found=found, alike=fits, form=form)
