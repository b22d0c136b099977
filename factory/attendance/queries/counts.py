"""Head counts with their working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance.domain.headcount import HeadCount, count
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load
from factory.attendance.records.counts import HeadCountRow
from factory.attendance.records.counts import counts as kept
from factory.kernel.time import days, month_of, months_later
from factory.people.domain import Worker
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class Counted:
    """A month's count, and who counted it when."""

    count: HeadCount
    by: str
    at: datetime


def headcounts(session: Session) -> tuple[Counted, ...]:
    """Every month that was counted, the newest first."""
    return tuple(_counted(row) for row in reversed(kept(session).values()))


def headcount(session: Session, month: date) -> Counted | None:
    """A month's count, if it was counted."""
    row = kept(session).get(month.replace(day=1))
    return None if row is None else _counted(row)


def _counted(row: HeadCountRow) -> Counted:
    return Counted(row.value(), row.by, row.at)


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
    """Whether she is one of the day's employees; a day off by her contract is none of hers."""
    agreed = worker.is_here(on) and book.rules(worker)(on).is_contracted(on)
    return agreed or (worker.id, on) in came
