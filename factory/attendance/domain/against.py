"""The clock held against the scans: work while she was out, hours in which nothing was scanned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from factory.attendance.domain.day import SheetDay
from factory.attendance.domain.spans import Spans
from factory.kernel.time import Interval
from factory.kernel.words import mark

LONG = timedelta(hours=2)
"""Hours without a scan that are worth a question."""


class Odd(StrEnum):
    """How clock and scans differ."""

    SCAN_WHILE_OUT = "scan_while_out"
    SCAN_ON_BREAK = "scan_on_break"
    NO_SCANS = "no_scans"

    @property
    def label(self) -> str:
        """The difference as people say it."""
        return _ODDS[self]


_ODDS = {
    Odd.SCAN_WHILE_OUT: mark("scans while clocked out"),
    Odd.SCAN_ON_BREAK: mark("scans on the break"),
    Odd.NO_SCANS: mark("clocked hours without scans"),
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One difference: from when to when, and how many scans."""

    kind: Odd
    start: datetime
    end: datetime
    scans: int = 0


def against_scans(
    day: SheetDay, scans: Iterable[datetime], *, expected: bool, now: datetime
) -> tuple[Contradiction, ...]:
    """Where clock and scans differ; hours without scans only for whoever is expected to scan."""
    hers = sorted(scans)
    found = [*_while_away(day, hers)]
    if expected or hers:
        found += _without(day, hers, now)
    return tuple(sorted(found, key=lambda one: one.start))


def _while_away(day: SheetDay, scans: list[datetime]) -> Iterator[Contradiction]:
    shifts = tuple(shift.whole for shift in day.shifts)
    breaks: Spans = tuple(pause for shift in day.shifts for pause in shift.breaks)
    out = [scan for scan in scans if not _inside(scan, shifts)]
    paused = [scan for scan in scans if _inside(scan, breaks)]
    for kind, those in ((Odd.SCAN_WHILE_OUT, out), (Odd.SCAN_ON_BREAK, paused)):
        if those:
            yield Contradiction(kind, those[0], those[-1], len(those))


def _inside(scan: datetime, spans: Iterable[Interval]) -> bool:
    return any(span.start <= scan < span.end for span in spans)


def _without(day: SheetDay, scans: list[datetime], now: datetime) -> Iterator[Contradiction]:
    for shift in day.shifts:
        for span in shift.worked:
            here = [scan for scan in scans if span.start <= scan < span.end]
            marks = [span.start, *here, min(span.end, now)]
            for earlier, later in pairwise(marks):
                if later - earlier >= LONG:
                    yield Contradiction(Odd.NO_SCANS, earlier, later)
