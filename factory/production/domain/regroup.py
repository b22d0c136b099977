"""Split and merge: pieces travel on under another ticket, with everything that was done to them.

A bundle is a pile in which those furthest on lie first: a step has passed so many from the top. A
split takes a stretch of the pile, so each part has whole pieces, and no step is ahead of those
before it. What was done stays recorded, and paid, under the ticket where it was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.production.domain.bundles import Bundle, Stretch
from factory.production.domain.progress import Progress, StepState, settled
from factory.production.domain.way import Way

FEWEST = 2
MOST = 12
"""Bundles that are put together at once."""


class Regrouping(StrEnum):
    """How pieces come under another ticket."""

    SPLIT = "split"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The change as people say it."""
        return _REGROUPINGS[self]


_REGROUPINGS = {
    Regrouping.SPLIT: mark("split"),
    Regrouping.MERGED: mark("put together"),
}


class BundleRegrouped(Refused):
    """This ticket holds no more. Its pieces travel on with {bundles}: please scan that ticket."""

    field = "bundle"


class SplitTooFew(Refused):
    """Only {count} of this bundle are in work. Each part needs at least one of them."""

    field = "count"


class PliesDoNotFit(Refused):
    """The pieces of each part have to fit into its plies. Please look at the plies again."""

    field = "plies"


class OneBundleIsNoMerge(Refused):
    """Please scan the tickets of 2 to {most} different bundles."""

    field = "others"


class NotToMerge(Refused):
    """{why} This is about ticket {ticket}."""

    field = "others"


class NotAlike(Refused):
    """Only bundles of one colour, shade, size and cut can be put together: not {bundle}."""

    field = "others"


class NotEquallyFar(Refused):
    """These bundles are not equally far: {bundle} differs. Finish what was begun first."""

    field = "others"


@dataclass(frozen=True, slots=True)
class Load:
    """Pieces that change their ticket: how many, and how many have passed or wait at each step."""

    pieces: int
    passed: Mapping[str, int]
    waited: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Pieces of one bundle travel on with another."""

    event_id: str
    source: str
    target: str
    how: Regrouping
    load: Load
    at: datetime
    by: str
    reason: str = ""


def decide_split(way: Way, progress: Progress, first: int) -> tuple[Load, Load]:
    """The pieces in work of a bundle in two loads, the first of so many, those furthest on."""
    if not 1 <= first < progress.in_work:
        raise SplitTooFew(count=progress.in_work)
    cut = progress.packed + first
    return (
        _stretch(way, progress, progress.packed, cut),
        _stretch(way, progress, cut, progress.alive),
    )


def whole_load(way: Way, progress: Progress) -> Load:
    """Everything of a bundle that is in work."""
    return _stretch(way, progress, progress.packed, progress.alive)


def _stretch(way: Way, progress: Progress, start: int, end: int) -> Load:
    """The pieces of the pile from one place to another."""

    def within(count: int) -> int:
        return min(max(count, start), end) - start

    passed = {code: within(progress.steps[code].passed) for code in way}
    taken = {code: within(progress.steps[code].taken) for code in way}
    waited = {code: taken[code] - passed[code] for code in way}
    return Load(
        end - start,
        {code: count for code, count in passed.items() if count},
        {code: count for code, count in waited.items() if count},
    )


def without(way: Way, progress: Progress, load: Load) -> Progress:
    """A bundle after a load of it has gone on under another ticket."""
    steps = dict(progress.steps)
    for code, count in load.passed.items():
        steps[code] = replace(steps[code], gone=steps[code].gone + count)
    for code, count in load.waited.items():
        steps[code] = replace(steps[code], rework=steps[code].rework - count)
    return settled(way, replace(progress, steps=steps, moved=progress.moved + load.pieces), way)


def carrying(way: Way, loads: Iterable[Load]) -> Progress:
    """A new bundle of these loads: what was done to its pieces is done."""
    some = tuple(loads)
    steps = {
        code: StepState(
            good=sum(load.passed.get(code, 0) for load in some),
            rework=sum(load.waited.get(code, 0) for load in some),
        )
        for code in way
    }
    touched = {code for load in some for code in (*load.passed, *load.waited)}
    fresh = Progress(
        sum(load.pieces for load in some), steps, started=not touched <= set(way.at_the_table)
    )
    return settled(way, fresh, way)


def split_plies(
    bundle: Bundle, plies: int | None, loads: Sequence[Load], *, loose: int = 0
) -> tuple[str, str]:
    """The plies of the two parts: so many go with the first; no ply is in both.

    So many `loose` pieces were found later, and need none: a part may be of such pieces alone.
    """
    every = [ply for stretch in bundle.stretches for ply in stretch.each()]
    most = max(len(every) - 1, min(len(every), 1))
    with_first = min(loads[0].pieces, most) if plies is None else plies
    if not 0 <= with_first <= len(every):
        raise PliesDoNotFit
    first, second = every[:with_first], every[with_first:]
    parts = zip((first, second), loads, strict=True)
    if sum(max(0, x.pieces - len(p)) for p, x in parts) > loose:
        raise PliesDoNotFit
    return _written(first), _written(second)


def merged_plies(bundles: Iterable[Bundle]) -> str:
    """All plies of bundles that are put together."""
    return _written(sorted(p for b in bundles for s in b.stretches for p in s.each()))


def _written(plies: Iterable[tuple[int, int]]) -> str:
    return " ".join(str(stretch) for stretch in _stretches(plies))


def _stretches(plies: Iterable[tuple[int, int]]) -> Iterator[Stretch]:
    """Neighbouring plies as one."""
    open_: Stretch | None = None
    for place, ply in plies:
        if open_ is not None and (open_.place, open_.last + 1) == (place, ply):
            open_ = replace(open_, last=ply)
            continue
        if open_ is not None:
            yield open_
        open_ = Stretch(place, ply, ply)
    if open_ is not None:
        yield open_


def refuse_unlike(way: Way, some: Sequence[tuple[Bundle, Progress]]) -> None:
    """Only what is alike and equally far is put together."""
    if not FEWEST <= len(some) <= MOST or len({b.code for b, _ in some}) != len(some):
        raise OneBundleIsNoMerge(most=MOST)
    first, far = some[0][0], _far(way, some[0][1])
    for bundle, progress in some:
        if _kind(bundle) != _kind(first):
            raise NotAlike(bundle=bundle.code)
        if far is None or _far(way, progress) != far:
            raise NotEquallyFar(bundle=bundle.code)


def _kind(bundle: Bundle) -> tuple[object, ...]:
    return bundle.order, bundle.line, bundle.size, bundle.lay, bundle.shade, bundle.routing_uid


def _far(way: Way, progress: Progress) -> frozenset[str] | None:
    """The steps that all its pieces have passed; None where a step is half done."""
    for code in way:
        step = progress.steps[code]
        if step.rework or step.passed not in {0, progress.alive}:
            return None
    return frozenset(code for code in way if progress.steps[code].passed)
