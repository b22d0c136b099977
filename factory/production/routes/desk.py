"""What station and final inspection share: badge, bundle, card, one tap, undo."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.catalogue.domain import Station
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import language, mark, say
from factory.people import queries as workers
from factory.people import service as people
from factory.people.domain import Worker
from factory.production import service
from factory.production.domain.scans import Defect, NewScan
from factory.production.domain.station import BadgeFirst
from factory.production.forms import PiecesForm, ScanForm, StationForm
from factory.production.queries import desk as cards
from factory.production.queries.desk import Card, Entered
from factory.production.service import Recorded
from factory.security import kiosk
from factory.security.domain import Permission, WorkerId
from factory.timeclock import queries as timeclock
from factory.web.guard import actor
from factory.web.responses import from_queue, green, page, queued

TAKEN = mark("Taken.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One of the floor's screens, and the names of its pages."""

    title: str
    place: Station | None
    """Whose work is offered; none is everywhere."""
    scan: str
    card: str
    undo: str
    tap: str
    """Where the supervisor's tap on a name goes."""
    movable: bool = False
    """Whether the screen can be told that it stands elsewhere."""
    inspects: bool = False
    """Whether it is decided here what becomes of rejected coats."""


def scan(desk: Desk) -> ResponseReturnValue:
    """Take a badge or a bundle ticket, in any order; the open card's ticket again means all."""
    form = ScanForm.sent()
    if form.ok():
        with form.catching():
            if form.code.is_badge:
                return _badge(desk, form)
            if form.confirms:
                return _all_done(desk, form)
            return _bundle(desk, form)
    return ready(desk, form)


def ready(desk: Desk, form: ScanForm) -> ResponseReturnValue:
    """Show that the next paper can come, with her last entries to be taken back."""
    worker = actor().worker
    waiting = "" if worker else form.bundle.data or request.args.get("bundle", "")
    with reading() as session:
        mine = cards.just_entered(session, worker, at=now()) if worker else ()
        here = timeclock.present(session) if _leads() else ()
    values = {"desk": desk, "form": form, "mine": mine, "waiting": waiting, "here": here}
    return page("production/station.html", **values)


def _leads() -> bool:
    """Whether whoever signed in here may enter work for others without their badges."""
    return bool(actor().may(Permission.CORRECT_WORK))


def _badge(desk: Desk, form: ScanForm) -> ResponseReturnValue:
    with reading() as session:
        worker = people.worker_with_badge(session, form.code.data or "")
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


def _bundle(desk: Desk, form: ScanForm) -> ResponseReturnValue:
    code = form.code.data or ""
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
    values = {"desk": desk, "form": form, "card": found, "sample": sample}
    return page("production/card.html", defects=tuple(Defect), **values)


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
        return queued("refused", " ".join(form.sentences())), 422
    with reading() as session:
        found = cards.card(session, code, desk.place, None, operation, at=now())
    return shown(desk, form, found)


def undo(desk: Desk, entry: str) -> ResponseReturnValue:
    """Take one of her last entries back."""
    with transaction() as session:
        service.undo(session, entry, by=actor(), at=now())
    return answer(desk, say("It is taken back."), back=url_for(desk.scan))


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
    worker: WorkerId | None = actor().worker
    if worker is None:
        raise BadgeFirst
    return worker


def _answer(desk: Desk, done: Recorded) -> ResponseReturnValue:
    if from_queue():
        return queued("duplicate" if done.again else "recorded", say(TAKEN))
    scan = done.scan
    with reading() as session:
        found = cards.entered(session, scan, (code for code, _ in done.next_ready))
    back = url_for(desk.card, code=scan.bundle) if scan.rejects else url_for(desk.scan)
    return answer(desk, _told(found), _more(found), back=back)


def answer(desk: Desk, told: str, more: str = "", *, back: str) -> ResponseReturnValue:
    """Say that it is kept; the next scan goes on from here."""
    return green("production/logged.html", desk=desk, told=told, more=more, back=back)


def _told(found: Entered) -> str:
    did = found.operation.called(language())
    if found.scan.rejects:
        defects = tuple(defect for defect, _ in found.scan.rejects)
        return say("{work}: 1 faulty ({defect}). It is kept.", work=did, defect=defects)
    return say("{work}: {count} pcs. It is kept.", work=did, count=found.scan.good)


def _more(found: Entered) -> str:
    if found.scan.rejects:
        return ""
    if found.finished:
        return say("The hang tags come out of the printer. Please hang the coats on the rail.")
    return say("Next: {places}", places=found.places) if found.places else ""
