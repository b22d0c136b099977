"""The ledger of annual leave in minutes: what arose and why, what was used, what is left.

A day of leave is a contracted day of the terms that hold when it arises, eight hours at most; a
part-timer's is her share of eight hours, lifted to the full hour (Enforcement Decree of the Labor
Standards Act, annex 2 no. 4). It can be used for a year, that of the first year's months until
that year ends (Labor Standards Act, art. 60(7)). What lapses first is used first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil

from factory.kernel.time import DAY, Period, months_later
from factory.kernel.words import mark
from factory.law.book import LawBook, law_book
from factory.leave.domain.arising import MONTHS, Arisen, Why, arisen, leave_figure

BY_HOURS = "Enforcement Decree of the Labor Standards Act, annex 2 no. 4"
MINUTES = 60
HOURS_OF_A_DAY = 8


class Exclusion(StrEnum):
    """Why no annual leave is owed by law."""

    SMALL_WORKPLACE = "small_workplace"
    SHORT_WEEK = "short_week"
    SMALL_IN_YEAR = "small_in_year"

    @property
    def label(self) -> str:
        """The reason as people say it."""
        return _LABELS[self]

    @property
    def article(self) -> str:
        """Where the law says so."""
        return _ARTICLES[self]


_LABELS = {
    Exclusion.SMALL_WORKPLACE: mark("Fewer than five people work here: the law gives no leave."),
    Exclusion.SHORT_WEEK: mark("Under 15 hours a week: the law gives no leave."),
    Exclusion.SMALL_IN_YEAR: mark(
        "Fewer than five people worked here in a month of the year: the law gives no leave for it."
    ),
}
_ARTICLES = {
    Exclusion.SMALL_WORKPLACE: "Labor Standards Act, art. 11",
    Exclusion.SHORT_WEEK: "Labor Standards Act, art. 18(3)",
    Exclusion.SMALL_IN_YEAR: "Enforcement Decree of the Labor Standards Act, art. 7-2(3)",
}


@dataclass(frozen=True, slots=True)
class DayTerms:
    """What holds on a day: the minutes of a contracted day, and whether leave is owed."""

    minutes: int
    exclusion: Exclusion | None = None
    share: Fraction | None = None
    """A part-timer's weekly hours by those of full-time workers; none for these."""
    small_in_year: bool = False
    """Whether a month of the year before was counted with fewer than five people."""

    def worth(self, days: int) -> int:
        """The minutes of so many days of leave as full-time workers have them."""
        if self.share is None:
            return days * self.minutes
        return ceil(days * self.share * HOURS_OF_A_DAY) * MINUTES

    def excludes(self, why: Why) -> Exclusion | None:
        """Why the law gives nothing; a year's leave wants five people in each of its months."""
        if self.exclusion is None and self.small_in_year and why is Why.YEAR:
            return Exclusion.SMALL_IN_YEAR
        return self.exclusion


@dataclass(frozen=True, slots=True)
class Taken:
    """Annual leave that was asked for on a day, granted or not answered yet, in minutes."""

    day: date
    minutes: int
    request: int | None = None
    """The request's number; nothing where the office entered it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave that arose on a day, in minutes, until when it can be used, and how much of it was."""

    day: date
    minutes: int
    why: Why
    expires: date
    """The last day on which it can be used."""
    span: Period | None = None
    """The months or the year it arose from."""
    missed: tuple[date, ...] = ()
    exclusion: Exclusion | None = None
    reason: str = ""
    """What the office said, where it entered it."""
    used: int = 0
    full_days: int = 0
    """The days that full-time workers have for the same."""
    share: Fraction | None = None
    """A part-timer's weekly hours by theirs; none for them."""

    @property
    def annex(self) -> str:
        """Where the law gives part-timers their share in hours; nothing for all others."""
        return BY_HOURS if self.share is not None and self.minutes else ""

    @property
    def article(self) -> str:
        """Where the law says so; nothing where the house gave it."""
        if self.exclusion is not None:
            return self.exclusion.article
        return "" if self.why is Why.ENTERED else _GRANTED_BY[self.why]

    @property
    def rest(self) -> int:
        """Minutes not used."""
        return self.minutes - self.used


