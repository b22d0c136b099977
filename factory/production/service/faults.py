"""Say where a fault comes from, let her answer, decide; and pay what was mended by that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO
from factory.production import queries, records, sealed
from factory.production.domain.faults import (
    Cause,
    Fault,
    FaultNamedAlready,
    Judged,
    NotFaulty,
    check_step,
    check_word,
    is_paid,
)
from factory.production.domain.outcomes import Outcome, WhyNeeded
from factory.production.domain.scans import Defect, Scan
from factory.production.queries import causes
from factory.production.records import FaultRow, OutcomeRow
from factory.security import service as security
from factory.security.domain import Actor


def name_fault(
    session: Session,
    scan_id: str,
    defect: Defect,
    cause: Cause,
    step: str | None = None,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Note where a rejected piece's fault comes from; the number of the fault."""
    scan = _rejecting(session, scan_id, defect)
    hold(session, "bundle", scan.bundle)
    if records.faults_where(session, FaultRow.scan == scan_id, FaultRow.defect == defect):
        raise FaultNamedAlready
    way = queries.bundle(session, scan.bundle).way
    check_step(way, scan.operation, step, cause)
    fault = Fault(
        id=0,
        scan=scan.id,
        defect=defect,
        bundle=scan.bundle,
        found=scan.operation,
        step=step,
        cause=cause,
        worker=causes.who_did(session, scan.bundle, step) if step else None,
        count=dict(scan.rejects)[defect],
        at=at,
        by=by.name,
    )
    return records.append_fault(session, fault)


def _rejecting(session: Session, scan_id: str, defect: Defect) -> Scan:
    scan = records.find_scan(session, scan_id)
    if scan is None or scan.reverses is not None or defect not in dict(scan.rejects):
        raise NotFaulty
    if records.is_undone(session, scan_id):
        raise NotFaulty
    return scan


def answer_fault(session: Session, number: int, word: str, *, by: Actor, at: datetime) -> None:
    """Keep what she says about a fault in her work, until it is decided."""
    fault = causes.fault(session, number).fault
    check_word(fault, by.worker, word)
    sealed.seal_word(session, records.append_said(session, number, at=at), word.strip())


def judge_fault(
    session: Session, number: int, cause: Cause, reason: str, *, by: Actor, at: datetime
) -> None:
    """Decide where a fault comes from; a repair that was not paid for it is paid now."""
    if not reason.strip():
        raise WhyNeeded
    fault = causes.fault(session, number).fault
    hold(session, "bundle", fault.bundle)
    check_step(queries.bundle(session, fault.bundle).way, fault.found, fault.step, cause)
    judged = Judged(cause, reason.strip(), by.name, at)
    sealed.seal_reason(session, records.append_judged(session, number, judged), reason.strip())
    _pay_repairs(session, replace(fault, judged=judged), by=by)
    security.record(session, by, "judge_fault", f"fault {number}", at=at)


def _pay_repairs(session: Session, fault: Fault, *, by: Actor) -> None:
    """What was mended unpaid as her own fault, and turns out not to be, is paid after all."""
    repairs = records.outcomes_where(
        session, OutcomeRow.fault == fault.id, OutcomeRow.outcome == Outcome.REPAIRED
    )
    back = {one.reverses for one in repairs}
    for one in repairs:
        counts = one.reverses is None and one.id not in back
        if counts and one.rate == ZERO and fault.step and is_paid(fault, one.worker):
            event, state = new_id(), queries.bundle(session, one.bundle)
            rate = state.routing.step(fault.step).rate
            counter = replace(one, event_id=event, count=-one.count, reverses=one.id)
            again = replace(one, event_id=event, rate=rate, by=by.name[:60])
            records.append_outcomes(session, (counter, again))
