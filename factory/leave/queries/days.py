"""Who is away on which days, and what of it pay needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.time import Period
from factory.leave import records, sealed
from factory.leave.domain import Answer, Part
from factory.leave.domain.swaps import Swap
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away on a working day, as it was granted; never why."""

    worker: WorkerId
    day: date
    minutes: int
    part: Part
    paid: bool
    attended: bool
    """Whether the day counts like a day worked."""


def on_leave(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> tuple[Leave, ...]:
    """Every granted working day of leave from one day to another, by day."""
    span = Period(first, last)
    found = records.requests(session, worker_id=worker_id, within=span)
    granted = (request for request in found if request.answer is Answer.GRANTED)
    away = [
        Leave(request.worker, one.day, one.minutes, one.part, counts.paid, counts.attended)
        for request in sealed.counted(session, granted)
        if (counts := request.counts_as) is not None
        for one in request.days
        if one.day in span
    ]
    return tuple(sorted(away, key=lambda leave: (leave.day, leave.worker)))


def asked_days(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> frozenset[tuple[WorkerId, date]]:
    """Days for which somebody has asked and nobody answered yet."""
    return records.asked_days(session, first, last, worker_id)


def paid_minutes(session: Session, worker_id: WorkerId, first: date, last: date) -> dict[date, int]:
    """The minutes of paid leave of somebody's days."""
    found: dict[date, int] = {}
    for leave in on_leave(session, first, last, worker_id):
        if leave.paid:
            found[leave.day] = found.get(leave.day, 0) + leave.minutes
    return found


@dataclass(frozen=True, slots=True)
class LeaveForPay:
    """What pay needs to know of somebody's leave."""

    whole: frozenset[date]
    """Days of paid leave."""
    parts: dict[date, int]
    """Minutes of paid leave on days that are worked in part."""
    excused: frozenset[date]
    """Days of leave without pay that count as attended."""
    absent: frozenset[date]
    """Days of leave without pay that do not."""
    swaps: tuple[Swap, ...]
    """Public holidays that are worked, and the days off for them."""


def for_pay(session: Session, worker_id: WorkerId, first: date, last: date) -> LeaveForPay:
    """Somebody's leave as pay counts it, from one day to another."""
    return as_paid(on_leave(session, first, last, worker_id), records.swaps(session))


def as_paid(found: Sequence[Leave], swaps: tuple[Swap, ...]) -> LeaveForPay:
    """Leave of one person, read already, as pay counts it."""
    paid = [leave for leave in found if leave.paid]
    parts = {leave.day: [one for one in paid if one.day == leave.day] for leave in paid}
    whole = frozenset(day for day, some in parts.items() if _fills(some))
    unpaid = [leave for leave in found if not leave.paid]
    return LeaveForPay(
        whole=whole,
        parts={d: sum(p.minutes for p in some) for d, some in parts.items() if d not in whole},
        excused=frozenset(leave.day for leave in unpaid if leave.attended),
        absent=frozenset(leave.day for leave in unpaid if not leave.attended),
        swaps=swaps,
    )


def _fills(parts: list[Leave]) -> bool:
    """Whether these parts make a whole day."""
    return len(parts) > 1 or parts[0].part is Part.WHOLE
