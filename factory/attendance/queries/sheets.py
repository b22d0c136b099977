"""Sheets: somebody's days and weeks, or everybody's month."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.attendance.domain.sheet import Sheet
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def sheet(session: Session, worker_id: WorkerId, first: date, last: date) -> Sheet:
    """Somebody's days from one to another, and the whole weeks they lie in."""
    worker = people.worker(session, worker_id)
    return _within(load(session, first, last, worker_id), worker, first, last)


def month(session: Session, first: date, last: date) -> tuple[tuple[Worker, Sheet], ...]:
    """Everybody's sheet from one day to another, by number."""
    book = load(session, first, last)
    here = (w for w in book.everybody if w.hired <= last and (w.left is None or w.left >= first))
    return tuple((worker, _within(book, worker, first, last)) for worker in here)


def _within(book: Book, worker: Worker, first: date, last: date) -> Sheet:
    found = book.sheet(worker)
    return Sheet(tuple(day for day in found.days if first <= day.date <= last), found.weeks)
