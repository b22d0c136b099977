"""The day to settle: everybody's plan, presence, evidence, and how far each day is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain.against import Contradiction, against_scans
from factory.attendance.domain.approved import OPEN_FLAGS, ApprovedDay, Ground, State, state
from factory.attendance.domain.day import Flag, SheetDay, day_at
from factory.attendance.domain.plan import PlanKind, Planned
from factory.attendance.domain.settle import Evidence, evidence_in, settled
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import load, read
from factory.attendance.queries.standing import load_closed
from factory.kernel.time import DAY, day_of
from factory.people import queries as people
from factory.people.domain import TermsKind, Worker, terms_on
from factory.production import queries as production
from factory.security.domain import WorkerId
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import Paired, Punch, PunchKind, first_kind, is_still_there

LOOK_BACK = 7
"""Days before today that the list looks for open ones."""
WAITING = frozenset({State.OPEN, State.CHANGED})
PRESSING = (State.OPEN, State.CHANGED, State.RUNNING, State.READY, State.APPROVED)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One worker's day as the supervisor settles it."""

    worker: Worker
    planned: Planned | None
    sheet: SheetDay
    state: State
    evidence: tuple[Evidence, ...]
    odd: tuple[Contradiction, ...]
    approved: ApprovedDay | None
    versions: int
    """How often it was closed or opened so far."""
    there_since: datetime | None
    """When the shift began that is still going on."""
    stays_away: bool
    """She was to have come by now and there is no punch."""
    on_leave: bool
    leave: int
    """Minutes of leave, of the whole day or a part of it."""
    asked: bool
    """She asked for leave of this day and nobody has answered: its close waits for that."""
    alone: bool
    """Whether the day begins with a coming, or has no punch: no night ends in it."""

    @property
    def is_blank(self) -> bool:
        """Nothing was planned and nothing happened."""
        nothing = not self.sheet.shifts and not self.sheet.flags and self.there_since is None
        rests = self.planned is None or self.planned.kind is PlanKind.OFF
        return nothing and rests and not self.odd

    @property
    def is_missed(self) -> bool:
        """She stayed away, or asked for the day without leave for it."""
        asked = self.planned is not None and self.planned.kind is PlanKind.ASKED_OFF
        nothing = not self.sheet.shifts and not self.sheet.flags and self.there_since is None
        return self.stays_away or (asked and nothing and not self.on_leave)

    def is_to_come(self, at: datetime) -> bool:
        """She has not come, and the hours planned for her are not over yet."""
        if self.sheet.shifts or self.sheet.flags or self.on_leave or self.there_since:
            return False
        hours = self.planned.hours(self.sheet.date) if self.planned else ()
        return any(span.end > at for span in hours)

    def is_ready(self, at: datetime) -> bool:
        """It can be closed: nothing is left to settle, and she may not still come."""
        again = self.state is State.CHANGED and not self.is_open
        told = not self.asked and not self.is_to_come(at)
        return told and (self.state is State.READY or again)

    @property
    def is_open(self) -> bool:
        """Something of the day is to be settled."""
        return bool(OPEN_FLAGS & set(self.sheet.flags))

    @property
    def urgency(self) -> tuple[bool, bool, int, bool, int]:
        """Her place on the list: what is to be settled first, then who is missing, then all."""
        waits, place = self.state in WAITING, PRESSING.index(self.state)
        return not waits, not self.stays_away, place, not self.odd, self.worker.number


def day(session: Session, on: date, *, at: datetime) -> tuple[DayLine, ...]:
    """Everybody employed on a day, what is to be settled first."""
    return day_in(read(session, on, on), on, at=at)


def day_in(book: Book, on: date, *, at: datetime) -> tuple[DayLine, ...]:
    """The same, where it was read with other days."""
    found = (_line(book, worker, on, at) for worker in book.everybody if worker.is_here(on))
    return tuple(sorted(found, key=lambda each: each.urgency))


def grounds(session: Session, lines: Iterable[DayLine], on: date) -> Iterator[Ground]:
    """What each of these lines of a day is reckoned from."""
    wanted = tuple(lines)
    everybody = [each.worker.id for each in wanted]
    punches = timeclock.punch_counts(session, on, on, everybody)
    scans = production.scan_counts(session, on, on, everybody)
    for each in wanted:
        key = each.worker.id, on
        counts = {"punches": punches.get(key, 0), "scans": scans.get(key, 0)}
        yield Ground.of(each.sheet, each.planned, alone=each.alone, **counts)


def line(session: Session, worker: Worker, on: date, *, at: datetime) -> DayLine:
    """One worker's day."""
    return _line(read(session, on, on, worker.id), worker, on, at)


def own_days(
    session: Session, worker: Worker, first: date, last: date, *, at: datetime
) -> tuple[DayLine, ...]:
    """Her days on which something happened, the newest first; also where it was taken back."""
    book = load(session, first, last, worker.id)
    came = {on for on, kept in book.kept(worker).items() if kept.present}
    held = sorted(on for on in came.union(d.date for d in book.days(worker)) if first <= on <= last)
    return tuple(_line(book, worker, on, at) for on in reversed(held))


