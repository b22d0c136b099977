"""A day as it was approved: what pay is calculated from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from factory.attendance.domain.day import Flag, SheetDay, in_order, lacking
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import Rules
from factory.attendance.domain.spans import Spans, minutes
from factory.kernel.errors import Refused
from factory.kernel.time import Interval, day_of
from factory.kernel.words import mark
from factory.security.domain import WorkerId
from factory.timeclock.domain import Shift

OPEN_FLAGS = frozenset(
    {
        Flag.MISSING_OUT,
        Flag.MISSING_IN,
        Flag.PRESENT_NOT_SETTLED,
        Flag.SCAN_IN_BREAK,
        Flag.WORK_ON_LEAVE,
    }
)
"""What keeps a day from being closed; the others are for the law's watch."""
FIGURES = ("worked", "present", "breaks", "night", "overtime", "holiday")


class DayOpen(Refused):
    """Something is still to be settled: {names}. Please settle it first."""


class NothingToClose(Refused):
    """There is nothing to close: everybody's day is closed already, or nobody was to work."""


class DayToCome(Refused):
    """This day has not begun yet."""


class NotApproved(Refused):
    """This day is not approved, so there is nothing to open again."""


class WhyOpened(Refused):
    """Please say why the day is opened again. The reason is kept."""

    field = "reason"


class State(StrEnum):
    """How far somebody's day is."""

    OPEN = "open"
    """Something is to be settled."""
    RUNNING = "running"
    """She is still there."""
    READY = "ready"
    CHANGED = "changed"
    """Approved, but something was entered since."""
    APPROVED = "approved"

    @property
    def label(self) -> str:
        """The state as people say it."""
        return _STATES[self]


_STATES = {
    State.OPEN: mark("to settle"),
    State.RUNNING: mark("still there"),
    State.READY: mark("ready to close"),
    State.CHANGED: mark("changed since"),
    State.APPROVED: mark("day closed"),
}


@dataclass(frozen=True, slots=True)
class ApprovedShift:
    """What is paid of a shift: from the first minute worked to the last, with the gaps."""

    start: datetime
    end: datetime
    breaks: Spans = ()

    @property
    def shift(self) -> Shift:
        """The same as the clock pairs it."""
        return Shift(self.start, self.end, self.breaks)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a day was reckoned from when it was closed.

    Punches and scans are only ever added, or taken back with a moment of their own: with as many of
    them as then, none taken back since and nothing said since, the day is worth what it was. That
    holds for a day alone only if it shares its punches neither with the night before nor after.
    """

    punches: int
    """Those of the calendar day that count."""
    scans: int
    plan: str

    @classmethod
    def of(
        cls, found: SheetDay, planned: Planned | None, *, punches: int, scans: int, alone: bool
    ) -> Ground:
        """The ground of a day; none where its punches belong to the day before or after too.

        `alone` says that the day begins with a coming, so that nothing before it can end in it.
        """
        if not alone or any(day_of(shift.end) > found.date for shift in found.shifts):
            return NO_GROUND
        return cls(punches, scans, "" if planned is None else planned.text)


NO_GROUND = Ground(-1, -1, "")
"""Such a day is reckoned anew whenever it is looked at."""


@dataclass(frozen=True, slots=True)
class ApprovedDay:
    """Somebody's day in minutes, as it was closed; a later version stands for the earlier."""

    worker: WorkerId
    day: date
    version: int
    shifts: tuple[ApprovedShift, ...]
    worked: int
    present: int
    breaks: int
    night: int
    overtime: int
    holiday: int
    ground: Ground
    by: str
    at: datetime
    holds: bool = True
    """False where it was opened again."""

    @property
    def came(self) -> bool:
        """Whether she was there."""
        return self.present > 0

    @property
    def figures(self) -> tuple[int, ...]:
        """What pay reads of the day, in the order of `FIGURES`."""
        return self.worked, self.present, self.breaks, self.night, self.overtime, self.holiday

    def stands_for(self, found: SheetDay) -> bool:
        """Whether the day is worth the same still, from the same minutes."""
        return self.figures == found.figures and self.shifts == paid_shifts(found)


def is_worth_the_same(kept: ApprovedDay, planned: Planned | None, rules: Rules) -> bool:
    """Whether plan and rules still make of the day's minutes what was approved."""
    by_law = rules.on(kept.day)
    holiday = kept.worked if by_law.is_holiday else 0
    overtime = 0 if holiday else max(0, kept.worked - by_law.most)
    plan = "" if planned is None else planned.text
    now, then = (plan, holiday, overtime), (kept.ground.plan, kept.holiday, kept.overtime)
    return kept.ground != NO_GROUND and now == then


def day_of_kept(kept: ApprovedDay, rules: Rules) -> SheetDay:
    """A closed day as the sheet has it, without its shifts."""
    flags = in_order(lacking(kept.day, kept.worked, kept.breaks, kept.night, rules))
    return SheetDay(
        kept.day,
        kept.worked,
        kept.present,
        kept.breaks,
        kept.night,
        kept.overtime,
        kept.holiday,
        flags,
        came=kept.present > 0,
    )


def as_approved(found: SheetDay, kept: ApprovedDay) -> SheetDay:
    """A day with the minutes that were approved."""
    return replace(
        found,
        worked=kept.worked,
        present=kept.present,
        breaks=kept.breaks,
        night=kept.night,
        overtime=kept.overtime,
        holiday=kept.holiday,
    )


def paid_shifts(day: SheetDay) -> tuple[ApprovedShift, ...]:
    """What is paid of a day's shifts."""
    return tuple(_paid(shift.worked) for shift in day.shifts if minutes(shift.worked))


def _paid(worked: Spans) -> ApprovedShift:
    gaps = tuple(Interval(earlier.end, later.start) for earlier, later in pairwise(worked))
    return ApprovedShift(worked[0].start, worked[-1].end, gaps)


def approve(
    worker: WorkerId, found: SheetDay, version: int, ground: Ground, *, by: str, at: datetime
) -> ApprovedDay:
    """The day as it stands."""
    return ApprovedDay(
        worker,
        found.date,
        version,
        paid_shifts(found),
        found.worked,
        found.present,
        found.breaks,
        found.night,
        found.overtime,
        found.holiday,
        ground,
        by,
        at,
    )


def state(found: SheetDay, kept: ApprovedDay | None, *, running: bool) -> State:
    """How far a day is; whoever is still there has nothing to settle yet."""
    is_open = bool(found.flags) and not OPEN_FLAGS.isdisjoint(found.flags)
    if kept is not None:
        return State.APPROVED if kept.stands_for(found) and not is_open else State.CHANGED
    if running:
        return State.RUNNING
    return State.OPEN if is_open else State.READY


def refuse_open(waiting: Iterable[str], *, closed: int) -> None:
    """Refuse to close where nobody's day could be closed."""
    if (names := tuple(waiting)) and not closed:
        raise DayOpen(names=names)
