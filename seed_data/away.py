"""Who asks for leave when, who falls ill, and what waits for an answer in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from factory.kernel.time import DAY, at
from seed_data.acts import FellIll, LeaveAnswered, LeaveAsked
from seed_data.people import Person
from seed_data.working_days import is_working_day

AHEAD = 3
"""Working days before her leave on which somebody asks; on the next one she is answered."""
WAITING = 2
"""So many requests wait for an answer when the season breaks off."""
LATER = 10
"""Calendar days after the last one on which the first of them would be away."""
NOTES = ("", "", "병원에 가요", "집에 일이 있어요")


def asked(
    people: Iterable[Person], leave: Mapping[int, frozenset[int]], days: tuple[date, ...], turn: int
) -> Iterator[LeaveAsked | LeaveAnswered]:
    """What is asked and answered on a day of the season about leave inside it."""
    for person in people:
        for away in sorted(leave[person.number]):
            asks = max(person.first_day, away - AHEAD)
            answered = min(asks + 1, away - 1)
            if turn == asks:
                yield _asked(person, days[turn], days[away])
            if turn == answered:
                moment = at(days[turn], "16:40") + timedelta(seconds=person.number)
                yield LeaveAnswered(at=moment, person=person, day=days[away])


def _asked(person: Person, today: date, away: date) -> LeaveAsked:
    note = NOTES[(person.number + away.day) % len(NOTES)]
    moment = at(today, "12:10") + timedelta(seconds=17 * person.number)
    return LeaveAsked(at=moment, person=person, day=away, note=note)


def ill(absent: Iterable[Person], day: date) -> Iterator[FellIll]:
    """Whoever stays at home ill calls in the morning, and the office enters it."""
    for person in absent:
        yield FellIll(at=at(day, "09:25") + timedelta(seconds=person.number), person=person)


def waiting(people: Iterable[Person], day: date, turn: int) -> Iterator[LeaveAsked]:
    """On the last day: requests for days to come that nobody has answered yet."""
    here = [person for person in people if person.is_here(turn) and person.first_day < turn]
    for place, person in enumerate(here[-WAITING:]):
        moment = at(day, "10:05") + timedelta(minutes=3 * place)
        yield LeaveAsked(at=moment, person=person, day=_working_day(day + (LATER + place) * DAY))


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day += DAY
    return day
