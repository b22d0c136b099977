"""What a day is held against: the law book, the terms, the size of the house, her consent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache

from factory.law.book import Figure, LawAt, LawBook, law_book
from factory.leave.domain.swaps import Swap, is_off

HOUR = 60
SUNDAY = 6
CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of the law that hours are held against, in minutes, as they stand on a day."""

    all_rules_from: Fraction
    """Employees; with fewer of them fewer rules bind (Labor Standards Act, art. 11)."""
    daily: int
    weekly: int
    weekly_with_overtime: int
    part_time_overtime: int
    weekly_holiday_from: int
    break_from_4_hours: int
    break_from_8_hours: int
    break_waived_up_to: int
    """Work for which somebody may ask to go without the break; 0 before the law allowed it."""

    def break_owed(self, worked: int) -> int:
        """Minutes of break owed for minutes of work (art. 54)."""
        if worked >= 8 * HOUR:
            return self.break_from_8_hours
        return self.break_from_4_hours if worked >= 4 * HOUR else 0


@dataclass(frozen=True, slots=True)
class DayRules:
    """What a day is by somebody's rules."""

    limits: Limits
    is_small: bool
    is_day_off: bool
    is_holiday: bool
    is_contracted: bool
    most: int
    """Minutes without overtime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What terms, house and worker say on a day; hours by contract, days from 0 (Monday) to 6."""

    employees: int
    full_time_hours: Fraction = Fraction(40)
    weekly_hours: Fraction = Fraction(40)
    work_days: frozenset[int] = frozenset(range(5))
    rest_day: int = SUNDAY
    paid_by_day: bool = False
    woman: bool = False
    night_consent: bool = False
    holiday_consent: bool = False
    spared: bool = False
    """No overtime, no night and no holiday work; why is known to nobody here."""
    break_waived: bool = False
    """She asked to work four hours without the break."""
    law: LawBook = field(default_factory=law_book)
    """The book of this transaction, with what was entered and decreed since it was printed."""
    employed: bool = True
    swaps: tuple[Swap, ...] = ()
    """Public holidays that are worked, each with its day off, by agreement."""
    looked_up: dict[date, DayRules] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What the days are by these rules, as far as somebody asked."""

    def on(self, day: date) -> DayRules:
        """What a day is by these rules, found once."""
        found = self.looked_up.get(day)
        if found is None:
            found = self.looked_up[day] = self._look_up(day)
        return found

    def _look_up(self, day: date) -> DayRules:
        law, weekday = limits(day, self.law), day.weekday()
        small = self.employees < law.all_rules_from
        off = is_off(day, self.swaps, small=small, law=self.law)
        agreed = self.weekly_hours > 0 and weekday in self.work_days
        return DayRules(
            limits=law,
            is_small=small,
            is_day_off=off,
            is_holiday=off or weekday == self.rest_day,
            is_contracted=agreed and not off,
            most=self._most(law, weekday),
        )

    def _most(self, law: Limits, weekday: int) -> int:
        if self.paid_by_day or not self.is_part_time():
            return law.daily
        if weekday not in self.work_days:
            return 0
        return int(min(Fraction(law.daily), self.agreed_daily))

    @property
    def agreed_daily(self) -> Fraction:
        """Minutes agreed for each working day, exactly; terms kept here are whole hours a week."""
        return self.weekly_hours * HOUR / len(self.work_days)

    def is_small(self, day: date) -> bool:
        """Fewer than five employees: fewer rules bind (Labor Standards Act, art. 11)."""
        return self.on(day).is_small

    def is_day_off(self, day: date) -> bool:
        """Whether it is a public holiday here; 1 May is one everywhere."""
        return self.on(day).is_day_off

    def is_holiday(self, day: date) -> bool:
        """Whether work on this day is holiday work."""
        return self.on(day).is_holiday

    def is_contracted(self, day: date) -> bool:
        """Whether work was agreed for this day, and it is no public holiday."""
        return self.on(day).is_contracted

    def is_part_time(self) -> bool:
        """Whether the contract is shorter than that of full-time workers."""
        return 0 < self.weekly_hours < self.full_time_hours

    def most(self, day: date) -> int:
        """Minutes of a day without overtime: eight hours, a part-timer's agreed ones."""
        return self.on(day).most

    def limit(self, day: date) -> Figure:
        """The article behind that limit."""
        shorter = not self.paid_by_day and self.is_part_time()
        name = "part_time_limit" if shorter else "daily_hours"
        return self.law.at(day).figure(f"working_time.{name}")

    def needs_consent(self, day: date) -> bool:
        """Whether night and holiday work needs her consent (art. 70(1), five or more employees)."""
        return self.woman and not self.is_small(day)

    def break_owed(self, worked: int, day: date) -> int:
        """Minutes of break owed; none for four hours where she asked for it and the law allows."""
        law = self.on(day).limits
        waived = self.break_waived and worked <= law.break_waived_up_to
        return 0 if waived else law.break_owed(worked)


def law_on(day: date) -> LawAt:
    """The book as printed on a day; on its first one where the day lies before it."""
    return law_book().at(day)


@lru_cache(maxsize=1024)
def limits(day: date, book: LawBook) -> Limits:
    """What hours are held against on a day by a book, looked up once."""
    law = book.at(day)
    breaks = law.figure("working_time.breaks").table
    weekly = law.number("working_time.weekly_hours")
    return Limits(
        all_rules_from=law.number("working_time.all_rules_from"),
        daily=_minutes(law.number("working_time.daily_hours")),
        weekly=_minutes(weekly),
        weekly_with_overtime=_minutes(weekly + law.number("working_time.weekly_overtime")),
        part_time_overtime=_minutes(law.number("working_time.part_time_overtime")),
        weekly_holiday_from=_minutes(law.number("working_time.weekly_holiday_from")),
        break_from_4_hours=int(breaks["from_4_hours"]),
        break_from_8_hours=int(breaks["from_8_hours"]),
        break_waived_up_to=_minutes(breaks.get("waived_up_to", Fraction(0))),
    )


def _minutes(hours: Fraction) -> int:
    return int(hours * HOUR)
