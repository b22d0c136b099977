"""What a place on the floor offers when a bundle lies there: the work whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from factory.catalogue.domain import Routing, Station, Step
from factory.kernel.errors import Refused
from factory.production.domain.progress import Progress
from factory.production.domain.scans import Done, NotReady, refuse_idle
from factory.production.domain.way import Way


class BadgeFirst(Refused):
    """Please scan your badge first."""

    field = "code"


class SeveralKinds(Refused):
    """Several kinds of work can be done on this bundle there. Please enter what was done."""

    field = "code"


@dataclass(frozen=True, slots=True)
class Offer:
    """Work that can be done on a bundle now, with the pieces left to do."""

    step: Step
    left: int


def steps_at(routing: Routing, place: Station | None) -> tuple[Step, ...]:
    """The steps that are done at a place, or everywhere, in the order of the sheet."""
    return tuple(step for step in routing.steps if place in {None, step.operation.station})


def offers(
    routing: Routing, progress: Progress, place: Station | None, usual: str | None = None
) -> tuple[Offer, ...]:
    """What can be done here now; first what she did last, because she will do it again."""
    left = {code: step.left for code, step in progress.steps.items()}
    found = (Offer(step, left[step.code]) for step in steps_at(routing, place) if left[step.code])
    return tuple(sorted(found, key=lambda offer: offer.step.code != usual))


def chosen(found: tuple[Offer, ...], asked: str | None, usual: str | None) -> Offer | None:
    """The one that needs no question: asked for, the only one, or what she did last."""
    codes: Mapping[str | None, Offer] = {offer.step.code: offer for offer in found}
    if asked in codes:
        return codes[asked]
    if len(found) == 1:
        return found[0]
    return codes.get(usual)


def asked_about(routing: Routing, progress: Progress, place: Station | None) -> str | None:
    """The step of a place that has to be spoken of when nothing can be done there.

    It is the first that is not finished, or the last of them all; nothing where the coat has no
    work at that place.
    """
    here = steps_at(routing, place)
    undone = (step.code for step in here if progress.steps[step.code].taken < progress.alive)
    return next(undone, here[-1].code if here else None)


def refuse_idle_place(
    routing: Routing,
    way: Way,
    progress: Progress,
    place: Station | None,
    last: Done | None,
    *,
    language: str,
    now: datetime,
) -> None:
    """Say in her words why there is nothing to do here: who finished it, or what comes first."""
    code = asked_about(routing, progress, place)
    if code is None:
        raise NotReady(missing=_called(routing, tuple(_open(way, progress)), language))
    try:
        refuse_idle(way, progress, code, last, now=now)
    except NotReady as early:
        missing = tuple(str(step) for step in early.values["missing"])  # type: ignore[attr-defined]
        raise NotReady(missing=_called(routing, missing, language)) from None


def _open(way: Way, progress: Progress) -> tuple[str, ...]:
    return tuple(code for code in way if progress.steps[code].left)


def _called(routing: Routing, codes: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(routing.step(code).operation.called(language) for code in codes)
