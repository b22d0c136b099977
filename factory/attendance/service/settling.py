"""Her claims, and the supervisor's decisions about minutes outside the plan."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.attendance.domain.settle import WhyNotWork, checked, refuse_claim
from factory.attendance.queries import sheet
from factory.attendance.records import ClaimRow, DecisionRow, find_claim
from factory.attendance.service.locked import refuse_locked
from factory.kernel.ids import new_id
from factory.kernel.time import DAY, Interval, day_of
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock.domain import NotYourOwn


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
    refuse_locked(session, day)
    refuse_claim(span, sheet(session, worker.id, day - DAY, day).days)
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
    """Say whether this time was work or, with a reason, presence only; never one's own."""
    if by.worker == worker.id:
        raise NotYourOwn
    if not worked and not reason.strip():
        raise WhyNotWork
    span = checked(interval)
    refuse_locked(session, day_of(span.start))
    session.add(
        DecisionRow(
            worker_id=worker.id,
            start=span.start,
            end=span.end,
            worked=worked,
            reason=reason.strip(),
            at=at,
            by=by.name,
        )
    )
    session.flush()
    thing = f"worker {worker.number}"
    security.record(session, by, "settle_presence", thing, at=at, reason=reason.strip())
