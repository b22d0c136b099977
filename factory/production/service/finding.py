"""Add pieces to a bundle that holds more than its ticket says; it gets a new ticket."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import hold
from factory.orders import queries as orders
from factory.orders.domain import Order, OrderKind, OrderState
from factory.production import queries, records
from factory.production.domain.found import (
    FoundMadeToMeasure,
    FoundPieces,
    FoundTooLate,
    refuse_found,
    with_found,
)
from factory.production.records import FoundRow
from factory.production.service import papers
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
    order = orders.order(session, state.bundle.order)
    refuse_found(state.progress, count, reason)
    _refuse_order(order)
    why, who = reason.strip()[:300], by.name[:60]
    found = FoundPieces(event_id=event_id, bundle=code, count=count, at=at, by=who, reason=why)
    after = with_found(state.way, state.progress, count)
    records.append_found(session, found)
    records.save(session, code, state.progress, after)
    counts = {"before": state.progress.quantity, "after": after.quantity}
    security.record(session, by, "add_found", f"bundle {code}", at=at, reason=why, **counts)
    hold(session, "bundles", "all")
    style = catalogue.style(session, state.bundle.style)
    papers.print_tickets(session, [state.bundle], order, style, by=by, at=at, done=True)
    return found


def _refuse_order(order: Order) -> None:
    if order.kind is OrderKind.MADE:
        raise FoundMadeToMeasure
    if order.state in OVER:
        raise FoundTooLate
