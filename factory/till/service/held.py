"""Let a basket wait, and put it away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.time import day_of
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain.held import Held
from factory.till.domain.sale import Basket
from factory.till.records import HeldRow
from factory.till.service.opened import hold_till


def hold_basket(
    session: Session, sale_id: str, basket: Basket, name: str, *, by: Actor, at: datetime
) -> Held | None:
    """Let a basket wait under the id of its sale; none where that was sold already."""
    hold_till(session)
    if records.find_event(session, sale_id) is not None:
        return None
    queries.bill(session, basket, day_of(at))
    lines = [
        [line.code, line.quantity, line.discount.won, line.price.won if line.price else None]
        for line in basket.lines
    ]
    row = HeldRow(sale_id=sale_id, name=name.strip()[:60], lines=lines, off=basket.off)
    row.at, row.by = at, by.name[:60]
    kept = session.merge(row)
    session.flush()
    return kept.value()


def put_away(session: Session, sale_id: str) -> None:
    """A basket waits no more: it was sold, or the customer did not come back."""
    row = session.get(HeldRow, sale_id)
    if row is not None:
        session.delete(row)
        session.flush()
