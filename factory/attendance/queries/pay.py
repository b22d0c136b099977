"""What pay needs of somebody's days: shifts that are paid, what is open, absences, shutdowns."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import State, paid_shifts
from factory.attendance.domain.day import SheetDay
from factory.attendance.domain.plan import PlanKind
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load
from factory.people import queries as people
from factory.people.domain import TermsKind, Worker, terms_on
from factory.security.domain import WorkerId
from factory.timeclock.domain import Shift

Came = AbstractSet[date]
"""Days on which she came."""
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
    undecided: tuple[date, ...] = ()
    """Days she was to come, without a punch and not closed, and days of leave that nobody has
    answered; days to come are among them."""


def for_pay(book: Book, worker: Worker, first: date, last: date) -> ForPay:
    """What pay is calculated from, of all the weeks of a book; open days between two days."""
    kept, stand = book.kept(worker), {day.day: day for day in book.stands(worker)}
    reckoned = {d.date: d for d in book.reckoned(worker) if book.first <= d.date <= book.last}
    came = {*reckoned, *stand}
    gone = {on: SheetDay(on, came=False) for on in kept if on not in came}
    found, shifts, open_days = reckoned | gone, list[Shift](), list[date]()
    for on in sorted({*stand, *found}):
        counted = kept[on].shifts if on in kept else paid_shifts(found[on])
        shifts += [each.shift for each in counted]
        inside = on in found and first <= on <= last
        if inside and book.state(worker, found[on]) is not State.APPROVED:
            open_days.append(on)
    return ForPay(
        tuple(shifts),
        tuple(open_days),
        tuple(_decided(book, worker, came)),
        tuple(_closed(book, worker, book.first, book.last)),
        tuple(_undecided(book, worker, came, first, last)),
    )


def absences(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[date, ...]:
    """Agreed days without a shift or leave on which the factory did not rest."""
    book, worker = load(session, first, last, worker_id), people.worker(session, worker_id)
    came = {day.date for day in book.days(worker)}
    return tuple(_absent(book, worker, came, first, last))


def shutdowns(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[date, ...]:
    """Days that the factory closed for her (Labor Standards Act, art. 46)."""
    book = load(session, first, last, worker_id)
    return tuple(_closed(book, people.worker(session, worker_id), first, last))


def _absent(book: Book, worker: Worker, came: Came, first: date, last: date) -> Iterator[date]:
    for on, planned in book.plan(worker).items():
        if planned.kind not in AWAY_IS_ABSENT or on in came or not first <= on <= last:
            continue
        if worker.is_here(on) and not book.is_away(worker, on):
            yield on


def _is_free(book: Book, worker: Worker, came: Came) -> bool:
    """Whether she is paid by agreement and not by the day, and does not use the clock either."""
    terms = terms_on(book.terms.get(worker.id, ()), book.last)
    return not came and terms is not None and terms.kind is TermsKind.FREELANCE


def _decided(book: Book, worker: Worker, came: Came) -> Iterator[date]:
    """Absences that somebody entered, or saw when she closed the day.

    A day with half of it on leave is not deducted as a whole one.
    """
    kept = {} if _is_free(book, worker, came) else book.kept(worker)
    for on in _absent(book, worker, came, book.first, book.last):
        closed = on in kept and not kept[on].present and not book.away_on(worker, on)
        if closed or book.plan(worker)[on].kind is PlanKind.ASKED_OFF:
            yield on


def _undecided(book: Book, worker: Worker, came: Came, first: date, last: date) -> Iterator[date]:
    """Working days of which nobody has said yet whether she missed them, also of a whole month.

    Nor is one decided for which leave was asked that nobody has answered, though it was closed
    before: once the month is approved it could not be granted any more.
    """
    yield from (on for who, on in book.asked if who == worker.id and first <= on <= last)
    kept, free = book.kept(worker), _is_free(book, worker, came)
    for on in () if free else _absent(book, worker, came, first, last):
        if on not in kept and book.plan(worker)[on].kind is PlanKind.WORK:
            yield on


def _closed(book: Book, worker: Worker, first: date, last: date) -> Iterator[date]:
    for on, planned in book.plan(worker).items():
        if planned.kind is PlanKind.SHUTDOWN and first <= on <= last:
            yield on
