"""What becomes of a piece that was rejected or is missing, and how that is taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark
from factory.production.domain.pay import PayMode
from factory.production.domain.progress import Progress, StepState, moved, settled
from factory.production.domain.scans import (
    AlreadyFurther,
    AlreadyUndone,
    NotYourEntry,
    refuse_late_undo,
)
from factory.production.domain.way import Way
from factory.security.domain import Actor, Permission, WorkerId


class Outcome(StrEnum):
    """What becomes of a piece; each but a repair takes it out of the bundle."""

    REPAIRED = "repaired"
    SECOND = "second"
    SCRAPPED = "scrapped"
    LOST = "lost"

    @property
    def label(self) -> str:
        """The outcome as people say it."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.REPAIRED: mark("repaired"),
    Outcome.SECOND: mark("second quality"),
    Outcome.SCRAPPED: mark("scrapped"),
    Outcome.LOST: mark("lost"),
}


class NothingToRepair(Refused):
    """Only {count} wait for a decision here."""

    field = "count"


class NothingWaits(Refused):
    """Nothing waits for a decision here any more."""


class SecondOnlyWhenSewn(Refused):
    """Second quality is decided in finishing. Before that a piece is repaired or scrapped."""

    field = "outcome"


class NotSoManyInWork(Refused):
    """Only {count} of this bundle are in work."""

    field = "count"


class NoneLost(Refused):
    """Only {count} of this bundle are missing."""

    field = "count"


class WhyNeeded(Refused):
    """Please say why. The reason is kept."""

    field = "reason"


@dataclass(frozen=True, slots=True)
class Trace:
    """How far a piece had come when it left: the steps passed, and where it waited for repair."""

    passed: tuple[str, ...] = ()
    waited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of one piece; one that takes it back counts -1 and names what it reverses."""

    id: int
    event_id: str
    """Made where the decision was taken; several pieces decided together share it."""
    bundle: str
    operation: str | None
    outcome: Outcome
    count: int
    trace: Trace
    worker: WorkerId | None
    rate: Money
    at: datetime
    day: date
    by: str
    reason: str
    decider: WorkerId | None = None
    """Who decided it, where her badge was scanned."""
    reverses: int | None = None
    pay: PayMode = PayMode.TIME
    """How whoever repaired it was paid on the day."""
    fault: int | None = None
    """The fault that was mended, where it was named."""
    paid_as: str | None = None
    """The operation at whose rate the repair is paid, where it is not the one it waited at."""


def decide_outcome(
    way: Way, progress: Progress, outcome: Outcome, operation: str | None
) -> tuple[Progress, Trace]:
    """Let one piece be repaired where it waits, or leave from there; a lost one from anywhere."""
    if outcome is Outcome.LOST and operation is None:
        if progress.in_work < 1:
            raise NotSoManyInWork(count=progress.in_work)
        return _leave(way, progress, outcome, None)
    if operation is None or progress.steps[operation].rework < 1:
        raise NothingToRepair(count=0)
    if outcome is Outcome.REPAIRED:
        return moved(way, progress, operation, good=1, rework=-1), Trace()
    if outcome is Outcome.SECOND and operation not in way.finishing:
        raise SecondOnlyWhenSewn
    return _leave(way, progress, outcome, operation)


def take_back(way: Way, progress: Progress, decided: Decided, *, undone: bool = False) -> Progress:
    """Let a piece be again where it was before; a repaired one only until it has gone on."""
    if undone or decided.reverses is not None:
        raise AlreadyUndone
    operation = decided.operation
    if decided.outcome is not Outcome.REPAIRED or operation is None:
        return _counted(way, progress, decided.outcome, decided.trace, -1)
    used = max((progress.steps[later].taken for later in way.after[operation]), default=0)
    if progress.steps[operation].passed - 1 < used:
        raise AlreadyFurther
    return moved(way, progress, operation, good=-1, rework=1)


def refuse_take_back(decided: Decided, by: Actor, *, at: datetime) -> None:
    """Whoever decided it within five minutes, the supervisor at any time."""
    if by.may(Permission.CORRECT_WORK):
        return
    if by.worker is None or by.worker != decided.decider:
        raise NotYourEntry
    refuse_late_undo(decided.at, at)


def _leave(
    way: Way, progress: Progress, outcome: Outcome, operation: str | None
) -> tuple[Progress, Trace]:
    left_from = trace(way, progress, operation)
    return _counted(way, progress, outcome, left_from, 1), left_from


def _counted(way: Way, progress: Progress, outcome: Outcome, piece: Trace, count: int) -> Progress:
    steps = dict(progress.steps)
    for code in piece.passed:
        steps[code] = _with(steps[code], gone=count)
    for code in piece.waited:
        steps[code] = _with(steps[code], rework=-count)
    total = getattr(progress, outcome.value) + count
    fewer = replace(progress, steps=steps, **{outcome.value: total})
    return settled(way, fewer, way)


def _with(step: StepState, *, gone: int = 0, rework: int = 0) -> StepState:
    return replace(step, gone=step.gone + gone, rework=step.rework + rework)


def trace(way: Way, progress: Progress, operation: str | None) -> Trace:
    """How far the piece that leaves had come, as little as the counts allow.

    It has passed whatever comes before the step it waits at. Where the others are too few to
    account for what a parallel step has taken, it had been there as well: it waited for repair
    there if any did, otherwise it had passed, and all that comes before.
    """
    passed: set[str] = set()
    waited: set[str] = set()
    if operation is not None:
        waited.add(operation)
        passed |= way.earlier(operation)
    while (code := _too_few_others(way, progress, passed, waited)) is not None:
        if progress.steps[code].rework > 0:
            waited.add(code)
        else:
            passed.add(code)
        passed |= way.earlier(code)
        waited -= passed
    in_order = tuple(code for code in way if code in passed)
    return Trace(in_order, tuple(code for code in way if code in waited))


def _too_few_others(way: Way, progress: Progress, passed: set[str], waited: set[str]) -> str | None:
    for code in (code for code in way if code not in passed and code not in waited):
        before = way.before[code]
        others = min(
            (progress.steps[step].passed - (step in passed) for step in before),
            default=progress.alive - 1,
        )
        if progress.steps[code].taken > others:
            return code
    return None
