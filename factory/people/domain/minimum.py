"""Whether terms stay above the law's minimum wage on a day (Minimum Wage Act, art. 6).

Piece pay is lifted to it for all hours worked, and has no hour of its own before they are worked.
A lower wage on probation (art. 5(2)) is never offered: sewing may count as simple labour.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.law.book import LawAt, LawBook, law_book
from factory.people.domain import Terms, TermsKind

FULL_WEEK = 40
FULL_DAY = Fraction(8)


class BelowMinimum(Refused):
    """The law's minimum on {day} is {least} an hour, and this comes to {hour}."""

    field = "rate"


class NoContractBelowMinimum(Refused):
    """Below the minimum of {least} an hour on {day} there is no contract; this comes to {hour}."""

    field = "since"


def refuse_below_minimum(
    terms: Terms,
    day: date,
    refusal: type[Refused] = BelowMinimum,
    *,
    book: LawBook | None = None,
) -> None:
    """Refuse terms whose hour is paid less than the minimum of a day, by the book as given."""
    law = (book or law_book()).at(day)
    least, hour = law.number("wages.minimum_hourly"), hour_of(terms, law)
    if hour is not None and hour < least:
        raise refusal(day=law.day, least=Money(int(least)), hour=Money(int(hour)))


def hour_of(terms: Terms, law: LawAt) -> Fraction | None:
    """What terms pay for an hour, monthly allowances counted; nothing where pieces decide."""
    hours = _HOURS[terms.kind](terms, law)
    if not hours:
        return None
    monthly = sum(each.amount.won for each in terms.allowances) if terms.weekly_hours else 0
    return terms.rate.won / hours + (monthly / _hours_of_a_month(terms, law) if monthly else 0)


def hours_of_a_day(terms: Terms) -> Fraction:
    """What a day's wage stands for, for this warning and for pay (Decree, art. 6(2)).

    The contracted hours of a day, eight at most: what lies beyond is overtime, paid on top. Eight
    where none are fixed.
    """
    agreed = Fraction(terms.weekly_hours, len(terms.work_days) or 1)
    return min(agreed, FULL_DAY) if agreed else FULL_DAY


def _hours_of_a_day(terms: Terms, _law: LawAt) -> Fraction:
    return hours_of_a_day(terms)


def _hours_of_a_month(terms: Terms, law: LawAt) -> Fraction:
    """209 at 40 hours a week: worked ones, and those of the paid weekly holiday."""
    weekly = Fraction(terms.weekly_hours)
    if weekly == FULL_WEEK:
        return law.number("wages.monthly_divisor")
    paid = weekly >= law.number("working_time.weekly_holiday_from")
    rest = min(weekly, Fraction(FULL_WEEK)) / FULL_WEEK * law.number("working_time.daily_hours")
    return (weekly + (rest if paid else 0)) * law.number("wages.weeks_of_a_month")


def _one_hour(_terms: Terms, _law: LawAt) -> Fraction:
    return Fraction(1)


def _no_hours(_terms: Terms, _law: LawAt) -> Fraction:
    return Fraction(0)


_HOURS = {
    TermsKind.HOURLY: _one_hour,
    TermsKind.DAILY: _hours_of_a_day,
    TermsKind.MONTHLY: _hours_of_a_month,
    TermsKind.PIECE: _no_hours,
    TermsKind.FREELANCE: _no_hours,
}
