"""How many regular employees the house has, by the decree's method, with the working.

Enforcement Decree of the Labor Standards Act, art. 7-2: person-days of a month by its operating
days; the rules of five bind all the same where fewer than half of these days lie below five, and
don't where half of them or more do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.time import month_of
from factory.law.book import LawBook, law_book


class NobodyWorked(Refused):
    """Nobody worked in this month. There is nothing to count."""

    field = "month"


class MonthNotOver(Refused):
    """This month is not over yet. It is counted from {day} on."""

    field = "month"


@dataclass(frozen=True, slots=True)
class HeadCount:
    """The count of one month, with its working."""

    month: date
    heads: tuple[tuple[date, int], ...]
    """Each operating day, and how many were employed for it."""
    least: int
    """From how many on all rules bind: five."""
    counted: int
    """What the law takes the house for."""
    article: str

    @property
    def person_days(self) -> int:
        """Everybody's days together."""
        return sum(number for _, number in self.heads)

    @property
    def operating_days(self) -> int:
        """Days on which the house worked."""
        return len(self.heads)

    @property
    def days_below(self) -> int:
        """Operating days with fewer than five."""
        return sum(1 for _, number in self.heads if number < self.least)

    @property
    def number(self) -> Fraction:
        """Person-days by operating days."""
        return Fraction(self.person_days, self.operating_days)

    @property
    def all_rules_bind(self) -> bool:
        """Whether premiums, public holidays and annual leave are owed."""
        return self.counted >= self.least


def count(month: date, heads: Mapping[date, int], book: LawBook | None = None) -> HeadCount:
    """Count a month from how many were employed on each of its operating days."""
    if not heads:
        raise NobodyWorked
    law = (book or law_book()).at(month_of(month).end)
    figure = law.figure("working_time.days_below")
    least = int(law.number("working_time.all_rules_from"))
    below = sum(1 for number in heads.values() if number < least)
    average = sum(heads.values()) // len(heads)
    few = Fraction(below, len(heads)) >= figure.number
    counted = min(average, least - 1) if few else max(average, least)
    days = tuple(sorted(heads.items()))
    return HeadCount(month.replace(day=1), days, least, counted, figure.article)


def refuse_running(month: date, today: date) -> None:
    """A month is counted when it is over."""
    end = month_of(month).end
    if today <= end:
        raise MonthNotOver(day=end)
