"""Everybody's month, with leave that lapsed the month before at the wage of that month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance.queries import Book
from factory.kernel.time import months_later
from factory.law.book import FIRST_DAY
from factory.lawbook import queries as lawbook
from factory.leave import queries as leave
from factory.payroll.domain.case import LapsedLeave
from factory.payroll.domain.reckoning import reckon
from factory.payroll.domain.run import last_day
from factory.payroll.queries.cases import Month, without_lapsed
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def gather(
    session: Session, month: date, book: Book, worker_id: WorkerId | None = None
) -> tuple[Month, ...]:
    """Gather everybody's month, or one person's, from a book of its days; by number."""
    found = without_lapsed(session, month, book, worker_id)
    days = leave.lapsed_before(session, month, (each.worker for each in found))
    return tuple(_with(session, each, month, days.get(each.worker.id)) for each in found)


def month_of(session: Session, worker: Worker, month: date, book: Book) -> Month | None:
    """Gather somebody's month from a book of its days; nothing where she was not employed."""
    return next(iter(gather(session, month, book, worker.id)), None)


def _with(session: Session, found: Month, month: date, days: Fraction | None) -> Month:
    """The month with days that lapsed; they stand in its last part, where it has parts."""
    if not days:
        return found
    lapsed = _lapsed(session, found, month, days)
    parts = tuple(replace(each, lapsed=lapsed) for each in found.parts)
    return replace(found, case=replace(found.case, lapsed=lapsed), parts=parts)


def _lapsed(session: Session, found: Month, month: date, days: Fraction) -> LapsedLeave:
    """The days at the wage of the month before: the last in which they could be used.

    Ministry of Labor, reply Geungi 01254-3999 of 1990-03-19. What lapsed before the law book begins
    is paid at this month's wage.
    """
    then = found if month == FIRST_DAY else _before(session, found.worker, month) or found
    case = then.parts[-1] if then.parts else then.case
    known = reckon(case, lawbook.book(session))
    return LapsedLeave(days, known.day_hours, known.ordinary)


def _before(session: Session, worker: Worker, month: date) -> Month | None:
    first = months_later(month, -1)
    book = attendance.load(session, first, last_day(first), worker.id)
    return next(iter(without_lapsed(session, first, book, worker.id)), None)
