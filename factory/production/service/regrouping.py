"""Split a bundle into two, or put alike ones together; each new bundle gets its ticket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import hold
from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, running_code
from factory.kernel.words import tell
from factory.orders import queries as orders
from factory.production import queries, records
from factory.production.domain.bundles import Bundle
from factory.production.domain.progress import Progress
from factory.production.domain.regroup import (
    Load,
    Moved,
    NotToMerge,
    Regrouping,
    carrying,
    decide_split,
    merged_plies,
    refuse_unlike,
    split_plies,
    whole_load,
    without,
)
from factory.production.domain.way import Way
from factory.production.queries import BundleState
from factory.production.records import MoveRow
from factory.production.service import papers
from factory.security import service as security
from factory.security.domain import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """Who regroups, when, and why."""

    how: Regrouping
    reason: str
    by: Actor
    at: datetime
    event_id: str


def split(
    session: Session,
    code: str,
    first: int,
    plies: int | None = None,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> tuple[Bundle, ...]:
    """Let so many pieces travel on with a first new ticket, the rest with a second.

    `plies` is how many plies go with the first; usually as many as pieces.
    """
    code = queries.meant(session, code)
    hold(session, "bundle", code)
    if again := _again(session, event_id):
        return again
    state = _movable(session, code)
    loads = decide_split(state.way, state.progress, first)
    loose = max(0, state.progress.quantity - state.bundle.ply_count)
    parts = split_plies(state.bundle, plies, loads, loose=loose)
    act = _Act(how=Regrouping.SPLIT, reason=reason, by=by, at=at, event_id=event_id)
    loaded = [(written, [(state, load)]) for written, load in zip(parts, loads, strict=True)]
    made = _regroup(session, loaded, act)
    after = {bundle.code: bundle.quantity for bundle in made}
    security.record(
        session, by, "split_bundle", f"bundle {code}", at=at, reason=reason, after=after
    )
    return made


def merge(
    session: Session,
    codes: Sequence[str],
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Bundle:
    """Put bundles together that are alike and equally far; they get one new ticket."""
    known, states = [], []
    for ticket in codes:
        with _naming(ticket):
            known.append(queries.meant(session, ticket))
    for code in sorted(set(known)):
        hold(session, "bundle", code)
    if again := _again(session, event_id):
        return again[0]
    for ticket, code in zip(codes, known, strict=True):
        with _naming(ticket):
            states.append(_movable(session, code))
    refuse_unlike(
        states[0].way if states else Way({}, (), frozenset()),
        [(state.bundle, state.progress) for state in states],
    )
    loads = [(state, whole_load(state.way, state.progress)) for state in states]
    plies = merged_plies(state.bundle for state in states)
    act = _Act(how=Regrouping.MERGED, reason=reason, by=by, at=at, event_id=event_id)
    (made,) = _regroup(session, [(plies, loads)], act)
    before = {state.bundle.code: load.pieces for state, load in loads}
    security.record(
        session, by, "merge_bundles", f"bundle {made.code}", at=at, reason=reason, before=before
    )
    return made


@contextmanager
def _naming(ticket: str) -> Iterator[None]:
    """Of several tickets, say which it is that can't be put together with the others."""
    try:
        yield
    except Refused as refusal:
        raise NotToMerge(ticket=ticket, why=tell(refusal)) from None


def _again(session: Session, event_id: str) -> tuple[Bundle, ...]:
    """The bundles that this very act made before."""
    made = dict.fromkeys(
        move.target for move in records.moves_where(session, MoveRow.event_id == event_id)
    )
    return tuple(queries.bundle(session, code).bundle for code in made)


def _movable(session: Session, code: str) -> BundleState:
    state = queries.bundle(session, code)
    queries.refuse_gone(session, state.bundle, state.progress)
    queries.refuse_held(session, state.bundle, state.progress)
    return state


Loaded = list[tuple[BundleState, Load]]


def _regroup(
    session: Session, wanted: Sequence[tuple[str, Loaded]], act: _Act
) -> tuple[Bundle, ...]:
    """Make a bundle of each set of loads, and take the loads from where they were."""
    hold(session, "bundles", "all")
    first, made, moves = records.next_serial(session), [], []
    for serial, (plies, loads) in enumerate(wanted, first):
        bundle, progress = _bundle(serial, plies, loads)
        made.append((serial, bundle, progress))
        moves += [_moved(state, load, bundle, act) for state, load in loads]
    state = wanted[0][1][0][0]
    stations = {step.code: step.operation.station for step in state.routing.steps}
    lay = records.lay_id_of(session, state.bundle.code)
    records.append_bundles(session, made, stations, lay_id=lay, at=act.at)
    records.append_moves(session, moves)
    _take_away(session, wanted)
    return _papers(session, [bundle for _, bundle, _ in made], act)


def _bundle(serial: int, plies: str, loads: Loaded) -> tuple[Bundle, Progress]:
    state = loads[0][0]
    progress = carrying(state.way, [load for _, load in loads])
    code = running_code(CodeKind.BUNDLE, serial)
    fresh = replace(state.bundle, code=code, quantity=progress.quantity)
    return fresh.of_plies(plies), progress


def _moved(state: BundleState, load: Load, bundle: Bundle, act: _Act) -> Moved:
    return Moved(
        event_id=act.event_id,
        source=state.bundle.code,
        target=bundle.code,
        how=act.how,
        load=load,
        at=act.at,
        by=act.by.name,
        reason=act.reason.strip(),
    )


def _take_away(session: Session, wanted: Sequence[tuple[str, Loaded]]) -> None:
    after: dict[str, tuple[BundleState, Progress]] = {}
    for _, loads in wanted:
        for state, load in loads:
            _, before = after.get(state.bundle.code, (state, state.progress))
            after[state.bundle.code] = state, without(state.way, before, load)
    for code, (state, progress) in after.items():
        records.save(session, code, state.progress, progress)


def _papers(session: Session, bundles: list[Bundle], act: _Act) -> tuple[Bundle, ...]:
    order = orders.order(session, bundles[0].order)
    style = catalogue.style(session, bundles[0].style)
    papers.print_tickets(session, bundles, order, style, by=act.by, at=act.at, done=True)
    return tuple(bundles)
