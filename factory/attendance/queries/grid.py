"""Everybody's month, or one worker's, in a few statements whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import ApprovedDay, as_approved
from factory.attendance.domain.day import Flag, SheetDay
from factory.attendance.domain.month import (
    Around,
    Cell,
    MonthGrid,
    MonthRow,
    cell,
    closed_cell,
    sums,
)
from factory.attendance.domain.rules import SUNDAY
from factory.attendance.domain.week import beyond
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load
from factory.attendance.queries.standing import load_closed
from factory.kernel.time import Period, day_of, days, monday_of
from factory.law.book import LawBook
from factory.people.domain import Worker
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import is_still_there


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the cells of a month are made from."""

    book: Book
    month: Period
    locked: date
    """Days up to this one are paid and locked."""
    moment: datetime
    today: date
    nothing: Mapping[date, SheetDay]
    """Each day as it is where nothing happened."""


def grid(session: Session, month: Period, *, at: datetime) -> MonthGrid:
    """Everybody's month, by number; closed days that stand come without their shifts."""
    read = _read(session, load_closed(session, month.start, month.end), month, at)
    rows = tuple(_row(read, worker) for worker in read.book.everybody if _is_here(worker, month))
    return MonthGrid(tuple(month), rows, frozenset(_off(read)))


def hers(session: Session, worker: Worker, month: Period, *, at: datetime) -> MonthRow:
    """One worker's month."""
    book = load(session, month.start, month.end, worker.id)
    return _row(_read(session, book, month, at), worker)


def _read(session: Session, book: Book, month: Period, moment: datetime) -> _Reading:
    locked = timeclock.locked_until(session) or date.min
    nothing = {on: SheetDay(on, came=False) for on in days(book.first, book.last)}
    return _Reading(book, month, locked, moment, day_of(moment), nothing)


def _is_here(worker: Worker, month: Period) -> bool:
    return worker.hired <= month.end and (worker.left is None or worker.left >= month.start)


def _off(read: _Reading) -> Iterator[date]:
    """Sundays, and public holidays of this house."""
    everybody = read.book.everybody
    for on in read.month:
        rules = read.book.rules(everybody[0])(on) if everybody else None
        if on.weekday() == SUNDAY or (rules is not None and rules.is_day_off(on)):
            yield on


def _row(read: _Reading, worker: Worker) -> MonthRow:
    cells = tuple(_cells(read, worker))
    return MonthRow(worker, cells, sums(cells))


def _cells(read: _Reading, worker: Worker) -> Iterator[Cell]:
    kept, running = read.book.kept(worker), _running(read, worker)
    happened = {day.date: day for day in read.book.days(worker)}
    if running in happened:
        happened[running] = _going_on(happened[running])
    stand = read.book.standing.get(worker.id, frozenset())
    counted = {
        on: day if on in stand else _counted(day, kept.get(on)) for on, day in happened.items()
    }
    gone = {on: _counted(read.nothing[on], each) for on, each in kept.items() if on not in happened}
    late, around = _beyond(counted | gone, read.book.law), _surroundings(read, worker)
    leave = _leave(read.book, worker)
    for on in read.month:
        found, beyond = happened.get(on), late.get(on, 0)
        if found is not None and on in stand:
            yield closed_cell(found, beyond=beyond, leave=leave.get(on, 0))
        else:
            known = around(on, found, leave.get(on, 0), running=on == running)
            yield cell(counted.get(on) or gone.get(on) or read.nothing[on], known, beyond=beyond)


def _running(read: _Reading, worker: Worker) -> date | None:
    """The day of a shift that may still be going on."""
    own = read.book.punches.get(worker.id, ())
    if not own or not is_still_there(own[-1].at, read.moment):
        return None
    since = read.book.paired(worker).open_since
    return day_of(since) if since and is_still_there(since, read.moment) else None


def _going_on(found: SheetDay) -> SheetDay:
    """A shift that is going on lacks nothing yet."""
    return replace(found, flags=tuple(f for f in found.flags if f is not Flag.MISSING_OUT))


def _counted(found: SheetDay, kept: ApprovedDay | None) -> SheetDay:
    """The minutes that pay reads: those approved, else what counts by now."""
    if kept is None or kept.figures == found.figures:
        return found
    return as_approved(found, kept)


def _beyond(counted: Mapping[date, SheetDay], law: LawBook) -> dict[date, int]:
    """The minutes of each day beyond the week's 40 hours."""
    late: dict[date, int] = {}
    for _, week in groupby(sorted(counted), key=monday_of):
        late.update(beyond((counted[on] for on in week), law))
    return late


def _leave(book: Book, worker: Worker) -> Counter[date]:
    """The minutes of leave that she has on each day."""
    leave = Counter[date]()
    for away in book.leave.get(worker.id, ()):
        leave[away.day] += away.minutes
    return leave


def _surroundings(read: _Reading, worker: Worker) -> Callable[..., Around]:
    """What is known beside the punches; without any also the plan, and whether it is a holiday."""
    book, plan, rules = read.book, read.book.plan(worker), read.book.rules(worker)

    def around(on: date, found: SheetDay | None, leave: int, *, running: bool) -> Around:
        return Around(
            state=book.state(worker, found or read.nothing[on], running=running),
            planned=None if found else plan.get(on),
            here=worker.is_here(on),
            holiday=found is None and rules(on).is_day_off(on),
            leave=leave,
            over=on < read.today,
            locked=on <= read.locked,
        )

    return around
