"""The law's watch: what is left of a week, and what a planned shift would break.

It speaks before the shift, while the week can still be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import HOUR, Rules, limits
from factory.attendance.domain.spans import Spans, at_night, minutes, without
from factory.kernel.errors import Refused
from factory.kernel.time import DAY, Length, monday_of
from factory.kernel.words import mark, say

WEEK = 7
NOON = 12 * HOUR


class ConcernKind(StrEnum):
    """What of the law a shift touches; the gravest first."""

    SPARED_NIGHT = "spared_night"
    SPARED_OVERTIME = "spared_overtime"
    OVER_52_HOURS = "over_52_hours"
    PART_TIME_OVER_12 = "part_time_over_12"
    NIGHT_WITHOUT_CONSENT = "night_without_consent"
    HOLIDAY_WITHOUT_CONSENT = "holiday_without_consent"
    NO_REST_DAY = "no_rest_day"
    BREAK_DUE = "break_due"
    PUBLIC_HOLIDAY = "public_holiday"
    ON_LEAVE = "on_leave"

    @property
    def label(self) -> str:
        """What it is, with {name}, {day} and {time} unfilled."""
        return _SENTENCES[self]

    @property
    def is_forbidden(self) -> bool:
        """Whether no word of anybody makes it lawful."""
        return self in {ConcernKind.SPARED_NIGHT, ConcernKind.SPARED_OVERTIME}


K = ConcernKind
_SENTENCES = {
    K.SPARED_NIGHT: mark("{name} does no night and no holiday work."),
    K.SPARED_OVERTIME: mark("{name} does no overtime: {time} too long."),
    K.OVER_52_HOURS: mark("{name} would be {time} over what a week may have."),
    K.PART_TIME_OVER_12: mark("{name} would be {time} over her contract and 12 hours."),
    K.NIGHT_WITHOUT_CONSENT: mark("{name} has not consented to work at night ({time})."),
    K.HOLIDAY_WITHOUT_CONSENT: mark("{name} has not consented to work on a holiday or rest day."),
    K.NO_REST_DAY: mark("{name} would have no day of rest in this week."),
    K.BREAK_DUE: mark("{name} needs {time} more of break in this shift."),
    K.PUBLIC_HOLIDAY: mark("It is a public holiday: {time} of holiday work for {name}."),
    K.ON_LEAVE: mark("{name} has leave on this day ({time})."),
}
_OF_WEEK = {K.OVER_52_HOURS, K.PART_TIME_OVER_12, K.NO_REST_DAY}
_FIGURES = {
    K.SPARED_NIGHT: "spared_night",
    K.SPARED_OVERTIME: "spared_overtime",
    K.OVER_52_HOURS: "weekly_overtime",
    K.PART_TIME_OVER_12: "part_time_overtime",
    K.NIGHT_WITHOUT_CONSENT: "consent",
    K.HOLIDAY_WITHOUT_CONSENT: "consent",
    K.NO_REST_DAY: "rest_days",
    K.BREAK_DUE: "breaks",
    K.PUBLIC_HOLIDAY: "paid_holidays",
}


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that a shift would break, with how many minutes and by which article."""

    kind: ConcernKind
    day: date
    minutes: int
    article: str

    def said(self, name: str) -> str:
        """The sentence about somebody, in the language spoken now."""
        return say(self.kind.label, name=name, day=self.day, time=Length(self.minutes))


class SparedFromNight(Refused):
    """{name} does no night and no holiday work. Please plan the shift between 06:00 and 22:00 on a working day."""  # noqa: E501 - one sentence

    field = "start"


class SparedFromOvertime(Refused):
    """{name} does no overtime. This plan is {time} too long."""

    field = "end"


@dataclass(frozen=True, slots=True)
class WeekLeft:
    """The running week: what is worked, what is planned, what is left."""

    monday: date
    worked: int
    planned: int
    """Of today's rest, the days to come, and past days of which a scan is missing."""
    limit: int | None
    """Nothing where the law sets none: fewer than five employees, full time."""

    @property
    def left(self) -> int | None:
        """What may still be worked beyond the plan; below zero where the plan is too much."""
        return None if self.limit is None else self.limit - self.worked - self.planned

    @property
    def rest(self) -> Length:
        """What is left, to be said; nothing where it is less than nothing."""
        return Length(max(0, self.left or 0))

    @property
    def over(self) -> Length:
        """What the plan has too much, to be said."""
        return Length(max(0, -(self.left or 0)))


def week_left(
    worked: Mapping[date, int],
    plan: Mapping[date, Planned],
    rules: Rules,
    *,
    today: date,
    unknown: AbstractSet[date] = frozenset(),
) -> WeekLeft:
    """What is left of today's week, from what was worked and what is planned from today on.

    A past day whose hours are unknown for want of a scan counts as planned.
    """
    monday = monday_of(today)
    week = [monday + number * DAY for number in range(WEEK)]
    to_come = {
        day: plan_minutes(plan[day], day)
        for day in week
        if day in plan and (day >= today or day in unknown)
    }
    rest = sum(max(0, planned - worked.get(day, 0)) for day, planned in to_come.items())
    return WeekLeft(monday, sum(worked.get(day, 0) for day in week), rest, limit(rules, today))


