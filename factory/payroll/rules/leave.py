"""Weekly holidays, public holidays and leave that are paid."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.payroll.domain.case import LapsedLeave, PayKind
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
    """Days of leave that were not used are paid at the ordinary wage of a day.

    It is the wage of the month in which they could last be used: of the month before where they
    lapsed then, of this one where they end with her last day.
    """
    found = list(_unused(r))
    if not found or r.kind is PayKind.FREELANCE or r.case.end != r.case.whole[1]:
        return
    inputs: list[Input] = []
    terms: list[str] = []
    for number, (each, wage_of) in enumerate(found, 1):
        inputs.append(Input(f"days_{number}", each.days, "day", "leave"))
        inputs.append(Input(f"day_hours_{number}", each.day_hours, "hour", "contract"))
        inputs.append(Input(f"wage_{number}", each.wage, "KRW/hour", wage_of))
        terms.append(f"days_{number} * day_hours_{number} * wage_{number}")
    article = r.law.figure("wages.unused_leave").article
    rate = found[0][0].day_hours * found[0][0].wage if len(found) == 1 else None
    measure = (sum((each.days for each, _ in found), NONE), "day", rate)
    yield line("unused_leave", " + ".join(terms), tuple(inputs), article, measure=measure)


def _unused(r: Reckoning) -> Iterator[tuple[LapsedLeave, str]]:
    if r.case.lapsed is not None:
        yield r.case.lapsed, "ordinary hourly wage of the month before"
    if r.case.unused_leave:
        yield LapsedLeave(r.case.unused_leave, r.day_hours, r.ordinary), "ordinary hourly wage"


def _line(r: Reckoning, code: str, hours: Fraction, figure: str) -> Iterator[PayLine]:
    if not hours or r.kind in INSIDE:
        return
    inputs = (
        Input("hours", hours, "hour", "calendar and time clock"),
        Input("hourly", r.hourly, "KRW/hour", "contract"),
    )
    article = r.law.figure(figure).article
    yield line(code, "hours * hourly", inputs, article, measure=(hours, "hour", r.hourly))
