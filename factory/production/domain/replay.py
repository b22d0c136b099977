"""How far a bundle is by its facts alone, from the start; what is kept has to be the same (R10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from factory.production.domain.found import with_the_cut
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.progress import Progress, StepState, settled
from factory.production.domain.regroup import Load
from factory.production.domain.way import Way

Counted = tuple[str, int, int]
"""An operation with pieces done well and rejected, one entry or the sum of several."""


@dataclass(frozen=True, slots=True)
class Travelled:
    """What came to a bundle from others, what went on, what stops it, what was found."""

    came: tuple[Load, ...] = ()
    went: tuple[Load, ...] = ()
    held: int = 0
    found: int = 0
    loose: int = 0
    """Pieces found in it, or in those its pieces come from: they have no ply of their own."""


def replay(
    way: Way,
    quantity: int,
    scans: Iterable[Counted],
    decided: Iterable[Decided],
    travelled: Travelled = Travelled(),
) -> Progress:
    """Add up entries, outcomes and moves; each count is a sum, so their order does not matter."""
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
    for load in travelled.came:
        good.update(load.passed)
        rework.update(load.waited)
        touched.update(load.passed, load.waited)
    for load in travelled.went:
        gone.update(load.passed)
        rework.subtract(load.waited)
    good.update(dict.fromkeys(with_the_cut(way), travelled.found))
    progress = Progress(
        quantity + travelled.found,
        {code: StepState(good[code], gone[code], rework[code]) for code in way},
        out[Outcome.SCRAPPED],
        out[Outcome.SECOND],
        out[Outcome.LOST],
        started=not touched <= set(way.at_the_table),
        moved=sum(load.pieces for load in travelled.went),
        held=travelled.held,
        found=travelled.found,
    )
    return settled(way, progress, way)


def went_out(decided: Iterable[Decided]) -> Counter[str]:
    """Pieces scrapped or made second quality, by the step where they waited."""
    out: Counter[str] = Counter()
    for one in decided:
        if one.outcome in {Outcome.SCRAPPED, Outcome.SECOND}:
            out[str(one.operation)] += one.count
    return out
