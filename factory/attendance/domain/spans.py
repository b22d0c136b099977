"""Spans of time as sets of minutes: put together, held against each other, counted."""

from __future__ import annotations

from collections.abc import Iterable

from factory.kernel.time import Interval, night_minutes

Spans = tuple[Interval, ...]


def merged(spans: Iterable[Interval]) -> Spans:
    """The same minutes as spans in order that neither touch nor overlap."""
    found: list[Interval] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def common(some: Iterable[Interval], others: Iterable[Interval]) -> Spans:
    """Minutes that both have."""
    theirs = merged(others)
    parts = (span.within(other) for span in merged(some) for other in theirs)
    return tuple(part for part in parts if part is not None)


def without(some: Iterable[Interval], others: Iterable[Interval]) -> Spans:
    """Minutes of some that the others don't have."""
    theirs = merged(others)
    return tuple(part for span in merged(some) for part in span.less(theirs))


def minutes(spans: Iterable[Interval]) -> int:
    """How many minutes they are."""
    return sum(span.minutes for span in spans)


def at_night(spans: Iterable[Interval]) -> int:
    """How many of their minutes lie between 22:00 and 06:00."""
    return sum(night_minutes(span) for span in spans)
