"""What pay needs of somebody's days: shifts that are paid, what is open, absences, shutdowns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import State, paid_shifts
from factory.attendance.domain.day import SheetDay
from factory.attendance.domain.plan import PlanKind
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.timeclock.domain import Shift

Days = tuple[SheetDay, ...]
AWAY_IS_ABSENT = frozenset({PlanKind.WORK, PlanKind.ASKED_OFF})


@dataclass(frozen=True, slots=True)
class ForPay:
    """Somebody's whole weeks as pay reads them."""

    shifts: tuple[Shift, ...]
    """As approved; of days not approved what counts as work by now."""
    open_days: tuple[date, ...]
    """Days with something to settle, not yet closed, or changed since."""
    absences: tuple[date, ...]
    """Days she asked for herself without leave for them, and those closed as missed."""
    shutdowns: tuple[date, ...]


def for_pay(book: Book, worker: Worker, first: date, last: date) -> ForPay:
    """What pay is calculated from, of all the weeks of a book; open days between two days."""
    found_days, kept = book.days(worker), book.kept(worker)
    shifts: list[Shift] = []
    open_days: list[date] = []
    for found in book.all_days(worker):
        approved = kept.get(found.date)
        counted = paid_shifts(found) if approved is None else approved.shifts
        shifts += [each.shift for each in counted]
        if book.state(worker, found) is not State.APPROVED:
            open_days.append(found.date)
    inside = [day for day in open_days if first <= day <= last]
    return ForPay(
        tuple(shifts),
        tuple(inside),
        tuple(_decided(book, worker, found_days)),
        tuple(_closed(book, worker, book.first, book.last)),
    )


def absences(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[date, ...]:
    """Agreed days without a shift or leave on which the factory did not rest."""
    book, worker = load(session, first, last, worker_id), people.worker(session, worker_id)
    return tuple(_absent(book, worker, book.days(worker), first, last))


def shutdowns(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[date, ...]:
    """Days that the factory closed for her (Labor Standards Act, art. 46)."""
    book = load(session, first, last, worker_id)
    return tuple(_closed(book, people.worker(session, worker_id), first, last))


def _absent(book: Book, worker: Worker, found: Days, first: date, last: date) -> Iterator[date]:
    came = {day.date for day in found}
    for on, planned in book.plan(worker).items():
        if planned.kind not in AWAY_IS_ABSENT or on in came or not first <= on <= last:
            continue
        if worker.is_here(on) and not book.is_away(worker, on):
            yield on


def _decided(book: Book, worker: Worker, found: Days) -> Iterator[date]:
    """Absences that somebody entered, or saw when she closed the day."""
    kept = book.kept(worker)
    for on in _absent(book, worker, found, book.first, book.last):
        closed = on in kept and not kept[on].present
        if closed or book.plan(worker)[on].kind is PlanKind.ASKED_OFF:
            yield on


def _closed(book: Book, worker: Worker, first: date, last: date) -> Iterator[date]:
    for on, planned in book.plan(worker).items():
        if planned.kind is PlanKind.SHUTDOWN and first <= on <= last:
            yield on
