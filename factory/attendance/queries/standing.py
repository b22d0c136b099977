"""Everybody's book without what lies behind closed days of which nothing was heard since.

A closed day has to be looked at anew where a punch or scan was added, a punch taken back or
something said since, or where plan or rules make something else of it. Each day is held against all
of these by itself; those that stand cost no more than the row they were kept in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar

from sqlalchemy.orm import Session

from factory.attendance.domain.approved import ApprovedDay, is_worth_the_same
from factory.attendance.domain.day import asks_for_scans
from factory.attendance.queries.book import Book
from factory.attendance.queries.reading import outline, whole_weeks
from factory.kernel.time import DAY, day_of, days
from factory.people.domain import Worker
from factory.production import queries as production
from factory.security.domain import WorkerId
from factory.timeclock import queries as timeclock

Kind = TypeVar("Kind")
HerDay = tuple[WorkerId, date]
Wanted = Mapping[date, set[WorkerId]]
"""Whose punches or scans of a day are to be read."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What is known of days beside their closing, without reading it."""

    punches: Mapping[HerDay, int]
    scans: Mapping[HerDay, int]
    since: Mapping[HerDay, datetime]
    """When something was last said of a day, or a punch of it taken back."""


def load_closed(session: Session, first: date, last: date) -> Book:
    """Everybody's weeks; closed days that stand have their minutes, but no punches and shifts."""
    book = outline(session, *whole_weeks(first, last))
    heard = _heard(session, book)
    stand = {each.id: frozenset(_standing(book, each, heard)) for each in book.everybody}
    book = replace(book, standing=stand)
    of_open = _read(lambda *span: timeclock.on_days(session, *span), _open(book, heard))
    book = replace(book, punches=of_open)
    return replace(
        book, scans=_read(lambda *span: production.scan_moments(session, *span), _doubted(book))
    )


def _heard(session: Session, book: Book) -> _Heard:
    everybody = [worker.id for worker in book.everybody]
    return _Heard(
        timeclock.punch_counts(session, book.first, book.last, everybody),
        production.scan_counts(session, book.first, book.last, everybody),
        _since(session, book),
    )


def _since(session: Session, book: Book) -> dict[HerDay, datetime]:
    found: dict[HerDay, datetime] = {}
    for key, moment in _said(session, book):
        found[key] = max(moment, found.get(key, moment))
    return found


def _said(session: Session, book: Book) -> Iterator[tuple[HerDay, datetime]]:
    for who, gone in timeclock.taken_back(session, book.first, book.last).items():
        yield from (((who, each.day), each.when) for each in gone)
    for who, spoken in book.spoken.items():
        for each in spoken:
            for on in days(day_of(each.interval.start), day_of(each.interval.end)):
                yield (who, on), each.at


def _standing(book: Book, worker: Worker, heard: _Heard) -> Iterator[date]:
    """Her closed days that are as they were when they were closed."""
    plan, rules, who = book.plan(worker), book.rules(worker), worker.id
    away = who in book.leave
    for on, kept in book.kept(worker).items():
        if (
            _is_as_heard(kept, (who, on), heard)
            and is_worth_the_same(kept, plan.get(on), rules(on))
            and not (away and kept.worked and book.is_away(worker, on))
        ):
            yield on


def _is_as_heard(kept: ApprovedDay, key: HerDay, heard: _Heard) -> bool:
    ground, since = kept.ground, heard.since.get(key)
    return (
        ground.punches == heard.punches.get(key, 0)
        and ground.scans == heard.scans.get(key, 0)
        and (since is None or since < kept.at)
    )


def _open(book: Book, heard: _Heard) -> Wanted:
    """Whose punches of which days are needed: with each day the next, where its night ends.

    A closed day that stands ends before midnight, so the one before is asked for at the edge alone.
    """
    wanted: dict[date, set[WorkerId]] = defaultdict(set)
    for who, on in heard.punches:
        if on not in book.standing[who]:
            for day in (on, on + DAY):
                wanted[day].add(who)
            if on == book.first:
                wanted[on - DAY].add(who)
    return wanted


def _doubted(book: Book) -> Wanted:
    """Whose scans of which days could say something of her shifts."""
    wanted: dict[date, set[WorkerId]] = defaultdict(set)
    for worker in book.everybody:
        plan = book.plan(worker)
        for shift in book.paired(worker).shifts if worker.id in book.punches else ():
            if asks_for_scans(shift, plan.get(shift.day)):
                for day in days(shift.day, day_of(shift.end)):
                    wanted[day].add(worker.id)
    return wanted


def _read(
    reading: Callable[[date, date, Iterable[WorkerId]], Mapping[WorkerId, tuple[Kind, ...]]],
    wanted: Wanted,
) -> dict[WorkerId, tuple[Kind, ...]]:
    """Read for each day those wanted, with one statement for all days in a row of the same."""
    found: dict[WorkerId, list[Kind]] = defaultdict(list)
    for who, group in groupby(sorted(wanted), key=wanted.__getitem__):
        span = tuple(group)
        for worker, some in reading(span[0], span[-1], who).items():
            found[worker] += some
    return {who: tuple(some) for who, some in found.items()}
