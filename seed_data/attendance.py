"""Who comes when: lateness, leave, long evenings, forgotten punches, and a last day half done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from factory.kernel.time import Interval, at
from factory.timeclock.domain import PunchKind
from seed_data.people import Person

FULL_WEEK = 40
SICK_IN_THOUSAND = 12
FORGETS_IN_THOUSAND = 4
LONG_DAYS = (1, 3)
"""In a rush Tuesdays and Thursdays are long."""
MOST_LEAVE = 4
ON_BREAK_SINCE = timedelta(minutes=7)

Punches = tuple[tuple[PunchKind, datetime], ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person's day: what she punched, when she worked, what she forgot."""

    person: Person
    punches: Punches
    spans: tuple[Interval, ...]
    forgotten: datetime | None = None
    """When she went home without a punch."""

    def until(self, moment: datetime) -> Attendance:
        """As much of the day as is over at a moment."""
        punches = tuple(each for each in self.punches if each[1] <= moment)
        whole = Interval(min(moment, self.spans[0].start), moment)
        spans = tuple(part for span in self.spans if (part := span.within(whole)))
        return replace(self, punches=punches, spans=spans, forgotten=None)


def leaves(people: Iterable[Person], days: int, chance: Random) -> dict[int, frozenset[int]]:
    """The days on leave of each person, by her number; never the first day nor the last."""
    return {person.number: frozenset(_leave(person, days, chance)) for person in people}


def _leave(person: Person, days: int, chance: Random) -> Iterator[int]:
    for _ in range(chance.randrange(MOST_LEAVE) * days // 60):
        day = chance.randrange(1, max(2, days - 1))
        if person.is_here(day) and person.first_day < day < days - 1:
            yield day


def attendance(
    person: Person, day: date, chance: Random, *, rush: bool = False
) -> Attendance | None:
    """Her day, or nothing where she stays at home ill."""
    if chance.randrange(1000) < SICK_IN_THOUSAND:
        return None
    start = _start(person, day, chance)
    pause = _pause(person, day, chance)
    end = _end(person, day, chance, rush=rush)
    forgets = chance.randrange(1000) < FORGETS_IN_THOUSAND
    return _day(person, start, pause, end, forgets=forgets)


def _start(person: Person, day: date, chance: Random) -> datetime:
    late = chance.randrange(100) < person.late_in_the_hundred
    first, width = ("09:03", 35 * 60) if late else ("08:38", 21 * 60)
    return at(day, first) + timedelta(seconds=chance.randrange(width))


def _pause(person: Person, day: date, chance: Random) -> Interval:
    length = 60 if person.weekly_hours == FULL_WEEK else 30
    start = at(day, "11:57:30") + timedelta(seconds=chance.randrange(150))
    end = at(day, "12:00") + timedelta(minutes=length, seconds=chance.randrange(60))
    return Interval(start, end)


def _end(person: Person, day: date, chance: Random, *, rush: bool) -> datetime:
    wall = "18:00" if person.weekly_hours == FULL_WEEK else "14:30"
    long = rush and day.weekday() in LONG_DAYS and person.makes_coats
    if long and person.weekly_hours == FULL_WEEK and chance.randrange(2):
        wall = "20:00"
    return at(day, wall) + timedelta(seconds=chance.randrange(9 * 60))


def _day(
    person: Person, start: datetime, pause: Interval, end: datetime, *, forgets: bool
) -> Attendance:
    punches: Punches = (
        (PunchKind.IN, start),
        (PunchKind.BREAK_START, pause.start),
        (PunchKind.BREAK_END, pause.end),
        (PunchKind.OUT, end),
    )
    spans = (Interval(start, pause.start), Interval(pause.end, end))
    return Attendance(person, punches[:-1] if forgets else punches, spans, end if forgets else None)


def forgetful(one: Attendance) -> Attendance:
    """The same day, but she goes home without a punch."""
    if one.forgotten is not None:
        return one
    return replace(one, punches=one.punches[:-1], forgotten=one.punches[-1][1])


def half_day(everybody: Iterable[Attendance], moment: datetime) -> tuple[Attendance, ...]:
    """The last day until a moment: one does not come, another is on her break.

    Both only where there are others, and the break only once the morning is over half an hour old.
    """
    known = [one.until(moment) for one in everybody if one.punches[0][1] <= moment]
    if len(known) > 1 and known[0].spans[0].minutes > ON_BREAK_SINCE / timedelta(minutes=1):
        known[0] = _on_break(known[0], moment - ON_BREAK_SINCE)
    return tuple(one for place, one in enumerate(known) if place != 1 or len(known) <= 2)  # noqa: PLR2004 - two are too few to miss one


def _on_break(one: Attendance, since: datetime) -> Attendance:
    whole = Interval(one.punches[0][1], since)
    spans = tuple(part for span in one.spans if (part := span.within(whole)))
    finished = tuple(each for each in one.punches if each[1] < since)
    if finished[-1][0] is PunchKind.BREAK_START:
        return replace(one, punches=finished, spans=spans)
    return replace(one, punches=(*finished, (PunchKind.BREAK_START, since)), spans=spans)
