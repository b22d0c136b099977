"""Coats leave the floor for the rail, come back, and their order is complete."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.db.session import hold
from factory.orders import queries as orders
from factory.orders import service as order_service
from factory.orders.domain import OrderState, cell
from factory.production import queries
from factory.production.domain.bundles import Bundle
from factory.production.service import papers
from factory.security.domain import Actor
from factory.stock import service as stock


def receive(
    session: Session,
    bundle: Bundle,
    grade: Grade,
    count: int,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> None:
    """Coats come to the rail, each with its hang tag; a second is never kept for the customer."""
    hold(session, "order", bundle.order)
    item = catalogue.item_of(session, bundle.style, bundle.colour, bundle.size, grade)
    stock.receive_finished(
        session,
        item.code,
        count,
        cell(bundle.order, *bundle.cell),
        for_customer=bundle.for_customer and grade is Grade.FIRST,
        event_id=event_id,
        by=by,
        at=at,
    )
    papers.print_tags(session, item, count, by=by, at=at, event_id=f"tags {event_id}")


def take_back(
    session: Session,
    bundle: Bundle,
    grade: Grade,
    count: int,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> None:
    """Coats go back into work; refused when they have left the rail."""
    hold(session, "order", bundle.order)
    item = catalogue.item_of(session, bundle.style, bundle.colour, bundle.size, grade)
    lot = cell(bundle.order, *bundle.cell)
    stock.take_back(session, item.code, count, lot, event_id=event_id, by=by, at=at)


def complete(session: Session, number: str, *, by: Actor, at: datetime) -> None:
    """Call an order all made once nothing of it is in work and everything ordered was made."""
    hold(session, "order", number)  # of two last bundles at once, the second sees the first
    bundles = queries.bundles_of(session, number)
    if any(each.progress.in_work for each in bundles):
        return
    made: dict[tuple[int, str], int] = {}
    for each in bundles:
        key = each.bundle.cell
        made[key] = made.get(key, 0) + each.progress.packed
    order = orders.order(session, number)
    wanted = {(line.no, size): count for line in order.lines for size, count in line.cells}
    if all(made.get(key, 0) >= count for key, count in wanted.items()):
        order_service.advance(session, number, OrderState.COMPLETE, by=by, at=at)
