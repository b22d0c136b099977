"""Enter pieces anew where the terms of their day were changed afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.ids import new_id
from factory.people import queries as people
from factory.production import queries, records
from factory.production.domain.outcomes import Decided, WhyNeeded
from factory.production.domain.pay import NothingToEnterAnew, PayMode
from factory.production.domain.scans import Scan
from factory.production.records import OutcomeRow, ScanRow
from factory.security import service as security
from factory.security.domain import Actor, WorkerId

ANEW = "anew"
"""The source of an entry that only says differently how it is paid."""


def enter_anew(
    session: Session,
    worker: WorkerId,
    first: date,
    last: date,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Take her entries of some days back and enter them as her terms now say; how many pieces."""
    if not reason.strip():
        raise WhyNeeded
    hold(session, "pay of pieces", worker)
    wrong = {(each.day, each.entered) for each in _hers(session, worker, first, last)}
    scans, mended = _scans(session, worker, wrong), _repairs(session, worker, wrong)
    if not scans and not mended:
        raise NothingToEnterAnew
    records.append_scans(session, (new for scan in scans for new in _anew(session, scan, by, at)))
    for one in mended:
        records.append_outcomes(session, _repaired_anew(session, one, by))
    pieces = sum(scan.good for scan in scans) + len(mended)
    thing = f"pieces of worker {people.worker(session, worker).number}"
    security.record(session, by, "enter_anew", thing, at=at, reason=reason, after=pieces)
    return pieces


def _hers(
    session: Session, worker: WorkerId, first: date, last: date
) -> Iterable[queries.Otherwise]:
    found = queries.entered_otherwise(session, first, last)
    return (each for each in found if each.worker == worker)


def _scans(session: Session, worker: WorkerId, wrong: set[tuple[date, PayMode]]) -> list[Scan]:
    undone = select(ScanRow.reverses).where(ScanRow.reverses.is_not(None))
    days = {day for day, _ in wrong}
    found = records.scans_where(
        session,
        ScanRow.worker_id == worker,
        ScanRow.day.in_(days),
        ScanRow.reverses.is_(None),
        ScanRow.id.not_in(undone),
    )
    return [scan for scan in found if (scan.day, scan.pay) in wrong]


def _repairs(session: Session, worker: WorkerId, wrong: set[tuple[date, PayMode]]) -> list[Decided]:
    undone = select(OutcomeRow.reverses).where(OutcomeRow.reverses.is_not(None))
    days = {day for day, _ in wrong}
    found = records.outcomes_where(
        session,
        OutcomeRow.worker_id == worker,
        OutcomeRow.day.in_(days),
        OutcomeRow.reverses.is_(None),
        OutcomeRow.id.not_in(undone),
    )
    return [one for one in found if (one.day, one.pay) in wrong]


def _anew(session: Session, scan: Scan, by: Actor, at: datetime) -> tuple[Scan, Scan]:
    """The counter-entry, and the entry once more with the pay of its day; both stay on that day."""
    name = by.name[:60]
    counter = replace(
        scan,
        id=new_id(),
        good=-scan.good,
        rejects=tuple((defect, -count) for defect, count in scan.rejects),
        received=at,
        by=name,
        reverses=scan.id,
        source=ANEW,
    )
    mode = queries.pay_mode(session, scan.worker, scan.day)
    again = replace(scan, id=new_id(), received=at, by=name, pay=mode, source=ANEW)
    return counter, again


def _repaired_anew(session: Session, one: Decided, by: Actor) -> tuple[Decided, ...]:
    mode, event, name = queries.pay_mode(session, one.worker, one.day), new_id(), by.name[:60]
    counter = replace(one, event_id=event, count=-one.count, by=name, reverses=one.id)
    return counter, replace(one, event_id=event, by=name, pay=mode)
