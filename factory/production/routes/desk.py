"""What station and final inspection share: badge, bundle, card, one tap, undo."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain.measures import in_centimetres
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark, say
from factory.people import queries as workers
from factory.people import service as people
from factory.people.domain import Worker
from factory.production import queries, service
from factory.production.domain.faults import Cause
from factory.production.domain.scans import Defect, NewScan
from factory.production.domain.station import BadgeFirst
from factory.production.forms import PiecesForm, ScanForm, StationForm
from factory.production.queries import causes
from factory.production.queries import desk as cards
from factory.production.queries.desk import Card
from factory.production.queries.entered import Entry, just_entered
from factory.production.routes.places import Desk
from factory.production.service import Recorded
from factory.security import kiosk, waiting
from factory.security.domain import Permission, WorkerId
from factory.timeclock import queries as timeclock
from factory.web.guard import actor
from factory.web.responses import from_queue, page, queued

TAKEN = mark("Taken.")
EVERYWHERE = mark("Everywhere")


def scan(desk: Desk) -> ResponseReturnValue:
    """Take a badge or a bundle ticket, in any order; the open card's ticket again means all."""
    form = ScanForm.sent()
    if form.ok():
        with form.catching():
            if form.code.is_badge:
                return _badge(desk, form)
            with reading() as session:
                code = queries.presented(session, form.code.data or "")
            return _all_done(desk, form) if form.confirms(code) else _bundle(desk, code)
    return ready(desk, form)


def ready(desk: Desk, form: ScanForm) -> ResponseReturnValue:
    """Show that the next paper can come, with her last entries to be taken back."""
    worker = actor().worker
    waiting = "" if worker else form.bundle.data or request.args.get("bundle", "")
    with reading() as session:
        mine = _mine(session, desk)
        here = timeclock.present(session, at=now()) if _leads() else ()
    values = {"desk": desk, "form": form, "mine": mine, "waiting": waiting, "here": here}
    return page("production/station.html", **values)


def _mine(session: Session, desk: Desk) -> tuple[Entry, ...]:
    """What she can take back here: entries, at the inspection decisions as well."""
    worker = actor().worker
    return just_entered(session, worker, at=now(), decisions=desk.inspects) if worker else ()


def _leads() -> bool:
    """Whether whoever signed in here may enter work for others without their badges."""
    return bool(actor().may(Permission.CORRECT_WORK))


def _badge(desk: Desk, form: ScanForm) -> ResponseReturnValue:
    with reading() as session:
        worker = people.worker_with_badge(session, form.code.data or "", at=now())
    return _acts(desk, worker, form.bundle.data or "")


def tapped(desk: Desk) -> ResponseReturnValue:
    """The supervisor taps the name of whoever did the work."""
    number = request.form.get("number", "")
    with reading() as session:
        worker = workers.worker_numbered(session, int(number) if number.isdecimal() else 0)
    return _acts(desk, worker, request.form.get("bundle", ""))


def _acts(desk: Desk, worker: Worker, bundle: str) -> ResponseReturnValue:
    kiosk.act_as(worker.id, worker.name, worker.language)
    if bundle:
        return redirect(url_for(desk.card, code=bundle), code=303)
    return redirect(url_for(desk.scan), code=303)


def _bundle(desk: Desk, code: str) -> ResponseReturnValue:
    with reading() as session:
        found = cards.card(session, code, desk.place, at=now())
        if not (desk.inspects and found.rework):
            cards.refuse_idle(session, found, desk.place, at=now())
    if actor().worker is None:
        return redirect(url_for(desk.scan, bundle=code), code=303)
    return redirect(url_for(desk.card, code=code), code=303)


def _all_done(desk: Desk, form: ScanForm) -> ResponseReturnValue:
    code, operation, worker = form.bundle.data or "", form.operation.data or "", acting()
    with transaction() as session:
        queries.presented(session, form.code.data or "")
        found = cards.card(session, code, desk.place, at=now())
        cards.refuse_idle(session, found, desk.place, at=now())
        entry = _entry(form, code, operation, worker, good=found.left(operation))
        done = service.record_scan(session, entry, received=now(), by=actor())
    return _answer(desk, done)


