"""The plan of a day: when she is to work, when the break is, or that nobody works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from factory.attendance.domain.rules import Rules
from factory.attendance.domain.spans import Spans, merged, without
from factory.kernel.errors import Refused
from factory.kernel.time import DAY, Interval, at, local
from factory.kernel.words import mark


class PlanKind(StrEnum):
    """What a day is planned to be."""

    WORK = "work"
    OFF = "off"
    SHUTDOWN = "shutdown"
    ASKED_OFF = "asked_off"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    PlanKind.WORK: mark("working day"),
    PlanKind.OFF: mark("free day"),
    PlanKind.SHUTDOWN: mark("the factory rests"),
    PlanKind.ASKED_OFF: mark("she asked for the day"),
}


class BreakOutside(Refused):
    """A break has to lie within the hours of the plan, {start}–{end}."""

    field = "breaks"


class BreaksOverlap(Refused):
    """Two breaks of the plan overlap."""

    field = "breaks"


class NoHours(Refused):
    """A working day needs a beginning and an end that differ."""

    field = "end"


@dataclass(frozen=True, slots=True)
class Planned:
    """A day's plan by the wall clock of Seoul; an end not after the start is on the next day."""

    start: str = ""
    end: str = ""
    breaks: tuple[tuple[str, str], ...] = ()
    kind: PlanKind = PlanKind.WORK

    @property
    def text(self) -> str:
        """The plan in one line, as it is kept beside what was reckoned by it."""
        return " ".join((self.kind.value, self.start, self.end, write_breaks(self.breaks)))

    def hours(self, day: date) -> Spans:
        """When she is to be there on that day; nothing where nobody works."""
        if self.kind is not PlanKind.WORK or "" in {self.start, self.end}:
            return ()
        if self.start == self.end:
            return ()
        return (_span(day, self.start, self.end),)

    def pauses(self, day: date) -> Spans:
        """The breaks of the plan on that day."""
        if self.kind is not PlanKind.WORK or not self.start:
            return ()
        return tuple(_span(_day_of(day, a, self.start), a, b) for a, b in self.breaks)


OFF = Planned(kind=PlanKind.OFF)


def usual(
    day: date, rules: Rules, pattern: Planned | None, shift: tuple[str, str]
) -> Planned | None:
    """The plan where none was made: her schedule, else her terms; none without fixed hours."""
    if not rules.weekly_hours:
        return None
    if not rules.is_contracted(day):
        return OFF
    return pattern or _by_terms(*shift)


@lru_cache(maxsize=256)
def _by_terms(start: str, end: str) -> Planned:
    return Planned(start, end)


@lru_cache(maxsize=4096)
def _span(day: date, start: str, end: str) -> Interval:
    """The same hours of one day are asked for by everybody who works them."""
    return Interval(at(day, start), at(day if end > start else day + DAY, end))


def _day_of(day: date, wall: str, begins: str) -> date:
    """A wall time before the plan begins is on the next day."""
    return day if wall >= begins else day + DAY


def reaching(planned: Planned, day: date, more: Interval) -> Planned:
    """The plan with more minutes of work on its day; what lies between the two is a break."""
    whole = merged((*planned.hours(day), more))
    between = (Interval(earlier.end, later.start) for earlier, later in pairwise(whole))
    pauses = merged((*without(planned.pauses(day), (more,)), *between))
    start, end = walls(Interval(whole[0].start, whole[-1].end))
    return Planned(start, end, tuple(walls(pause) for pause in pauses))


def walls(span: Interval) -> tuple[str, str]:
    """From when to when by the wall clock of Seoul."""
    return f"{local(span.start):%H:%M}", f"{local(span.end):%H:%M}"


def checked(planned: Planned) -> Planned:
    """A plan that can hold, or the refusal that says why not."""
    if planned.kind is not PlanKind.WORK:
        return Planned(kind=planned.kind)
    if not planned.start or planned.end in {"", planned.start}:
        raise NoHours
    _refuse_breaks(planned, date(2026, 1, 1))
    return planned


def _refuse_breaks(planned: Planned, any_day: date) -> None:
    (hours,), pauses = planned.hours(any_day), sorted(planned.pauses(any_day))
    if any(pause.start < hours.start or pause.end > hours.end for pause in pauses):
        raise BreakOutside(start=planned.start, end=planned.end)
    if any(later.start < earlier.end for earlier, later in pairwise(pauses)):
        raise BreaksOverlap


def read_breaks(text: str) -> tuple[tuple[str, str], ...]:
    """Breaks as they are kept: `12:00-13:00 15:00-15:10`."""
    found = (part.partition("-") for part in text.split())
    return tuple((start, end) for start, _, end in found)


def write_breaks(breaks: Iterable[tuple[str, str]]) -> str:
    """The same the other way round."""
    return " ".join(f"{start}-{end}" for start, end in breaks)