def limit(rules: Rules, day: date) -> int | None:
    """The most minutes of a week: 52 hours, for part-timers their contract and 12 hours."""
    law = limits(day, rules.law)
    if rules.is_part_time():
        return int(rules.weekly_hours * HOUR) + law.part_time_overtime
    return None if rules.is_small(day) else law.weekly_with_overtime


def with_agreed_break(planned: Planned, agreed: int) -> Planned:
    """The same with the break that her contract leaves room for, if none is named.

    It begins at noon where it lies within the shift, else it is in the middle of it.
    `agreed` are the minutes of work agreed for a day; hours of a contract never pass midnight.
    """
    start, end = _minute(planned.start), _minute(planned.end)
    room = end - start - agreed
    if planned.breaks or agreed <= 0 or room <= 0:
        return planned
    at_noon = start < NOON and NOON + room < end
    first = NOON if at_noon else start + (end - start - room) // 2
    return replace(planned, breaks=((_wall(first), _wall(first + room)),))


def _minute(wall: str) -> int:
    hours, minute = wall.split(":")
    return int(hours) * HOUR + int(minute)


def _wall(minute: int) -> str:
    return f"{minute // HOUR:02d}:{minute % HOUR:02d}"


def work_of(planned: Planned, day: date) -> Spans:
    """The planned shift without its breaks."""
    return without(planned.hours(day), planned.pauses(day))


def plan_minutes(planned: Planned, day: date) -> int:
    """How many minutes of work are planned for a day."""
    return minutes(work_of(planned, day))


def concerns(
    rules: Rules, day: date, planned: Planned, others: Mapping[date, int]
) -> tuple[Concern, ...]:
    """What this shift would break; `others` are the minutes of the week's other days."""
    work = work_of(planned, day)
    if not work:
        return ()
    found = {kind: length for kind, length in _found(rules, day, planned, others) if length > 0}
    return tuple(_concern(rules, kind, day, found[kind]) for kind in ConcernKind if kind in found)


def once(found: Iterable[Concern]) -> tuple[Concern, ...]:
    """What is said of several days of one week, each concern about the whole week once."""
    kept: list[Concern] = []
    for each in found:
        told = {other.kind for other in kept}
        if each.kind not in _OF_WEEK or each.kind not in told:
            kept.append(each)
    return tuple(kept)


def _concern(rules: Rules, kind: ConcernKind, day: date, length: int) -> Concern:
    figure = rules.law.at(day).figure(f"working_time.{_FIGURES[kind]}")
    return Concern(kind, day, length, figure.article)


Found = Iterator[tuple[ConcernKind, int]]


def _found(rules: Rules, day: date, planned: Planned, others: Mapping[date, int]) -> Found:
    work = work_of(planned, day)
    length, night = minutes(work), at_night(work)
    week = length + sum(others.values())
    yield from _of_week(rules, day, week, others)
    yield from _of_her(rules, day, length, night)
    if rules.spared:
        yield from _of_spared(rules, day, length, night, week)
    pauses = minutes(planned.pauses(day))
    yield K.BREAK_DUE, rules.break_owed(length, day) - pauses


def _of_week(rules: Rules, day: date, week: int, others: Mapping[date, int]) -> Found:
    most = limit(rules, day)
    if most is not None:
        kind = K.PART_TIME_OVER_12 if rules.is_part_time() else K.OVER_52_HOURS
        yield kind, week - most
    if sum(1 for other in others.values() if other) >= WEEK - 1:
        yield K.NO_REST_DAY, week


def _of_her(rules: Rules, day: date, length: int, night: int) -> Found:
    holiday = length if rules.is_holiday(day) else 0
    if rules.needs_consent(day):
        yield K.NIGHT_WITHOUT_CONSENT, 0 if rules.night_consent else night
        yield K.HOLIDAY_WITHOUT_CONSENT, 0 if rules.holiday_consent else holiday
    if rules.is_day_off(day):
        yield K.PUBLIC_HOLIDAY, holiday


def _of_spared(rules: Rules, day: date, length: int, night: int, week: int) -> Found:
    """Neither night nor holiday, nor beyond the day's limit or the week's 40 hours."""
    yield K.SPARED_NIGHT, max(night, length if rules.is_holiday(day) else 0)
    most = limits(day, rules.law).weekly
    own = min(most, int(rules.weekly_hours * HOUR)) if rules.is_part_time() else most
    yield K.SPARED_OVERTIME, max(length - rules.most(day), week - own)


def refuse_forbidden(name: str, found: Iterable[Concern]) -> None:
    """Refuse what the law forbids, whoever agrees to it."""
    for each in found:
        if each.kind is K.SPARED_NIGHT:
            raise SparedFromNight(name=name)
        if each.kind is K.SPARED_OVERTIME:
            raise SparedFromOvertime(name=name, time=Length(each.minutes))
