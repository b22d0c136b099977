"""Tickets that hold no more, pieces that changed theirs, and what is held up."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.kernel.words import named
from factory.production import records
from factory.production.domain.bundles import Bundle
from factory.production.domain.found import FoundPieces
from factory.production.domain.holds import Hold, HoldKind, refuse_stopped
from factory.production.domain.progress import Progress
from factory.production.domain.regroup import BundleRegrouped, Moved
from factory.production.domain.tickets import TicketVoid, read_ticket
from factory.production.records import BundleRow, FoundRow, HoldRow, MoveRow


def presented(session: Session, code: str) -> str:
    """The bundle of a ticket that somebody scanned; a replaced ticket is refused."""
    shown = read_ticket(code)
    newest = records.newest_ticket(session, shown)
    if newest is None:
        return shown
    if newest.code != shown:
        raise TicketVoid(name=named(newest.by), at=newest.at)
    return str(newest.bundle)


def meant(session: Session, code: str) -> str:
    """The bundle of a ticket, whether or not it still holds: for whoever looks it up."""
    shown = read_ticket(code)
    return records.bundles_of_tickets(session, [shown]).get(shown, shown)


def ticket_codes(session: Session, bundles: Iterable[str] | None = None) -> dict[str, str]:
    """What the ticket that holds now says, for bundles whose first one was replaced."""
    found = records.tickets(session, bundles)
    return {bundle: row.code for bundle, row in found.items()}


def moves_from(session: Session, code: str) -> tuple[Moved, ...]:
    """Where pieces of a bundle went on."""
    return records.moves_where(session, MoveRow.source == code)


def moves_to(session: Session, code: str) -> tuple[Moved, ...]:
    """Which bundles the pieces of one come from; nothing where it was cut as it is."""
    return records.moves_where(session, MoveRow.target == code)


def found_in(session: Session, code: str) -> tuple[FoundPieces, ...]:
    """What a bundle holds beyond what it was cut with."""
    return records.found_where(session, FoundRow.bundle == code)


def refuse_gone(session: Session, bundle: Bundle, progress: Progress) -> None:
    """Say which ticket to scan instead, where all its pieces travel on with another."""
    if progress.moved and not progress.in_work:
        raise BundleRegrouped(bundles=_where_now(session, bundle.code))


def _where_now(session: Session, code: str) -> tuple[str, ...]:
    """The tickets with which its pieces travel now, however often they changed since."""
    found: dict[str, None] = {}
    fresh, seen = [code], {code}
    while fresh:
        moves = records.moves_where(session, MoveRow.source.in_(fresh))
        gone_on = {code, *(move.source for move in moves)}
        found |= dict.fromkeys(each for each in fresh if each not in gone_on)
        fresh = [each for each in dict.fromkeys(m.target for m in moves) if each not in seen]
        seen.update(fresh)
    return tuple(found)


def refuse_held(session: Session, bundle: Bundle, progress: Progress) -> None:
    """Say why nothing may be entered now, where something stops the bundle."""
    if progress.held:
        for hold in holds_of(session, bundle.code, open_only=True):
            refuse_stopped(hold)


def holds_of(session: Session, code: str, *, open_only: bool = False) -> tuple[Hold, ...]:
    """What stopped a bundle or was noted beside it, and how it was settled."""
    still = records.still_open() if open_only else ()
    return records.holds_where(session, HoldRow.bundle == code, *still)


def panels_of(session: Session, bundle: Bundle) -> tuple[Hold, ...]:
    """Panels still to be cut again for a bundle's plies, also where its pieces changed ticket."""
    row, cell = BundleRow, bundle.cell
    cut = (
        row.order == bundle.order,
        row.line == cell[0],
        row.size == cell[1],
        row.lay == bundle.lay,
    )
    recut = (HoldRow.bundle.in_(select(row.code).where(*cut)), HoldRow.kind == HoldKind.RECUT)
    found = records.holds_where(session, *recut, *records.still_open())
    if not found:
        return ()  # as nearly always
    codes = _came_from(session, bundle.code)
    hers = (hold for hold in found if hold.bundle in codes)
    return tuple(h for h in hers if h.bundle == bundle.code or bundle.has_ply(h.ply))


def _came_from(session: Session, code: str) -> set[str]:
    """A bundle and all whose pieces it has."""
    codes, fresh = {code}, {code}
    while fresh:
        moves = records.moves_where(session, MoveRow.target.in_(fresh))
        fresh = {move.source for move in moves} - codes
        codes |= fresh
    return codes


def open_holds(session: Session, *kinds: HoldKind) -> tuple[Hold, ...]:
    """What is not settled in the whole house, the oldest first."""
    some = (HoldRow.kind.in_(kinds),) if kinds else ()
    return records.holds_where(session, *some, *records.still_open())


def hold_entries(session: Session, kind: HoldKind) -> tuple[Hold, ...]:
    """Everything of one kind that ever began or was settled, the oldest first."""
    return records.holds_where(session, HoldRow.kind == kind)
