"""`didim calc timesheet`: days and weeks from the events of one worker (`contracts.md` §2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from factory.attendance.domain.day import Event, Flag, Known, SheetDay
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import Rules, law_on
from factory.attendance.domain.sheet import Sheet, reckon
from factory.attendance.domain.week import SheetWeek, beyond
from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields, as_day
from factory.kernel.time import SEOUL, Interval, day_of, monday_of
from factory.kernel.words import mark
from factory.law.book import law_book
from factory.payroll.domain.case import PayKind, Terms
from factory.payroll.domain.given import (
    read_clock,
    read_pair,
    read_terms,
    read_wall,
    read_workplace,
)
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.explain import explained, plain
from factory.timeclock.domain import PunchKind

NIGHT = "Labor Standards Act, art. 56(3)"
HOLIDAY = "Labor Standards Act, art. 56(2)"
WORKING_TIME = "Labor Standards Act, art. 50(3)"


def timesheet(given: Fields) -> dict[str, Any]:
    """Somebody's days and weeks."""
    rules = _rules(given)
    events = [_event(each) for each in given.objects("events")]
    known = Known(_plan(given), _approved(given))
    given.done()
    sheet = reckon(events, lambda _: rules, known)
    exact = _exactly(sheet.days, rules)
    return {
        "days": [_day(day, exact) for day in sheet.days],
        "weeks": [_week(week, exact) for week in sheet.weeks],
        "explain": list(_explain(sheet, rules, exact)),
    }


@dataclass(frozen=True, slots=True)
class Exact:
    """Overtime of days and weeks in minutes, exactly.

    22.5 hours a week on four days are 337.5 minutes a day: then half minutes are counted.
    """

    most: Mapping[date, Fraction]
    own: Mapping[date, Fraction]
    beyond: Mapping[date, Fraction]

    def of_days(self, monday: date) -> Fraction:
        """What lies beyond the days' limits in a week."""
        return sum((won for day, won in self.own.items() if monday_of(day) == monday), Fraction(0))

    def of_week(self, monday: date) -> Fraction:
        """The same with what lies beyond the week's limit."""
        late = (won for day, won in self.beyond.items() if monday_of(day) == monday)
        return self.of_days(monday) + sum(late, Fraction(0))


def _exactly(days: Iterable[SheetDay], rules: Rules) -> Exact:
    parts = rules.agreed_daily.denominator if rules.work_days else 1
    cut = [_in_parts(day, rules, parts) for day in days]
    late: dict[date, int] = {}
    for _, own in groupby(cut, key=lambda day: monday_of(day.date)):
        week = tuple(own)
        late |= beyond(week, rules.law, parts)
    return Exact(
        {day.date: _most(day.date, rules) for day in cut},
        {day.date: Fraction(day.overtime, parts) for day in cut},
        {day: Fraction(minutes, parts) for day, minutes in late.items()},
    )


def _in_parts(day: SheetDay, rules: Rules, parts: int) -> SheetDay:
    """A day with its work counted in so many parts of a minute."""
    most = _most(day.date, rules)
    over = Fraction(0) if rules.is_holiday(day.date) else max(Fraction(0), day.worked - most)
    return replace(
        day, worked=day.worked * parts, holiday=day.holiday * parts, overtime=int(over * parts)
    )


def _most(day: date, rules: Rules) -> Fraction:
    """Minutes of a day without overtime; of a part-timer's exactly those agreed."""
    whole = Fraction(rules.most(day))
    if not whole or rules.paid_by_day or not rules.is_part_time():
        return whole
    return min(Fraction(rules.on(day).limits.daily), rules.agreed_daily)


def _rules(given: Fields) -> Rules:
    employees, full_time = read_workplace(given.within("workplace"))
    terms, worker = read_terms(given.within("terms")), given.within("worker")
    woman, night = worker.yes("woman"), worker.yes("night_consent")
    holiday = worker.yes("holiday_consent", default=night)
    worker.done()
    return _held(terms, employees, full_time, woman=woman, night=night, holiday=holiday)


