"""Papers scanned while the server was away: each becomes an entry once it is back."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.ids import CodeKind
from factory.kernel.time import now
from factory.kernel.words import say
from factory.people import queries as workers
from factory.people import service as people
from factory.production import queries, service
from factory.production.domain.scans import NewScan
from factory.production.domain.station import BadgeFirst, SeveralKinds
from factory.production.forms import AwayForm
from factory.production.queries import desk as cards
from factory.production.routes.desk import TAKEN, hand_over
from factory.production.routes.places import Desk
from factory.security import kiosk
from factory.security.domain import WorkerId
from factory.web.guard import actor
from factory.web.responses import from_queue, queued


def later(desk: Desk) -> ResponseReturnValue:
    """Keep it, once; what needs a question goes to the supervisor's list."""
    if not from_queue():
        return redirect(url_for(desk.scan), code=303)
    form: AwayForm = AwayForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            return queued("recorded" if _kept(session, desk, form) else "duplicate", say(TAKEN))
    with transaction() as session:
        return hand_over(session, desk, form, _meant(session, form), _details(form))


def _kept(session: Session, desk: Desk, form: AwayForm) -> bool:
    """Whether it is new; one that was kept before changes nothing, whatever has become of it."""
    if queries.scan(session, form.to_event_id()) is not None:
        return False
    entry = _entry(session, desk, form, _whose(session, form))
    return not service.record_scan(session, entry, received=now(), by=actor()).again


def _entry(session: Session, desk: Desk, form: AwayForm, worker: WorkerId) -> NewScan:
    """The one work that could be meant at this place, and the pieces that were left of it then."""
    at, asked = form.to_moment(now()), form.operation.data or None
    code = queries.presented(session, form.code.data or "")
    found = cards.card(session, code, desk.place, worker, asked, at=at)
    cards.refuse_idle(session, found, desk.place, at=at)
    if found.chosen is None:
        raise SeveralKinds
    return NewScan(
        id=form.to_event_id(),
        bundle=code,
        operation=found.chosen.step.code,
        worker=worker,
        good=form.good.data or found.chosen.left,
        at=at,
    )


def _whose(session: Session, form: AwayForm) -> WorkerId:
    """Whose badge was scanned meanwhile, or else who acted when the server went away."""
    if form.badge.data:
        return people.badge_holder(session, form.badge.data, at=form.to_moment(now()))
    found = kiosk.who_waited()
    if found is None:
        raise BadgeFirst
    return found


def _meant(session: Session, form: AwayForm) -> WorkerId | None:
    """Who may have meant it: also by a badge that holds no more."""
    badge = form.badge.data or ""
    return workers.badge_was_of(session, badge) if badge else kiosk.who_waited()


def _details(form: AwayForm) -> dict[str, object]:
    code = form.code.data or ""
    bundle = "" if code.startswith(CodeKind.BADGE) else code
    return {"bundle": bundle, "operation": form.operation.data, "good": form.good.data}
