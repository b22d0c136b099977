"""The employment contract as a value: what was agreed, and what the law adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from factory.business.domain import UNNAMED, Business
from factory.kernel.errors import Refused
from factory.law.book import LawAt, LawBook, law_book
from factory.people.domain import Terms, TermsKind, Worker
from factory.people.domain.minimum import NoContractBelowMinimum, refuse_below_minimum

MINUTES = 60
PAY_DAY = 10
"""The day of the following month on which wages are paid; a matter of the work rules."""


class NoRoomForTheBreak(Refused):
    """{hours} of work and {minutes} minutes of break do not fit {start}–{end}. Change the terms."""


class EndsBeforeItBegins(Refused):
    """The contract can't end before it begins, {since}."""

    field = "until"


class NoTermsYet(Refused):
    """No terms hold on {day}. Please agree on terms first."""


class NotEmployed(Refused):
    """{name} works as a freelancer, so there is no employment contract. Agree on other terms."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs, as the vault keeps it; nothing where it is filled in by hand."""

    legal_name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the terms don't say and somebody enters for the paper."""

    place: str
    work: str
    until: date | None = None
    """The last day of a contract for a fixed time."""


@dataclass(frozen=True, slots=True)
class Contract:
    """All that article 17 of the Labor Standards Act wants written down."""

    business: Business
    """The employer; what nobody entered is a line to write on."""
    worker: Worker
    identity: Identity
    terms: Terms
    wish: Wish
    made_on: date
    daily_minutes: int
    break_minutes: int
    small: bool
    """Fewer than five employees: no premiums, public holidays and annual leave by law."""
    weekly_holiday: bool
    """Whether the weekly rest day is paid: from 15 hours a week on (art. 18(3), 55(1))."""
    part_time: bool
    """Shorter than full time: overtime begins beyond the agreed hours (Part-time Act, art. 6)."""
    premium: int
    """Per cent added for overtime, night and holiday work."""
    premium_beyond: int
    """Per cent added for holiday work beyond eight hours."""


def contract(
    worker: Worker,
    terms: Terms,
    wish: Wish,
    identity: Identity,
    *,
    employees: int,
    on: date,
    book: LawBook | None = None,
    business: Business = UNNAMED,
) -> Contract:
    """Draw a contract up, or refuse one that the law would not let stand."""
    if wish.until is not None and wish.until < terms.since:
        raise EndsBeforeItBegins(since=terms.since)
    book = book or law_book()
    refuse_below_minimum(terms, max(terms.since, on), NoContractBelowMinimum, book=book)
    law = book.at(terms.since)
    daily = daily_minutes(terms)
    return Contract(
        business=business,
        worker=worker,
        identity=identity,
        terms=terms,
        wish=wish,
        made_on=on,
        daily_minutes=daily,
        break_minutes=break_minutes(terms, law),
        small=employees < law.number("working_time.all_rules_from"),
        weekly_holiday=terms.weekly_hours >= law.number("working_time.weekly_holiday_from"),
        part_time=daily > 0
        and terms.kind is not TermsKind.DAILY
        and terms.weekly_hours < law.number("working_time.weekly_hours"),
        premium=_per_cent(law.number("wages.overtime_premium")),
        premium_beyond=_per_cent(law.number("wages.holiday_premium_beyond")),
    )


def daily_minutes(terms: Terms) -> int:
    """The working minutes agreed for a day; 0 without fixed hours."""
    return terms.weekly_hours * MINUTES // len(terms.work_days) if terms.work_days else 0


def break_minutes(terms: Terms, law: LawAt) -> int:
    """What of the shift is no work; never less than the law's break (art. 54)."""
    daily = daily_minutes(terms)
    start, end = (datetime.strptime(text, "%H:%M") for text in (terms.shift_start, terms.shift_end))  # noqa: DTZ007 - wall clocks alone
    room = int((end - start).total_seconds()) // MINUTES - daily
    least = _least_break(daily, law)
    if room < least:
        hours = f"{daily // MINUTES}:{daily % MINUTES:02d}"
        times = {"start": terms.shift_start, "end": terms.shift_end}
        raise NoRoomForTheBreak(hours=hours, minutes=least, **times)
    return room if daily else 0


def _least_break(daily: int, law: LawAt) -> int:
    breaks = law.figure("working_time.breaks").table
    if daily >= 8 * MINUTES:
        return int(breaks["from_8_hours"])
    return int(breaks["from_4_hours"]) if daily >= 4 * MINUTES else 0


def _per_cent(part: Fraction) -> int:
    return int(part * 100)
