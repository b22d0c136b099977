"""Workers, their terms and badges, and what is refused about them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark
from factory.people.domain.allowances import Allowance, checked_allowances
from factory.security.domain import WorkerId, holds_through

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = {
    "mon": mark("Monday"),
    "tue": mark("Tuesday"),
    "wed": mark("Wednesday"),
    "thu": mark("Thursday"),
    "fri": mark("Friday"),
    "sat": mark("Saturday"),
    "sun": mark("Sunday"),
}
LONGEST_WEEK = 52


class TermsKind(StrEnum):
    """How somebody is paid."""

    HOURLY = "hourly"
    MONTHLY = "monthly"
    PIECE = "piece"
    DAILY = "daily"
    FREELANCE = "freelance"
    """No employee: a business of her own, 3.3 per cent withheld."""

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _LABELS[self]


_LABELS = {
    TermsKind.HOURLY: mark("by the hour"),
    TermsKind.MONTHLY: mark("by the month"),
    TermsKind.PIECE: mark("by the piece"),
    TermsKind.DAILY: mark("by the day"),
    TermsKind.FREELANCE: mark("as a freelancer (3.3 %)"),
}
WITHOUT_RATE = frozenset({TermsKind.PIECE, TermsKind.FREELANCE})


class BadgeUnknown(Refused):
    """This badge is not known here. Please call the supervisor."""

    field = "code"


class BadgeVoid(Refused):
    """This badge holds no more. Please ask the office for your new one."""

    field = "code"


class BadgeOver(BadgeVoid):
    """This badge held through the last day. Please ask the office."""


class TermsOverlap(Refused):
    """From {since} on there are terms already. Please choose a later day."""

    field = "since"


class RateMissing(Refused):
    """Please give the rate in won; only pieces and freelancers go without one."""

    field = "rate"


class RateBelowZero(Refused):
    """A rate can't be below zero."""

    field = "rate"


class RestDayWorked(Refused):
    """The weekly rest day can't be one of the working days. Please choose another one."""

    field = "rest_day"


class ShiftBackwards(Refused):
    """The shift has to end after it begins."""

    field = "shift_end"


class WeekTooLong(Refused):
    """A week may be agreed up to {most} hours."""

    field = "weekly_hours"


class LeftBeforeHired(Refused):
    """The last day can't be before the first one, {hired}."""

    field = "left"


class AlreadyLeft(Refused):
    """{name} has left on {left}."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A contract's terms from a day on; times are of the wall clock, hours a week whole."""

    since: date
    kind: TermsKind
    rate: Money
    weekly_hours: int = 40
    work_days: tuple[str, ...] = WEEK[:5]
    rest_day: str = "sun"
    shift_start: str = "09:00"
    shift_end: str = "18:00"
    allowances: tuple[Allowance, ...] = ()


@dataclass(frozen=True, slots=True)
class Worker:
    """A person of the house, by the name she chose."""

    id: WorkerId
    number: int
    name: str
    language: str
    hired: date
    left: date | None
    woman: bool = True
    night_consent: bool = False

    def is_here(self, day: date) -> bool:
        """Whether she is employed on a day."""
        return self.hired <= day and (self.left is None or day <= self.left)

    def enters(self, moment: datetime) -> bool:
        """Whether her badge and her PIN hold: through her last day, and the night after it."""
        return holds_through(self.left, moment)

    def answers_to(self, sought: str) -> bool:
        """Whether this is her number, or part of the name she chose; nothing is everybody's."""
        words = " ".join(unicodedata.normalize("NFC", sought).casefold().split())
        return words == str(self.number) or (not words.isdigit() and words in self.name.casefold())


@dataclass(frozen=True, slots=True)
class Hire:
    """What is entered when somebody begins."""

    name: str
    hired: date
    terms: Terms
    language: str = "ko_easy"
    woman: bool = True
    night_consent: bool = False
    pin: str | None = None
    skills: frozenset[str] = frozenset()
    born: date | None = None
    """Sealed at once; nobody under age is taken on."""


def checked(terms: Terms) -> Terms:
    """Terms that can be agreed to, or the refusal that says why not."""
    if terms.kind not in WITHOUT_RATE and terms.rate <= Money(0):
        raise RateMissing
    if terms.rate < Money(0):
        raise RateBelowZero
    if terms.rest_day in terms.work_days:
        raise RestDayWorked
    if terms.shift_end <= terms.shift_start:
        raise ShiftBackwards
    if terms.weekly_hours > LONGEST_WEEK:
        raise WeekTooLong(most=LONGEST_WEEK)
    return replace(terms, allowances=checked_allowances(terms.allowances))


def terms_on(history: tuple[Terms, ...], day: date) -> Terms | None:
    """The terms that hold on a day."""
    return next((terms for terms in reversed(history) if terms.since <= day), None)
