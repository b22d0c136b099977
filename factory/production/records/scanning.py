"""What runs at every scan: a handful of statements, each made once and not anew each time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from factory.db import quick
from factory.production.domain.bundles import Bundle
from factory.production.domain.progress import Progress, StepState
from factory.production.domain.scans import Scan
from factory.production.records.tables import (
    BundleBalanceRow,
    BundleRow,
    DayOutputRow,
    RejectRow,
    ScanRow,
    StepBalanceRow,
)

BUNDLES, SCANS, REJECTS, STEPS, WHOLES, DAYS = (
    cast(Table, row.__table__)
    for row in (BundleRow, ScanRow, RejectRow, StepBalanceRow, BundleBalanceRow, DayOutputRow)
)
BUNDLE_FIELDS = tuple(Bundle.__dataclass_fields__)
WHOLE = ("scrapped", "second", "lost", "sewn", "packed", "started", "moved", "held", "found")
BUNDLE_AND_WHOLE = (
    *(BUNDLES.c[name] for name in BUNDLE_FIELDS),
    *(WHOLES.c[name] for name in WHOLE),
)
STEP = tuple(STEPS.c[name] for name in ("operation", "good", "gone", "rework", "left"))

_FIND_BUNDLE = (
    select(*BUNDLE_AND_WHOLE, SCANS.c.id)
    .join(WHOLES, WHOLES.c.bundle == BUNDLES.c.code)
    .outerjoin(SCANS, SCANS.c.id == bindparam("scan"))
    .where(BUNDLES.c.code == bindparam("of"))
)
_ALL_STEPS = select(*STEP).where(STEPS.c.bundle == bindparam("of"))
_SOME_STEPS = _ALL_STEPS.where(STEPS.c.operation.in_(bindparam("near", expanding=True)))
_INSERT_SCANS, _INSERT_REJECTS = insert(SCANS), insert(REJECTS)
_UPDATE_STEP = (
    update(STEPS)
    .where(STEPS.c.bundle == bindparam("of"), STEPS.c.operation == bindparam("at"))
    .values({name: bindparam(name) for name in ("good", "gone", "rework", "left", "waiting")})
)


def _adding(made: Any) -> Any:
    return made.on_conflict_do_update(
        index_elements=[DAYS.c.day, DAYS.c.operation],
        set_={
            "good": DAYS.c.good + made.excluded.good,
            "rejected": DAYS.c.rejected + made.excluded.rejected,
        },
    )


_ADD_OUTPUT = {
    "sqlite": _adding(sqlite.insert(DAYS)),
    "postgresql": _adding(postgresql.insert(DAYS)),
}


def find_bundle(
    session: Session, code: str, scan_id: str = ""
) -> tuple[Bundle, Progress, bool] | None:
    """Look a bundle up, and whether an entry is kept already; its steps come by `with_steps`."""
    found = quick.first(session, _FIND_BUNDLE, {"of": code, "scan": scan_id})
    if found is None:
        return None
    return (*bundle_value(found), found[-1] is not None)


def bundle_value(row: Any) -> tuple[Bundle, Progress]:
    """A bundle with the counts of the whole, from a row of `BUNDLE_AND_WHOLE`."""
    split = len(BUNDLE_FIELDS)
    bundle = Bundle(**dict(zip(BUNDLE_FIELDS, row[:split], strict=True)))
    counts = row[split : split + len(WHOLE)]
    return bundle, Progress(bundle.quantity + counts[-1], {}, *counts)


def with_steps(
    session: Session, code: str, progress: Progress, operations: Collection[str] | None = None
) -> Progress:
    """The same with the steps asked for, or with all."""
    if operations is None:
        rows = quick.run(session, _ALL_STEPS, {"of": code})
    else:
        near = {"of": code, "near": list(operations)}
        rows = [*quick.connection_of(session).execute(_SOME_STEPS, near)]
    return replace(progress, steps={row[0]: StepState(*row[1:]) for row in rows})


def save(session: Session, code: str, before: Progress, after: Progress) -> None:
    """Keep what has changed of a bundle's counts."""
    changed = [
        {"of": code, "at": operation, **step_values(step)}
        for operation, step in after.steps.items()
        if step is not before.steps.get(operation)
    ]
    if changed:
        quick.run(session, _UPDATE_STEP, changed)
    if (values := balance_values(after)) != balance_values(before):
        session.execute(update(WHOLES).where(WHOLES.c.bundle == code).values(values))


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
    return {name: getattr(progress, name) for name in (*WHOLE, "stage")}


def append_scans(session: Session, scans: Iterable[Scan]) -> None:
    """Keep entries, and the day's output with them."""
    kept = list(scans)
    quick.run(session, _INSERT_SCANS, [_scan_values(scan) for scan in kept])
    why = [
        {"scan": scan.id, "defect": defect, "count": count}
        for scan in kept
        for defect, count in scan.rejects
    ]
    if why:
        quick.run(session, _INSERT_REJECTS, why)
    days: dict[tuple[date, str], tuple[int, int]] = {}
    for scan in kept:
        good, rejected = days.get((scan.day, scan.operation), (0, 0))
        days[scan.day, scan.operation] = good + scan.good, rejected + scan.rejected
    for (day, operation), (good, rejected) in days.items():
        count_output(session, day, operation, good=good, rejected=rejected)


def _scan_values(scan: Scan) -> dict[str, Any]:
    return {
        "id": scan.id,
        "bundle": scan.bundle,
        "operation": scan.operation,
        "worker_id": scan.worker,
        "good": scan.good,
        "rejected": scan.rejected,
        "at": scan.at,
        "received": scan.received,
        "day": scan.day,
        "source": scan.source,
        "by": scan.by,
        "rate": scan.rate,
        "pay": scan.pay,
        "reverses": scan.reverses,
    }


def count_output(
    session: Session, day: date, operation: str, *, good: int, rejected: int = 0
) -> None:
    """Add to what was done on a day at an operation."""
    added = {"day": day, "operation": operation, "good": good, "rejected": rejected}
    quick.run(session, _ADD_OUTPUT[session.get_bind().dialect.name], added)
