"""Decide what becomes of rejected pieces, note what is missing or found, take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue.domain import Grade
from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.money import ZERO
from factory.kernel.time import day_of
from factory.kernel.words import mark
from factory.production import queries, records
from factory.production.domain.faults import Fault, is_paid
from factory.production.domain.holds import refuse_unfinished
from factory.production.domain.outcomes import (
    Decided,
    NoneLost,
    NothingToRepair,
    NotSoManyInWork,
    Outcome,
    Trace,
    WhyNeeded,
    decide_outcome,
    refuse_take_back,
)
from factory.production.domain.outcomes import take_back as taken_back
from factory.production.domain.pay import PayMode
from factory.production.domain.progress import Progress, Stage
from factory.production.domain.scans import NothingCounted, counts_on
from factory.production.queries import BundleState, causes
from factory.production.records import OutcomeRow
from factory.production.service import rail
from factory.security import service as security
from factory.security.domain import Actor, WorkerId

NEEDS_A_REASON = frozenset({Outcome.SCRAPPED, Outcome.LOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A decision about pieces of one bundle."""

    outcome: Outcome
    operation: str | None
    reason: str
    worker: WorkerId | None
    by: Actor
    at: datetime
    event_id: str


def decide(  # noqa: PLR0913 - a decision says all of this
    session: Session,
    bundle: str,
    operation: str,
    outcome: Outcome,
    count: int = 1,
    reason: str = "",
    worker: WorkerId | None = None,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> tuple[Decided, ...]:
    """Say what becomes of pieces that wait at a step; a repaired one is paid to `worker`."""
    case = _Case(
        outcome=outcome,
        operation=operation,
        reason=_why(outcome, reason),
        worker=worker if outcome is Outcome.REPAIRED else None,
        by=by,
        at=at,
        event_id=event_id,
    )

    def refuse(state: BundleState) -> None:
        queries.refuse_held(session, state.bundle, state.progress)
        state.routing.step(operation)
        if state.progress.steps[operation].rework < count:
            raise NothingToRepair(count=state.progress.steps[operation].rework)
        if outcome is Outcome.REPAIRED and operation == state.way.last:
            panels = queries.panels_of(session, state.bundle)
            refuse_unfinished(state.progress.in_work - count, panels)

    return _decide(session, bundle, case, count, refuse)


def mark_lost(
    session: Session,
    bundle: str,
    count: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> tuple[Decided, ...]:
    """Note that pieces of a bundle can't be found."""
    case = _Case(
        outcome=Outcome.LOST,
        operation=None,
        reason=_why(Outcome.LOST, reason),
        worker=None,
        by=by,
        at=at,
        event_id=event_id,
    )

    def refuse(state: BundleState) -> None:
        queries.refuse_gone(session, state.bundle, state.progress)
        if state.progress.in_work < count:
            raise NotSoManyInWork(count=state.progress.in_work)

    return _decide(session, bundle, case, count, refuse)


def _why(outcome: Outcome, reason: str) -> str:
    if outcome in NEEDS_A_REASON and not reason.strip():
        raise WhyNeeded
    return reason.strip()[:300]


def _decide(
    session: Session,
    code: str,
    case: _Case,
    count: int,
    refuse: Callable[[BundleState], None],
) -> tuple[Decided, ...]:
    if count < 1:
        raise NothingCounted
    code = queries.meant(session, code)
    hold(session, "bundle", code)
    earlier = records.outcomes_where(session, OutcomeRow.event_id == case.event_id)
    if earlier:
        return earlier
    state = queries.bundle(session, code)
    refuse(state)
    progress, decided = state.progress, []
    pay = queries.pay_mode(session, case.worker, day_of(case.at))
    faults = causes.next_faults(session, code, case.operation) if case.operation else []
    for place in range(count):
        progress, trace = decide_outcome(state.way, progress, case.outcome, case.operation)
        fault = faults[place] if place < len(faults) else None
        decided.append(_decided(state, case, trace, pay, fault))
    kept = records.append_outcomes(session, decided)
    records.save(session, code, state.progress, progress)
    if (grade := _leaves_as(state, case.outcome, case.operation)) is not None:
        rail.receive(
            session,
            state.bundle,
            grade,
            count,
            event_id=case.event_id,
            by=case.by,
            at=case.at,
        )
    _note(session, state, progress, case, count)
    return kept


def _leaves_as(state: BundleState, outcome: Outcome, operation: str | None) -> Grade | None:
    """As what a piece hangs on the rail afterwards; a repair at the last step finishes it."""
    if outcome is Outcome.SECOND:
        return Grade.SECOND
    repaired = outcome is Outcome.REPAIRED and operation == state.way.last
    return Grade.FIRST if repaired else None


def _decided(
    state: BundleState, case: _Case, trace: Trace, pay: PayMode, fault: Fault | None
) -> Decided:
    work = fault.step if fault and fault.step else case.operation
    paid = case.worker is not None and is_paid(fault, case.worker)
    return Decided(
        id=0,
        event_id=case.event_id,
        bundle=state.bundle.code,
        operation=case.operation,
        outcome=case.outcome,
        count=1,
        trace=trace,
        worker=case.worker,
        rate=state.routing.step(work).rate if paid and work else ZERO,
        at=case.at,
        day=day_of(case.at),
        by=case.by.name[:60],
        reason=case.reason,
        decider=case.by.worker,
        pay=pay,
        fault=fault.id if fault else None,
        paid_as=work if work != case.operation else None,
    )


def _note(session: Session, state: BundleState, after: Progress, case: _Case, count: int) -> None:
    code = state.bundle.code
    thing = f"bundle {code} {case.operation or ''}".strip()
    what, reason, pieces = case.outcome.value, case.reason, {"pieces": count}
    security.record(session, case.by, what, thing, at=case.at, reason=reason, after=pieces)
    if after.stage is Stage.CLOSED:
        rail.complete(session, state.bundle.order, by=case.by, at=case.at)


def mark_found(
    session: Session,
    bundle: str,
    count: int,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> tuple[Decided, ...]:
    """Pieces that were missing are back where they were."""
    if count < 1:
        raise NothingCounted
    bundle = queries.meant(session, bundle)
    hold(session, "bundle", bundle)
    known = queries.outcomes_of(session, bundle)
    if again := tuple(one for one in known if one.event_id == event_id):
        return again
    back = {one.reverses for one in known}
    lost = [one for one in known if one.outcome is Outcome.LOST and one.reverses is None]
    missing = [one for one in lost if one.id not in back]
    if len(missing) < count:
        raise NoneLost(count=len(missing))
    chosen = missing[-count:][::-1]
    return _take_back(session, bundle, chosen, reason, by=by, at=at, event_id=event_id)


def take_back(
    session: Session, outcome_id: int, reason: str = "", *, by: Actor, at: datetime, event_id: str
) -> Decided:
    """Take a wrong decision back by the rules of `undo`: the piece waits again where it waited."""
    found = records.outcomes_where(session, OutcomeRow.id == outcome_id)
    if not found:
        raise NotFound(mark("entry"))
    hold(session, "bundle", found[0].bundle)
    refuse_take_back(found[0], by, at=at)
    (kept,) = _take_back(
        session, found[0].bundle, list(found), reason, by=by, at=at, event_id=event_id
    )
    return kept


def _take_back(
    session: Session,
    code: str,
    chosen: list[Decided],
    reason: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> tuple[Decided, ...]:
    state = queries.bundle(session, code)
    back = {one.reverses for one in queries.outcomes_of(session, code)}
    progress, counter = state.progress, []
    for one in chosen:
        progress = taken_back(state.way, progress, one, undone=one.id in back)
        counter.append(_counter(one, reason, by=by, at=at, event_id=event_id))
        if (grade := _leaves_as(state, one.outcome, one.operation)) is not None:
            rail.take_back(session, state.bundle, grade, 1, event_id=event_id, by=by, at=at)
    kept = records.append_outcomes(session, counter)
    records.save(session, code, state.progress, progress)
    security.record(
        session,
        by,
        "take_back",
        f"bundle {code}",
        at=at,
        reason=reason.strip(),
        before=[one.outcome.value for one in chosen],
    )
    return kept


def _counter(one: Decided, reason: str, *, by: Actor, at: datetime, event_id: str) -> Decided:
    return replace(
        one,
        event_id=event_id,
        count=-one.count,
        at=at,
        day=counts_on(one.day, at),
        by=by.name[:60],
        decider=by.worker,
        reason=reason.strip()[:300],
        reverses=one.id,
    )
