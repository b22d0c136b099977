"""A day's minutes by kind: normal, overtime and holiday ones, and which of them were at night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factory.kernel.time import at, monday_of
from factory.law.book import FIRST_DAY, LawAt, law_book
from factory.law.calendar import is_labour_day, is_public_holiday
from factory.people.domain import WEEK, Terms, TermsKind
from factory.timeclock.domain import Shift

HOUR = 60
LONGEST_SHIFT = timedelta(hours=16)
"""Whoever came in so long ago at most may still be there; after that her going is missing."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes worked; each is normal, overtime or holiday work, and may be at night besides."""

    normal: int = 0
    overtime: int = 0
    holiday: int = 0
    night: int = 0
    """Those of the three that lie between 22:00 and 06:00."""

    @property
    def worked(self) -> int:
        """All of them."""
        return self.normal + self.overtime + self.holiday

    def __add__(self, other: Minutes) -> Minutes:
        return Minutes(
            self.normal + other.normal,
            self.overtime + other.overtime,
            self.holiday + other.holiday,
            self.night + other.night,
        )


@dataclass(frozen=True, slots=True)
class DayRules:
    """What a day's minutes are held against."""

    most: int
    """Minutes of a day without overtime."""
    holiday: bool
    """The weekly rest day or a public holiday."""
    comes: datetime | None
    """When she is to come, if it was agreed for this day."""


@dataclass(frozen=True, slots=True)
class DayMinutes:
    """One day's minutes, with the shifts they come from."""

    day: date
    shifts: tuple[Shift, ...]
    rules: DayRules

    @property
    def minutes(self) -> Minutes:
        """The day's minutes, by the day alone."""
        return minutes_of(self.shifts, self.rules)

    @property
    def break_minutes(self) -> int:
        """Minutes of punched breaks."""
        return sum(shift.break_minutes for shift in self.shifts)


@dataclass(frozen=True, slots=True)
class Timesheet:
    """Somebody's days, and which of their normal minutes are overtime by their week."""

    days: tuple[DayMinutes, ...]
    beyond: Mapping[date, int]

    @property
    def total(self) -> Minutes:
        """All minutes, each counted once; what lies beyond a week's 40 hours is overtime."""
        late = sum(self.beyond.get(each.day, 0) for each in self.days)
        whole = sum((each.minutes for each in self.days), Minutes())
        return whole + Minutes(normal=-late, overtime=late)


def minutes_of(shifts: Iterable[Shift], rules: DayRules) -> Minutes:
    """What a day's shifts come to; on a holiday every minute is holiday work."""
    found = tuple(shifts)
    worked = sum(shift.worked_minutes for shift in found)
    night = sum(shift.night_minutes for shift in found)
    if rules.holiday:
        return Minutes(holiday=worked, night=night)
    normal = min(worked, rules.most)
    return Minutes(normal=normal, overtime=worked - normal, night=night)


def rules_of(day: date, terms: Terms | None, employees: int) -> DayRules:
    """What holds on a day, by her terms and the law book.

    With fewer than five employees no public holiday binds but 1 May (Labor Standards Act, art. 11).
    """
    law, weekday = _law(day), WEEK[day.weekday()]
    small = employees < law.number("working_time.all_rules_from")
    off = is_labour_day(day) or (not small and is_public_holiday(day))
    rest = terms is not None and weekday == terms.rest_day
    agreed = terms is not None and weekday in terms.work_days and not off
    comes = at(day, terms.shift_start) if terms is not None and agreed else None
    return DayRules(_most(law, terms, weekday), rest or off, comes)


def _most(law: LawAt, terms: Terms | None, weekday: str) -> int:
    """Eight hours; a part-timer's agreed hours (Fixed-term and Part-time Workers Act, art. 6)."""
    most = int(law.number("working_time.daily_hours") * HOUR)
    if terms is None or terms.kind is TermsKind.DAILY:
        return most
    if not 0 < terms.weekly_hours < law.number("working_time.weekly_hours"):
        return most
    if weekday not in terms.work_days:
        return 0
    return min(most, terms.weekly_hours * HOUR // len(terms.work_days))


def beyond_the_week(days: Iterable[DayMinutes]) -> dict[date, int]:
    """Each day's normal minutes that lie beyond the week's 40 hours, in order of time.

    Holiday work counts towards them up to eight hours a day, and is never overtime itself.
    """
    counted: dict[date, int] = {}
    found: dict[date, int] = {}
    for each in sorted(days, key=lambda one: one.day):
        law, monday = _law(each.day), monday_of(each.day)
        most = int(law.number("working_time.weekly_hours") * HOUR)
        before, minutes = counted.get(monday, 0), each.minutes
        holiday = min(minutes.holiday, int(law.number("working_time.daily_hours") * HOUR))
        counted[monday] = before + minutes.normal + holiday
        if late := min(minutes.normal, max(0, before + minutes.normal - most)):
            found[each.day] = late
    return found


def _law(day: date) -> LawAt:
    return law_book().on(max(day, FIRST_DAY))


def is_still_there(since: datetime | None, moment: datetime) -> bool:
    """Whether a shift without an end may simply be going on."""
    return since is not None and since <= moment < since + LONGEST_SHIFT
