"""For which order and style each worker's good pieces were made; pay's cost is spread by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.production.records import BundleRow, ScanRow
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class MadeFor:
    """So many good pieces of an operation, by whom and for which order."""

    worker: WorkerId
    order: str
    style: str
    routing_uid: str
    operation: str
    count: int


def made_for(session: Session, first: date, last: date) -> tuple[MadeFor, ...]:
    """Everybody's good pieces from one day to another, net of what was taken back."""
    keys = (
        ScanRow.worker_id,
        BundleRow.order,
        BundleRow.style,
        BundleRow.routing_uid,
        ScanRow.operation,
    )
    statement = (
        select(*keys, func.sum(ScanRow.good))
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(ScanRow.day.between(first, last), ScanRow.worker_id.is_not(None))
        .group_by(*keys)
        .order_by(*keys)
    )
    return tuple(
        MadeFor(WorkerId(who), order, style, uid, operation, int(count))
        for who, order, style, uid, operation, count in session.execute(statement)
        if count and who is not None
    )
