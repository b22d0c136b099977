"""When days of annual leave arise (Labor Standards Act, art. 60); one rule for pages and `calc`.

In the first year a day for each month attended in full; after each year with four fifths of its
days attended fifteen days, and one more for every two further years, up to twenty-five; after a
year with less, a day for each month of it that was attended in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from factory.kernel.time import DAY, Period, months_later
from factory.kernel.words import mark
from factory.law.book import Figure, LawBook, law_book

MONTHS = 12


class Why(StrEnum):
    """How leave arose."""

    FULL_MONTH = "full_month"
    YEAR = "year"
    MONTHS_OF_YEAR = "months_of_year"
    ENTERED = "entered"

    @property
    def label(self) -> str:
        """The reason as people say it."""
        return _LABELS[self]


_LABELS = {
    Why.FULL_MONTH: mark("a full month worked"),
    Why.YEAR: mark("a year worked"),
    Why.MONTHS_OF_YEAR: mark("full months of a year with many days missed"),
    Why.ENTERED: mark("entered by the office"),
}


@dataclass(frozen=True, slots=True)
class Arisen:
    """Days that arose on a day for a span of work; none where too much of it was missed."""

    day: date
    days: int
    why: Why
    span: Period
    missed: tuple[date, ...] = ()
    """The contracted days of the span she did not come."""


def leave_figure(law: LawBook | None = None) -> Figure:
    """Article 60 as the law book has it."""
    return (law or law_book()).newest("working_time.annual_leave")


def monday_to_friday(day: date) -> bool:
    """Whether work is agreed for a day where nothing else is said."""
    return law_book().is_business_day(day)


def arisen(
    hired: date,
    as_of: date,
    absent: AbstractSet[date],
    *,
    contracted: Callable[[date], bool] = monday_to_friday,
    law: LawBook | None = None,
) -> Iterator[Arisen]:
    """Everything that arose from hiring until a day, that day included, in order.

    A day arises only if she is still employed on the day after the span, `as_of` or before.
    """
    missed, owed = frozenset(day for day in absent if contracted(day)), leave_figure(law).table
    for month in range(1, _months(hired, as_of) + 1):
        if month <= int(owed["first_year_most"]):
            yield _month(hired, month, missed)
        if month % MONTHS == 0:
            yield _year(hired, month // MONTHS, missed, contracted, owed)


def _months(hired: date, as_of: date) -> int:
    """Whole months of service."""
    count = 0
    while months_later(hired, count + 1) <= as_of:
        count += 1
    return count


def _span(hired: date, first: int, last: int) -> Period:
    """From the first to before the last month of service."""
    return Period(months_later(hired, first), months_later(hired, last) - DAY)


def _within(span: Period, missed: AbstractSet[date]) -> tuple[date, ...]:
    return tuple(sorted(day for day in missed if day in span))


def _month(hired: date, number: int, missed: AbstractSet[date]) -> Arisen:
    span = _span(hired, number - 1, number)
    gaps = _within(span, missed)
    return Arisen(span.end + DAY, 0 if gaps else 1, Why.FULL_MONTH, span, gaps)


def _year(
    hired: date,
    number: int,
    missed: AbstractSet[date],
    contracted: Callable[[date], bool],
    figure: Mapping[str, Fraction],
) -> Arisen:
    span = _span(hired, MONTHS * (number - 1), MONTHS * number)
    agreed = [day for day in span if contracted(day)]
    gaps = _within(span, missed)
    if len(agreed) - len(gaps) >= figure["attendance"] * len(agreed):
        more = figure["days"] + (number - 1) // figure["years_per_day"]
        return Arisen(span.end + DAY, int(min(figure["most"], more)), Why.YEAR, span, gaps)
    days = 0 if number == 1 else _full_months(hired, number, missed)
    return Arisen(span.end + DAY, days, Why.MONTHS_OF_YEAR, span, gaps)


def _full_months(hired: date, number: int, missed: AbstractSet[date]) -> int:
    """Months of a year of service without a missed day; those of the first have counted already."""
    months = range(MONTHS * (number - 1), MONTHS * number)
    return sum(1 for month in months if not _within(_span(hired, month, month + 1), missed))
