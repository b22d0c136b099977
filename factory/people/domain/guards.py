"""What the law asks to be known of somebody before a shift: consents, who is spared, wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.time import months_later
from factory.kernel.words import mark
from factory.law.book import LawBook, law_book

YEAR = 12
LEADS = "Labor Standards Act, art. 63 no. 4"
"""Whoever leads keeps her own hours."""


class ConsentKind(StrEnum):
    """What a woman is asked for (Labor Standards Act, art. 70(1)), and who leads (art. 63)."""

    NIGHT = "night"
    HOLIDAY = "holiday"
    OWN_HOURS = "own_hours"
    """She keeps her own hours and does not use the clock."""

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    ConsentKind.NIGHT: mark("work at night, 22:00–06:00"),
    ConsentKind.HOLIDAY: mark("work on holidays and rest days"),
    ConsentKind.OWN_HOURS: mark("own hours, without the clock"),
}


class TooYoung(Refused):
    """We take nobody on who is under {age}."""

    field = "born"


class BornLater(Refused):
    """This birth date lies after the first day of work. Please look at the year."""

    field = "born"


class SparedBackwards(Refused):
    """The last day can't be before the first one."""

    field = "last"


class NoWaiverYet(Refused):
    """Only from {first} on may somebody ask to work four hours without a break."""

    field = "since"


@dataclass(frozen=True, slots=True)
class Consent:
    """From a day on somebody does consent, or does no more."""

    kind: ConsentKind
    day: date
    given: bool
    how: str = ""
    """On paper, by word, at hiring."""


@dataclass(frozen=True, slots=True)
class Spared:
    """From one day to another no overtime, no night and no holiday work; why is not kept.

    Law: who is pregnant, and the year after a birth (art. 70(2), 71, 74(5)).
    """

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class BreakWish:
    """From a day on she asks to work four hours without the break, or does no more (art. 54(1))."""

    since: date
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Guards:
    """All that is kept of one worker, each in the order in which it was entered."""

    consents: tuple[Consent, ...] = ()
    spared: Spared | None = None
    """As it was entered last."""
    wishes: tuple[BreakWish, ...] = ()
    at_hiring: bool = False
    """What was ticked when she was taken on, where no consent was entered since."""

    @property
    def may_change(self) -> bool:
        """Whether they may say another thing on another day."""
        return bool(self.consents or self.spared or self.wishes)

    def on(self, day: date) -> tuple[bool, ...]:
        """All that they say of a day, so that days of which they say the same are told apart."""
        if not self.may_change:
            return (self.at_hiring,)
        agreed = (self.consents_to(kind, day) for kind in ConsentKind)
        return *agreed, self.is_spared(day), self.waives_break(day)

    def consents_to(self, kind: ConsentKind, day: date) -> bool:
        """Whether she consents on a day; of two words for the same day the later one counts."""
        found = [each for each in self.consents if each.kind is kind and each.day <= day]
        if not found:
            return self.at_hiring and kind is not ConsentKind.OWN_HOURS
        return max(reversed(found), key=lambda each: each.day).given

    def is_spared(self, day: date) -> bool:
        """Whether she is to do no overtime on a day."""
        own = self.spared
        return own is not None and own.first <= day and (own.last is None or day <= own.last)

    def waives_break(self, day: date) -> bool:
        """Whether she asked to work four hours without the break."""
        found = [each for each in self.wishes if each.since <= day]
        return bool(found) and max(reversed(found), key=lambda each: each.since).asked


def refuse_young(born: date, hired: date, book: LawBook | None = None) -> None:
    """Take on nobody below the age that the house asks for."""
    if born >= hired:
        raise BornLater
    age = int((book or law_book()).at(hired).number("working_time.youngest"))
    if months_later(born, YEAR * age) > hired:
        raise TooYoung(age=age)


def turns(born: date, age: int, month: date) -> bool:
    """Whether somebody reaches an age in a month."""
    return months_later(born, YEAR * age).replace(day=1) == month


def reached(born: date, age: int, day: date) -> bool:
    """Whether somebody had reached an age by a day."""
    return months_later(born, YEAR * age) <= day


def checked(spared: Spared) -> Spared:
    """A time that can be."""
    if spared.last is not None and spared.last < spared.first:
        raise SparedBackwards
    return spared


def first_waiver(book: LawBook | None = None) -> date:
    """From when on the law lets somebody ask to work four hours without the break."""
    history = (book or law_book()).figures["working_time.breaks"]
    return next(figure.since for figure in history if "waived_up_to" in figure.table)


def refuse_early_waiver(since: date, book: LawBook | None = None) -> None:
    """Nobody may go without the break before the law allows it."""
    first = first_waiver(book)
    if since < first:
        raise NoWaiverYet(first=first)
