"""How pieces count in pay: the mode of a day, both teams of a line, what stands otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.people import queries as people
from factory.people.domain import terms_on
from factory.production.domain.pay import PayMode, TeamShare, mode_of
from factory.production.queries.well import DONE_WELL
from factory.production.records import BundleRow
from factory.security.domain import WorkerId


def pay_mode(session: Session, worker: WorkerId | None, day: date) -> PayMode:
    """How her pieces of a day count; nobody's pieces are paid by themselves."""
    return PayMode.TIME if worker is None else mode_of(people.pay_kind(session, worker, day))


def teams(session: Session, order: str) -> dict[int, tuple[TeamShare, ...]]:
    """What line team and piece team did for each line of an order, taken-back entries left out.

    Repairs are in it: they are work, and paid like the rest.
    """
    found: dict[tuple[int, PayMode], _Sum] = defaultdict(_Sum.empty)
    for statement in _of_order(order):
        for line, uid, operation, mode, who, count in session.execute(statement):
            if count and who is not None:
                sam = catalogue.routing_by_uid(session, uid).step(str(operation)).sam
                found[line, mode].add(WorkerId(who), int(count), sam)
    return {
        line: tuple(found[line, mode].share(mode) for mode in PayMode if (line, mode) in found)
        for line in sorted({line for line, _ in found})
    }


def _of_order(order: str) -> Iterator[Select[Any, Any, Any, Any, Any, Any]]:
    """Good pieces of an order as entered and as repaired, by line, operation, pay and worker."""
    for row, operation, count, which in DONE_WELL:
        key = (BundleRow.line, BundleRow.routing_uid, operation, row.pay, row.worker_id)
        yield (
            select(*key, func.sum(count))
            .join(BundleRow, BundleRow.code == row.bundle)
            .where(BundleRow.order == order, row.worker_id.is_not(None), *which)
            .group_by(*key)
        )


@dataclass(slots=True)
class _Sum:
    people: set[WorkerId]
    pieces: int
    standard: int

    @classmethod
    def empty(cls) -> _Sum:
        return cls(set(), 0, 0)

    def add(self, who: WorkerId, count: int, sam: int) -> None:
        self.people.add(who)
        self.pieces += count
        self.standard += count * sam

    def share(self, mode: PayMode) -> TeamShare:
        return TeamShare(mode, len(self.people), self.pieces, self.standard)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Pieces of a day that were entered as the terms of that day no longer say."""

    worker: WorkerId
    day: date
    entered: PayMode
    count: int


def entered_otherwise(session: Session, first: date, last: date) -> tuple[Otherwise, ...]:
    """Pieces whose mode is not what terms that were entered later say of their day."""
    history = people.terms_history(session)
    found: dict[tuple[WorkerId, date, PayMode], int] = defaultdict(int)
    for statement in _by_mode(first, last):
        for who, day, mode, count in session.execute(statement):
            if who is None:
                continue
            terms = terms_on(history.get(WorkerId(who), ()), day)
            if mode is not mode_of(terms.kind if terms else None):
                found[WorkerId(who), day, mode] += int(count)
    return tuple(Otherwise(*key, count) for key, count in sorted(found.items()) if count)


def _by_mode(first: date, last: date) -> Iterator[Select[int | None, date, PayMode, int]]:
    for row, _, count, which in DONE_WELL:
        key = (row.worker_id, row.day, row.pay)
        statement = select(*key, func.sum(count)).group_by(*key)
        yield statement.where(row.day.between(first, last), row.worker_id.is_not(None), *which)
