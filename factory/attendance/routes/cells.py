"""How a day of the month looks: worked out once for all days that look the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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
Key = tuple[Mark, int, bool, bool, bool, bool]


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
            kind, worked, closed = each.mark, each.day.worked, each.closed
            key = kind, worked, closed, each.is_open, each.leave > 0, is_off
            if key not in found:
                found[key] = self._made(*key)
            yield found[key]

    def _made(
        self,
        kind: Mark,
        worked: int,
        closed: bool,  # noqa: FBT001 - the fields of a key
        is_open: bool,  # noqa: FBT001
        leave: bool,  # noqa: FBT001
        is_off: bool,  # noqa: FBT001
    ) -> Look | None:
        if kind is Mark.NOT_HERE:
            return None
        classes = ["open" if is_open else "off" if is_off else ""]
        classes += ["closed"] if closed and (worked or kind in self.words) else []
        classes += ["away"] if kind in self.words and not is_open else []
        hours = show_hours(worked) if worked else ""
        said = f"{hours} {self.labels[kind]}" + (f", {say('day closed')}" if closed else "")
        text = hours + (self.words.get(kind) or SIGNS.get(kind, ""))
        text += HALF if leave and kind is not Mark.LEAVE else ""
        return Look(" ".join(filter(None, classes)), said, text or "\N{NO-BREAK SPACE}")
