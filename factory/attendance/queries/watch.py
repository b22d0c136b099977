"""The law's watch over everybody's running week, and over a shift that somebody is planning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance.domain.away import less_leave, on_leave
from factory.attendance.domain.month import FORGOTTEN
from factory.attendance.domain.plan import OFF, Planned, reaching
from factory.attendance.domain.rules import HOUR, SUNDAY
from factory.attendance.domain.spans import minutes, without
from factory.attendance.domain.watch import (
    Concern,
    WeekLeft,
    concerns,
    once,
    plan_minutes,
    week_left,
)
from factory.attendance.queries.book import Book
from factory.attendance.queries.days import running_since
from factory.attendance.queries.reading import load
from factory.kernel.time import DAY, Interval, day_of, days, monday_of
from factory.leave.domain import Part
from factory.people.domain import Worker
from factory.security.domain import WorkerId

NEAR = 4 * HOUR
"""With less than this left of her week the supervisor is told on the day's page."""
Concerns = tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Somebody's running week: what is left of it, and what its shifts to come would break."""

    worker: Worker
    week: WeekLeft
    unsettled: int
    """Minutes present of which nobody has said yet whether they were work."""
    spared: bool
    concerns: Concerns

    @property
    def nearness(self) -> tuple[bool, int, int]:
        """Her place on the list: whoever has least left first."""
        left = self.week.left
        return left is None, 0 if left is None else left, self.worker.number


def week(session: Session, *, at: datetime) -> tuple[WeekLine, ...]:
    """Everybody's running week, whoever is nearest to the limit first."""
    today = day_of(at)
    book = load(session, today, today)
    here = (worker for worker in book.everybody if worker.is_here(today))
    return tuple(sorted((_line(book, each, at) for each in here), key=lambda e: e.nearness))


def own_week(session: Session, worker: Worker, *, at: datetime) -> WeekLine:
    """One worker's running week, for her own page too."""
    today = day_of(at)
    return _line(load(session, today, today, worker.id), worker, at)


def week_of(session: Session, worker: Worker, on: date, *, at: datetime) -> WeekLeft | None:
    """What is left of the week that a day lies in; nothing to say of a week that is over."""
    today = day_of(at)
    if monday_of(on) < monday_of(today):
        return None
    book = load(session, on, on, worker.id)
    return _left(book, worker, max(monday_of(on), today), at)


def near(lines: Iterable[WeekLine]) -> tuple[WeekLine, ...]:
    """Those with little left of their week, or less than nothing."""
    return tuple(each for each in lines if each.week.left is not None and each.week.left < NEAR)


def concerns_on(session: Session, on: date, *, at: datetime) -> dict[WorkerId, Concerns]:
    """What the planned shifts of a day would break, for those of whom there is something to say."""
    book = load(session, on, on)
    found = {each.id: _of_day(book, each, on, at) for each in book.everybody}
    return {who: what for who, what in found.items() if what}


def would_break(
    session: Session, worker: Worker, on: date, planned: Planned, *, at: datetime
) -> Concerns:
    """What another plan for her day would break."""
    book = load(session, on, on, worker.id)
    others = _others(book, worker, on, at)
    leave = sum(part.minutes for part in book.away_on(worker, on))
    told = on_leave(on, planned, _planned(book, worker, on), leave)
    return concerns(book.rules(worker)(on), on, planned, others) + told


def more_would_break(session: Session, worker: Worker, more: Interval, *, at: datetime) -> Concerns:
    """What more work than planned would break on the day that it begins on."""
    on = day_of(more.start)
    book = load(session, on, on, worker.id)
    planned = reaching(_planned(book, worker, on), on, more)
    return concerns(book.rules(worker)(on), on, planned, _others(book, worker, on, at))


def _line(book: Book, worker: Worker, moment: datetime) -> WeekLine:
    today = day_of(moment)
    to_come = days(today, _sunday(today))
    found = once(c for day in to_come for c in _of_day(book, worker, day, moment))
    unsettled = sum(minutes(day.unsettled) for day in book.days(worker))
    spared = book.rules(worker)(today).spared
    return WeekLine(worker, _left(book, worker, today, moment), unsettled, spared, found)


def _left(book: Book, worker: Worker, first: date, moment: datetime) -> WeekLeft:
    """What is left of a week; from its first day on the plan counts."""
    week = days(monday_of(first), _sunday(first))
    plan = {day: _planned(book, worker, day) for day in week}
    worked, rules = _worked(book, worker, moment), book.rules(worker)(first)
    return week_left(worked, plan, rules, today=first, unknown=_unknown(book, worker))


def _of_day(book: Book, worker: Worker, on: date, moment: datetime) -> Concerns:
    planned = _planned(book, worker, on)
    return concerns(book.rules(worker)(on), on, planned, _others(book, worker, on, moment))


def _others(book: Book, worker: Worker, on: date, moment: datetime) -> dict[date, int]:
    """The minutes of the week's other days: worked, or planned where they are to come."""
    worked, today = _worked(book, worker, moment), day_of(moment)
    found, unknown = {}, _unknown(book, worker)
    for day in days(monday_of(on), _sunday(on)):
        counts = day >= today or day in unknown
        planned = plan_minutes(_planned(book, worker, day), day) if counts else 0
        found[day] = max(planned, worked.get(day, 0))
    del found[on]
    return found


def _planned(book: Book, worker: Worker, on: date) -> Planned:
    """Her plan for a day, with the break of her contract where it names none, without her leave."""
    planned = book.agreed_plan(worker, on) or OFF
    for part in book.away_on(worker, on):
        first = part.part is Part.FIRST_HALF
        planned = less_leave(planned, on, part.minutes, first=first)
    return OFF if book.is_away(worker, on) else planned


def _worked(book: Book, worker: Worker, moment: datetime) -> dict[date, int]:
    """Minutes of work by day, with those of a shift that is still going on."""
    worked = {day.date: day.worked for day in book.days(worker)}
    for on in (day_of(moment) - DAY, day_of(moment)):
        since = running_since(book, worker, on, moment)
        if since is not None:
            pauses = _planned(book, worker, on).pauses(on)
            running = without((Interval(since, moment),), pauses)
            worked[on] = worked.get(on, 0) + minutes(running)
    return worked


def _unknown(book: Book, worker: Worker) -> frozenset[date]:
    """Days of which nobody knows the hours, since a scan is missing."""
    return frozenset(day.date for day in book.days(worker) if FORGOTTEN & set(day.flags))


def _sunday(on: date) -> date:
    return monday_of(on) + SUNDAY * DAY