def card(desk: Desk, code: str) -> ResponseReturnValue:
    """Show what can be done on a bundle here: one button in the usual case."""
    form, asked = PiecesForm(), request.args.get("operation")
    with reading() as session:
        found = cards.card(session, code, desk.place, actor().worker, asked, at=now())
    if found.chosen:
        form.good.data = found.chosen.left
    return shown(desk, form, found)


def shown(desk: Desk, form: StationForm, found: Card) -> ResponseReturnValue:
    """Draw a card."""
    with reading() as session:
        sample = cards.sample(session, found) if desk.inspects else None
        mine = _mine(session, desk) if desk.inspects else ()
        asked = causes.unnamed(session, found.state) if desk.inspects else None
        measures = catalogue.measures(session, found.style.number) if desk.inspects else ()
        code = found.bundle.code
        ticket = queries.ticket_codes(session, [code]).get(code, code)
    values = {"desk": desk, "form": form, "card": found, "sample": sample, "mine": mine}
    values |= {"ticket": ticket, "measures": measures, "cm": in_centimetres}
    return page("production/card.html", defects=tuple(Defect), asked=asked, causes=Cause, **values)


def log(desk: Desk, code: str) -> ResponseReturnValue:
    """Enter pieces, or one piece with its defect."""
    form = PiecesForm.sent()
    operation = form.operation.data or ""
    if form.ok():
        with form.catching():
            good, rejects = form.to_counts()
            entry = _entry(form, code, operation, acting(), good=good, rejects=rejects)
            with transaction() as session:
                done = service.record_scan(session, entry, received=now(), by=actor())
            return _answer(desk, done)
    if from_queue():
        return _for_the_supervisor(desk, form, code)
    with reading() as session:
        found = cards.card(session, code, desk.place, None, operation, at=now())
    return shown(desk, form, found)


def undo(desk: Desk, entry: str) -> ResponseReturnValue:
    """Take one of her last entries back."""
    with transaction() as session:
        counter = service.undo(session, entry, by=actor(), at=now())
    return redirect(url_for(desk.kept, entry=counter.id), code=303)


def _entry(
    form: StationForm,
    code: str,
    operation: str,
    worker: WorkerId,
    *,
    good: int,
    rejects: tuple[tuple[Defect, int], ...] = (),
) -> NewScan:
    return NewScan(
        id=form.to_event_id(),
        bundle=code,
        operation=operation,
        worker=worker,
        good=good,
        rejects=rejects,
        at=form.to_moment(now()),
    )


def acting() -> WorkerId:
    """Whoever scanned her badge last at this screen."""
    found = kiosk.who_waited() if from_queue() else actor().worker
    if found is None:
        raise BadgeFirst
    return WorkerId(found)


def _for_the_supervisor(desk: Desk, form: PiecesForm, code: str) -> ResponseReturnValue:
    """An entry that waited and can't be taken is a person's to decide, not the browser's."""
    good, rejects = form.to_counts()
    named = [{"defect": defect.label, "count": count} for defect, count in rejects]
    details = {"bundle": code, "operation": form.operation.data, "good": good, "rejects": named}
    with transaction() as session:
        return hand_over(session, desk, form, kiosk.who_waited(), details)


def hand_over(
    session: Session,
    desk: Desk,
    form: StationForm,
    worker: WorkerId | None,
    details: Mapping[str, object],
) -> ResponseReturnValue:
    """Put what waited and can't be taken on the supervisor's list, with the place it came from."""
    entry = waiting.Waited(
        form.to_event_id(),
        "production",
        worker,
        form.to_moment(now()),
        {**details, "terminal": desk.place.label if desk.place else EVERYWHERE},
        form.told_in_each(),
    )
    waiting.keep(session, entry, received=now())
    return queued("refused", " ".join(form.sentences())), 422


def _answer(desk: Desk, done: Recorded) -> ResponseReturnValue:
    if from_queue():
        return queued("duplicate" if done.again else "recorded", say(TAKEN))
    return redirect(url_for(desk.kept, entry=done.scan.id), code=303)
