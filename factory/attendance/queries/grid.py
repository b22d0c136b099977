"""Everybody's month, or one worker's, in a few statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import ApprovedDay, State, state
from factory.attendance.domain.day import Flag, SheetDay
from factory.attendance.domain.month import Around, Cell, MonthGrid, MonthRow, cell, sums
from factory.attendance.domain.rules import SUNDAY
from factory.attendance.domain.week import beyond
from factory.attendance.queries.book import Book, load
from factory.kernel.time import Period, day_of, monday_of
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import is_still_there


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the cells of a month are made from."""

    book: Book
    month: Period
    kept: Mapping[WorkerId, Mapping[date, ApprovedDay]]
    locked: date
    """Days up to this one are paid and locked."""
    moment: datetime


def grid(session: Session, month: Period, *, at: datetime) -> MonthGrid:
    """Everybody's month, by number."""
    read = _read(session, month, at)
    rows = tuple(_row(read, worker) for worker in read.book.everybody if _is_here(worker, month))
    return MonthGrid(tuple(month), rows, frozenset(_off(read)))


def hers(session: Session, worker: Worker, month: Period, *, at: datetime) -> MonthRow:
    """One worker's month."""
    return _row(_read(session, month, at, worker.id), worker)


def _read(
    session: Session, month: Period, moment: datetime, worker_id: WorkerId | None = None
) -> _Reading:
    book = load(session, month.start, month.end, worker_id)
    locked = timeclock.locked_until(session) or date.min
    return _Reading(book, month, _kept(book), locked, moment)


def _kept(book: Book) -> dict[WorkerId, dict[date, ApprovedDay]]:
    """Each worker's approved days that hold."""
    found: dict[WorkerId, dict[date, ApprovedDay]] = defaultdict(dict)
    for (who, on), kept in book.approved.items():
        if kept.holds:
            found[who][on] = kept
    return found


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
    kept, running = read.kept.get(worker.id, {}), _running(read, worker)
    sheet = {day.date: day for day in read.book.sheet(worker).days}
    if running in sheet:
        sheet[running] = _going_on(sheet[running])
    nothing = {on: SheetDay(on, came=False) for on in {*read.month, *kept} - sheet.keys()}
    found = sheet | nothing
    counted = {on: _counted(day, kept.get(on)) for on, day in found.items()}
    late = _beyond(counted.values())
    for on in read.month:
        how_far = state(found[on], kept.get(on), running=on == running)
        around = _around(read, worker, on, how_far)
        if on in nothing:
            around = _why_nothing(read, worker, around, on)
        yield cell(counted[on], around, beyond=late.get(on, 0))


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
    if kept is None:
        return found
    figures = ("worked", "present", "breaks", "night", "overtime", "holiday")
    return replace(found, **{name: getattr(kept, name) for name in figures})


def _beyond(found: Iterable[SheetDay]) -> dict[date, int]:
    """The minutes of each day beyond the week's 40 hours."""
    late: dict[date, int] = {}
    for _, week in groupby(sorted(found, key=lambda d: d.date), key=lambda d: monday_of(d.date)):
        late.update(beyond(tuple(week)))
    return late


def _around(read: _Reading, worker: Worker, on: date, how_far: State) -> Around:
    return Around(
        state=how_far,
        here=worker.is_here(on),
        leave=sum(a.minutes for a in read.book.leave.get(worker.id, ()) if a.day == on),
        over=on < day_of(read.moment),
        locked=on <= read.locked,
    )


def _why_nothing(read: _Reading, worker: Worker, around: Around, on: date) -> Around:
    """The plan of a day without punches, and whether it is a public holiday."""
    planned, rules = read.book.planned(worker, on), read.book.rules(worker)(on)
    return replace(around, planned=planned, holiday=rules.is_day_off(on))
