"""Everybody's month: what each day is worth, what marks it, and the sums at its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter

from factory.attendance.domain.approved import OPEN_FLAGS, State
from factory.attendance.domain.day import Flag, SheetDay
from factory.attendance.domain.plan import PlanKind, Planned
from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.people.domain import Worker


class NothingReady(Refused):
    """No day of this month is ready to be closed. Please settle first what is open."""


class Mark(StrEnum):
    """What a day of the month is, at one look."""

    NOT_HERE = "not_here"
    TO_COME = "to_come"
    FREE = "free"
    HOLIDAY = "holiday"
    LEAVE = "leave"
    SHUTDOWN = "shutdown"
    ASKED_OFF = "asked_off"
    ABSENT = "absent"
    MISSING = "missing"
    """A punch was forgotten."""
    UNSETTLED = "unsettled"
    SCANNED = "scanned"
    BOTH = "both"
    """On leave, and worked too."""
    CHANGED = "changed"
    RUNNING = "running"
    WORKED = "worked"

    @property
    def label(self) -> str:
        """The day as people say it."""
        return _MARKS[self]


_MARKS = {
    Mark.NOT_HERE: mark("not employed here"),
    Mark.TO_COME: mark("to come"),
    Mark.FREE: PlanKind.OFF.label,
    Mark.HOLIDAY: mark("public holiday"),
    Mark.LEAVE: mark("on leave"),
    Mark.SHUTDOWN: PlanKind.SHUTDOWN.label,
    Mark.ASKED_OFF: PlanKind.ASKED_OFF.label,
    Mark.ABSENT: mark("absent"),
    Mark.MISSING: mark("punch forgotten"),
    Mark.UNSETTLED: Flag.PRESENT_NOT_SETTLED.label,
    Mark.SCANNED: Flag.SCAN_IN_BREAK.label,
    Mark.BOTH: Flag.WORK_ON_LEAVE.label,
    Mark.CHANGED: State.CHANGED.label,
    Mark.RUNNING: State.RUNNING.label,
    Mark.WORKED: mark("worked"),
}
FORGOTTEN = frozenset({Flag.MISSING_IN, Flag.MISSING_OUT})
AWAY = {PlanKind.SHUTDOWN: Mark.SHUTDOWN, PlanKind.ASKED_OFF: Mark.ASKED_OFF}
TO_SETTLE = frozenset(
    {Mark.MISSING, Mark.UNSETTLED, Mark.SCANNED, Mark.BOTH, Mark.CHANGED, Mark.ABSENT}
)
CLOSABLE = frozenset({Mark.LEAVE, Mark.SHUTDOWN, Mark.ASKED_OFF, Mark.ABSENT, Mark.WORKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known of a day beside its punches."""

    state: State
    planned: Planned | None = None
    here: bool = True
    """Whether she is employed on it."""
    holiday: bool = False
    """Whether it is a public holiday for her."""
    leave: int = 0
    """Minutes of leave granted."""
    over: bool = True
    """Whether the day has ended."""
    locked: bool = False
    """Whether its pay is locked."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one worker, in minutes."""

    day: SheetDay
    mark: Mark
    closed: bool = False
    ready: bool = False
    """Whether it is closed with all that is ready."""
    beyond: int = 0
    """Minutes beyond the week's 40 hours."""
    leave: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it before it is closed."""
        return self.mark in TO_SETTLE and not self.closed

    @property
    def overtime(self) -> int:
        """Beyond the day's limit or the week's."""
        return self.day.overtime + self.beyond


def closed_cell(kept: SheetDay, *, beyond: int = 0, leave: int = 0) -> Cell:
    """A day that is closed, on which she came and of which nothing was heard since."""
    return Cell(kept, _worked(set(kept.flags)), closed=True, beyond=beyond, leave=leave)


def cell(found: SheetDay, around: Around, *, beyond: int = 0) -> Cell:
    """A day as the month shows it."""
    closed, kind = around.state is State.APPROVED, mark_of(found, around)
    again = kind is Mark.CHANGED and not OPEN_FLAGS & set(found.flags)
    can = around.over and not around.locked and not closed
    ready = can and (kind in CLOSABLE or again)
    return Cell(found, kind, closed, ready, beyond, around.leave)


def mark_of(found: SheetDay, around: Around) -> Mark:
    """What marks a day: what is to be settled first, then why nobody came, then that she worked."""
    if around.state is State.CHANGED:
        return Mark.CHANGED
    if around.state is State.RUNNING:
        return Mark.RUNNING
    if found.shifts or found.present or found.flags:
        return _worked(set(found.flags))
    return _away(around) if around.here else Mark.NOT_HERE


def _worked(flags: set[Flag]) -> Mark:
    if not flags:
        return Mark.WORKED
    if flags & FORGOTTEN:
        return Mark.MISSING
    if Flag.PRESENT_NOT_SETTLED in flags:
        return Mark.UNSETTLED
    if Flag.WORK_ON_LEAVE in flags:
        return Mark.BOTH
    return Mark.SCANNED if Flag.SCAN_IN_BREAK in flags else Mark.WORKED


def _away(around: Around) -> Mark:
    kind = PlanKind.OFF if around.planned is None else around.planned.kind
    if around.leave:
        return Mark.LEAVE
    if kind is PlanKind.OFF:
        return Mark.HOLIDAY if around.holiday else Mark.FREE
    if kind is PlanKind.WORK:
        return Mark.ABSENT if around.over else Mark.TO_COME
    return AWAY[kind]


@dataclass(frozen=True, slots=True)
class Sums:
    """What some days come to; minutes but for the counts."""

    days: int = 0
    """Days with work."""
    worked: int = 0
    overtime: int = 0
    holiday: int = 0
    night: int = 0
    leave: int = 0
    shutdowns: int = 0
    absent: int = 0
    open: int = 0
    ready: int = 0
    missed: int = 0
    """Those ready on which she was absent."""
    closed: int = 0

    @property
    def normal(self) -> int:
        """Neither overtime nor holiday work."""
        return self.worked - self.overtime - self.holiday


def sums(cells: Iterable[Cell]) -> Sums:
    """These days together."""
    return Sums(*map(sum, zip(*map(_counts, cells), strict=True)))


def together(parts: Iterable[Sums]) -> Sums:
    """Sums of sums."""
    return Sums(*map(sum, zip(*map(_figures, parts), strict=True)))


_figures = attrgetter(*(each.name for each in fields(Sums)))


def _counts(each: Cell) -> tuple[int, ...]:
    """What one day adds to each of the sums, in their order."""
    day, kind = each.day, each.mark
    absent = kind is Mark.ABSENT
    return (
        day.worked > 0,
        day.worked,
        day.overtime + each.beyond,
        day.holiday,
        day.night,
        each.leave,
        kind is Mark.SHUTDOWN,
        absent or kind is Mark.ASKED_OFF,
        each.is_open,
        each.ready,
        each.ready and absent,
        each.closed,
    )


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One worker's month."""

    worker: Worker
    cells: tuple[Cell, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """Everybody's month."""

    days: tuple[date, ...]
    rows: tuple[MonthRow, ...]
    off: frozenset[date] = field(default_factory=frozenset)
    """Days on which nobody is to work by the calendar."""

    @property
    def total(self) -> Sums:
        """All together: everybody's whole month."""
        return together(row.sums for row in self.rows)

    def by_day(self) -> tuple[Sums, ...]:
        """Each day of everybody together."""
        if not self.rows:
            return (Sums(),) * len(self.days)
        return tuple(sums(cells) for cells in zip(*(row.cells for row in self.rows), strict=True))

    def only_open(self) -> MonthGrid:
        """The same with nothing but people and days that have something open."""
        rows = [row for row in self.rows if row.sums.open]
        kept = [n for n in range(len(self.days)) if any(row.cells[n].is_open for row in rows)]
        left = (MonthRow(r.worker, tuple(r.cells[n] for n in kept), r.sums) for r in rows)
        return MonthGrid(tuple(self.days[n] for n in kept), tuple(left), self.off)

    def parts(self, most: int) -> tuple[MonthGrid, ...]:
        """The same in parts of so many people each; a page of hundreds is read by nobody."""
        begins = range(0, len(self.rows), most)
        found = (MonthGrid(self.days, self.rows[at : at + most], self.off) for at in begins)
        return tuple(found) or (self,)

    def ready_days(self) -> tuple[date, ...]:
        """Days on which somebody can be closed."""
        return tuple(
            day for day, found in zip(self.days, self.by_day(), strict=True) if found.ready
        )
