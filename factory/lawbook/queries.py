"""The law book with what was entered here, and the entries themselves."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.law.book import Decreed, Entered, LawBook, law_book
from factory.lawbook import records
from factory.lawbook.domain import Entry, Kind, State

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
