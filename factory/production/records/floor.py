"""Load how far a bundle is, keep what happened to it; few statements, because scans are many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.progress import Progress, StepState
from factory.production.domain.scans import Defect, Scan
from factory.production.records.tables import (
    BundleBalanceRow,
    BundleRow,
    DayOutputRow,
    OutcomeRow,
    RejectRow,
    ScanRow,
    StepBalanceRow,
)
from factory.security.domain import WorkerId

BUNDLES, SCANS, REJECTS, STEPS, WHOLES, DAYS = (
    cast(Table, row.__table__)
    for row in (BundleRow, ScanRow, RejectRow, StepBalanceRow, BundleBalanceRow, DayOutputRow)
)
_BUNDLE = tuple(BUNDLES.c[name] for name in Bundle.__dataclass_fields__)
_WHOLE = tuple(
    WHOLES.c[name] for name in ("scrapped", "second", "lost", "sewn", "packed", "started")
)
_STEP = tuple(STEPS.c[name] for name in ("operation", "good", "gone", "rework", "left"))


def find_bundle(session: Session, code: str) -> tuple[Bundle, Progress] | None:
    """Look a bundle up; its progress has no steps yet (`with_steps`)."""
    found = bundles_where(session, BUNDLES.c.code == code)
    return found[0] if found else None


def bundles_where(
    session: Session, *conditions: ColumnElement[bool]
) -> tuple[tuple[Bundle, Progress], ...]:
    """Bundles with the counts of the whole, by code."""
    statement = (
        select(*_BUNDLE, *_WHOLE)
        .join(WHOLES, WHOLES.c.bundle == BUNDLES.c.code)
        .where(*conditions)
        .order_by(BUNDLES.c.serial)
    )
    split = len(_BUNDLE)
    return tuple(
        (Bundle(**dict(zip(Bundle.__dataclass_fields__, row[:split], strict=True))), _whole(row))
        for row in session.execute(statement)
    )


def _whole(row: Any) -> Progress:
    scrapped, second, lost, sewn, packed, started = row[len(_BUNDLE) :]
    return Progress(row.quantity, {}, scrapped, second, lost, sewn, packed, started)


def with_steps(
    session: Session, code: str, progress: Progress, operations: Collection[str] | None = None
) -> Progress:
    """The same with the steps asked for, or with all."""
    statement = select(*_STEP).where(STEPS.c.bundle == code)
    if operations is not None:
        statement = statement.where(STEPS.c.operation.in_(operations))
    rows = session.execute(statement)
    return replace(progress, steps={row[0]: StepState(*row[1:]) for row in rows})


def save(session: Session, code: str, before: Progress, after: Progress) -> None:
    """Keep what has changed of a bundle's counts."""
    changed = [
        {"of": code, "at": operation, **step_values(step)}
        for operation, step in after.steps.items()
        if step != before.steps.get(operation)
    ]
    if changed:
        session.connection().execute(_UPDATE_STEP, changed)
    if (values := balance_values(after)) != balance_values(before):
        session.execute(update(WHOLES).where(WHOLES.c.bundle == code).values(values))


_UPDATE_STEP = update(STEPS).where(
    STEPS.c.bundle == bindparam("of"), STEPS.c.operation == bindparam("at")
)
_UPDATE_STEP = _UPDATE_STEP.values(
    {name: bindparam(name) for name in ("good", "gone", "rework", "left", "waiting")}
)


def step_values(step: StepState) -> dict[str, int]:
    """A step's counts as its row keeps them."""
    return {
        "good": step.good,
        "gone": step.gone,
        "rework": step.rework,
        "left": step.left,
        "waiting": step.left + step.rework,
    }


def balance_values(progress: Progress) -> dict[str, Any]:
    """A bundle's counts as its row keeps them."""
    names = ("scrapped", "second", "lost", "sewn", "packed", "started", "stage")
    return {name: getattr(progress, name) for name in names}


# Scans


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
        reverses=row.reverses,
    )


def is_undone(session: Session, scan_id: str) -> bool:
    """Whether an entry was taken back."""
    return session.scalar(select(SCANS.c.id).where(SCANS.c.reverses == scan_id)) is not None


def append_scans(session: Session, scans: Iterable[Scan]) -> None:
    """Keep entries, and the day's output with them."""
    kept = list(scans)
    session.execute(insert(SCANS), [_scan_values(scan) for scan in kept])
    why = [
        {"scan": scan.id, "defect": defect, "count": count}
        for scan in kept
        for defect, count in scan.rejects
    ]
    if why:
        session.execute(insert(REJECTS), why)
    days: dict[tuple[Any, str], tuple[int, int]] = {}
    for scan in kept:
        good, rejected = days.get((scan.day, scan.operation), (0, 0))
        days[scan.day, scan.operation] = good + scan.good, rejected + scan.rejected
    for (day, operation), (good, rejected) in days.items():
        count_output(session, day, operation, good=good, rejected=rejected)


def _scan_values(scan: Scan) -> dict[str, Any]:
    values = {name: getattr(scan, name) for name in Scan.__dataclass_fields__}
    values["worker_id"] = values.pop("worker")
    values["rejected"] = scan.rejected
    del values["rejects"]
    return values


def count_output(
    session: Session, day: object, operation: str, *, good: int, rejected: int = 0
) -> None:
    """Add to what was done on a day at an operation."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    made = (sqlite.insert if on_sqlite else postgresql.insert)(DAYS)
    added = made.values(day=day, operation=operation, good=good, rejected=rejected)
    session.execute(
        added.on_conflict_do_update(
            index_elements=[DAYS.c.day, DAYS.c.operation],
            set_={
                "good": DAYS.c.good + added.excluded.good,
                "rejected": DAYS.c.rejected + added.excluded.rejected,
            },
        )
    )


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


# Outcomes


def append_outcomes(session: Session, decided: Iterable[Decided]) -> tuple[Decided, ...]:
    """Keep what became of pieces, and what was repaired in the day's output."""
    rows = []
    for place, one in enumerate(decided, 1):
        values = {name: getattr(one, name) for name in Decided.__dataclass_fields__}
        del values["id"], values["trace"]
        values["worker_id"] = values.pop("worker")
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


def whole_bundles(session: Session) -> Iterator[tuple[Bundle, Progress]]:
    """Every bundle with all its steps."""
    steps: dict[str, dict[str, StepState]] = {}
    for code, operation, *counts in session.execute(select(STEPS.c.bundle, *_STEP)):
        steps.setdefault(code, {})[operation] = StepState(*counts)
    for bundle, progress in bundles_where(session):
        yield bundle, replace(progress, steps=steps.get(bundle.code, {}))
