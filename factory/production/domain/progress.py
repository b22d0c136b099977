"""How far the pieces of a bundle are at each step; counts that a replay of the facts gives again.

`good` counts every piece that was ever done well at a step, `gone` those of them that have left
the bundle since (scrapped, second quality, lost). What has passed and is still here is their
difference. For each step holds: what the steps before have passed = passed here + waiting for
repair here + left to do (rule R4; rework is inside work in progress, never beside it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from factory.kernel.words import mark
from factory.production.domain.way import Way


class Stage(StrEnum):
    """How far a bundle is as a whole."""

    RELEASED = "released"
    IN_WORK = "in_work"
    IN_FINISHING = "in_finishing"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage as people say it."""
        return _STAGES[self]


_STAGES = {
    Stage.RELEASED: mark("ready to sew"),
    Stage.IN_WORK: mark("being sewn"),
    Stage.IN_FINISHING: mark("being finished"),
    Stage.CLOSED: mark("out of work"),
}


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of one bundle, in pieces."""

    good: int = 0
    gone: int = 0
    rework: int = 0
    """Rejected here and not yet decided."""
    left: int = 0
    """Can be done now: everything before is done."""

    @property
    def passed(self) -> int:
        """Done here and still in the house or sold from it."""
        return self.good - self.gone

    @property
    def taken(self) -> int:
        """Worked on here, well or not."""
        return self.passed + self.rework


@dataclass(frozen=True, slots=True)
class Progress:
    """A bundle with the steps that somebody looked up, perhaps not all."""

    quantity: int
    """Pieces that were cut, with those found since."""
    steps: Mapping[str, StepState]
    scrapped: int = 0
    second: int = 0
    lost: int = 0
    sewn: int = 0
    """Coats that are through with sewing."""
    packed: int = 0
    """Coats of first quality that have left for the rail."""
    started: bool = False
    """Whether anything but cutting was ever entered."""
    moved: int = 0
    """Pieces that travel on under another ticket."""
    held: int = 0
    """Reasons for which nothing may be entered now: out of the house, a needle in pieces."""
    found: int = 0
    """Pieces more than it was cut with."""

    @property
    def alive(self) -> int:
        """Pieces under this ticket that are or become coats of first quality."""
        return self.quantity - self.scrapped - self.second - self.lost - self.moved

    @property
    def wip_sewing(self) -> int:
        """Coats not yet through with sewing."""
        return self.alive - self.sewn

    @property
    def wip_finishing(self) -> int:
        """Coats that are sewn and have not left."""
        return self.sewn - self.packed

    @property
    def in_work(self) -> int:
        """Coats that have not left."""
        return self.alive - self.packed

    @property
    def stage(self) -> Stage:
        """How far the bundle is as a whole."""
        if self.in_work == 0:
            return Stage.CLOSED
        if self.wip_sewing == 0:
            return Stage.IN_FINISHING
        return Stage.IN_WORK if self.started else Stage.RELEASED


def begun(way: Way, quantity: int) -> Progress:
    """A bundle nothing has been done to."""
    fresh = Progress(quantity, dict.fromkeys(way, StepState()))
    return settled(way, fresh, way)


def reached(way: Way, progress: Progress, code: str) -> int:
    """Pieces for which everything before a step is done."""
    before = way.before[code]
    if not before:
        return progress.alive
    return min(progress.steps[step].passed for step in before)


def moved(way: Way, progress: Progress, code: str, *, good: int, rework: int) -> Progress:
    """Count pieces at a step, or take them back with figures below zero."""
    step = progress.steps[code]
    left = step.left - good - rework
    changed = replace(step, good=step.good + good, rework=step.rework + rework, left=left)
    started = progress.started or code not in way.at_the_table
    after = replace(progress, steps={**progress.steps, code: changed}, started=started)
    return settled(way, after, way.after[code])


def settled(way: Way, progress: Progress, codes: Iterable[str]) -> Progress:
    """Work out anew what is left at these steps, and what is sewn and packed."""
    steps = dict(progress.steps)
    for code in codes:
        left = reached(way, progress, code) - steps[code].taken
        if left != steps[code].left:
            steps[code] = replace(steps[code], left=left)
    sewn, packed = progress.sewn, progress.packed
    if all(code in steps for code in way.sewn_by):
        sewn = min((steps[code].passed for code in way.sewn_by), default=progress.alive)
    if way.last in steps:
        packed = steps[way.last].passed
    return replace(progress, steps=steps, sewn=sewn, packed=packed)


def ready(way: Way, progress: Progress) -> tuple[tuple[str, int], ...]:
    """The steps that can be done now, each with the pieces left."""
    found = ((code, progress.steps[code].left) for code in way)
    return tuple((code, left) for code, left in found if left > 0)


def whereabouts(way: Way, progress: Progress) -> tuple[str, ...]:
    """The steps where pieces lie: to be done, or to be repaired."""
    return tuple(c for c in way if progress.steps[c].left > 0 or progress.steps[c].rework > 0)


def coats_lying(stretches: Iterable[tuple[int, int]]) -> int:
    """Coats of a bundle that wait for something, each counted once.

    A stretch says at one step how many have passed, and how many have come so far. The coats of
    a bundle are taken in turn, so parts done side by side belong to the same coats.
    """
    count, end = 0, 0
    for first, last in sorted(stretches):
        count += max(0, last - max(first, end))
        end = max(end, last)
    return count
