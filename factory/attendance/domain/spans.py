"""Spans of time as sets of minutes: put together, held against each other, counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from factory.kernel.time import Interval, is_by_day, night_minutes

Spans = tuple[Interval, ...]


def merged(spans: Iterable[Interval]) -> Spans:
    """The same minutes as spans in order that neither touch nor overlap."""
    spans = tuple(spans)
    if _are_apart(spans):
        return spans
    found: list[Interval] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _are_apart(spans: Spans) -> bool:
    """Whether they are in order already and neither touch nor overlap, as those of most days do."""
    before: datetime | None = None
    for start, end in spans:
        if start >= end or (before is not None and start <= before):
            return False
        before = end
    return True


def common(some: Iterable[Interval], others: Iterable[Interval]) -> Spans:
    """Minutes that both have."""
    mine, theirs = merged(some), merged(others)
    if not mine or not theirs:
        return ()
    return tuple(
        [
            Interval(max(begun, start), min(over, end))
            for start, end in mine
            for begun, over in theirs
            if start < over and begun < end
        ]
    )


def without(some: Iterable[Interval], others: Iterable[Interval]) -> Spans:
    """Minutes of some that the others don't have."""
    mine, theirs = merged(some), merged(others)
    if not mine or not theirs:
        return mine
    return tuple(part for span in mine for part in span.less(theirs))


def near(spans: Iterable[Interval], whole: Interval) -> Spans:
    """Those that have a minute of a whole."""
    return tuple(span for span in spans if span.start < whole.end and whole.start < span.end)


def minutes(spans: Iterable[Interval]) -> int:
    """How many minutes they are."""
    return sum(span.minutes for span in spans)


def at_night(spans: Spans) -> int:
    """How many of their minutes lie between 22:00 and 06:00; the spans are in order."""
    if not spans or is_by_day(Interval(spans[0].start, spans[-1].end)):
        return 0
    return sum(night_minutes(span) for span in spans)
