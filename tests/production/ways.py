"""Small ways through the house, made by hand, and bundles that have gone a part of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factory.kernel.money import Money
from factory.kernel.time import at as wall
from factory.production.domain.progress import Progress, begun
from factory.production.domain.scans import Scan, decide_scan
from factory.production.domain.way import Way, way
from factory.security.domain import WorkerId

COAT = {
    "cut": (),
    "front": ("cut",),
    "pocket": ("front",),
    "sleeve": ("cut",),
    "lining": ("cut",),
    "join": ("pocket", "sleeve"),
    "close": ("join", "lining"),
    "press": ("close",),
    "look": ("press",),
    "pack": ("look",),
}
"""Three parts that are sewn side by side, put together, finished."""


def coat() -> Way:
    return way(COAT, at_the_table={"cut"}, finishing={"press", "look", "pack"})


def line() -> Way:
    """One step after the other."""
    needs = {"cut": (), "sew": ("cut",), "press": ("sew",), "pack": ("press",)}
    return way(needs, at_the_table={"cut"}, finishing={"press", "pack"})


DAY = date(2026, 11, 24)
NOW = wall(DAY, "10:40")
PINE = WorkerId(7)
CUT = ("cut", 10, 0)
Entries = Iterable[tuple[str, int, int]]


def after(steps: Way, entries: Entries, quantity: int = 10) -> Progress:
    progress = begun(steps, quantity)
    for code, good, rejected in entries:
        progress = decide_scan(steps, progress, code, good=good, rejected=rejected)
    return progress


def make_scan(operation: str = "sew", good: int = 10, **changes: object) -> Scan:
    given: dict[str, object] = {
        "id": "one",
        "bundle": "20000120",
        "operation": operation,
        "worker": PINE,
        "good": good,
        "rejects": (),
        "at": NOW,
        "received": NOW,
        "day": DAY,
        "source": "floor",
        "by": "Pine",
        "rate": Money(100),
    }
    return Scan(**(given | changes))  # type: ignore[arg-type]
