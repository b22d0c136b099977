"""Pieces for pay, the day's output, and where work lies; the board reads kept balances only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.production import records
from factory.production.domain.bundles import Bundle
from factory.production.domain.pay import PayMode
from factory.production.domain.progress import coats_lying
from factory.production.domain.scans import Defect
from factory.production.queries.well import DONE_WELL
from factory.production.records import (
    IN_WORK,
    LIES_OPEN,
    BundleBalanceRow,
    BundleRow,
    DayOutputRow,
    RejectRow,
    ScanRow,
    StepBalanceRow,
)
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of an operation at one rate."""

    operation: str
    rate: Money
    count: int
    """Below zero where more was taken back of an earlier, paid month than was done."""


@dataclass(frozen=True, slots=True)
class Output:
    """What was done on a day at an operation."""

    operation: str
    good: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Pieces of a bundle that wait for a decision at a step, with the defects ever found there."""

    bundle: Bundle
    operation: str
    count: int
    defects: tuple[tuple[Defect, int], ...]


def pieces(
    session: Session, worker: WorkerId, first: date, last: date, mode: PayMode | None = None
) -> tuple[Pieces, ...]:
    """What somebody did well from one day to another, net of what was taken back, with its rate."""
    return pieces_of_all(session, first, last, (worker,), mode).get(worker, ())


def pieces_of_all(
    session: Session,
    first: date,
    last: date,
    workers: Collection[WorkerId] | None = None,
    mode: PayMode | None = None,
) -> dict[WorkerId, tuple[Pieces, ...]]:
    """The same of everybody at once, or of some; of all entries, or of those paid one way."""
    found: dict[WorkerId, Counter[tuple[str, Money]]] = defaultdict(Counter)
    for row, statement in _done_well(first, last):
        theirs = statement if workers is None else statement.where(row.worker_id.in_(workers))
        theirs = theirs if mode is None else theirs.where(row.pay == mode)
        for who, operation, rate, count in session.execute(theirs):
            if who is not None:
                found[WorkerId(who)][str(operation), rate] += int(count)
    return {
        who: tuple(
            Pieces(operation, rate, count)
            for (operation, rate), count in sorted(counted.items())
            if count
        )
        for who, counted in found.items()
    }


def _done_well(first: date, last: date) -> Iterator[tuple[Any, Select[Any, Any, Any, Any]]]:
    """Good pieces by worker, operation and rate, from each table in which they are counted."""
    for row, operation, count, which in DONE_WELL:
        keys = (row.worker_id, operation, row.rate)
        statement = select(*keys, func.sum(count)).where(row.day.between(first, last), *which)
        yield row, statement.group_by(*keys)


def scan_moments(
    session: Session, first: date, last: date, workers: Collection[WorkerId] | None = None
) -> dict[WorkerId, tuple[datetime, ...]]:
    """When each worker's entries were made from one day to another, taken-back ones too."""
    statement = select(ScanRow.worker_id, ScanRow.at).where(
        ScanRow.day.between(first, last), ScanRow.good >= 0
    )
    if workers is not None:
        statement = statement.where(ScanRow.worker_id.in_(workers))
    found: dict[WorkerId, list[datetime]] = defaultdict(list)
    for who, moment in session.execute(statement.order_by(ScanRow.at)):
        if who is not None:
            found[WorkerId(who)].append(moment)
    return {who: tuple(moments) for who, moments in found.items()}


def scan_counts(
    session: Session, first: date, last: date, workers: Collection[WorkerId]
) -> dict[tuple[WorkerId, date], int]:
    """How many of these entries some workers have, of each day that has any."""
    keys = ScanRow.worker_id, ScanRow.day
    statement = select(*keys, func.count()).where(
        ScanRow.day.between(first, last), ScanRow.good >= 0, ScanRow.worker_id.in_(workers)
    )
    rows = session.execute(statement.group_by(*keys))
    return {(WorkerId(who), on): count for who, on, count in rows if who is not None}


def output(session: Session, day: date) -> tuple[Output, ...]:
    """What was done on a day, by operation."""
    statement = select(DayOutputRow).where(DayOutputRow.day == day)
    rows = session.scalars(statement.order_by(DayOutputRow.operation))
    return tuple(Output(row.operation, row.good, row.rejected) for row in rows)


def wip_by_station(session: Session) -> dict[Station, int]:
    """Coats that have something to be done or repaired at each station.

    A coat whose parts lie at several stations counts at each of them, but only once at one;
    those that wait there for one operation and those that wait for the next are others.
    """
    step = StepBalanceRow
    passed = step.good - step.gone
    stretch = (passed, passed + step.rework + step.left)
    rows = session.execute(select(step.station, step.bundle, *stretch).where(LIES_OPEN))
    lying: dict[tuple[Station, str], list[tuple[int, int]]] = defaultdict(list)
    for station, bundle, first, last in rows:
        lying[station, bundle].append((first, last))
    found = Counter[Station]()
    for (station, _), stretches in lying.items():
        found[station] += coats_lying(stretches)
    return {station: found[station] for station in Station if station in found}


def cut_days(session: Session) -> dict[str, date]:
    """The day on which each bundle in work was cut: so long its coats have been under way."""
    statement = (
        select(BundleRow.code, BundleRow.cut_at)
        .join(BundleBalanceRow, BundleBalanceRow.bundle == BundleRow.code)
        .where(IN_WORK)
    )
    return {code: day_of(moment) for code, moment in session.execute(statement)}


def oldest_by_station(session: Session) -> dict[Station, date]:
    """The day on which the oldest of what lies at each station was cut."""
    statement = (
        select(StepBalanceRow.station, func.min(BundleRow.cut_at))
        .join(BundleRow, BundleRow.code == StepBalanceRow.bundle)
        .where(LIES_OPEN)
        .group_by(StepBalanceRow.station)
    )
    return {station: day_of(moment) for station, moment in session.execute(statement)}


def rework_open(session: Session) -> tuple[Waiting, ...]:
    """Pieces that wait for a decision, by bundle and step."""
    step = StepBalanceRow
    rows = session.execute(
        select(step.bundle, step.operation, step.rework)
        .where(LIES_OPEN, step.rework > 0)
        .order_by(step.bundle, step.operation)
    ).all()
    codes = {row.bundle for row in rows}
    bundles = {
        kept.code: kept for kept, _ in records.bundles_where(session, BundleRow.code.in_(codes))
    }
    why = _defects(session, codes)
    return tuple(
        Waiting(bundles[code], operation, count, why.get((code, operation), ()))
        for code, operation, count in rows
    )


def pieces_in_rework(session: Session) -> int:
    """How many pieces wait for a repair or a decision, of bundles that are open."""
    statement = select(func.sum(StepBalanceRow.rework)).where(LIES_OPEN)
    return session.scalar(statement) or 0


def _defects(
    session: Session, codes: set[str]
) -> dict[tuple[str, str], tuple[tuple[Defect, int], ...]]:
    statement = (
        select(ScanRow.bundle, ScanRow.operation, RejectRow.defect, func.sum(RejectRow.count))
        .join(RejectRow, RejectRow.scan == ScanRow.id)
        .where(ScanRow.bundle.in_(codes))
        .group_by(ScanRow.bundle, ScanRow.operation, RejectRow.defect)
        .order_by(RejectRow.defect)
    )
    found: dict[tuple[str, str], tuple[tuple[Defect, int], ...]] = {}
    for code, operation, defect, count in session.execute(statement):
        if count:
            key = (code, operation)
            found[key] = (*found.get(key, ()), (defect, int(count)))
    return found
