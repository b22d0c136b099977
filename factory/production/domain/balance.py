"""What must agree at all times, for every order, bundle and step; each rule a function.

R1 cut = bundles = plies x marker; R2 cut + found = work in progress + finished + shipped + sold +
second + scrapped + lost; R3 no step ahead of those before it; R4 received = good + scrapped here
+ open rework + left; R5 no ply in two bundles; R6 no piece paid twice at a step. R7 (rolls) is
held by `materials` and `queries.replay`, R8 by `stock`, R9 by `till`; R10, a replay that gives
the kept balances again, is `queries.recomputed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from factory.production.domain.bundles import Bundle
from factory.production.domain.progress import Progress, reached
from factory.production.domain.replay import Travelled
from factory.production.domain.way import Way


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: what stands, and what should."""

    rule: str
    key: str
    stands: str
    should: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellState:
    """One colour and size of an order, in coats; each figure is counted on its own."""

    ordered: int
    cut: int = 0
    found: int = 0
    """More than was counted at the cutting table."""
    wip_sewing: int = 0
    wip_finishing: int = 0
    first: int = 0
    """First quality on the rail."""
    second: int = 0
    """Second quality on the rail."""
    shipped: int = 0
    sold: int = 0
    """Sold in the shop, less what came back."""
    scrapped: int = 0
    lost: int = 0

    @property
    def in_work(self) -> int:
        """Coats not yet on the rail."""
        return self.wip_sewing + self.wip_finishing

    @property
    def accounted(self) -> int:
        """Coats whose whereabouts are known."""
        finished = self.first + self.second + self.shipped + self.sold
        return self.in_work + finished + self.scrapped + self.lost

    @property
    def made(self) -> int:
        """Coats that have to be somewhere."""
        return self.cut + self.found

    @property
    def holds(self) -> bool:
        """Whether every coat that was cut is accounted for (R2)."""
        return self.made == self.accounted


def r1(key: str, *, planned: int, bundled: int) -> Iterator[Broken]:
    """Bundles hold what the plies and the marker give."""
    if planned != bundled:
        yield Broken("R1", key, str(bundled), str(planned))


def r2(key: str, cell: CellState) -> Iterator[Broken]:
    """Every coat that was cut is somewhere."""
    if not cell.holds:
        yield Broken("R2", key, str(cell.accounted), str(cell.made))


def r3(way: Way, key: str, progress: Progress) -> Iterator[Broken]:
    """No step is ahead of those before it, and none below zero."""
    for code in way:
        step = progress.steps[code]
        limit = min((progress.steps[b].good for b in way.before[code]), default=progress.quantity)
        if not 0 <= step.good <= limit or min(step.gone, step.rework, step.left, step.passed) < 0:
            yield Broken("R3", f"{key} {code}", str(step), f"0..{limit}")


def r4(way: Way, key: str, progress: Progress, out: Mapping[str, int]) -> Iterator[Broken]:
    """What reached a step is done, has gone out from there, waits for repair, or is left.

    `out` counts the pieces scrapped or made second quality at each step. Steps side by side know
    of each other's losses only by the kept counts, so it is held twice: of all pieces nothing is
    too many, of those still here everything is accounted for.
    """
    for code in way:
        step, came = progress.steps[code], reached(way, progress, code)
        if came != step.taken + step.left:
            yield Broken("R4", f"{key} {code}", str(step.taken + step.left), str(came))
        ever = min((progress.steps[b].good for b in way.before[code]), default=progress.quantity)
        accounted = step.good + out.get(code, 0) + step.rework + step.left
        if accounted > ever:
            yield Broken("R4", f"{key} {code}", str(accounted), f"0..{ever}")


def r5(key: str, bundles: Iterable[Bundle]) -> Iterator[Broken]:
    """No piece lies in two bundles of a lay."""
    pieces = Counter(
        (bundle.line, bundle.size, place, ply)
        for bundle in bundles
        for stretch in bundle.stretches
        for place, ply in stretch.each()
    )
    for piece, count in pieces.items():
        if count > 1:
            yield Broken("R5", f"{key} {piece}", str(count), "1")


def r5_sums(bundle: Bundle, travelled: Travelled) -> Iterator[Broken]:
    """A bundle of a split or merge holds what came to it, and plies for all but found ones."""
    came = sum(load.pieces for load in travelled.came)
    if travelled.came and came != bundle.quantity:
        yield Broken("R5", bundle.code, str(bundle.quantity), str(came))
    plies = sum(1 for stretch in bundle.stretches for _ in stretch.each())
    if plies < (least := bundle.quantity - travelled.loose):
        yield Broken("R5", f"{bundle.code} plies", str(plies), f">={least}")


def r6(key: str, *, paid: Mapping[str, int], good: Mapping[str, int]) -> Iterator[Broken]:
    """No step is paid for more pieces than were done well."""
    for code, pieces in paid.items():
        if pieces > good.get(code, 0):
            yield Broken("R6", f"{key} {code}", str(pieces), str(good.get(code, 0)))