def to_settle(session: Session, on: date, *, at: datetime) -> tuple[DayLine, ...]:
    """Whose day waits for a decision."""
    return tuple(each for each in day(session, on, at=at) if each.state in WAITING)


def clock_against_scans(
    session: Session, on: date, *, at: datetime
) -> tuple[tuple[Worker, tuple[Contradiction, ...]], ...]:
    """Scans while clocked out or on break, and clocked hours without scans."""
    return tuple((each.worker, each.odd) for each in day(session, on, at=at) if each.odd)


def _line(book: Book, worker: Worker, on: date, moment: datetime) -> DayLine:
    said, paired, planned = book.said(worker), book.paired(worker), book.planned(worker, on)
    since = running_since(book, worker, on, moment)
    found = day_at(on, paired, book.rules(worker)(on), settled(paired.shifts, said))
    if since is not None:
        found = replace(found, flags=tuple(f for f in found.flags if f is not Flag.MISSING_OUT))
    newest, kept = book.approved.get((worker.id, on)), book.kept(worker).get(on)
    nobody = not found.shifts and not found.flags and since is None
    begun = planned is not None and any(span.start <= moment for span in planned.hours(on))
    on_leave = book.is_away(worker, on)
    return DayLine(
        worker=worker,
        planned=planned,
        sheet=found,
        state=state(found, kept, running=since is not None),
        evidence=evidence_in((s for s in paired.shifts if s.day == on), said, found),
        odd=() if since is not None else _odd(book, worker, found, paired, moment),
        approved=kept,
        versions=0 if newest is None else newest.version,
        there_since=since,
        stays_away=nobody and begun and not on_leave,
        on_leave=on_leave,
        leave=sum(each.minutes for each in book.away_on(worker, on)),
        asked=(worker.id, on) in book.asked,
        alone=_is_alone(book.punches.get(worker.id, ()), on),
    )


def _is_alone(punches: Iterable[Punch], on: date) -> bool:
    first = first_kind(each for each in punches if day_of(each.at) == on)
    return first in {None, PunchKind.IN}


def _odd(
    book: Book, worker: Worker, found: SheetDay, paired: Paired, moment: datetime
) -> tuple[Contradiction, ...]:
    terms = terms_on(book.terms.get(worker.id, ()), found.date)
    by_pieces = terms is not None and terms.kind is TermsKind.PIECE
    scans = _own(book.scans.get(worker.id, ()), found.date, paired)
    return against_scans(found, scans, expected=by_pieces, now=moment)


def _own(scans: Iterable[datetime], on: date, paired: Paired) -> list[datetime]:
    """Scans of a day, less those of the night shift before, with those of its own night."""
    before = [s for s in paired.shifts if s.day == on - DAY]
    nights = [s for s in paired.shifts if s.day == on and day_of(s.end) > on]
    found = {day: [scan for scan in scans if day_of(scan) == day] for day in (on, on + DAY)}
    own = [scan for scan in found[on] if not any(s.start <= scan < s.end for s in before)]
    return own + [s for s in found[on + DAY] if any(n.start <= s < n.end for n in nights)]


def running_since(book: Book, worker: Worker, on: date, moment: datetime) -> datetime | None:
    """When her shift of a day began, if it may still be going on."""
    since = book.paired(worker).open_since
    own = since is not None and day_of(since) == on
    return since if own and is_still_there(since, moment) else None


def approved(
    session: Session, worker_id: WorkerId, first: date, last: date
) -> tuple[ApprovedDay, ...]:
    """Somebody's approved days, in order; those opened again are not among them."""
    found = records.approved_days(session, first, last, worker_id)
    return tuple(kept for _, kept in sorted(found.items()) if kept.holds)


def state_of_days(
    session: Session, first: date, last: date, *, at: datetime
) -> dict[date, tuple[int, int]]:
    """Of each day that is over: how many are employed, and whose day is closed."""
    found = records.approved_days(session, first, last)
    held = Counter(on for (_, on), kept in found.items() if kept.holds)
    everybody = people.workers(session)
    return {
        on: (sum(1 for worker in everybody if worker.is_here(on)), held[on])
        for on in _over(first, last, at)
    }


def _over(first: date, last: date, moment: datetime) -> Iterator[date]:
    on = first
    while on <= min(last, day_of(moment) - DAY):
        yield on
        on += DAY


def first_open_day(session: Session, *, at: datetime) -> date:
    """The first of the last days with somebody's day not closed, or changed since; else today."""
    today = day_of(at)
    book = load_closed(session, today - LOOK_BACK * DAY, today)
    waiting = (
        found.date
        for worker in book.everybody
        for found in book.all_days(worker)
        if found.date < today and book.state(worker, found) is not State.APPROVED
    )
    return min(waiting, default=today)


def first_unclosed(session: Session, *, at: datetime) -> date | None:
    """The first of the last days on which somebody came whose day was never closed.

    Told from which rows there are, without reckoning any day or opening what is sealed.
    """
    first, last = day_of(at) - LOOK_BACK * DAY, day_of(at) - DAY
    begun = timeclock.days_begun(session, first, last)
    return min((on for _, on in begun - records.closed_keys(session, first, last)), default=None)
