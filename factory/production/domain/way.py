"""The way a bundle takes through the house: its steps, what each needs, and what needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from factory.catalogue.domain import Routing, Section, Station


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A routing as a graph; several steps of one bundle can be open at once until assembly."""

    before: Mapping[str, tuple[str, ...]]
    """For each step those it needs, in an order in which all can be done."""
    at_the_table: tuple[str, ...]
    """The steps that are done when the cut is recorded."""
    finishing: frozenset[str]
    after: Mapping[str, tuple[str, ...]] = field(init=False)
    last: str = field(init=False)
    """After this step a coat hangs on the rail."""
    sewn_by: tuple[str, ...] = field(init=False)
    """A coat that has passed these is sewn; only finishing comes after them."""
    _around: dict[str, frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        after = {code: tuple(self._needing(code)) for code in self.before}
        object.__setattr__(self, "after", after)
        object.__setattr__(self, "last", next(code for code, later in after.items() if not later))
        sewn_by = tuple(code for code in self.before if self._is_end_of_sewing(code))
        object.__setattr__(self, "sewn_by", sewn_by)

    def __iter__(self) -> Iterator[str]:
        return iter(self.before)

    def _needing(self, code: str) -> Iterator[str]:
        return (later for later, needed in self.before.items() if code in needed)

    def _is_end_of_sewing(self, code: str) -> bool:
        return code not in self.finishing and set(self.after[code]) <= self.finishing

    def around(self, code: str) -> frozenset[str]:
        """The few steps that a scan has to know: itself, the next ones, and what those need."""
        if code not in self._around:
            near = {code, *self.after[code]}
            near.update(other for later in self.after[code] for other in self.before[later])
            near.update(self.sewn_by if code in self.sewn_by else ())
            self._around[code] = frozenset(near)
        return self._around[code]

    def earlier(self, code: str) -> frozenset[str]:
        """Every step that has to come before a step."""
        found: set[str] = set()
        open_ = list(self.before[code])
        while open_:
            step = open_.pop()
            if step not in found:
                found.add(step)
                open_.extend(self.before[step])
        return frozenset(found)


def way(
    needs: Mapping[str, Collection[str]],
    *,
    at_the_table: Collection[str] = (),
    finishing: Collection[str] = (),
) -> Way:
    """Order steps so that each comes after those it needs, otherwise as they are given."""
    ordered: dict[str, tuple[str, ...]] = {}
    waiting = dict(needs)
    while waiting:
        code = next(code for code, needed in waiting.items() if set(needed) <= set(ordered))
        ordered[code] = tuple(waiting.pop(code))
    table = tuple(code for code in ordered if code in at_the_table)
    return Way(ordered, table, frozenset(finishing))


def of_routing(routing: Routing) -> Way:
    """The graph of a style's way of work; what is cut at the table is done with the cut."""
    stations = {step.code: step.operation.station for step in routing.steps}
    return way(
        {step.code: step.predecessors for step in routing.steps},
        at_the_table=[code for code, station in stations.items() if station is Station.CUT],
        finishing=[
            code for code, station in stations.items() if station.section is Section.FINISHING
        ],
    )
