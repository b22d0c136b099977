"""The screens of the floor, and the names of their pages."""

from __future__ import annotations

from dataclasses import dataclass

from factory.catalogue.domain import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One of the floor's screens, and the names of its pages."""

    title: str
    place: Station | None
    """Whose work is offered; none is everywhere."""
    scan: str
    card: str
    kept: str
    """Where it is said what was entered."""
    undo: str
    tap: str
    """Where the supervisor's tap on a name goes."""
    later: str
    """Where papers go that were scanned while the server was away."""
    movable: bool = False
    """Whether the screen can be told that it stands elsewhere."""
    inspects: bool = False
    """Whether it is decided here what becomes of rejected coats."""
