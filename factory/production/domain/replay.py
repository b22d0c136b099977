"""How far a bundle is by its facts alone, from the start; what is kept has to be the same (R10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.progress import Progress, StepState, settled
from factory.production.domain.way import Way

Counted = tuple[str, int, int]
"""An operation with pieces done well and rejected, one entry or the sum of several."""


def replay(
    way: Way, quantity: int, scans: Iterable[Counted], decided: Iterable[Decided]
) -> Progress:
    """Add up entries and outcomes; each count is a sum, so their order does not matter."""
    good: Counter[str] = Counter()
    rework: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    out: Counter[Outcome] = Counter()
    touched = set()
    for code, done, rejected in scans:
        good[code] += done
        rework[code] += rejected
        touched.add(code)
    for one in decided:
        out[one.outcome] += one.count
        if one.outcome is Outcome.REPAIRED:
            good[str(one.operation)] += one.count
            rework[str(one.operation)] -= one.count
        gone.update(dict.fromkeys(one.trace.passed, one.count))
        rework.subtract(dict.fromkeys(one.trace.waited, one.count))
    progress = Progress(
        quantity,
        {code: StepState(good[code], gone[code], rework[code]) for code in way},
        out[Outcome.SCRAPPED],
        out[Outcome.SECOND],
        out[Outcome.LOST],
        started=not touched <= set(way.at_the_table),
    )
    return settled(way, progress, way)


def went_out(decided: Iterable[Decided]) -> Counter[str]:
    """Pieces scrapped or made second quality, by the step where they waited."""
    out: Counter[str] = Counter()
    for one in decided:
        if one.outcome in {Outcome.SCRAPPED, Outcome.SECOND}:
            out[str(one.operation)] += one.count
    return out
