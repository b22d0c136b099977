"""Stop a bundle and let it go on: a broken needle, a trip outside, a panel to cut again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.words import mark
from factory.materials import service as materials
from factory.orders import queries as orders
from factory.production import queries, records
from factory.production.domain.holds import (
    FragmentsMissing,
    Hold,
    HoldClosed,
    HoldKind,
    MoreBackThanSent,
    NoteWanted,
    NothingToSend,
    PartyWanted,
    check_ply,
    refuse_twice,
)
from factory.production.domain.scans import NewScan, NothingInWork
from factory.production.queries import BundleState
from factory.production.records import HoldRow
from factory.production.service.outcomes import mark_lost
from factory.production.service.scanning import record_scan
from factory.security import service as security
from factory.security.domain import Actor, WorkerId

OUTSIDE = "outside"
"""The source of what is entered when work comes back from outside; it is paid to nobody here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """What stops a bundle, or is noted beside it."""

    bundle: str
    kind: HoldKind
    operation: str | None = None
    ply: int | None = None
    party: str = ""
    note: str = ""
    worker: WorkerId | None = None


def stop(session: Session, new: NewHold, *, by: Actor, at: datetime, event_id: str) -> Hold:
    """Note a broken needle, a panel to cut again, or that a bundle has to wait."""

    def check(state: BundleState, new: NewHold) -> int:
        if new.kind is HoldKind.RECUT:
            asked = queries.panels_of(session, state.bundle)
            refuse_twice(state.bundle, asked, new.ply, new.party)
        return _checked(state, new)

    return _begin(session, new, check, by=by, at=at, event_id=event_id)


def _checked(state: BundleState, new: NewHold) -> int:
    if new.kind in {HoldKind.STOPPED, HoldKind.RECUT} and not new.note.strip():
        raise NoteWanted
    if new.ply is not None:
        check_ply(state.bundle, new.ply)
    if new.kind is not HoldKind.NEEDLE and not state.progress.in_work:
        raise NothingInWork
    return state.progress.in_work


def send_out(session: Session, new: NewHold, *, by: Actor, at: datetime, event_id: str) -> Hold:
    """Send a bundle's pieces out of the house for an operation; nothing is entered meanwhile."""
    return _begin(session, new, _sendable, by=by, at=at, event_id=event_id)


def _sendable(state: BundleState, new: NewHold) -> int:
    if not new.party.strip():
        raise PartyWanted
    left = state.progress.steps[state.routing.step(new.operation or "").code].left
    if not left:
        raise NothingToSend
    return left


def _begin(
    session: Session,
    new: NewHold,
    check: Callable[[BundleState, NewHold], int],
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Hold:
    code = queries.meant(session, new.bundle)
    hold(session, "bundle", code)
    if again := records.holds_where(session, HoldRow.event_id == event_id):
        return again[0]
    state = queries.bundle(session, code)
    queries.refuse_gone(session, state.bundle, state.progress)
    if new.kind.stops:
        queries.refuse_held(session, state.bundle, state.progress)
    begun = Hold(
        id=0,
        event_id=event_id,
        bundle=code,
        kind=new.kind,
        operation=new.operation,
        pieces=check(state, new),
        ply=new.ply,
        party=new.party.strip()[:60],
        note=new.note.strip()[:300],
        worker=new.worker,
        at=at,
        by=by.name[:60],
    )
    kept = records.append_hold(session, begun)
    _count(session, state, kept, 1)
    kind = new.kind.value
    security.record(
        session, by, "hold_bundle", f"bundle {code}", at=at, reason=new.note, after=kind
    )
    return kept


def _count(session: Session, state: BundleState, one: Hold, change: int) -> None:
    if one.kind.stops:
        after = replace(state.progress, held=state.progress.held + change)
        records.save(session, state.bundle.code, state.progress, after)


def let_go(
    session: Session,
    hold_id: int,
    note: str = "",
    *,
    complete: bool = True,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Hold:
    """Settle it, once; a broken needle only when every piece of it was found."""
    one = _held(session, hold_id)
    if again := _settled(session, one, event_id):
        return again
    if one.kind is HoldKind.NEEDLE and not complete:
        raise FragmentsMissing
    return _close(session, one, one.pieces, note, by=by, at=at, event_id=event_id)


def _held(session: Session, hold_id: int) -> Hold:
    found = records.holds_where(session, HoldRow.id == hold_id)
    if not found:
        raise NotFound(mark("entry"))
    hold(session, "bundle", found[0].bundle)
    return found[0]


def _settled(session: Session, one: Hold, event_id: str) -> Hold | None:
    """What this very act did before; one that was settled by another is refused."""
    if again := records.holds_where(session, HoldRow.event_id == event_id):
        return again[0]
    if records.holds_where(session, HoldRow.closes == one.id):
        raise HoldClosed
    return None


def _close(
    session: Session,
    one: Hold,
    pieces: int,
    note: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Hold:
    closing = replace(
        one,
        event_id=event_id,
        pieces=pieces,
        note=note.strip()[:300],
        at=at,
        by=by.name[:60],
        closes=one.id,
    )
    kept = records.append_hold(session, closing)
    _count(session, queries.bundle(session, one.bundle), one, -1)
    thing, kind = f"bundle {one.bundle}", one.kind.value
    security.record(session, by, "release_bundle", thing, at=at, reason=note, before=kind)
    return kept


def cut_again(
    session: Session,
    bundle: str,
    cloth: tuple[int, int] | None,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> None:
    """Cloth for a new panel is taken from a remnant, if one was named."""
    if cloth is None:
        return
    number, amount = cloth
    state = queries.bundle(session, bundle)
    customer = orders.order(session, state.bundle.order).customer
    materials.cut_from(
        session,
        number,
        amount,
        ref=f"{state.bundle.order} recut",
        owner=customer.name if customer else "",
        by=by,
        at=at,
        event_id=event_id,
    )


def take_in(
    session: Session,
    hold_id: int,
    good: int,
    lost: int = 0,
    note: str = "",
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Hold:
    """A bundle comes back from outside: so many done, so many missing, the rest not done there."""
    one = _held(session, hold_id)
    if again := _settled(session, one, event_id):
        return again
    if good < 0 or lost < 0 or good + lost > one.pieces:
        raise MoreBackThanSent(count=one.pieces)
    kept = _close(session, one, good, note, by=by, at=at, event_id=event_id)
    if lost:
        why = note or one.party
        mark_lost(session, one.bundle, lost, why, by=by, at=at, event_id=new_id())
    if good:
        entry = NewScan(
            id=new_id(),
            bundle=one.bundle,
            operation=one.operation or "",
            worker=None,
            good=good,
            at=at,
            source=OUTSIDE,
        )
        record_scan(session, entry, received=at, by=by)
    return kept
