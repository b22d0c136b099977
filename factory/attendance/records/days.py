"""Tables of schedules, plans, claims, decisions and approved days: facts all, the newest counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, cast, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.attendance.domain.approved import FIGURES, ApprovedDay, ApprovedShift, Ground
from factory.attendance.domain.plan import PlanKind, Planned, read_breaks, write_breaks
from factory.attendance.domain.settle import Evidence, EvidenceKind
from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.time import DAY, Interval, at
from factory.security.domain import WorkerId

REASON, NAME, WALL, BREAKS = String(300), String(60), String(5), String(120)


class ScheduleRow(Fact, Base):
    """A pattern of a working day; a change is a new row of the same name."""

    __tablename__ = "schedules"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(NAME)
    start: Mapped[str] = mapped_column(WALL)
    end: Mapped[str] = mapped_column(WALL)
    breaks: Mapped[str] = mapped_column(BREAKS)
    since: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)

    def value(self) -> Planned:
        """The pattern as a plan."""
        return Planned(self.start, self.end, read_breaks(self.breaks))


class AssignmentRow(Fact, Base):
    """Somebody works by a schedule from a day on; without a name by her terms again."""

    __tablename__ = "schedule_assignments"
    __table_args__ = (Index("ix_schedule_assignments_worker", "worker_id", "since"),)

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    since: Mapped[date]
    schedule: Mapped[str | None] = mapped_column(NAME)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)


class DayPlanRow(Fact, Base):
    """A plan for one day of one worker; without a kind the usual one holds again."""

    __tablename__ = "day_plans"
    __table_args__ = (Index("ix_day_plans_day_worker", "day", "worker_id"),)

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    day: Mapped[date]
    kind: Mapped[PlanKind | None] = mapped_column(Word(PlanKind))
    start: Mapped[str] = mapped_column(WALL)
    end: Mapped[str] = mapped_column(WALL)
    breaks: Mapped[str] = mapped_column(BREAKS)
    reason: Mapped[str] = mapped_column(REASON)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)

    def value(self) -> Planned | None:
        """The plan, or nothing where the usual one holds."""
        if self.kind is None:
            return None
        return Planned(self.start, self.end, read_breaks(self.breaks), self.kind)


class ClaimRow(Fact, Base):
    """She says that she worked in this time."""

    __tablename__ = "work_claims"
    __table_args__ = (Index("ix_work_claims_worker_start", "worker_id", "start"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    start: Mapped[datetime]
    end: Mapped[datetime]
    reason: Mapped[str] = mapped_column(REASON)
    at: Mapped[datetime]


class DecisionRow(Fact, Base):
    """Somebody decided whether this time was work; the newest counts."""

    __tablename__ = "work_decisions"
    __table_args__ = (Index("ix_work_decisions_worker_start", "worker_id", "start"),)

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    start: Mapped[datetime]
    end: Mapped[datetime]
    worked: Mapped[bool]
    reason: Mapped[str] = mapped_column(REASON)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)


class ApprovedDayRow(Fact, Base):
    """A day as it was closed, in minutes; one that does not hold was opened again."""

    __tablename__ = "approved_days"
    __table_args__ = (
        UniqueConstraint("worker_id", "day", "version"),
        Index("ix_approved_days_day", "day"),
    )

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    day: Mapped[date]
    version: Mapped[int]
    holds: Mapped[bool]
    shifts: Mapped[list[list[str]]] = mapped_column(JSON)
    worked: Mapped[int]
    present: Mapped[int]
    breaks: Mapped[int]
    night: Mapped[int]
    overtime: Mapped[int]
    holiday: Mapped[int]
    punches: Mapped[int]
    scans: Mapped[int]
    plan: Mapped[str] = mapped_column(String(160))
    """With the two above the ground on which the day was reckoned."""
    reason: Mapped[str] = mapped_column(REASON, default="")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(NAME)


@lru_cache(maxsize=4096)
def _shifts(text: str) -> tuple[ApprovedShift, ...]:
    """A day's shifts, read once: on one day many are paid for the same hours."""
    return tuple(_shift(kept) for kept in json.loads(text))


def _shift(kept: list[str]) -> ApprovedShift:
    """Start, end, then start and end of each break."""
    start, end, *rest = (datetime.fromisoformat(text) for text in kept)
    pauses = zip(rest[::2], rest[1::2], strict=True)
    return ApprovedShift(start, end, tuple(Interval(a, b) for a, b in pauses))


def _kept(shift: ApprovedShift) -> list[str]:
    moments = [shift.start, shift.end]
    moments += [moment for pause in shift.breaks for moment in (pause.start, pause.end)]
    return [moment.isoformat() for moment in moments]


def append_day(session: Session, day: ApprovedDay, *, reason: str = "") -> None:
    """Keep a day as it was closed, or that it is open again."""
    session.add(
        ApprovedDayRow(
            worker_id=day.worker,
            day=day.day,
            version=day.version,
            holds=day.holds,
            shifts=[_kept(shift) for shift in day.shifts],
            punches=day.ground.punches,
            scans=day.ground.scans,
            plan=day.ground.plan,
            reason=reason,
            at=day.at,
            by=day.by,
            **dict(zip(FIGURES, day.figures, strict=True)),
        )
    )


