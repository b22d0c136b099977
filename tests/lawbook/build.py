"""Figures and days in few words, and the two people who bring them into the book."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import at
from factory.law.book import Decreed, Entered
from factory.lawbook import service
from factory.lawbook.domain import Entry, Kind, Said, State
from factory.security.domain import AccountId, Actor, Role

WILLOW = Actor(name="Willow", roles=frozenset({Role.MANAGER}), account=AccountId(1))
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}), account=AccountId(2))
CARE = "social_insurance.long_term_care"
FRIDAY = date(2026, 12, 18)
"""A working day that a decree makes a public holiday."""


def morning(day: str = "2026-11-24") -> datetime:
    """Ten o'clock of a day."""
    return at(date.fromisoformat(day), "10:00")


def figure(name: str = CARE, since: str = "2027-01-01", value: Any = "0.1320") -> Entered:
    """Long-term care of 2027, if nothing else is said."""
    exact = Fraction(value) if isinstance(value, str) else tuple(value.items())
    article = "Long-Term Care Insurance Act, art. 9"
    first = date.fromisoformat(since)
    return Entered(name, first, exact, article, "notice of 2026-12-20", date(2026, 11, 24))


def holiday(day: date = FRIDAY, name: str = "by-election") -> Decreed:
    """A day that the government decreed."""
    return Decreed(day, name, "Decree of 2026-11-20")


def entry(**given: Any) -> Entry:
    """An entry of Willow's that waits."""
    usual = {
        "id": 1,
        "kind": Kind.FIGURE,
        "name": CARE,
        "since": date(2027, 1, 1),
        "value": Fraction("0.132"),
        "article": "Long-Term Care Insurance Act, art. 9",
        "source": "notice",
        "entered": Said("Willow", AccountId(1), morning()),
        "state": State.WAITING,
    }
    return Entry(**{**usual, **given})


def bring(session: Session, new: Entered | Decreed) -> int:
    """Willow enters it, Cedar approves it; gives its number."""
    number = service.enter(session, new, by=WILLOW, at=morning())
    service.approve(session, number, by=CEDAR, at=morning())
    return number


def decree(session: Session, day: date = FRIDAY) -> int:
    """A day becomes a public holiday."""
    return bring(session, holiday(day))


def undo(session: Session, number: int) -> None:
    """What was entered is taken back."""
    asked = service.take_back(session, number, "the decree was withdrawn", by=CEDAR, at=morning())
    service.approve(session, asked, by=WILLOW, at=morning())
