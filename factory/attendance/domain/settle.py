"""Settling presence: what a scan, a supervisor or she herself says of minutes outside the plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from factory.attendance.domain.day import Known, SheetDay
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.spans import Spans, common, merged, without
from factory.kernel.errors import Refused
from factory.kernel.time import DAY, Interval, ceil_minute, floor_minute
from factory.kernel.words import mark
from factory.timeclock.domain import Shift


class EvidenceKind(StrEnum):
    """What speaks for work."""

    SCAN = "scan"
    APPROVAL = "approval"
    CLAIM = "claim"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    EvidenceKind.SCAN: mark("scans"),
    EvidenceKind.APPROVAL: mark("the supervisor"),
    EvidenceKind.CLAIM: mark("she herself"),
}


class NothingUnspoken(Refused):
    """There are no minutes left of this day that nobody has spoken for."""


class WhyNotWork(Refused):
    """Please say why these minutes were no work. She will read it."""

    field = "reason"


class NotThere(Refused):
    """You were not there at that time by the clock. Please have your coming or going entered."""

    field = "start"


class NobodyThere(Refused):
    """{name} was not there at that time by the clock. Enter when she came or went first."""

    field = "start"


class SpanTooLong(Refused):
    """From and to have to lie within a day, the end after the beginning."""

    field = "end"


class StillToCome(Refused):
    """This time is not over yet."""

    field = "end"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that says what these minutes were."""

    kind: EvidenceKind
    interval: Interval
    at: datetime
    """When it was said; a scan speaks before all others."""
    worked: bool = True
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """All that is known of somebody's presence in a time."""

    plan: Mapping[date, Planned] = field(default_factory=dict)
    scans: tuple[datetime, ...] = ()
    spoken: tuple[Evidence, ...] = ()
    """Her claims and the supervisor's decisions."""
    attended: frozenset[date] = frozenset()
    away: frozenset[date] = frozenset()
    """Whole days of leave."""


def settled(shifts: Iterable[Shift], said: Said) -> Known:
    """What of her shifts counts as work and what as presence only, from everything that was said.

    A claim counts like a scan. A decision stands over scans and earlier claims; a claim made after
    “present, not work” opens those minutes again.
    """
    approved: Spans = tuple(each.interval for each in scanned(shifts, said))
    refused: Spans = ()
    for each in sorted(said.spoken, key=lambda one: one.at):
        span = (each.interval,)
        if each.kind is EvidenceKind.CLAIM:
            approved = merged((*approved, *without(span, refused)))
            refused = without(refused, span)
        elif each.worked:
            approved, refused = merged((*approved, *span)), without(refused, span)
        else:
            approved, refused = without(approved, span), merged((*refused, *span))
    scans = tuple(sorted(said.scans))
    return Known(said.plan, approved, refused, scans, said.attended, said.away)


def scanned(shifts: Iterable[Shift], said: Said) -> Iterator[Evidence]:
    """Work that scans prove outside the plan.

    Before the plan from the first scan on, after it until the last one; on a day without hours from
    the first to the last.
    """
    scans = sorted(said.scans)
    for shift in shifts:
        if bisect_left(scans, shift.start) == bisect_left(scans, shift.end):
            continue
        on = shift.day
        if (planned := said.plan.get(on)) is None:
            continue
        whole = Interval(shift.start, shift.end)
        for span in without((whole,), planned.hours(on)):
            if here := scans[bisect_left(scans, span.start) : bisect_left(scans, span.end)]:
                yield Evidence(EvidenceKind.SCAN, _proved(span, here, whole), here[0])


def _proved(span: Interval, scans: list[datetime], whole: Interval) -> Interval:
    """What lies next to planned work is proved from there on, or up to there."""
    first = floor_minute(scans[0]) if span.start == whole.start else span.start
    last = max(ceil_minute(scans[-1]), first) if span.end == whole.end else span.end
    return Interval(first, last)


def evidence_in(own: Iterable[Shift], said: Said, day: SheetDay) -> tuple[Evidence, ...]:
    """All that speaks of the presence of a day's own shifts, in the order in which it was said."""
    shifts = tuple(shift.whole for shift in day.shifts)
    found = (*scanned(own, said), *said.spoken)
    return tuple(
        each for each in sorted(found, key=lambda one: one.at) if common((each.interval,), shifts)
    )


def checked(span: Interval, *, now: datetime | None = None) -> Interval:
    """A span one can speak of; with `now` only if it is over."""
    if not span.start < span.end <= span.start + DAY:
        raise SpanTooLong
    if now is not None and span.end > now:
        raise StillToCome
    return span


def refuse_absent(span: Interval, name: str, there: Iterable[Interval]) -> None:
    """A decision speaks of minutes present; about others it would be kept and change nothing."""
    if not common((span,), there):
        raise NobodyThere(name=name)


def refuse_claim(span: Interval, day: Iterable[SheetDay]) -> None:
    """A claim speaks of minutes present; what was not punched is asked for as a correction."""
    there = [shift.whole for each in day for shift in each.shifts]
    if not common((span,), there):
        raise NotThere
