"""Punches become shifts by pure pairing; contradictions become flags, nothing is cut in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from factory.kernel.errors import Refused
from factory.kernel.time import Interval, day_of, night_minutes
from factory.kernel.words import mark
from factory.security.domain import WorkerId

TOLERANCE = timedelta(minutes=5)
"""How far a terminal's clock may run ahead."""
MINUTE = timedelta(minutes=1)
LONGEST = timedelta(days=1)
"""No shift is longer: beyond it a going and a coming were forgotten."""
LONGEST_SHIFT = timedelta(hours=16)
"""Whoever came in so long ago at most may still be there; after that her going is missing."""


class PunchKind(StrEnum):
    """What a punch says."""

    IN = "in"
    OUT = "out"
    BREAK_START = "break_start"
    BREAK_END = "break_end"

    __hash__ = str.__hash__  # the one of `Enum` is slow, and punches are many

    @property
    def label(self) -> str:
        """The punch as people say it."""
        return _LABELS[self]


_LABELS = {
    PunchKind.IN: mark("came to work"),
    PunchKind.OUT: mark("went home"),
    PunchKind.BREAK_START: mark("break begins"),
    PunchKind.BREAK_END: mark("break ends"),
}
EARLIER = frozenset({PunchKind.IN, PunchKind.BREAK_END})
"""Punches cut down to the minute; the others are cut up, both in her favour."""


class Flag(StrEnum):
    """Something to be settled."""

    MISSING_OUT = "missing_out"
    MISSING_IN = "missing_in"

    @property
    def label(self) -> str:
        """What is missing, in words."""
        return _FLAGS[self]


_FLAGS = {
    Flag.MISSING_OUT: mark("no going home"),
    Flag.MISSING_IN: mark("no coming in"),
}


class FromTheFuture(Refused):
    """This entry says {at}, and it is only {now}. Please check the clock of this terminal."""

    field = "at"


class NotYourOwn(Refused):
    """Nobody corrects her own hours. Please ask another supervisor."""

    field = "reason"


class WhyIsMissing(Refused):
    """Please say why this is corrected. The reason is kept."""

    field = "reason"


class AlreadyTakenBack(Refused):
    """This punch was taken back already."""

    field = "reason"


