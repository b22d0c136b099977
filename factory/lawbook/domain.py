"""What was entered into the law book here, and whether it may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.time import DAY, day_of, months_later
from factory.kernel.words import mark
from factory.law.book import FIRST_DAY, Decreed, Entered, Figure, LawBook
from factory.law.shown import parts_of, unit_of
from factory.security.domain import AccountId, Actor

Value = Fraction | tuple[tuple[str, Fraction], ...]
"""A number, or named numbers."""
NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,8})?", re.ASCII)
QUOTIENT = re.compile(r"(\d{1,12})/([1-9]\d{0,11})", re.ASCII)
PERCENT = 100
MONTHS = 12
LONGEST = 200
FARTHEST = 10
"""Years ahead: the steps of the pension rate are the farthest that a law has fixed (to 2033)."""


class NotANumber(Refused):
    """Please type a number, for example 10700, or 4.75 for 4.75 per cent."""

    field = "value"


class MoreThanAll(Refused):
    """More than 100 per cent can't be right. Please look at the source again."""

    field = "value"


class LeastAboveMost(Refused):
    """The lowest amount is above the highest. Please look at the source again."""

    field = "value"


class PrintedOnly(Refused):
    """“{label}” is a whole table. It comes with a new edition of the program."""

    spoken = ("label",)


class InTheBookAlready(Refused):
    """From {day} on this figure has a value already. Take that one back first, if it is wrong."""

    field = "since"


class BeforeTheBook(Refused):
    """The law book begins on {first}. Please give a later day."""

    field = "since"


class TooFar(Refused):
    """{day} is more than {years} years away. Nothing is decided so far ahead; please look again."""

    field = "since"


class DayTooFar(TooFar):
    """{day} is more than {years} years away. Nothing is decided so far ahead; please look again."""

    field = "day"


class HolidayAlready(Refused):
    """{day} is a public holiday already: {name}."""

    field = "day"
    spoken = ("name",)


class WaitsAlready(Refused):
    """This was entered already and waits for the second person."""

    field = "since"


class DayWaitsAlready(Refused):
    """{day} was entered already and waits for the second person."""

    field = "day"


class SourceWanted(Refused):
    """Please say where it is written: the notice or decree, with its date."""

    field = "source"


class SecondPersonWanted(Refused):
    """You entered this yourself. A second person compares it with the source and approves it."""


class AnsweredAlready(Refused):
    """This was decided already."""


class NotHeld(Refused):
    """This does not hold (any more), so there is nothing to take back."""


class GoesAlready(Refused):
    """It was asked already to take this back. A second person decides."""


class WhyNot(Refused):
    """Please say why. The reason is kept."""

    field = "reason"


class Kind(StrEnum):
    """What is entered."""

    FIGURE = "figure"
    HOLIDAY = "holiday"
    TAKE_BACK = "take_back"

    @property
    def label(self) -> str:
        """What it is called."""
        return _KINDS[self]


_KINDS = {
    Kind.FIGURE: mark("new figure"),
    Kind.HOLIDAY: mark("decreed holiday"),
    Kind.TAKE_BACK: mark("taking back"),
}


class State(StrEnum):
    """How far an entry has come."""

    WAITING = "waiting"
    HOLDS = "holds"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        """How it is said."""
        return _STATES[self]


