"""What somebody's terms say of a day: whether she works, for how long, and if leave is owed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from factory.kernel.time import months_later
from factory.law.book import LawBook, law_book
from factory.leave.domain.arising import MONTHS
from factory.leave.domain.ledger import MINUTES, DayTerms, Exclusion
from factory.leave.domain.swaps import Swap, is_off
from factory.people.domain import WEEK, Terms, terms_on
from factory.people.domain.contract import daily_minutes
from factory.people.domain.heads import Heads


@dataclass(frozen=True, slots=True)
class Agreed:
    """Somebody's terms through time, the days off of all, and how many work here."""

    history: tuple[Terms, ...]
    swaps: tuple[Swap, ...]
    heads: Heads
    law: LawBook = field(default_factory=law_book)

    def minutes(self, day: date) -> int:
        """The minutes she is to work on a day; 0 on a day off."""
        terms = terms_on(self.history, day)
        if terms is None or not self._works(terms, day):
            return 0
        return self._of_a_day(terms, day)

    def contracted(self, day: date) -> bool:
        """Whether she is to work on a day."""
        return self.minutes(day) > 0

    def terms(self, day: date) -> DayTerms:
        """The minutes of a day of leave then, and why none is owed, if so."""
        terms, law = terms_on(self.history, day), self.law.at(day)
        if self.is_small(day):
            excluded: Exclusion | None = Exclusion.SMALL_WORKPLACE
        elif terms and terms.weekly_hours < law.number("working_time.weekly_holiday_from"):
            excluded = Exclusion.SHORT_WEEK
        else:
            excluded = None
        minutes = self._of_a_day(terms, day) if terms else 0
        return DayTerms(minutes, excluded, self._share(terms, day), self._was_small(day))

    def is_small(self, day: date) -> bool:
        """Whether the law takes the house for fewer than five employees on a day (art. 11)."""
        return self.heads.on(day) < self.law.at(day).number("working_time.all_rules_from")

    def _was_small(self, day: date) -> bool:
        """Whether one of the twelve months before was counted with fewer than five people.

        Enforcement Decree of the Labor Standards Act, art. 7-2(3), for the leave of a whole year. A
        month that nobody counted says nothing against her.
        """
        least = self.law.at(day).number("working_time.all_rules_from")
        months = (months_later(day.replace(day=1), -back) for back in range(1, MONTHS + 1))
        return any(self.heads.counted.get(month, least) < least for month in months)

    def _share(self, terms: Terms | None, day: date) -> Fraction | None:
        """A part-timer's part of the hours of full-time workers."""
        full = self.law.at(day).number("working_time.weekly_hours")
        if terms is None or terms.weekly_hours >= full:
            return None
        return Fraction(terms.weekly_hours) / full

    def menstrual_days(self, day: date) -> int:
        """Days of menstrual leave in a month (art. 73); none in a small workplace."""
        given = self.law.at(day).number("working_time.menstrual_leave")
        return 0 if self.is_small(day) else int(given)

    def _works(self, terms: Terms, day: date) -> bool:
        name = WEEK[day.weekday()]
        if name not in terms.work_days or name == terms.rest_day:
            return False
        return not self.is_off(day)

    def is_off(self, day: date) -> bool:
        """Whether it is a paid day off for all."""
        return is_off(day, self.swaps, small=self.is_small(day), law=self.law)

    def _of_a_day(self, terms: Terms, day: date) -> int:
        """The contracted minutes of a day, eight hours at most."""
        most = self.law.at(day).number("working_time.daily_hours")
        return min(daily_minutes(terms), int(most) * MINUTES)
