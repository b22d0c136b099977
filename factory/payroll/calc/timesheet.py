"""`didim calc timesheet`: days and weeks from the events of one worker (`contracts.md` §2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from factory.attendance.domain.day import Event, Flag, Known, SheetDay
from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import Rules, law_on
from factory.attendance.domain.sheet import Sheet, reckon
from factory.attendance.domain.week import SheetWeek
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
from factory.payroll.explain import explained
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
    return {
        "days": [_day(day) for day in sheet.days],
        "weeks": [_week(week) for week in sheet.weeks],
        "explain": list(_explain(sheet, rules)),
    }


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


def _day(day: SheetDay) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "worked_minutes": day.worked,
        "present_minutes": day.present,
        "break_minutes": day.breaks,
        "night_minutes": day.night,
        "overtime_minutes": day.overtime,
        "holiday_minutes": day.holiday,
        "flags": [str(flag) for flag in day.flags],
    }


def _week(week: SheetWeek) -> dict[str, Any]:
    return {
        "monday": week.monday.isoformat(),
        "worked_minutes": week.worked,
        "overtime_minutes": week.overtime,
        "weekly_holiday_earned": week.weekly_holiday_earned,
        "flags": [str(flag) for flag in week.flags],
    }


def _explain(sheet: Sheet, rules: Rules) -> Iterator[dict[str, Any]]:
    for day in sheet.days:
        yield from ({"date": f"{day.date}", **explained(why)} for why in _of_day(day, rules))
    for week in sheet.weeks:
        if week.overtime:
            yield {"monday": f"{week.monday}", **explained(_of_week(week, sheet.days))}


def _of_day(day: SheetDay, rules: Rules) -> Iterator[PayLine]:
    worked = _minutes("worked", day.worked)
    if day.overtime:
        limit = rules.limit(day.date)
        most = Input("limit", Fraction(rules.most(day.date)), "minute", limit.article)
        yield line("overtime_minutes", "worked - limit", (worked, most), limit.article)
    if day.night:
        yield line("night_minutes", "night", (_minutes("night", day.night),), NIGHT)
    if day.holiday:
        yield line("holiday_minutes", "worked", (worked,), HOLIDAY)
    if Flag.PRESENT_NOT_SETTLED in day.flags:
        there = (_minutes("present", day.present), _minutes("breaks", day.breaks), worked)
        yield line("present_not_settled", "present - breaks - worked", there, WORKING_TIME)


def _of_week(week: SheetWeek, days: tuple[SheetDay, ...]) -> PayLine:
    own = sum(day.overtime for day in days if monday_of(day.date) == week.monday)
    inputs = (_minutes("days", own), _minutes("beyond", week.overtime - own))
    article = law_on(week.monday).figure("working_time.weekly_hours").article
    return line("week_overtime_minutes", "days + beyond", inputs, article)


def _minutes(name: str, value: int) -> Input:
    return Input(name, Fraction(value), "minute", "time clock")
