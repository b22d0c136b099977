"""Patterns of working days, and who works by which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain.plan import PlanKind, Planned
from factory.attendance.domain.slack import Slack
from factory.people import queries as people
from factory.security.domain import WorkerId


def patterns(session: Session, on: date) -> dict[str, Planned]:
    """Every schedule as it is on a day, by name; a later one that is not yet in force too."""
    found = {}
    for name, history in records.schedules(session).items():
        held = [row for row in history if row.since <= on] or history[:1]
        found[name] = held[-1].value()
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class RestDay:
    """A day that the factory closed or that was asked for, with whom it concerns."""

    day: date
    kind: PlanKind
    reason: str
    names: tuple[str, ...]

    @property
    def slack(self) -> Slack | None:
        """Why the factory rests, where it does; her own reason is nobody's business."""
        return Slack(self.reason) if self.kind is PlanKind.SHUTDOWN else None


def days_of_rest(session: Session, first: date, last: date) -> tuple[RestDay, ...]:
    """Days of rest from one day to another, the newest first."""
    names, found = people.names(session), defaultdict(list)
    for (worker, day), row in records.day_plans(session, first, last).items():
        if row.kind in {PlanKind.SHUTDOWN, PlanKind.ASKED_OFF}:
            own = row.reason if row.kind is PlanKind.SHUTDOWN else ""
            found[day, row.kind, own].append(names[worker])
    return tuple(
        RestDay(day, kind, reason, tuple(sorted(who)))
        for (day, kind, reason), who in sorted(found.items(), reverse=True)
    )


def rests(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> dict[WorkerId, frozenset[date]]:
    """The days that the factory closed, of everybody or of one, with one statement."""
    found: dict[WorkerId, set[date]] = defaultdict(set)
    for (worker, day), row in records.day_plans(session, first, last, worker_id).items():
        if row.kind is PlanKind.SHUTDOWN:
            found[worker].add(day)
    return {worker: frozenset(some) for worker, some in found.items()}


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who works by a schedule, or will from a day on."""

    schedule: str
    worker: WorkerId
    since: date


def assigned(session: Session, on: date) -> tuple[Assigned, ...]:
    """Who works by which schedule on a day, and who will from a later one on."""
    return tuple(
        Assigned(row.schedule, worker, row.since)
        for worker, history in records.assignments(session).items()
        for row in [row for row in history if row.since <= on][-1:]
        + [row for row in history if row.since > on]
        if row.schedule is not None
    )
