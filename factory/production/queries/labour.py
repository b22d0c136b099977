"""For which order and style each worker's good pieces were made; pay's cost is spread by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from factory.production.queries.well import DONE_WELL
from factory.production.records import BundleRow
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
    """Everybody's good pieces from one day to another, net of what was taken back, with repairs."""
    found = Counter[tuple[int, str, str, str, str]]()
    for statement in _done(first, last):
        for *key, count in session.execute(statement):
            found[tuple(key)] += int(count)
    return tuple(
        MadeFor(WorkerId(who), order, style, uid, operation, count)
        for (who, order, style, uid, operation), count in sorted(found.items())
        if count
    )


def _done(first: date, last: date) -> Iterator[Select[Any, Any, Any, Any, Any, Any]]:
    for row, operation, count, which in DONE_WELL:
        key = (
            *(row.worker_id, BundleRow.order, BundleRow.style, BundleRow.routing_uid),
            operation,
        )
        yield (
            select(*key, func.sum(count))
            .join(BundleRow, BundleRow.code == row.bundle)
            .where(row.day.between(first, last), row.worker_id.is_not(None), *which)
            .group_by(*key)
        )
