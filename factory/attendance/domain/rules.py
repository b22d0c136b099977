"""What a day is held against: the law book, the terms, the size of the house, her consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from factory.law.book import FIRST_DAY, Figure, LawAt, law_book
from factory.leave.domain.swaps import Swap, is_off

HOUR = 60
SUNDAY = 6
CONTRACT = "contract"


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
    decreed: frozenset[date] = frozenset()
    """Public holidays decreed since the law book was printed."""
    employed: bool = True
    swaps: tuple[Swap, ...] = ()
    """Public holidays that are worked, each with its day off, by agreement."""

    def is_small(self, day: date) -> bool:
        """Fewer than five employees: fewer rules bind (Labor Standards Act, art. 11)."""
        return self.employees < law_on(day).number("working_time.all_rules_from")

    def is_day_off(self, day: date) -> bool:
        """Whether it is a public holiday here; 1 May is one everywhere."""
        small = self.is_small(day)
        decreed = not small and day in self.decreed
        return decreed or is_off(day, self.swaps, small=small)

    def is_holiday(self, day: date) -> bool:
        """Whether work on this day is holiday work."""
        return day.weekday() == self.rest_day or self.is_day_off(day)

    def is_contracted(self, day: date) -> bool:
        """Whether work was agreed for this day, and it is no public holiday."""
        agreed = self.weekly_hours > 0 and day.weekday() in self.work_days
        return agreed and not self.is_day_off(day)

    def is_part_time(self) -> bool:
        """Whether the contract is shorter than that of full-time workers."""
        return 0 < self.weekly_hours < self.full_time_hours

    def most(self, day: date) -> int:
        """Minutes of a day without overtime: eight hours, a part-timer's agreed ones."""
        most = int(law_on(day).number("working_time.daily_hours") * HOUR)
        if self.paid_by_day or not self.is_part_time():
            return most
        if day.weekday() not in self.work_days:
            return 0
        return min(most, int(self.weekly_hours * HOUR / len(self.work_days)))

    def limit(self, day: date) -> Figure:
        """The article behind that limit."""
        shorter = not self.paid_by_day and self.is_part_time()
        name = "part_time_limit" if shorter else "daily_hours"
        return law_on(day).figure(f"working_time.{name}")

    def needs_consent(self, day: date) -> bool:
        """Whether night and holiday work needs her consent (art. 70(1), five or more employees)."""
        return self.woman and not self.is_small(day)

    def break_owed(self, worked: int, day: date) -> int:
        """Minutes of break owed; none for four hours where she asked for it and the law allows."""
        allowed = law_on(day).figure("working_time.breaks").table.get("waived_up_to", 0)
        waived = self.break_waived and worked <= int(allowed * HOUR)
        return 0 if waived else break_owed(worked, day)


def law_on(day: date) -> LawAt:
    """The law book on a day; on its first one where the day lies before it."""
    return law_book().on(max(day, FIRST_DAY))


def break_owed(worked: int, day: date) -> int:
    """Minutes of break owed for minutes of work: 30 from four hours on, 60 from eight (art. 54)."""
    owed = law_on(day).figure("working_time.breaks").table
    if worked >= 8 * HOUR:
        return int(owed["from_8_hours"])
    return int(owed["from_4_hours"]) if worked >= 4 * HOUR else 0
