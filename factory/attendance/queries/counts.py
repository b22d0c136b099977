"""Head counts with their working."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load
from factory.kernel.time import days, month_of, months_later
from factory.people import queries as people
from factory.people.domain import Worker
from factory.people.domain.headcount import HeadCount, count
from factory.people.queries import Counted
from factory.security.domain import WorkerId


def headcounts(session: Session) -> tuple[Counted, ...]:
    """Every month that was counted, the newest first."""
    return tuple(reversed(people.head_counts(session).values()))


def headcount(session: Session, month: date) -> Counted | None:
    """A month's count, if it was counted."""
    return people.head_counts(session).get(month.replace(day=1))


def regular_employees(session: Session, month: date) -> int | None:
    """What the law takes the house for in a month: the count of the month before it.

    Nothing where that month was not counted; whoever asks then counts who is employed.
    """
    before = headcount(session, months_later(month.replace(day=1), -1))
    return None if before is None else before.count.counted


def count_heads(session: Session, month: date) -> HeadCount:
    """Count a month from plans and punches: whoever came, or was to by her contract."""
    period = month_of(month)
    book = load(session, period.start, period.end)
    came = _came(book)
    heads = {}
    for on in days(period.start, period.end):
        if any(day == on for _, day in came):
            heads[on] = sum(1 for worker in book.everybody if _counts(book, worker, on, came))
    return count(period.start, heads, book.law)


def _came(book: Book) -> set[tuple[WorkerId, date]]:
    return {(who.id, day.date) for who in book.everybody for day in book.days(who) if day.came}


def _counts(book: Book, worker: Worker, on: date, came: set[tuple[WorkerId, date]]) -> bool:
    """Whether she is one of the day's employees; a day off by her contract is none of hers.

    A freelancer who comes at the house's hours is one on the days she came.
    """
    agreed = book.heads.employs(worker, on) and book.rules(worker)(on).is_contracted(on)
    return agreed or (worker.id, on) in came
