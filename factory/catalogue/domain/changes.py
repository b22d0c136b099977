"""What a new sheet of operations would change in a style's way of work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factory.catalogue.domain.routings import Routing, Section, Step, as_minutes
from factory.kernel.money import Money
from factory.kernel.words import mark


class Change(StrEnum):
    """What a new sheet does to an operation."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"

    @property
    def label(self) -> str:
        """The change as people say it."""
        return _CHANGES[self]


_CHANGES = {
    Change.NEW: mark("new"),
    Change.CHANGED: mark("changed"),
    Change.SAME: mark("as before"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new sheet beside what holds now: each step with its change, and the steps that go."""

    lines: tuple[tuple[Step, Change], ...]
    gone: tuple[Step, ...]

    @property
    def changes_anything(self) -> bool:
        """Whether the new sheet differs at all."""
        return bool(self.gone) or any(change is not Change.SAME for _, change in self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the floor in a style's way of work, with its totals."""

    section: Section
    steps: tuple[Step, ...]

    @property
    def sam(self) -> int:
        """Time of the part, in hundredths of a minute."""
        return sum(step.sam for step in self.steps)

    @property
    def minutes(self) -> str:
        """Time of the part as people write it."""
        return as_minutes(self.sam)

    @property
    def rate(self) -> Money:
        """Piece pay of the part."""
        return Money.total(step.rate for step in self.steps)


def parts(routing: Routing) -> tuple[Part, ...]:
    """A way of work by parts of the floor; a part without steps is left out."""
    found = (Part(section, routing.of_section(section)) for section in Section)
    return tuple(part for part in found if part.steps)


def compare(before: Routing | None, steps: tuple[Step, ...]) -> Comparison:
    """Hold new steps against the way of work that holds now."""
    known = {step.code: step for step in before.steps} if before else {}
    codes = {step.code for step in steps}
    return Comparison(
        tuple((step, _change(known.get(step.code), step)) for step in steps),
        tuple(step for code, step in known.items() if code not in codes),
    )


def _change(before: Step | None, step: Step) -> Change:
    if before is None:
        return Change.NEW
    return Change.SAME if before == step else Change.CHANGED
