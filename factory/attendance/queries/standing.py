"""Everybody's book without what lies behind closed days of which nothing was heard since.

A closed day has to be looked at anew where a punch or scan was added, a punch taken back or
something said since, or where plan or rules make something else of it. Nobody's days are trusted
on less than all of these; whoever has one such day is read and reckoned as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import ApprovedDay, is_worth_the_same
from factory.attendance.domain.settle import Evidence
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import outline, read, whole_weeks
from factory.kernel.time import DAY, day_of, days
from factory.people.domain import Worker
from factory.production import queries as production
from factory.security.domain import WorkerId
from factory.timeclock import queries as timeclock
from factory.timeclock.queries import TakenBack


def load_closed(session: Session, first: date, last: date) -> Book:
    """Everybody's weeks; closed days that stand have their minutes, but no punches and shifts."""
    book = outline(session, *whole_weeks(first, last))
    until = _closed_until(book)
    standing = frozenset(_standing(session, book, until)) if until else frozenset()
    if until is None or not standing:
        return read(session, book.first, book.last)
    rest = {worker.id for worker in book.everybody} - standing
    punches = timeclock.events(session, until, book.last)
    scans = production.scan_moments(session, until - DAY, book.last + DAY)
    if rest:
        punches |= timeclock.events(session, book.first, book.last, rest)
        scans |= production.scan_moments(session, book.first - DAY, book.last + DAY, rest)
    return replace(book, punches=punches, scans=scans, standing=standing, reckoned_from=until)


def _closed_until(book: Book) -> date | None:
    """The last day that is closed for many."""
    closed = Counter(on for (_, on), kept in book.approved.items() if kept.holds)
    many = max(closed.values(), default=0) / 2
    return max((on for on, count in closed.items() if count >= many), default=None)


def _standing(session: Session, book: Book, until: date) -> Iterator[WorkerId]:
    """Those whose days up to this one are as they were when they were closed."""
    punches = timeclock.punch_counts(session, book.first, until)
    scans = production.scan_counts(session, book.first, until, [w.id for w in book.everybody])
    taken = timeclock.taken_back(session, book.first, until)
    for worker in book.everybody:
        kept = {on: each for on, each in book.kept(worker).items() if on <= until}
        grounds = [each.ground for each in kept.values()]
        if (
            sum(ground.punches for ground in grounds) == punches.get(worker.id, 0)
            and sum(ground.scans for ground in grounds) == scans.get(worker.id, 0)
            and not _is_taken_back_since(kept, taken.get(worker.id, ()))
            and not _is_spoken_of_since(kept, book.spoken.get(worker.id, ()))
            and _are_worth_the_same(book, worker, kept)
        ):
            yield worker.id


Kept = Mapping[date, ApprovedDay]


def _is_taken_back_since(kept: Kept, taken: Iterable[TakenBack]) -> bool:
    return any(each.day in kept and each.when >= kept[each.day].at for each in taken)


def _is_spoken_of_since(kept: Kept, spoken: Iterable[Evidence]) -> bool:
    return any(
        on in kept and each.at >= kept[on].at
        for each in spoken
        for on in days(day_of(each.interval.start), day_of(each.interval.end))
    )


def _are_worth_the_same(book: Book, worker: Worker, kept: Kept) -> bool:
    plan, rules, away = book.plan(worker), book.rules(worker), worker.id in book.leave
    return all(
        is_worth_the_same(each, plan.get(on), rules(on))
        and not (away and each.worked and book.is_away(worker, on))
        for on, each in kept.items()
    )
