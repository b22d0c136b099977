"""The law book with what was entered here, and the entries themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.time import days, months_later
from factory.law.book import HOLIDAYS, Decreed, Entered, Figure, LawBook, law_book
from factory.law.shown import field_of
from factory.lawbook import domain, records
from factory.lawbook.domain import Entry, Kind, State

AHEAD = 2
"""Months before a figure runs out in which the next one is asked for."""
BOOK = "law book"
"""Where a transaction keeps the book that it began with."""


def book(session: Session) -> LawBook:
    """The law book of this transaction: as printed, with whatever was entered and approved.

    It is read once, and the same entries give the same object again.
    """
    if BOOK not in session.info:
        held = tuple(each for each in records.entries(session) if each.state is State.HOLDS)
        session.info[BOOK] = _bound(
            tuple(each.as_entered() for each in held if each.kind is Kind.FIGURE),
            tuple(each.as_decreed() for each in held if each.kind is Kind.HOLIDAY),
        )
    found: LawBook = session.info[BOOK]
    return found


@lru_cache(maxsize=32)
def _bound(entered: tuple[Entered, ...], decreed: tuple[Decreed, ...]) -> LawBook:
    printed = law_book()
    return printed.with_entries(entered, decreed) if entered or decreed else printed


def decreed(session: Session) -> tuple[Decreed, ...]:
    """Public holidays decreed since the book was printed, in order."""
    found = book(session).decreed
    return tuple(found[day] for day in sorted(found))


def entries(session: Session) -> tuple[Entry, ...]:
    """Everything that was ever entered, the newest first."""
    return tuple(reversed(records.entries(session)))


def waiting(session: Session) -> tuple[Entry, ...]:
    """What waits for the second person, the oldest first."""
    return tuple(each for each in records.entries(session) if each.state is State.WAITING)


def entry(session: Session, number: int) -> Entry:
    """One entry, or `NotFound`."""
    for each in records.entries(session):
        if each.id == number:
            return each
    raise NotFound("entry", number)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as it holds on a day, or that none does."""

    newest: Figure
    held: Figure | None
    stale: bool
    """Whether a newer value was to be expected by then."""


@dataclass(frozen=True, slots=True)
class History:
    """A figure through time, the newest first, with who entered what."""

    figures: tuple[Figure, ...]
    entered: Mapping[date, Entry]
    """Those entered here, by their first day."""
    may_be_entered: bool

    @property
    def newest(self) -> Figure:
        """The value that holds last."""
        return self.figures[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a figure, beside the one that held until then."""

    entry: Entry
    figure: Figure | None
    before: Figure | None
    going: Entry | None = None
    """The wish to take it back, as long as that waits."""


@dataclass(frozen=True, slots=True)
class YearDay:
    """A public holiday of a year, printed or entered."""

    day: date
    name: str
    entry: Entry | None


def figures(session: Session, day: date) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Every figure as it holds on a day, by field of law; the holidays stand on their own page."""
    law = book(session).at(day)
    found: dict[str, list[Line]] = {}
    for name, history in law.book.figures.items():
        if name != HOLIDAYS:
            line = Line(history[-1], law.find(name), law.is_stale(name))
            found.setdefault(field_of(name), []).append(line)
    return tuple((label, tuple(lines)) for label, lines in found.items())


def missing(session: Session, day: date) -> tuple[Figure, ...]:
    """What has run out by a day, or will within the next two months."""
    return domain.missing(book(session), months_later(day, AHEAD))


def figure(session: Session, name: str) -> History:
    """A figure's history, or `NotFound`."""
    found = book(session)
    if name not in found.figures or name == HOLIDAYS:
        raise NotFound("figure", name)
    history = tuple(reversed(found.figures[name]))
    here = (e for e in records.entries(session) if (e.kind, e.name) == (Kind.FIGURE, name))
    held = {each.since: each for each in here if each.state is State.HOLDS}
    return History(history, held, domain.may_be_entered(found, name))


def holidays(session: Session, year: int) -> tuple[YearDay, ...]:
    """The public holidays of a year in order."""
    found, all_entries = book(session), records.entries(session)
    held = (e for e in all_entries if (e.kind, e.state) == (Kind.HOLIDAY, State.HOLDS))
    entered = {each.since: each for each in held}
    year_days = days(date(year, 1, 1), date(year, 12, 31))
    named = ((day, found.holiday(day)) for day in year_days)
    return tuple(YearDay(day, name, entered.get(day)) for day, name in named if name)


def shown_entry(session: Session, number: int) -> Shown:
    """An entry beside what held until then, or `NotFound`."""
    found, law = entry(session, number), book(session)
    asked = (e for e in waiting(session) if e.of == number)
    if found.name not in law.figures:
        return Shown(found, None, None, next(asked, None))
    history = law.figures[found.name]
    value = dict(found.value) if isinstance(found.value, tuple) else found.value
    before = [each for each in history if each.since < found.since]
    as_figure = replace(history[-1], value=value, since=found.since)
    return Shown(found, as_figure, before[-1] if before else None, next(asked, None))


def titles(session: Session) -> Mapping[str, str]:
    """What each figure is called; a holiday has its own name."""
    return {name: history[-1].label for name, history in book(session).figures.items()}
