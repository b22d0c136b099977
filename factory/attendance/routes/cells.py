"""How a day of the month looks: worked out once for all days that look the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from factory.attendance.domain.month import Cell, Mark
from factory.kernel.words import say
from factory.web.i18n import show_hours

SIGNS = {
    Mark.MISSING: "?",
    Mark.UNSETTLED: "!",
    Mark.SCANNED: "!",
    Mark.BOTH: "!",
    Mark.CHANGED: "↻",
    Mark.RUNNING: "…",
}
"""What stands beside hours that somebody has to look at."""
HALF = "½"


class Key(NamedTuple):
    """All of a day that its look depends on."""

    kind: Mark
    worked: int
    closed: bool
    is_open: bool
    has_leave: bool
    is_off: bool


@dataclass(frozen=True, slots=True)
class Look:
    """The class of a day's field, what is read aloud of it, and what stands in it."""

    css: str
    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks of a month's days, each made when it is first needed."""

    labels: Mapping[Mark, str]
    words: Mapping[Mark, str]
    """What stands in place of hours."""
    found: dict[Key, Look | None] = field(default_factory=dict)

    def of(self, cells: tuple[Cell, ...], off: tuple[bool, ...]) -> Iterator[Look | None]:
        """How each of somebody's days looks; nothing where she is not employed."""
        found = self.found
        for each, is_off in zip(cells, off, strict=True):
            worked, has_leave = each.day.worked, each.leave > 0
            key = Key(each.mark, worked, each.closed, each.is_open, has_leave, is_off)
            if key not in found:
                found[key] = self._made(key)
            yield found[key]

    def _made(self, day: Key) -> Look | None:
        kind = day.kind
        if kind is Mark.NOT_HERE:
            return None
        classes = ["open" if day.is_open else "off" if day.is_off else ""]
        classes += ["closed"] if day.closed and (day.worked or kind in self.words) else []
        classes += ["away"] if kind in self.words and not day.is_open else []
        hours = show_hours(day.worked) if day.worked else ""
        said = f"{hours} {self.labels[kind]}" + (f", {say('day closed')}" if day.closed else "")
        text = hours + (self.words.get(kind) or SIGNS.get(kind, ""))
        text += HALF if day.has_leave and kind is not Mark.LEAVE else ""
        return Look(" ".join(filter(None, classes)), said, text or "\N{NO-BREAK SPACE}")
