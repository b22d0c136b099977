"""Events, rules and plans in few words."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from factory.attendance.domain.day import Event, Known, SheetDay
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import Rules
from factory.attendance.domain.sheet import Sheet, reckon
from factory.kernel.time import Interval, at
from factory.timeclock.domain import PunchKind

MONDAY = date(2026, 11, 2)
KINDS = {
    "in": PunchKind.IN,
    "out": PunchKind.OUT,
    "break": PunchKind.BREAK_START,
    "back": PunchKind.BREAK_END,
}


def moment(text: str) -> datetime:
    """`02 09:00` of November 2026, seconds if wanted; or a whole `2026-10-31 09:00`."""
    day, wall = text.split(" ")
    return at(date.fromisoformat(day if "-" in day else f"2026-11-{day}"), wall)


def span(text: str) -> Interval:
    """`02 18:00 02 20:00`."""
    day, start, last, end = text.split(" ")
    return Interval(moment(f"{day} {start}"), moment(f"{last} {end}"))


def events(*texts: str) -> list[Event]:
    """`in 02 09:00`, one after the other."""
    return [Event(KINDS[text.split(" ")[0]], moment(text.split(" ", 1)[1])) for text in texts]


def worked(*days: str, start: str = "09:00", end: str = "18:00") -> list[Event]:
    """Whole days with an hour's break at noon."""
    return [
        event
        for day in days
        for event in events(
            f"in {day} {start}", f"break {day} 12:00", f"back {day} 13:00", f"out {day} {end}"
        )
    ]


def rules(**given: Any) -> Rules:
    """A house of twelve, forty hours, Monday to Friday."""
    hours = {key: Fraction(given.pop(key)) for key in ("weekly_hours",) if key in given}
    return Rules(**{"employees": 12, **given, **hours})


def sheet(found: list[Event], *, known: Known | None = None, **given: Any) -> Sheet:
    """The sheet by these rules."""
    held = rules(**given)
    return reckon(found, lambda _: held, known or Known())


def day(found: list[Event], **given: Any) -> SheetDay:
    """The only day of a sheet."""
    (only,) = sheet(found, **given).days
    return only


def planned(*days: str, start: str = "09:00", end: str = "18:00", breaks: Any = ()) -> Any:
    """The same plan on several days of November."""
    plan = Planned(start, end, tuple(breaks))
    return {date.fromisoformat(f"2026-11-{text}"): plan for text in days}
