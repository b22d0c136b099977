"""Her claims, and the supervisor's decisions about minutes outside the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import queries
from factory.attendance.domain.settle import (
    EvidenceKind,
    NothingUnspoken,
    WhyNotWork,
    checked,
    refuse_absent,
    refuse_claim,
)
from factory.attendance.domain.spans import without
from factory.attendance.domain.watch import refuse_forbidden
from factory.attendance.records import ClaimRow, DecisionRow, find_claim
from factory.attendance.service.locked import refuse_locked
from factory.kernel.ids import new_id
from factory.kernel.time import DAY, Interval, day_of
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import NotYourOwn, is_still_there


def claim(
    session: Session,
    worker: Worker,
    interval: Interval,
    reason: str = "",
    *,
    event_id: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """She says that she worked in this time; the same claim sent again changes nothing."""
    event = event_id or new_id()
    if find_claim(session, event) is not None:
        return
    span = checked(interval, now=at)
    day = day_of(span.start)
    refuse_locked(session, _day_of(session, worker, span))
    refuse_claim(span, queries.sheet(session, worker.id, day - DAY, day).days)
    session.add(
        ClaimRow(
            event_id=event,
            worker_id=worker.id,
            start=span.start,
            end=span.end,
            reason=reason.strip(),
            at=at,
        )
    )
    session.flush()
    security.record(session, by, "claim_work", f"worker {worker.number}", at=at)


def _day_of(session: Session, worker: Worker, span: Interval) -> date:
    """The day a time belongs to: that of its shift, which may have begun before midnight."""
    on = day_of(span.start)
    found = timeclock.shifts(session, worker.id, on - DAY, on)
    own = (shift.day for shift in found if shift.start <= span.start < shift.end)
    return min(own, default=on)


def claim_all(
    session: Session,
    worker: Worker,
    spans: Iterable[Interval],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """She says that she worked in several times of a day."""
    for span in spans:
        claim(session, worker, span, reason, by=by, at=at)


def decide(
    session: Session,
    worker: Worker,
    interval: Interval,
    reason: str = "",
    *,
    worked: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Say whether this time was work or, with a reason, presence only; never one's own.

    Work to come that the law forbids her, whoever agrees to it, is refused.
    """
    span = checked(interval)
    refuse_locked(session, _day_of(session, worker, span))
    if worked and span.end > at:
        refuse_forbidden(worker.name, queries.more_would_break(session, worker, span, at=at))
    decide_closed(session, worker, span, reason, worked=worked, by=by, at=at)


def decide_closed(
    session: Session,
    worker: Worker,
    interval: Interval,
    reason: str,
    *,
    worked: bool,
    by: Actor,
    at: datetime,
) -> None:
    """The same on a day whose pay is closed: for the correction of a closed month alone."""
    if by.worker == worker.id:
        raise NotYourOwn
    if not worked and not reason.strip():
        raise WhyNotWork
    span = checked(interval)
    _refuse_absent(session, worker, span, at)
    _keep(session, worker, span, reason.strip(), worked=worked, by=by, at=at)
    session.flush()
    thing = f"worker {worker.number}"
    security.record(session, by, "settle_presence", thing, at=at, reason=reason.strip())


def _refuse_absent(session: Session, worker: Worker, span: Interval, moment: datetime) -> None:
    """Of time to come anything may be said; of what is over only where she was there."""
    if span.end > moment:
        return
    first, last = day_of(span.start) - DAY, day_of(span.end)
    found = timeclock.paired(session, worker.id, first, last)
    there = [Interval(shift.start, shift.end) for shift in found.shifts]
    if (since := found.open_since) is not None and is_still_there(since, moment):
        there.append(Interval(since, moment))
    refuse_absent(span, worker.name, there)


def _keep(
    session: Session,
    worker: Worker,
    span: Interval,
    reason: str,
    *,
    worked: bool,
    by: Actor,
    at: datetime,
) -> None:
    session.add(
        DecisionRow(
            worker_id=worker.id,
            start=span.start,
            end=span.end,
            worked=worked,
            reason=reason,
            at=at,
            by=by.name,
        )
    )


def settle_rest(session: Session, day: date, reason: str, *, by: Actor, at: datetime) -> int:
    """Call all minutes of a day that nobody spoke for presence only; gives for how many people.

    Her own are left out; a claim that opened something again wants an answer of its own.
    """
    if not reason.strip():
        raise WhyNotWork
    refuse_locked(session, day)
    settled = 0
    for line in queries.day(session, day, at=at):
        claims = [each.interval for each in line.evidence if each.kind is EvidenceKind.CLAIM]
        spans = without(line.sheet.unsettled, claims)
        if line.worker.id == by.worker or not spans:
            continue
        for span in spans:
            _keep(session, line.worker, span, reason.strip(), worked=False, by=by, at=at)
        settled += 1
    if not settled:
        raise NothingUnspoken
    session.flush()
    thing = f"day {day.isoformat()}"
    security.record(session, by, "settle_presence", thing, at=at, reason=reason.strip())
    return settled
