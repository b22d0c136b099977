"""Add pieces to a bundle that holds more than its ticket says, or take that back: a new ticket."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.orders import queries as orders
from factory.orders.domain import Order, OrderKind, OrderState
from factory.production import queries, records
from factory.production.domain.found import (
    FoundGoneOn,
    FoundMadeToMeasure,
    FoundPieces,
    FoundTooLate,
    refuse_found,
    refuse_take_back,
    with_found,
)
from factory.production.domain.holds import refuse_unfinished
from factory.production.domain.progress import Progress, Stage
from factory.production.domain.regroup import BundleRegrouped
from factory.production.queries import BundleState
from factory.production.records import FoundRow
from factory.production.service import papers, rail
from factory.security import service as security
from factory.security.domain import Actor

OVER = frozenset({OrderState.CLOSED, OrderState.CANCELLED})


def add_found(
    session: Session,
    code: str,
    count: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> FoundPieces:
    """Note that a bundle holds more pieces than its ticket says, and why; print a new ticket."""
    code = queries.meant(session, code)
    hold(session, "bundle", code)
    if again := records.found_where(session, FoundRow.event_id == event_id):
        return again[0]
    state = queries.bundle(session, code)
    queries.refuse_gone(session, state.bundle, state.progress)
    queries.refuse_held(session, state.bundle, state.progress)
    refuse_found(state.progress, count, reason)
    hold(session, "order", state.bundle.order)  # nobody closes it meanwhile
    _refuse_order(orders.order(session, state.bundle.order))
    why, who = reason.strip()[:300], by.name[:60]
    found = FoundPieces(event_id=event_id, bundle=code, count=count, at=at, by=who, reason=why)
    after = _keep(session, state, found)
    counts = {"before": state.progress.quantity, "after": after.quantity}
    security.record(session, by, "add_found", f"bundle {code}", at=at, reason=why, **counts)
    _print(session, state, by=by, at=at)
    return found


def take_back_found(
    session: Session, added: str, *, by: Actor, at: datetime, event_id: str
) -> FoundPieces:
    """Take an addition back that was wrong; refused once work was entered for its pieces."""
    known = records.found_where(session, FoundRow.event_id == added)
    if not known:
        raise NotFound(mark("entry"))
    code = known[0].bundle
    hold(session, "bundle", code)
    state = _still_there(session, code)
    queries.refuse_held(session, state.bundle, state.progress)
    undone = bool(records.found_where(session, FoundRow.reverses == added))
    refuse_take_back(state.way, state.progress, known[0], undone=undone)
    left = state.progress.in_work - known[0].count
    refuse_unfinished(left, queries.panels_of(session, state.bundle))
    counter = FoundPieces(
        event_id=event_id,
        bundle=code,
        count=-known[0].count,
        at=at,
        by=by.name[:60],
        reason="",
        reverses=added,
    )
    after = _keep(session, state, counter)
    before, thing = state.progress.quantity, f"bundle {code}"
    security.record(
        session, by, "take_back_found", thing, at=at, before=before, after=after.quantity
    )
    if after.stage is Stage.CLOSED:
        rail.complete(session, state.bundle.order, by=by, at=at)
    else:
        _print(session, state, by=by, at=at)
    return counter


def _still_there(session: Session, code: str) -> BundleState:
    state = queries.bundle(session, code)
    try:
        queries.refuse_gone(session, state.bundle, state.progress)
    except BundleRegrouped as gone:
        raise FoundGoneOn(**gone.values) from None
    return state


def _keep(session: Session, state: BundleState, found: FoundPieces) -> Progress:
    after = with_found(state.way, state.progress, found.count)
    records.append_found(session, found)
    records.save(session, state.bundle.code, state.progress, after)
    return after


def _print(session: Session, state: BundleState, *, by: Actor, at: datetime) -> None:
    """A new ticket says the new count; the old one is void."""
    hold(session, "bundles", "all")
    order = orders.order(session, state.bundle.order)
    style = catalogue.style(session, state.bundle.style)
    papers.print_tickets(session, [state.bundle], order, style, by=by, at=at, done=True)


def _refuse_order(order: Order) -> None:
    if order.kind is OrderKind.MADE:
        raise FoundMadeToMeasure
    if order.state in OVER:
        raise FoundTooLate
