"""Record what was done at a step, once, and take it back by a counter-entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Routing
from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.ids import is_well_read, new_id
from factory.kernel.time import day_of
from factory.kernel.words import language, mark
from factory.orders import service as orders
from factory.orders.domain import OrderState
from factory.production import queries, records
from factory.production.domain.bundles import Bundle
from factory.production.domain.holds import refuse_unfinished
from factory.production.domain.progress import Progress, Stage
from factory.production.domain.scans import (
    BundleUnknown,
    NewScan,
    NotReady,
    Scan,
    counts_on,
    decide_scan,
    decide_undo,
    refuse_idle,
    refuse_undo,
)
from factory.production.domain.tickets import read_ticket
from factory.production.domain.way import Way
from factory.production.service import rail
from factory.security import service as security
from factory.security.domain import SYSTEM, Actor
from factory.timeclock.domain import TOLERANCE, FromTheFuture


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an entry; `again` where it had been kept before."""

    scan: Scan
    again: bool
    left: int
    """Pieces left to do at the same step."""
    next_ready: tuple[tuple[str, int], ...]
    """The steps right after it that can be done now, with the pieces left."""


@dataclass(frozen=True, slots=True)
class Open:
    """A bundle held for an entry at one step."""

    bundle: Bundle
    way: Way
    routing: Routing
    progress: Progress
    """With the few steps around that one."""
    known: bool
    """Whether the entry is kept already."""


def hold_bundles(session: Session, codes: list[str]) -> None:
    """Before many entries in one transaction: nobody waits for it while it waits for them."""
    if len(codes) > 1:
        hold(session, "bundles", "many")
        shown = {code for code in codes if is_well_read(code)}
        newer = records.bundles_of_tickets(session, shown)
        for code in sorted({newer.get(code, code) for code in shown}):
            hold(session, "bundle", code)


def record_scan(
    session: Session, new: NewScan, *, received: datetime, by: Actor = SYSTEM
) -> Recorded:
    """Keep what somebody says she has done; the same id again changes nothing."""
    code = read_ticket(new.bundle)
    hold(session, "bundle", code)
    found = _open(session, code, new.operation, new.id)
    if found.known:
        return _again(session, new.id)
    if new.at > received + TOLERANCE:
        raise FromTheFuture(at=new.at, now=received)
    queries.refuse_held(session, found.bundle, found.progress)
    scan = _scan(new, code, found.routing, received, by)
    scan = replace(scan, pay=queries.pay_mode(session, scan.worker, scan.day))
    if not found.progress.steps[scan.operation].left:
        _say_why(session, found, scan.operation, received)
    after = decide_scan(
        found.way, found.progress, scan.operation, good=scan.good, rejected=scan.rejected
    )
    if scan.operation == found.way.last and scan.good:
        refuse_unfinished(after.in_work, queries.panels_of(session, found.bundle))
    records.append_scans(session, [scan])
    records.save(session, code, found.progress, after)
    _move_on(session, found, after, scan, by=by, at=received)
    return _recorded(found, scan, after, again=False)


def _again(session: Session, scan_id: str) -> Recorded:
    scan = records.find_scan(session, scan_id)
    if scan is None:
        raise NotFound(mark("entry"))
    found = _open(session, scan.bundle, scan.operation)
    return _recorded(found, scan, found.progress, again=True)


def _open(session: Session, code: str, operation: str, scan_id: str = "") -> Open:
    found = records.find_bundle(session, code, scan_id)
    if found is None:
        raise BundleUnknown
    bundle, progress, known = found
    routing = catalogue.routing_by_uid(session, bundle.routing_uid)
    way = queries.way_of(session, bundle.routing_uid)
    near = way.around(routing.step(operation).code)
    steps = records.with_steps(session, code, progress, near)
    return Open(bundle, way, routing, steps, known)


def _scan(new: NewScan, code: str, routing: Routing, received: datetime, by: Actor) -> Scan:
    return Scan(
        id=new.id,
        bundle=code,
        operation=new.operation,
        worker=new.worker,
        good=new.good,
        rejects=new.rejects,
        at=new.at,
        received=received,
        day=day_of(new.at),
        source=new.source,
        by=by.name[:60],
        rate=routing.step(new.operation).rate,
    )


def _say_why(session: Session, found: Open, operation: str, now: datetime) -> None:
    queries.refuse_gone(session, found.bundle, found.progress)
    whole = records.with_steps(session, found.bundle.code, found.progress)
    last = queries.last_done(session, found.bundle.code, operation)
    try:
        refuse_idle(found.way, whole, operation, last, now=now)
    except NotReady as early:
        raise NotReady(missing=spoken(found.routing, early)) from None


def spoken(routing: Routing, early: NotReady) -> tuple[str, ...]:
    """The operations that come first, as the reader calls them."""
    codes = early.values["missing"]
    names = codes if isinstance(codes, tuple) else ()
    return tuple(routing.step(code).operation.called(language()) for code in names)


def _move_on(
    session: Session, found: Open, after: Progress, scan: Scan, *, by: Actor, at: datetime
) -> None:
    bundle = found.bundle
    if after.started and not found.progress.started:
        orders.advance(session, bundle.order, OrderState.IN_PRODUCTION, by=by, at=at)
    if scan.operation == found.way.last and scan.good:
        rail.receive(session, bundle, Grade.FIRST, scan.good, event_id=scan.id, by=by, at=at)
    if after.stage is Stage.CLOSED:
        rail.complete(session, bundle.order, by=by, at=at)


def _recorded(found: Open, scan: Scan, after: Progress, *, again: bool) -> Recorded:
    later = ((code, after.steps[code].left) for code in found.way.after[scan.operation])
    return Recorded(
        scan,
        again,
        after.steps[scan.operation].left,
        tuple((code, left) for code, left in later if left),
    )


def undo(session: Session, scan_id: str, *, by: Actor, at: datetime) -> Scan:
    """Take an entry back; both stay recorded, and together they count nothing."""
    scan = records.find_scan(session, scan_id)
    if scan is None:
        raise NotFound(mark("entry"))
    hold(session, "bundle", scan.bundle)
    refuse_undo(scan, by, undone=records.is_undone(session, scan_id), at=at)
    found = _open(session, scan.bundle, scan.operation)
    after = decide_undo(found.way, found.progress, scan)
    counter = replace(
        scan,
        id=new_id(),
        good=-scan.good,
        rejects=tuple((defect, -count) for defect, count in scan.rejects),
        at=at,
        received=at,
        day=counts_on(scan.day, at),
        by=by.name[:60],
        reverses=scan.id,
    )
    records.append_scans(session, [counter])
    records.save(session, scan.bundle, found.progress, after)
    if scan.operation == found.way.last and scan.good:
        rail.take_back(
            session, found.bundle, Grade.FIRST, scan.good, event_id=counter.id, by=by, at=at
        )
    thing = f"bundle {scan.bundle} {scan.operation}"
    security.record(session, by, "undo_scan", thing, at=at, before=scan.good, after=0)
    return counter