def approved_days(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> dict[tuple[WorkerId, date], ApprovedDay]:
    """The newest version of each day, whether it holds or not."""
    statement = select(*_KEPT).where(ApprovedDayRow.day.between(first, last))
    if worker_id is not None:
        statement = statement.where(ApprovedDayRow.worker_id == worker_id)
    found: dict[tuple[WorkerId, date], ApprovedDay] = {}
    for row in session.execute(statement):
        kept = _approved(row)
        earlier = found.get((kept.worker, kept.day))
        if earlier is None or earlier.version < kept.version:
            found[kept.worker, kept.day] = kept
    return found


def closed_keys(session: Session, first: date, last: date) -> frozenset[tuple[WorkerId, date]]:
    """Whose days are closed, as their newest version says."""
    day = ApprovedDayRow
    statement = select(day.worker_id, day.day, day.holds).where(day.day.between(first, last))
    newest = {
        (WorkerId(who), on): holds
        for who, on, holds in session.execute(statement.order_by(day.version))
    }
    return frozenset(key for key, holds in newest.items() if holds)


def _approved(row: Sequence[Any]) -> ApprovedDay:
    who, day, version, shifts, punches, scans, plan, by, at, holds, *figures = row
    worked, present, breaks, night, overtime, holiday = figures
    return ApprovedDay(
        WorkerId(who),
        day,
        version,
        _shifts(shifts),
        worked,
        present,
        breaks,
        night,
        overtime,
        holiday,
        Ground(punches, scans, plan),
        by,
        at,
        holds,
    )


_KEPT = [
    cast(ApprovedDayRow.shifts, Text) if name == "shifts" else getattr(ApprovedDayRow, name)
    for name in (
        *("worker_id", "day", "version", "shifts", "punches", "scans", "plan", "by", "at", "holds"),
        *FIGURES,
    )
]
"""Plain columns, because a month has thousands of rows."""


def append_plan(
    session: Session,
    worker_id: WorkerId,
    day: date,
    planned: Planned | None,
    reason: str,
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep a plan for one day."""
    shown = planned or Planned()
    session.add(
        DayPlanRow(
            worker_id=worker_id,
            day=day,
            kind=None if planned is None else planned.kind,
            start=shown.start,
            end=shown.end,
            breaks=write_breaks(shown.breaks),
            reason=reason,
            at=at,
            by=by,
        )
    )


def day_plans(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> dict[tuple[WorkerId, date], DayPlanRow]:
    """The newest plan of each day that has its own."""
    statement = select(DayPlanRow).where(DayPlanRow.day.between(first, last))
    if worker_id is not None:
        statement = statement.where(DayPlanRow.worker_id == worker_id)
    rows = session.scalars(statement.order_by(DayPlanRow.id))
    return {(WorkerId(row.worker_id), row.day): row for row in rows}


def schedules(session: Session) -> dict[str, list[ScheduleRow]]:
    """Every pattern with its history, oldest first."""
    found: dict[str, list[ScheduleRow]] = defaultdict(list)
    statement = select(ScheduleRow).order_by(ScheduleRow.since, ScheduleRow.id)
    for row in session.scalars(statement):
        found[row.name].append(row)
    return found


def assignments(session: Session) -> dict[WorkerId, list[AssignmentRow]]:
    """Who works by which pattern from when on, oldest first."""
    found: dict[WorkerId, list[AssignmentRow]] = defaultdict(list)
    statement = select(AssignmentRow).order_by(AssignmentRow.since, AssignmentRow.id)
    for row in session.scalars(statement):
        found[WorkerId(row.worker_id)].append(row)
    return found


def spoken(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> dict[WorkerId, list[Evidence]]:
    """Claims and decisions about time between two days, in no order."""
    found: dict[WorkerId, list[Evidence]] = defaultdict(list)
    for row in _between(session, ClaimRow, first, last, worker_id):
        span = Interval(row.start, row.end)
        evidence = Evidence(EvidenceKind.CLAIM, span, row.at, reason=row.reason)
        found[WorkerId(row.worker_id)].append(evidence)
    for row in _between(session, DecisionRow, first, last, worker_id):
        span = Interval(row.start, row.end)
        kind = EvidenceKind.APPROVAL
        evidence = Evidence(kind, span, row.at, row.worked, by=row.by, reason=row.reason)
        found[WorkerId(row.worker_id)].append(evidence)
    return found


def _between(
    session: Session, table: type[Any], first: date, last: date, worker_id: WorkerId | None
) -> Iterable[Any]:
    start, end = at(first - DAY, "00:00"), at(last + 2 * DAY, "00:00")
    statement = select(table).where(table.start >= start, table.start < end)
    if worker_id is not None:
        statement = statement.where(table.worker_id == worker_id)
    return session.scalars(statement.order_by(table.id))


def find_claim(session: Session, event_id: str) -> ClaimRow | None:
    """Look a claim up by the id it got where it began."""
    return session.scalar(select(ClaimRow).where(ClaimRow.event_id == event_id))