def _held(
    terms: Terms, employees: int, full_time: Fraction, *, woman: bool, night: bool, holiday: bool
) -> Rules:
    return Rules(
        employees=employees,
        full_time_hours=full_time,
        weekly_hours=terms.weekly_hours,
        work_days=terms.work_days,
        rest_day=terms.rest_day,
        paid_by_day=terms.kind is PayKind.DAILY,
        woman=woman,
        night_consent=night,
        holiday_consent=holiday,
    )


def _event(given: Fields) -> Event:
    event = Event(given.one_of("kind", PunchKind), given.moment("at"))
    law_book().on(day_of(event.at))
    given.done()
    return event


def _plan(given: Fields) -> dict[date, Planned]:
    days = given.optional("plan")
    return {} if days is None else dict(_planned(days, text) for text in days.names())


def _planned(days: Fields, text: str) -> tuple[date, Planned]:
    start, end = read_pair(days.take(text), path := days.at(text))
    begins, ends = read_clock(start, path), read_clock(end, path)
    if begins == ends:
        raise BadInput(path, mark("must end at another time than it starts"))
    return as_day(text, path), Planned(f"{begins:%H:%M}", f"{ends:%H:%M}")


def _approved(given: Fields) -> tuple[Interval, ...]:
    found = given.each("approved")
    return tuple(_span(pair, f"{given.at('approved')}[{i}]") for i, pair in found)


def _span(pair: Any, path: str) -> Interval:
    start, end = (read_wall(text, path).replace(tzinfo=SEOUL) for text in read_pair(pair, path))
    if end <= start:
        raise BadInput(path, mark("must be after the start"))
    return Interval(start, end)


def _day(day: SheetDay, exact: Exact) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "worked_minutes": day.worked,
        "present_minutes": day.present,
        "break_minutes": day.breaks,
        "night_minutes": day.night,
        "overtime_minutes": plain(exact.own[day.date]),
        "holiday_minutes": day.holiday,
        "flags": [str(flag) for flag in day.flags],
    }


def _week(week: SheetWeek, exact: Exact) -> dict[str, Any]:
    return {
        "monday": week.monday.isoformat(),
        "worked_minutes": week.worked,
        "overtime_minutes": plain(exact.of_week(week.monday)),
        "weekly_holiday_earned": week.weekly_holiday_earned,
        "flags": [str(flag) for flag in week.flags],
    }


def _explain(sheet: Sheet, rules: Rules, exact: Exact) -> Iterator[dict[str, Any]]:
    for day in sheet.days:
        yield from ({"date": f"{day.date}", **explained(why)} for why in _of_day(day, rules, exact))
    for week in sheet.weeks:
        if exact.of_week(week.monday):
            yield {"monday": f"{week.monday}", **explained(_of_week(week.monday, exact))}


def _of_day(day: SheetDay, rules: Rules, exact: Exact) -> Iterator[PayLine]:
    worked = _minutes("worked", day.worked)
    if exact.own[day.date]:
        limit = rules.limit(day.date)
        most = Input("limit", exact.most[day.date], "minute", limit.article)
        yield line("overtime_minutes", "worked - limit", (worked, most), limit.article)
    if day.night:
        yield line("night_minutes", "night", (_minutes("night", day.night),), NIGHT)
    if day.holiday:
        yield line("holiday_minutes", "worked", (worked,), HOLIDAY)
    if Flag.PRESENT_NOT_SETTLED in day.flags:
        there = (_minutes("present", day.present), _minutes("breaks", day.breaks), worked)
        yield line("present_not_settled", "present - breaks - worked", there, WORKING_TIME)


def _of_week(monday: date, exact: Exact) -> PayLine:
    own, whole = exact.of_days(monday), exact.of_week(monday)
    inputs = (_minutes("days", own), _minutes("beyond", whole - own))
    article = law_on(monday).figure("working_time.weekly_hours").article
    return line("week_overtime_minutes", "days + beyond", inputs, article)


def _minutes(name: str, value: Fraction | int) -> Input:
    return Input(name, Fraction(value), "minute", "time clock")
