"""A short way of work and a small order, enough to try every turn of the floor's screens."""

from __future__ import annotations

from datetime import date
from typing import Any

from factory.catalogue.domain import Colour, Operation, Routing, Size, Station, Step, Style, routing
from factory.kernel.money import Money
from factory.orders.domain import Line, Order, OrderKind, OrderState
from factory.production.domain.progress import Progress, begun, moved
from factory.production.domain.way import Way, way

SHORT = (
    ("C05", Station.CUT, ()),
    ("C06", Station.FUSE, ("C05",)),
    ("S01", Station.PREP, ("C06",)),
    ("S02", Station.PREP, ("C06",)),
    ("S20", Station.LINING, ("C05",)),
    ("S11", Station.ASSEMBLY, ("S01", "S02", "S20")),
    ("F05", Station.QC, ("S11",)),
    ("F07", Station.PACK, ("F05",)),
)
BLACK = Colour("BK", "검정", "black", "#20242c")
CAMEL = Colour("CA", "카멜", "camel", "#b98a55")


def short_routing(steps: Any = SHORT) -> Routing:
    """Eight steps, three of them open at once."""
    made = tuple(
        Step(Operation(code, place, f"일 {code}", f"work {code}", ""), 100, Money(180), before)
        for code, place, before in steps
    )
    return routing("a-routing", "W-2601", 1, made)


def way_of(made: Routing) -> Way:
    """The same as a graph."""
    needs = {step.code: step.predecessors for step in made.steps}
    table = [step.code for step in made.steps if step.operation.station is Station.CUT]
    finishing = [step.code for step in made.steps if step.code.startswith("F")]
    return way(needs, at_the_table=table, finishing=finishing)


def after(*done: str, quantity: int = 10, rework: str = "") -> tuple[Routing, Way, Progress]:
    """A bundle of which all pieces have gone through these steps, all but one where named."""
    made = short_routing()
    graph = way_of(made)
    progress = begun(graph, quantity)
    for code in ("C05", *done):
        bad = 1 if code == rework else 0
        left = progress.steps[code].left
        progress = moved(graph, progress, code, good=left - bad, rework=bad)
    return made, graph, progress


def make_style(**changes: Any) -> Style:
    given: dict[str, Any] = {
        "number": "W-2601",
        "name": "여성 울 코트",
        "name_en": "Women's wool coat",
        "season": "26FW",
        "sizes": (Size(1, "55", "85-91-160"), Size(2, "66", "88-94-160"), Size(3, "77", "")),
        "colours": (BLACK, CAMEL),
    }
    return Style(**(given | changes))


def make_order(
    black: dict[str, int] | None = None, camel: dict[str, int] | None = None, **changes: Any
) -> Order:
    lines = (
        Line(1, "W-2601", "BK", Money(120_000), tuple((black or {"55": 25, "66": 50}).items())),
        Line(2, "W-2601", "CA", Money(120_000), tuple((camel or {"55": 12, "66": 24}).items())),
    )
    given: dict[str, Any] = {
        "number": "2026-0012",
        "kind": OrderKind.STOCK,
        "customer": None,
        "due": date(2026, 12, 5),
        "deposit": Money(0),
        "state": OrderState.CONFIRMED,
        "lines": lines,
    }
    return Order(**(given | changes))
