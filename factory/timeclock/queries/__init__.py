"""Shifts, days and who is there, for pages and other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.replay import Difference
from factory.kernel.time import at, day_of, monday_of
from factory.people import queries as people
from factory.people.domain import Worker, terms_on
from factory.security.domain import WorkerId
from factory.timeclock import domain, records
from factory.timeclock.domain import Flag, Paired, Punch, PunchKind, Shift
from factory.timeclock.domain.minutes import (
    DayMinutes,
    DayRules,
    Minutes,
    Timesheet,
    beyond_the_week,
    is_still_there,
    rules_of,
)
from factory.timeclock.queries.asking import (
    asked,
    asked_by,
    forgotten_going,
    just_punched,
    late_punches,
    locked_until,
    wrong_clocks,
)
from factory.timeclock.queries.events import events
from factory.timeclock.records import PresenceRow, PunchRow

__all__ = [
    "asked",
    "asked_by",
    "day",
    "events",
    "forgotten_going",
    "just_punched",
    "last_kind",
    "late_punches",
    "locked_until",
    "minutes",
    "missing",
    "paired",
    "present",
    "recomputed",
    "shifts",
    "timesheet",
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


@dataclass(frozen=True, slots=True)
class WorkersDay:
    """One worker's day."""

    worker: Worker
    counted: DayMinutes
    flags: tuple[Flag, ...]
    punches: tuple[PunchLine, ...]
    open_since: datetime | None
    """When the shift began that has no end yet."""

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Whole shifts of the day."""
        return self.counted.shifts

    @property
    def minutes(self) -> int:
        """Minutes worked."""
        return self.counted.minutes.worked

    def missing(self, at: datetime) -> tuple[Flag, ...]:
        """What is to be settled; not the end of a shift that may be going on at this moment."""
        if not is_still_there(self.open_since, at):
            return self.flags
        last = len(self.flags) - 1 - self.flags[::-1].index(Flag.MISSING_OUT)
        return self.flags[:last] + self.flags[last + 1 :]

    def stays_away(self, at: datetime) -> bool:
        """Whether she was to have come by this moment and there is no punch."""
        comes = self.counted.rules.comes
        return comes is not None and comes <= at and not self.punches and not self.shifts

    def urgency(self, at: datetime) -> tuple[bool, bool, int]:
        """Her place on the supervisor's list: missing punches, then nobody seen, then all."""
        return not self.missing(at), not self.stays_away(at), self.worker.number


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


def day(session: Session, on: date) -> tuple[WorkersDay, ...]:
    """Everybody's day."""
    rows = records.valid_punches(session, at(on, "00:00"), at(on + 2 * A_DAY, "00:00"))
    here, terms = people.workers(session, on), people.terms_of_all(session, on)
    found = []
    for worker in here:
        rules = rules_of(on, terms.get(worker.id), len(here))
        found.append(_day(worker, on, rules, [row for row in rows if row.worker_id == worker.id]))
    return tuple(found)


def _day(worker: Worker, on: date, rules: DayRules, mine: list[PunchRow]) -> WorkersDay:
    found = domain.pair(Punch(worker.id, row.kind, row.at) for row in mine)
    began = found.open_since
    return WorkersDay(
        worker,
        DayMinutes(on, tuple(shift for shift in found.shifts if shift.day == on), rules),
        tuple(flag for day, flag in found.flags if day == on),
        tuple(_line(row) for row in mine if row.at < at(on + A_DAY, "00:00")),
        began if began is not None and day_of(began) == on else None,
    )


def timesheet(session: Session, worker_id: WorkerId, first: date, last: date) -> Timesheet:
    """Somebody's days with a shift from one day to another, by kinds of minutes."""
    found = shifts(session, worker_id, monday_of(first), last)
    history, everybody = people.terms_of(session, worker_id), people.workers(session)
    days = []
    for on in sorted({shift.day for shift in found}):
        employees = sum(1 for worker in everybody if worker.is_here(on))
        rules = rules_of(on, terms_on(history, on), employees)
        days.append(DayMinutes(on, tuple(shift for shift in found if shift.day == on), rules))
    return Timesheet(tuple(day for day in days if day.day >= first), beyond_the_week(days))


def missing(
    session: Session, worker_id: WorkerId, first: date, last: date, *, at: datetime
) -> tuple[tuple[date, Flag], ...]:
    """What somebody's days still lack; not the end of a shift that may be going on."""
    found = paired(session, worker_id, first, last)
    began = found.open_since
    if began is None or day_of(began) > last or not is_still_there(began, at):
        return found.flags
    return found.flags[:-1]


def minutes(session: Session, worker_id: WorkerId, first: date, last: date) -> Minutes:
    """Somebody's minutes by kind from one day to another."""
    return timesheet(session, worker_id, first, last).total


def _line(row: PunchRow) -> PunchLine:
    return PunchLine(row.id, row.kind, row.at, row.entered_by, row.reason)


def last_kind(session: Session, worker_id: WorkerId) -> PunchKind | None:
    """What her last punch said."""
    row = session.get(PresenceRow, worker_id)
    return None if row is None else row.kind


def present(session: Session) -> tuple[Present, ...]:
    """Who is there now, by number."""
    rows = session.scalars(select(PresenceRow).where(PresenceRow.kind.in_(INSIDE)))
    found = {WorkerId(row.worker_id): row for row in rows}
    return tuple(
        Present(w.name, w.number, found[w.id].kind is PunchKind.BREAK_START, found[w.id].at)
        for w in people.workers(session)
        if w.id in found
    )


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
