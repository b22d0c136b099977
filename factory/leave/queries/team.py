"""Requests as whoever answers them sees them, and the team's month: never why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.time import Period, days, month_of
from factory.lawbook import queries as lawbook
from factory.leave import records, sealed
from factory.leave.domain import Answer, LeaveKind, Part, Request
from factory.leave.domain.agreed import Agreed
from factory.leave.queries.hers import request
from factory.people import queries as people
from factory.people.domain import DAY_NAMES, WEEK, Worker
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away on a day, never why."""

    part: Part
    open: bool
    """Asked for and not answered yet."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Somebody's month on the supervisor's page."""

    worker: Worker
    away: dict[date, Away]


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """Who is away in a month, never why."""

    days: tuple[date, ...]
    off: frozenset[date]
    """Days on which nobody is to work."""
    rows: tuple[TeamRow, ...]

    def count(self, day: date) -> int:
        """How many are away on a day, those who wait for an answer not counted."""
        return sum(1 for row in self.rows if day in row.away and not row.away[day].open)

    def weekday(self, day: date) -> str:
        """The day of the week, as a word the catalogues know."""
        return DAY_NAMES[WEEK[day.weekday()]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as whoever answers it sees it: when and how long; its pay would tell the kind."""

    id: int
    worker: Worker
    first: date
    last: date
    part: Part
    days: int
    """Working days it takes."""
    answer: Answer
    others: tuple[str, ...]
    """Who else is away on some of these days."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer is Answer.OPEN

    @property
    def is_granted(self) -> bool:
        """Whether she may be away."""
        return self.answer is Answer.GRANTED


def requests(session: Session, *, open_only: bool = True, since: date) -> tuple[Asked, ...]:
    """Requests of days since then for whoever answers them: no kinds, no reasons."""
    workers = {worker.id: worker for worker in people.workers(session)}
    waiting = records.requests(session, numbers=records.open_numbers(session))
    coming = records.requests(session, within=Period(since, date.max))
    found = {request.id: request for request in (*waiting, *coming)}
    first = min((request.wish.first for request in waiting), default=since)
    around = records.requests(session, within=Period(min(first, since), date.max))
    known = [request for request in around if request.counts]
    wanted = [found[number] for number in sorted(found)]
    return tuple(
        _asked(request, workers, known)
        for request in wanted
        if request.answer is Answer.OPEN or not open_only
    )


def unanswered(session: Session) -> int:
    """How many requests wait for an answer."""
    return len(records.open_numbers(session))


def hers_alone(session: Session, *, since: date) -> frozenset[int]:
    """Requests that nobody but herself can take back; for the eyes of whoever runs pay."""
    found = sealed.told(
        session, records.requests(session, within=Period(since, date.max)), anyway=True
    )
    return frozenset(each.id for each in found if each.wish.kind is LeaveKind.MENSTRUAL)


def asked(session: Session, number: int) -> Asked:
    """One request as whoever answers it sees it, or `NotFound`."""
    found = request(session, number)
    workers = {worker.id: worker for worker in people.workers(session)}
    span = Period(found.wish.first, found.wish.last)
    known = [r for r in records.requests(session, within=span) if r.counts]
    return _asked(found, workers, known)


def _asked(found: Request, workers: dict[WorkerId, Worker], known: Iterable[Request]) -> Asked:
    days_off = {one.day for one in found.days}
    others = {
        workers[other.worker].name
        for other in known
        if other.worker != found.worker and days_off & {one.day for one in other.days}
    }
    wish = found.wish
    return Asked(
        id=found.id,
        worker=workers[found.worker],
        first=wish.first,
        last=wish.last,
        part=wish.part,
        days=len(found.days),
        answer=found.answer,
        others=tuple(sorted(others)),
    )


def team_month(session: Session, first: date) -> TeamMonth:
    """Who is away in the month of a day, never why."""
    month = month_of(first)
    heads, moved = people.heads(session), records.swaps(session)
    here = [
        w for w in heads.everybody if w.hired <= month.end and (w.left or month.end) >= month.start
    ]
    away: dict[WorkerId, dict[date, Away]] = {worker.id: {} for worker in here}
    for each in records.requests(session, within=month):
        if each.counts and each.worker in away:
            open_yet = each.answer is Answer.OPEN
            away[each.worker].update(
                {one.day: Away(one.part, open_yet) for one in each.days if one.day in month}
            )
    law = lawbook.book(session)
    agreed = Agreed((), moved, heads, law)
    all_days = tuple(days(month.start, month.end))
    works = {
        name for each in people.terms_of_all(session, month.end).values() for name in each.work_days
    }
    off = (d for d in all_days if WEEK[d.weekday()] not in works or agreed.is_off(d))
    rows = tuple(TeamRow(worker, away[worker.id]) for worker in here)
    return TeamMonth(all_days, frozenset(off), rows)
