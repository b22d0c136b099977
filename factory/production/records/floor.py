"""Look up bundles, entries and outcomes; keep what became of pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.progress import Progress, StepState
from factory.production.domain.scans import Defect, Scan
from factory.production.records.scanning import (
    BUNDLE_AND_WHOLE,
    BUNDLES,
    REJECTS,
    SCANS,
    STEP,
    STEPS,
    WHOLES,
    bundle_value,
    count_output,
)
from factory.production.records.tables import OutcomeRow
from factory.security.domain import WorkerId


def bundles_where(
    session: Session, *conditions: ColumnElement[bool]
) -> tuple[tuple[Bundle, Progress], ...]:
    """Bundles with the counts of the whole, by code."""
    statement = (
        select(*BUNDLE_AND_WHOLE)
        .join(WHOLES, WHOLES.c.bundle == BUNDLES.c.code)
        .where(*conditions)
        .order_by(BUNDLES.c.serial)
    )
    return tuple(bundle_value(row) for row in session.execute(statement))


def find_scan(session: Session, scan_id: str) -> Scan | None:
    """Look an entry up by the id it got where it began."""
    return next(iter(scans_where(session, SCANS.c.id == scan_id)), None)


def scans_where(
    session: Session, *conditions: ColumnElement[bool], newest: int | None = None
) -> tuple[Scan, ...]:
    """Entries with their rejects, in the order they arrived, or the newest first."""
    order = SCANS.c.received, SCANS.c.id
    statement = select(SCANS).where(*conditions)
    if newest is None:
        statement = statement.order_by(*order)
    else:
        statement = statement.order_by(*(column.desc() for column in order)).limit(newest)
    rows = session.execute(statement).all()
    why = _rejects(session, [row.id for row in rows if row.rejected])
    return tuple(_scan(row, why.get(row.id, ())) for row in rows)


def _rejects(session: Session, scans: list[str]) -> dict[str, tuple[tuple[Defect, int], ...]]:
    found: dict[str, tuple[tuple[Defect, int], ...]] = {}
    if scans:
        for scan, defect, count in session.execute(
            select(REJECTS).where(REJECTS.c.scan.in_(scans)).order_by(REJECTS.c.defect)
        ):
            found[scan] = (*found.get(scan, ()), (defect, count))
    return found


def _scan(row: Any, rejects: tuple[tuple[Defect, int], ...]) -> Scan:
    return Scan(
        id=row.id,
        bundle=row.bundle,
        operation=row.operation,
        worker=None if row.worker_id is None else WorkerId(row.worker_id),
        good=row.good,
        rejects=rejects,
        at=row.at,
        received=row.received,
        day=row.day,
        source=row.source,
        by=row.by,
        rate=row.rate,
        pay=row.pay,
        reverses=row.reverses,
    )


def is_undone(session: Session, scan_id: str) -> bool:
    """Whether an entry was taken back."""
    return session.scalar(select(SCANS.c.id).where(SCANS.c.reverses == scan_id)) is not None


def last_scan(session: Session, code: str, operation: str) -> Scan | None:
    """The last entry at a step that still counts."""
    here = (SCANS.c.bundle == code, SCANS.c.operation == operation)
    return next(iter(scans_where(session, *here, *_still_counts(*here), newest=1)), None)


def scans_of_worker(
    session: Session, worker: WorkerId, since: datetime, most: int
) -> tuple[Scan, ...]:
    """Somebody's last entries since a moment that still count, the newest first."""
    hers = (SCANS.c.worker_id == worker, SCANS.c.received >= since)
    return scans_where(session, *hers, *_still_counts(*hers), newest=most)


def _still_counts(*among: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    undone = select(SCANS.c.reverses).where(SCANS.c.reverses.is_not(None), *among)
    return SCANS.c.reverses.is_(None), SCANS.c.id.not_in(undone)


def append_outcomes(session: Session, decided: Iterable[Decided]) -> tuple[Decided, ...]:
    """Keep what became of pieces, and what was repaired in the day's output."""
    rows = []
    for place, one in enumerate(decided, 1):
        values = {name: getattr(one, name) for name in Decided.__dataclass_fields__}
        del values["id"], values["trace"]
        values["worker_id"] = values.pop("worker")
        values["decider_id"] = values.pop("decider")
        row = OutcomeRow(place=place, passed=list(one.trace.passed), **values)
        row.waited = list(one.trace.waited)
        session.add(row)
        session.flush()
        rows.append(row)
        if one.outcome is Outcome.REPAIRED and one.operation is not None:
            count_output(session, one.day, one.operation, good=one.count)
    return tuple(row.value() for row in rows)


def outcomes_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[Decided, ...]:
    """Outcomes, in the order they were decided."""
    statement = select(OutcomeRow).where(*conditions).order_by(OutcomeRow.id)
    return tuple(row.value() for row in session.scalars(statement))


def outcomes_of_decider(
    session: Session, worker: WorkerId, since: datetime, most: int
) -> tuple[Decided, ...]:
    """What somebody decided since a moment and still counts, the newest first."""
    hers = (OutcomeRow.decider_id == worker, OutcomeRow.at >= since)
    undone = select(OutcomeRow.reverses).where(OutcomeRow.reverses.is_not(None))
    statement = (
        select(OutcomeRow)
        .where(*hers, OutcomeRow.reverses.is_(None), OutcomeRow.id.not_in(undone))
        .order_by(OutcomeRow.id.desc())
        .limit(most)
    )
    return tuple(row.value() for row in session.scalars(statement))


def whole_bundles(session: Session) -> Iterator[tuple[Bundle, Progress]]:
    """Every bundle with all its steps."""
    steps: dict[str, dict[str, StepState]] = {}
    for code, operation, *counts in session.execute(select(STEPS.c.bundle, *STEP)):
        steps.setdefault(code, {})[operation] = StepState(*counts)
    for bundle, progress in bundles_where(session):
        yield bundle, replace(progress, steps=steps.get(bundle.code, {}))
