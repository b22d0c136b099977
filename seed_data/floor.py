"""The simulated floor: bundles in work, what is open at each station, who has what in her hands.

How far a bundle is follows the same rules as in production (`production.domain.progress`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from factory.catalogue.domain import Routing, Section, Station
from factory.kernel.money import ZERO
from factory.production.domain.outcomes import (
    Decided,
    Outcome,
    Trace,
    decide_outcome,
    take_back,
)
from factory.production.domain.progress import Progress, begun, moved
from factory.production.domain.way import Way, way
from seed_data.people import Person

BEFORE_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""Where a moment is asked for and does not matter."""
OWN_STATION = 16
"""So many ranks older has work elsewhere to be before she leaves her own station: eight bundles."""

MADE_AHEAD = 18
"""So many bundles lie back for a coat that is made for one person."""


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A routing as the floor needs it: the way, and each step's station and time."""

    way: Way
    station: Mapping[str, Station]
    sam: Mapping[str, int]
    """Hundredths of a minute a piece."""

    def minutes(self, progress: Progress) -> int:
        """Standard minutes that are still to be worked on a bundle."""
        left = (sam * (progress.alive - progress.steps[c].passed) for c, sam in self.sam.items())
        return sum(left) // 100


def route(routing: Routing) -> Route:
    """The floor's view of a routing."""
    steps = routing.steps
    return Route(
        way(
            {step.code: step.predecessors for step in steps},
            at_the_table=[s.code for s in steps if s.operation.station is Station.CUT],
            finishing=[s.code for s in steps if s.operation.section is Section.FINISHING],
        ),
        {step.code: step.operation.station for step in steps},
        {step.code: step.sam for step in steps},
    )


@dataclass(slots=True)
class Sack:
    """A bundle in work."""

    code: str
    rank: int
    """Cut earlier, sewn earlier; see `rank`."""
    order: int
    item: tuple[str, str, str]
    """Style, colour and size."""
    route: Route
    progress: Progress
    made: bool = False
    """For one person: sewn with care, and nothing of it is rejected or lost."""
    claimed: set[str] = field(default_factory=set)


def rank(cut: int, *, made: bool = False) -> int:
    """The rank of what was cut after so many bundles: even, but for a coat made for one person.

    Such a coat goes before the last bundles that were cut.
    """
    return 2 * (cut - MADE_AHEAD) + 1 if made else 2 * cut


def sack(
    code: str, rank: int, order: int, item: tuple[str, str, str], route: Route, n: int
) -> Sack:
    """A bundle as it comes from the cutting table, with what is done there."""
    progress = begun(route.way, n)
    for step in route.way.at_the_table:
        progress = moved(route.way, progress, step, good=n, rework=0)
    return Sack(code, rank, order, item, route, progress)


@dataclass(slots=True)
class Task:
    """What somebody has in her hands."""

    sack: Sack
    step: str
    count: int
    seconds: int
    """Still to be worked."""


@dataclass(slots=True)
class Floor:
    """Everything that is in work."""

    sacks: dict[str, Sack] = field(default_factory=dict)
    hands: dict[int, Task] = field(default_factory=dict)
    """By the number of the person."""
    open: dict[Station, dict[tuple[int, str], Sack]] = field(default_factory=dict)
    """What can be begun at each station, by rank and step."""

    def put(self, sacks: Iterable[Sack]) -> None:
        """Bundles come from the cutting table."""
        for each in sacks:
            self.sacks[each.code] = each
            self.look(each)

    def look(self, one: Sack, near: str | None = None) -> None:
        """Note anew what can be begun of a bundle, or near a step: where every piece is there."""
        steps = one.route.station if near is None else (near, *one.route.way.after[near])
        for step in steps:
            state, station = one.progress.steps[step], one.route.station[step]
            whole = state.left > 0 and state.left + state.taken == one.progress.alive
            key = (one.rank, step)
            if whole and step not in one.claimed:
                self.open.setdefault(station, {})[key] = one
            else:
                self.open.get(station, {}).pop(key, None)
        if one.progress.in_work == 0:
            self.sacks.pop(one.code, None)

    def take(self, person: Person) -> Task | None:
        """Let somebody take the oldest bundle at her stations, rather at the first of them."""
        best: tuple[int, str, bool, Sack] | None = None
        for place, station in enumerate(person.stations):
            waiting = self.open.get(station)
            if waiting:
                rank, step = min(waiting)
                turn = rank + (OWN_STATION if place else 0)
                if best is None or turn < best[0]:
                    best = (turn, step, place > 0, waiting[rank, step])
        return self._hand(person, best[3], best[1], slower=best[2]) if best else None

    def _hand(self, person: Person, one: Sack, step: str, *, slower: bool) -> Task:
        one.claimed.add(step)
        self.look(one, step)
        count = one.progress.steps[step].left
        pace = person.pace * 9 // 10 if slower else person.pace
        seconds = count * one.route.sam[step] * 60 // max(pace, 1)
        task = Task(one, step, count, max(seconds, 1))
        self.hands[person.number] = task
        return task

    def lay_down(self, number: int) -> None:
        """Somebody puts her work back."""
        task = self.hands.pop(number, None)
        if task is not None:
            task.sack.claimed.discard(task.step)
            self.look(task.sack, task.step)

    def scan(self, task: Task, good: int, rejected: int) -> None:
        """Pieces are done."""
        one = task.sack
        one.progress = moved(one.route.way, one.progress, task.step, good=good, rework=rejected)
        self.look(one, task.step)

    def settle(self, one: Sack, step: str | None, outcome: Outcome) -> Decided | None:
        """A piece is repaired or leaves; nothing where it is not possible any more."""
        if step is not None and one.progress.steps[step].rework < 1:
            return None
        if one.progress.in_work < 1:
            return None
        one.progress, trace = decide_outcome(one.route.way, one.progress, outcome, step)
        self.look(one)
        return _decided(one.code, step, outcome, trace)

    def find(self, one: Sack, lost: Decided) -> None:
        """A lost piece is there again."""
        one.progress = take_back(one.route.way, one.progress, lost)
        self.sacks[one.code] = one
        self.look(one)

    @property
    def minutes(self) -> int:
        """Standard minutes that are still to be worked on everything in work."""
        return sum(each.route.minutes(each.progress) for each in self.sacks.values())


def _decided(code: str, step: str | None, outcome: Outcome, trace: Trace) -> Decided:
    return Decided(
        id=0,
        event_id="",
        bundle=code,
        operation=step,
        outcome=outcome,
        count=1,
        trace=trace,
        worker=None,
        rate=ZERO,
        at=BEFORE_TIME,
        day=BEFORE_TIME.date(),
        by="",
        reason="",
    )
