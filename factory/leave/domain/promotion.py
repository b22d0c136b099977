"""The written procedure after which leave that lapses unused need not be paid (art. 61).

The house asks her in writing, within the law's days, to say when she takes her leave; where she
names no days, it names them in writing, in time. Only then is what lapses not paid: one step alone,
or one out of its time, ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.time import DAY, months_later
from factory.kernel.words import mark
from factory.law.book import LawBook, law_book
from factory.leave.domain.arising import Why
from factory.leave.domain.ledger import Grant, Ledger

FIGURE = "working_time.leave_promotion"


class AskedOutOfTime(Refused):
    """Only from {first} to {last} does asking count. Outside these days the leave is paid."""

    field = "asked_on"


class NamedTooLate(Refused):
    """Days that are named after {until} do not count. The leave is paid."""

    field = "named_on"


class NamedBeforeAsked(Refused):
    """Days are named after she was asked, and did not answer."""

    field = "named_on"


class NotYetDone(Refused):
    """{day} is still to come. Please enter what was done, when it is done."""

    field = "asked_on"


class NothingLapses(Refused):
    """No leave of hers lapses on this day."""

    field = "which"


class Round(StrEnum):
    """Which leave is meant: a year's, the first year's, or what arose after that was asked for."""

    YEAR = "year"
    FIRST = "first"
    LATE = "late"

    @property
    def label(self) -> str:
        """As people say it."""
        return _ROUNDS[self]


_ROUNDS = {
    Round.YEAR: mark("Leave of a year"),
    Round.FIRST: mark("Leave of the first year's months"),
    Round.LATE: mark("Leave that arose after the first asking"),
}


@dataclass(frozen=True, slots=True)
class Window:
    """When asking counts, and until when days have to be named."""

    first: date
    last: date
    name_until: date


@dataclass(frozen=True, slots=True)
class Promotion:
    """What was done in writing for leave that lapses on a day."""

    round: Round
    expires: date
    asked_on: date
    named_on: date | None = None
    """Nothing where no days were named: then what lapses is paid."""

    def frees(self, grant: Grant) -> bool:
        """Whether what lapses of a grant need not be paid."""
        if self.named_on is None or grant.expires != self.expires:
            return False
        of_a_month = grant.why is Why.FULL_MONTH
        if self.round is Round.YEAR:
            return not of_a_month
        return of_a_month and grant.day <= self.asked_on


@dataclass(frozen=True, slots=True)
class Lapsing:
    """Leave that lapses on a day if it is not used, with the law's days for asking."""

    round: Round
    expires: date
    minutes: int
    window: Window
    promotion: Promotion | None = None


def window(round_: Round, expires: date, law: LawBook | None = None) -> Window:
    """The law's days for leave whose last day this is."""
    figure, end = (law or law_book()).at(expires).figure(FIGURE).table, expires + DAY
    first = months_later(end, -int(figure[f"{round_}_months"]))
    last = first + (int(figure[f"{round_}_days"]) - 1) * DAY
    if round_ is Round.LATE:
        return Window(first, last, end - (int(figure["late_name_days"]) + 1) * DAY)
    named = months_later(end, -int(figure[f"{round_}_name_months"]))
    return Window(first, last, named - DAY)


def checked(promotion: Promotion, today: date, law: LawBook | None = None) -> Promotion:
    """A step that counts, or the refusal that says why it does not."""
    held, named = window(promotion.round, promotion.expires, law), promotion.named_on
    if not held.first <= promotion.asked_on <= held.last:
        raise AskedOutOfTime(first=held.first, last=held.last)
    if promotion.asked_on > today:
        raise NotYetDone(day=promotion.asked_on)
    if named is None:
        return promotion
    if named <= promotion.asked_on:
        raise NamedBeforeAsked
    if named > held.name_until:
        raise NamedTooLate(until=held.name_until)
    if named > today:
        raise NotYetDone(day=named)
    return promotion


def lapsing(
    ledger: Ledger, promotions: Iterable[Promotion], law: LawBook | None = None
) -> tuple[Lapsing, ...]:
    """What lapses next of each kind, with the law's days; the first to lapse first."""
    known = {(each.round, each.expires): each for each in promotions}
    minutes: dict[tuple[Round, date], int] = {}
    for grant in ledger.open:
        key = _round(grant, known, law), grant.expires
        minutes[key] = minutes.get(key, 0) + grant.rest
    found = (
        Lapsing(round_, expires, some, window(round_, expires, law), known.get((round_, expires)))
        for (round_, expires), some in minutes.items()
    )
    return tuple(sorted(found, key=lambda each: (each.expires, each.window.first)))


def _round(
    grant: Grant, known: Mapping[tuple[Round, date], Promotion], law: LawBook | None
) -> Round:
    """Which asking a grant belongs to: what arose after the first year's was asked for is late."""
    if grant.why is not Why.FULL_MONTH:
        return Round.YEAR
    done = known.get((Round.FIRST, grant.expires))
    asked = window(Round.FIRST, grant.expires, law).last if done is None else done.asked_on
    return Round.FIRST if grant.day <= asked else Round.LATE


def lapsed(
    ledger: Ledger, first: date, last: date, promotions: Iterable[Promotion]
) -> tuple[Grant, ...]:
    """What lapsed unused between two days and has to be paid (art. 60(7), 61)."""
    known = tuple(promotions)
    return tuple(
        grant
        for grant in ledger.grants
        if first <= grant.expires <= last
        and grant.rest > 0
        and not any(each.frees(grant) for each in known)
    )