_GRANTED_BY = {
    Why.FULL_MONTH: "Labor Standards Act, art. 60(2)",
    Why.YEAR: "Labor Standards Act, art. 60(1), 60(4)",
    Why.MONTHS_OF_YEAR: "Labor Standards Act, art. 60(2)",
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Somebody's annual leave on a day, in minutes."""

    as_of: date
    minutes_a_day: int
    """Minutes of a contracted day now; what a whole day of leave takes."""
    grants: tuple[Grant, ...]
    taken: tuple[Taken, ...]
    ahead: int = 0
    """Minutes asked for days to come that will only have arisen by then."""
    beyond: int = 0
    """Minutes taken for which nothing had arisen."""
    exclusion: Exclusion | None = None
    """Why the law gives her none now, if so."""

    @property
    def arisen(self) -> int:
        """Minutes that have arisen since hiring."""
        return sum(grant.minutes for grant in self.grants)

    @property
    def used(self) -> int:
        """Minutes asked for or taken, those of days to come included."""
        return sum(taken.minutes for taken in self.taken)

    @property
    def lapsed(self) -> int:
        """Minutes that were not used in time."""
        return sum(grant.rest for grant in self.grants if grant.expires < self.as_of)

    @property
    def left(self) -> int:
        """Minutes that can be used; below zero where more was taken than had arisen."""
        return sum(grant.rest for grant in self.open) - self.beyond

    @property
    def open(self) -> tuple[Grant, ...]:
        """What can still be used, the first to lapse first."""
        found = (grant for grant in self.grants if grant.expires >= self.as_of and grant.rest > 0)
        return tuple(sorted(found, key=_by_expiry))

    @property
    def expires(self) -> date | None:
        """The last day of what lapses first, if anything is left."""
        return self.open[0].expires if self.open else None

    @property
    def hours_a_day(self) -> str:
        """Hours of a contracted day now: `8`, `7.5`."""
        return as_days(self.minutes_a_day, MINUTES)

    def days(self, minutes: int) -> str:
        """So many minutes as days of hers: `1.5`."""
        return as_days(minutes, self.minutes_a_day)


def ledger(
    hired: date,
    as_of: date,
    *,
    absent: AbstractSet[date],
    contracted: Callable[[date], bool],
    terms: Callable[[date], DayTerms],
    taken: Iterable[Taken],
    entered: Iterable[Grant] = (),
    law: LawBook | None = None,
) -> Ledger:
    """Somebody's ledger on a day, by the book as printed where no other is given.

    `absent` are days she did not come without leave that counts as attended; `terms` are asked
    for the day on which leave arises.
    """
    kept = tuple(sorted(taken, key=lambda each: each.day))
    horizon = max((as_of, *(each.day for each in kept)))
    grants = [
        _grant(each, hired, terms(each.day), law)
        for each in arisen(hired, horizon, absent, contracted=contracted, law=law)
    ]
    used, beyond = _use([*grants, *entered], kept)
    ordered = sorted(used, key=lambda grant: grant.day)
    here = terms(as_of)
    return Ledger(
        as_of=as_of,
        minutes_a_day=here.minutes,
        grants=tuple(grant for grant in ordered if grant.day <= as_of),
        taken=kept,
        ahead=sum(grant.used for grant in ordered if grant.day > as_of),
        beyond=beyond,
        exclusion=here.exclusion,
    )


def _grant(each: Arisen, hired: date, terms: DayTerms, law: LawBook | None) -> Grant:
    exclusion = terms.excludes(each.why)
    minutes = 0 if exclusion else terms.worth(each.days)
    return Grant(
        day=each.day,
        minutes=minutes,
        why=each.why,
        expires=lapses_after(each, hired, law),
        span=each.span,
        missed=each.missed,
        exclusion=exclusion,
        full_days=each.days,
        share=terms.share,
    )


def lapses_after(each: Arisen, hired: date, law: LawBook | None = None) -> date:
    """The last day on which it can be used (art. 60(7))."""
    if each.why is Why.FULL_MONTH:
        return months_later(hired, MONTHS) - DAY
    return a_year_from(each.day, law)


def a_year_from(day: date, law: LawBook | None = None) -> date:
    """The last day on which what arose on a day can be used."""
    months = int((law or law_book()).newest("working_time.annual_leave_lapses").number)
    return months_later(day, months) - DAY


def _use(grants: list[Grant], taken: Iterable[Taken]) -> tuple[list[Grant], int]:
    """Take what was used off what had arisen and not lapsed that day; what lapses first, first."""
    left, beyond = list(grants), 0
    for each in taken:
        minutes = each.minutes
        for place in sorted(range(len(left)), key=lambda number: _by_expiry(left[number])):
            grant = left[place]
            if grant.day <= each.day <= grant.expires:
                part = min(minutes, grant.rest)
                left[place], minutes = replace(grant, used=grant.used + part), minutes - part
        beyond += minutes
    return left, beyond


def _by_expiry(grant: Grant) -> tuple[date, date]:
    return grant.expires, grant.day


def article() -> str:
    """The article of annual leave."""
    return leave_figure().article


def as_days(minutes: int, minutes_a_day: int) -> str:
    """Minutes as days: `1.5`, `0.25`; cut after the second place."""
    if not minutes_a_day:
        return "0"
    exact = Fraction(abs(minutes), minutes_a_day)
    hundredths = int(exact * 100)
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if minutes < 0 and text != "0" else text