_STATES = {
    State.WAITING: mark("waits for the second person"),
    State.HOLDS: mark("approved, holds"),
    State.REFUSED: mark("not approved"),
    State.TAKEN_BACK: mark("taken back"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something, and when."""

    by: str
    account: AccountId | None
    at: datetime

    def is_by(self, actor: Actor) -> bool:
        """Whether it was this person."""
        if self.account is None or actor.account is None:
            return self.by == actor.name
        return self.account == actor.account


@dataclass(frozen=True, slots=True)
class Entry:
    """Something entered into the law book, with what became of it."""

    id: int
    kind: Kind
    name: str
    """The figure's name, or what the holiday is called."""
    since: date
    """The first day, or the holiday itself."""
    value: Value
    article: str
    source: str
    """Where it is written; of a taking back the reason."""
    entered: Said
    state: State
    of: int | None = None
    """The number of the entry that this one takes back."""
    answered: Said | None = None
    reason: str = ""
    """Why it was not approved."""

    def as_entered(self) -> Entered:
        """The figure as the law book takes it; the second person has checked it."""
        checked = day_of((self.answered or self.entered).at)
        return Entered(self.name, self.since, self.value, self.article, self.source, checked)

    def as_decreed(self) -> Decreed:
        """The day as the law book takes it."""
        return Decreed(self.since, self.name, self.source)


def read_value(figure: Figure, typed: Mapping[str, str]) -> Value:
    """What was typed for each part of a figure (`""` where it is one number), exactly."""
    if not isinstance(figure.value, Mapping):
        return amount(typed.get("", ""), figure.unit)
    found = {}
    for key in figure.table:
        found[key] = amount(typed.get(key, ""), unit_of(figure, key))
    if found.get("least", Fraction(0)) > found.get("most", found.get("least", Fraction(0))):
        raise LeastAboveMost
    return tuple(found.items())


def number(typed: str, unit: str) -> Fraction:
    """A number as people type it: `10,700원`, `4.75` or `4.75 %` of a ratio, `9448/71900`."""
    text = re.sub(r"[\s,원₩%]", "", typed)
    if found := QUOTIENT.fullmatch(text):
        return Fraction(int(found[1]), int(found[2]))
    if not NUMBER.fullmatch(text):
        raise NotANumber
    return Fraction(text) / (PERCENT if unit == "ratio" else 1)


def amount(typed: str, unit: str) -> Fraction:
    """A number within its bounds: no rate is above the whole."""
    value = number(typed, unit)
    if unit == "ratio" and value > 1:
        raise MoreThanAll
    return value


def may_be_entered(book: LawBook, name: str) -> bool:
    """Whether a figure is one number or a few named ones; whole tables come with the program."""
    return name not in book.printed and bool(parts_of(book.newest(name)))


def checked_figure(new: Entered, book: LawBook, entries: Iterable[Entry]) -> Entered:
    """A figure that may be entered, or the refusal that says why not."""
    history = book.figures[new.name]
    if not may_be_entered(book, new.name):
        raise PrintedOnly(label=history[-1].label)
    if new.since < FIRST_DAY:
        raise BeforeTheBook(first=FIRST_DAY)
    if any(figure.since == new.since for figure in history):
        raise InTheBookAlready(day=new.since)
    waiting = _waiting(Kind.FIGURE, entries)
    if any((each.name, each.since) == (new.name, new.since) for each in waiting):
        raise WaitsAlready
    _refuse_nowhere(new.source, new.article)
    return new


def checked_day(new: Decreed, book: LawBook, entries: Iterable[Entry]) -> Decreed:
    """A day that may be entered as a public holiday, or the refusal that says why not."""
    if new.day < FIRST_DAY:
        raise BeforeTheBook(first=FIRST_DAY)
    if (name := book.holiday(new.day)) is not None:
        raise HolidayAlready(day=new.day, name=name)
    if any(each.since == new.day for each in _waiting(Kind.HOLIDAY, entries)):
        raise DayWaitsAlready(day=new.day)
    _refuse_nowhere(new.source, new.name)
    return new


def refuse_far(new: Entered | Decreed, today: date) -> None:
    """Refuse a year that can only be a slip of the finger."""
    day, far = (new.day, DayTooFar) if isinstance(new, Decreed) else (new.since, TooFar)
    if day > months_later(today, MONTHS * FARTHEST):
        raise far(day=day, years=FARTHEST)


def _waiting(kind: Kind, entries: Iterable[Entry]) -> Iterable[Entry]:
    return (e for e in entries if e.kind is kind and e.state is State.WAITING)


def _refuse_nowhere(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise SourceWanted


def refuse_own(entry: Entry, by: Actor) -> None:
    """Nobody approves what she entered herself."""
    if entry.entered.is_by(by):
        raise SecondPersonWanted


def refuse_answered(entry: Entry) -> None:
    """Whatever was decided stays decided."""
    if entry.state is not State.WAITING:
        raise AnsweredAlready


def refuse_going(entry: Entry, entries: Iterable[Entry]) -> None:
    """Only what holds can be taken back, and that is asked once."""
    if entry.state is not State.HOLDS or entry.kind is Kind.TAKE_BACK:
        raise NotHeld
    if any(each.of == entry.id for each in _waiting(Kind.TAKE_BACK, entries)):
        raise GoesAlready


def missing(book: LawBook, day: date) -> tuple[Figure, ...]:
    """Figures whose last value has ended by a day: what comes next is to be entered."""
    lasts = (history[-1] for history in book.figures.values())
    return tuple(last for last in lasts if last.ends is not None and last.ends + DAY <= day)
