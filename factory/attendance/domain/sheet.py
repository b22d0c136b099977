"""Days and weeks from events: the one function behind `didim calc timesheet` and every page.

Nothing is cut in silence: minutes present that nobody called work stay visible until somebody
settles them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factory.attendance.domain.day import NOTHING, Known, RulesOf, SheetDay, days_of
from factory.attendance.domain.week import SheetWeek, weeks_of
from factory.timeclock.domain import Paired, Timed, pair


@dataclass(frozen=True, slots=True)
class Sheet:
    """Somebody's days with events, and the weeks they lie in."""

    days: tuple[SheetDay, ...]
    weeks: tuple[SheetWeek, ...]


def reckon(events: Iterable[Timed], rules: RulesOf, known: Known = NOTHING) -> Sheet:
    """The sheet of one worker, from events in whatever order they arrived."""
    return counted(pair(events), rules, known)


def counted(paired: Paired, rules: RulesOf, known: Known = NOTHING) -> Sheet:
    """The same from events that were paired already."""
    days = days_of(paired, rules, known)
    return Sheet(days, weeks_of(days, rules, known.attended))
