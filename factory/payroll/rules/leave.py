"""Weekly holidays, public holidays and leave that are paid."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.payroll.domain.case import PayKind
from factory.payroll.domain.hours import NONE
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.reckoning import Reckoning

INSIDE = frozenset({PayKind.MONTHLY, PayKind.FREELANCE})
"""Kinds of pay that have these days inside, or none."""


def weekly_holiday(r: Reckoning) -> Iterator[PayLine]:
    """A week attended on every contracted day earns a paid day of rest."""
    hours = sum((week.hours for week in r.weekly), NONE)
    yield from _line(r, "weekly_holiday", hours, "working_time.weekly_holiday_from")


def paid_holiday(r: Reckoning) -> Iterator[PayLine]:
    """A public holiday on a contracted day is paid."""
    hours = sum((h for _, h in r.holidays), NONE)
    yield from _line(r, "paid_holiday", hours, "working_time.paid_holidays")


def paid_leave(r: Reckoning) -> Iterator[PayLine]:
    """A day of leave is paid like the work agreed for it."""
    hours = sum((h for _, h in r.leave), NONE)
    yield from _line(r, "paid_leave", hours, "working_time.paid_leave")


def unused_leave(r: Reckoning) -> Iterator[PayLine]:
    """Days of leave that were not used are paid at the ordinary wage of a day."""
    days = r.case.unused_leave
    if not days or r.kind is PayKind.FREELANCE or r.case.end != r.case.whole[1]:
        return
    inputs = (
        Input("days", days, "day", "leave"),
        Input("day_hours", r.day_hours, "hour", "contract"),
        Input("wage", r.ordinary, "KRW/hour", "ordinary hourly wage"),
    )
    article = r.law.figure("wages.unused_leave").article
    measure = (days, "day", r.day_hours * r.ordinary)
    yield line("unused_leave", "days * day_hours * wage", inputs, article, measure=measure)


def _line(r: Reckoning, code: str, hours: Fraction, figure: str) -> Iterator[PayLine]:
    if not hours or r.kind in INSIDE:
        return
    inputs = (
        Input("hours", hours, "hour", "calendar and time clock"),
        Input("hourly", r.hourly, "KRW/hour", "contract"),
    )
    article = r.law.figure(figure).article
    yield line(code, "hours * hourly", inputs, article, measure=(hours, "hour", r.hourly))