class Timed(Protocol):
    """Anything that says what happened and when."""

    @property
    def kind(self) -> PunchKind:
        """What happened."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...


class Punch(NamedTuple):
    """Somebody came, went, or took a break."""

    worker: WorkerId
    kind: PunchKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """From coming to going; it belongs wholly to the day it starts on."""

    start: datetime
    end: datetime
    breaks: tuple[Interval, ...] = ()

    @property
    def day(self) -> date:
        """The day it belongs to, in Seoul."""
        return day_of(self.start)

    @property
    def present_minutes(self) -> int:
        """Minutes from coming to going."""
        return (self.end - self.start) // MINUTE

    @property
    def break_minutes(self) -> int:
        """Minutes of punched breaks."""
        return sum((pause.end - pause.start) // MINUTE for pause in self.breaks)

    @property
    def worked_minutes(self) -> int:
        """Minutes present, less breaks."""
        return self.present_minutes - self.break_minutes

    @property
    def night_minutes(self) -> int:
        """Minutes worked between 22:00 and 06:00."""
        whole = night_minutes(Interval(self.start, self.end))
        return whole - sum(night_minutes(pause) for pause in self.breaks)


@dataclass(frozen=True, slots=True)
class Paired:
    """Shifts, and what could not be paired, by day."""

    shifts: tuple[Shift, ...]
    flags: tuple[tuple[date, Flag], ...]
    open_since: datetime | None
    """When the last shift began, if it has no end."""


@dataclass(slots=True)
class _Pairing:
    shifts: list[Shift] = field(default_factory=list)
    flags: list[tuple[date, Flag]] = field(default_factory=list)
    start: datetime | None = None
    pause: datetime | None = None
    breaks: list[Interval] = field(default_factory=list)

    def take(self, kind: PunchKind, at: datetime) -> None:
        match kind:
            case PunchKind.IN:
                self._come(at)
            case PunchKind.OUT:
                self._go(at)
            case PunchKind.BREAK_START if self.start is not None and self.pause is None:
                self.pause = at
            case PunchKind.BREAK_END if self.pause is not None:
                self._end_break(at)
            case PunchKind.BREAK_START | PunchKind.BREAK_END if self.start is None:
                self.flags.append((day_of(at), Flag.MISSING_IN))
            case _:
                pass  # a second break inside a break says nothing new

    def _come(self, at: datetime) -> None:
        if self.start is not None:
            self.flags.append((day_of(self.start), Flag.MISSING_OUT))
        if self.shifts:
            at = max(at, self.shifts[-1].end)  # both were cut in her favour; no minute counts twice
        self.start, self.pause, self.breaks = at, None, []

    def _go(self, at: datetime) -> None:
        if self.start is not None and at - self.start > LONGEST:
            self.flags.append((day_of(self.start), Flag.MISSING_OUT))
            self.start = None
        if self.start is None:
            self.flags.append((day_of(at), Flag.MISSING_IN))
            self.pause, self.breaks = None, []
            return
        if self.pause is not None:
            self._end_break(at)
        if at > self.start:
            self.shifts.append(Shift(self.start, at, tuple(self.breaks)))
        self.start, self.breaks = None, []

    def _end_break(self, at: datetime) -> None:
        if self.pause is not None and at > self.pause:
            self.breaks.append(Interval(self.pause, at))
        self.pause = None


def punch(worker: WorkerId, kind: PunchKind, *, at: datetime, now: datetime) -> Punch:
    """Keep what happened; only an entry from the future is refused."""
    if at > now + TOLERANCE:
        raise FromTheFuture(at=at, now=now)
    return Punch(worker, kind, at)


def to_the_minute(kind: PunchKind, at: datetime) -> datetime:
    """The minute that counts for a punch."""
    if not at.second and not at.microsecond:
        return at
    cut = at.replace(second=0, microsecond=0)
    return cut if kind in EARLIER else cut + MINUTE


def pair(punches: Iterable[Timed]) -> Paired:
    """Make shifts of one worker's punches, in whatever order they arrived."""
    state = _Pairing()
    seen = {(each.at, each.kind) for each in punches}
    for at, _, kind in sorted((at, _RANK[kind], kind) for at, kind in seen):
        state.take(kind, to_the_minute(kind, at))
    flags = list(state.flags)
    if state.start is not None:
        flags.append((day_of(state.start), Flag.MISSING_OUT))
    return Paired(tuple(state.shifts), tuple(flags), state.start)


def counted_on(kind: PunchKind, moment: datetime, before: Iterable[Timed]) -> date:
    """The day that a punch counts for: a night belongs to the day on which it began."""
    since = None if kind is PunchKind.IN else pair(before).open_since
    goes_on = since is not None and moment - since <= LONGEST
    return day_of(since) if since is not None and goes_on else day_of(moment)


_RANK = {PunchKind.BREAK_END: 0, PunchKind.OUT: 1, PunchKind.IN: 2, PunchKind.BREAK_START: 3}
"""At the same instant: what ends comes before what begins."""


def first_kind(punches: Iterable[Timed]) -> PunchKind | None:
    """What the first of some punches says, if there is any."""
    ordered = ((each.at, _RANK[each.kind], each.kind) for each in punches)
    first = min(ordered, default=None)
    return None if first is None else first[2]


def next_kinds(last: PunchKind | None) -> tuple[PunchKind, ...]:
    """What can come after the last punch; the first is the usual one."""
    if last in {None, PunchKind.OUT}:
        return (PunchKind.IN,)
    if last is PunchKind.BREAK_START:
        return (PunchKind.BREAK_END, PunchKind.OUT)
    return (PunchKind.OUT, PunchKind.BREAK_START)


def is_still_there(since: datetime | None, moment: datetime) -> bool:
    """Whether a shift without an end may simply be going on."""
    return since is not None and since <= moment < since + LONGEST_SHIFT
