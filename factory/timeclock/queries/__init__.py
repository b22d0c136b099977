"""Shifts, days and who is there, for pages and other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.replay import Difference
from factory.kernel.time import at, day_of
from factory.people import queries as people
from factory.security.domain import WorkerId
from factory.timeclock import domain, records
from factory.timeclock.domain import (
    LONGEST_SHIFT,
    Flag,
    Paired,
    Punch,
    PunchKind,
    Shift,
    is_still_there,
)
from factory.timeclock.domain.door import Walls
from factory.timeclock.queries.asking import (
    asked,
    asked_by,
    far_punches,
    forgotten_going,
    just_punched,
    late_punches,
    locked_until,
    wrong_clocks,
)
from factory.timeclock.queries.events import (
    TakenBack,
    days_begun,
    events,
    on_days,
    punch_counts,
    taken_back,
)
from factory.timeclock.records import PresenceRow

__all__ = [
    "TakenBack",
    "asked",
    "asked_by",
    "days_begun",
    "events",
    "far_punches",
    "forgotten_going",
    "house_breaks",
    "just_punched",
    "last_kind",
    "late_punches",
    "locked_until",
    "missing",
    "on_days",
    "paired",
    "present",
    "punch_counts",
    "punches",
    "recomputed",
    "shifts",
    "taken_back",
    "wrong_clocks",
]
A_DAY = timedelta(days=1)
INSIDE = frozenset({PunchKind.IN, PunchKind.BREAK_START, PunchKind.BREAK_END})


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is there."""

    name: str
    number: int
    on_break: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class PunchLine:
    """A punch in a list."""

    id: int
    kind: PunchKind
    at: datetime
    entered_by: str
    reason: str


def paired(session: Session, worker_id: WorkerId, first: date, last: date) -> Paired:
    """Somebody's shifts that start from one day to another, with what is open."""
    rows = records.valid_punches(
        session, at(first, "00:00"), at(last + 2 * A_DAY, "00:00"), worker_id
    )
    found = domain.pair(Punch(worker_id, row.kind, row.at) for row in rows)
    return Paired(
        tuple(shift for shift in found.shifts if first <= shift.day <= last),
        tuple((day, flag) for day, flag in found.flags if first <= day <= last),
        found.open_since,
    )


def shifts(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[Shift, ...]:
    """Somebody's whole shifts that start from one day to another."""
    return paired(session, worker_id, first, last).shifts


def punches(session: Session, worker_id: WorkerId, on: date) -> tuple[PunchLine, ...]:
    """Somebody's punches of a day that count, in order."""
    rows = records.valid_punches(session, at(on, "00:00"), at(on + A_DAY, "00:00"), worker_id)
    return tuple(PunchLine(row.id, row.kind, row.at, row.entered_by, row.reason) for row in rows)


def missing(
    session: Session, worker_id: WorkerId, first: date, last: date, *, at: datetime
) -> tuple[tuple[date, Flag], ...]:
    """What somebody's days still lack; not the end of a shift that may be going on."""
    found = paired(session, worker_id, first, last)
    began = found.open_since
    if began is None or day_of(began) > last or not is_still_there(began, at):
        return found.flags
    return found.flags[:-1]


def last_kind(session: Session, worker_id: WorkerId) -> PunchKind | None:
    """What her last punch said."""
    row = session.get(PresenceRow, worker_id)
    return None if row is None else row.kind


def present(session: Session, *, at: datetime) -> tuple[Present, ...]:
    """Who is there, by number; whoever forgot to go home is not there for ever."""
    rows = session.scalars(select(PresenceRow).where(PresenceRow.kind.in_(INSIDE)))
    found = {WorkerId(row.worker_id): row for row in rows if at < row.at + LONGEST_SHIFT}
    return tuple(
        Present(w.name, w.number, found[w.id].kind is PunchKind.BREAK_START, found[w.id].at)
        for w in people.workers(session)
        if w.id in found
    )


def house_breaks(session: Session) -> Walls:
    """The long breaks of the house."""
    return records.house_breaks(session)


def recomputed(session: Session) -> tuple[Difference, ...]:
    """Where the kept presence differs from the punches."""
    different = []
    for worker_id in records.workers_with_punches(session):
        replayed = records.presence_from_punches(session, worker_id)
        row = session.get(PresenceRow, worker_id)
        kept = None if row is None else (row.kind, row.at)
        if kept != replayed:
            different.append(Difference("presence", str(worker_id), str(kept), str(replayed)))
    return tuple(different)
