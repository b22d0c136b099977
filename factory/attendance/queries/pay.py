"""What pay needs of somebody's days: shifts that are paid, what is open, absences, shutdowns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import State, paid_shifts
from factory.attendance.domain.plan import PlanKind
from factory.attendance.domain.sheet import Sheet
from factory.attendance.queries.book import Book, load
from factory.kernel.time import days
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.timeclock.domain import Shift


@dataclass(frozen=True, slots=True)
class ForPay:
    """Somebody's whole weeks as pay reads them."""

    shifts: tuple[Shift, ...]
    """As approved; of days not approved what counts as work by now."""
    open_days: tuple[date, ...]
    """Days with something to settle, not yet closed, or changed since."""
    absences: tuple[date, ...]
    """Days she asked for herself without leave for them."""
    shutdowns: tuple[date, ...]


def for_pay(book: Book, worker: Worker, first: date, last: date) -> ForPay:
    """What pay is calculated from, of all the weeks of a book; open days between two days."""
    sheet, kept = book.sheet(worker), book.kept(worker)
    shifts: list[Shift] = []
    open_days: list[date] = []
    for found in sheet.days:
        approved = kept.get(found.date)
        counted = paid_shifts(found) if approved is None else approved.shifts
        shifts += [each.shift for each in counted]
        if book.state(worker, found) is not State.APPROVED:
            open_days.append(found.date)
    inside = [day for day in open_days if first <= day <= last]
    return ForPay(
        tuple(shifts),
        tuple(inside),
        tuple(_asked_off(book, worker, sheet)),
        tuple(_closed(book, worker, book.first, book.last)),
    )


def absences(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[date, ...]:
    """Agreed days without a shift or leave on which the factory did not rest."""
    book, worker = load(session, first, last, worker_id), people.worker(session, worker_id)
    return tuple(_absent(book, worker, book.sheet(worker), first, last))


def shutdowns(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[date, ...]:
    """Days that the factory closed for her (Labor Standards Act, art. 46)."""
    book = load(session, first, last, worker_id)
    return tuple(_closed(book, people.worker(session, worker_id), first, last))


def _absent(book: Book, worker: Worker, sheet: Sheet, first: date, last: date) -> Iterator[date]:
    came = {day.date for day in sheet.days}
    for on in days(first, last):
        planned = book.planned(worker, on)
        away = planned is not None and planned.kind in {PlanKind.WORK, PlanKind.ASKED_OFF}
        if away and on not in came and worker.is_here(on) and not book.is_away(worker, on):
            yield on


def _asked_off(book: Book, worker: Worker, sheet: Sheet) -> Iterator[date]:
    for on in _absent(book, worker, sheet, book.first, book.last):
        planned = book.planned(worker, on)
        if planned is not None and planned.kind is PlanKind.ASKED_OFF:
            yield on


def _closed(book: Book, worker: Worker, first: date, last: date) -> Iterator[date]:
    for on in days(first, last):
        planned = book.planned(worker, on)
        if planned is not None and planned.kind is PlanKind.SHUTDOWN:
            yield on
