"""Severance: what is owed, and for how many years it is taxed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import count

from factory.kernel.money import Rounding
from factory.kernel.time import months_later
from factory.law.book import LawBook
from factory.payroll.domain.average import YEAR, Average
from factory.payroll.domain.lines import Input, PayLine, line, up_to_hundredth
from factory.payroll.domain.reckoning import Reckoning

PAYSLIPS = "payslips of three months"
OF_A_YEAR = "payslips of the last year"


def ordinary_daily(r: Reckoning) -> Fraction:
    """The ordinary wage of a day, up to 0.01 won: hourly wage times the hours of a working day."""
    return up_to_hundredth(r.ordinary * r.day_hours)


def service_days(hired: date, leaving: date) -> int:
    """Days of service; leaving is the day after the last one worked."""
    return (leaving - hired).days


def is_owed(service: int, weekly_hours: Fraction, book: LawBook) -> bool:
    """Whether severance is owed: from one year and from 15 agreed hours a week on (art. 4(1))."""
    year = book.newest("wages.severance_year").number
    return service >= year and weekly_hours >= book.newest("wages.severance_weekly_hours").number


def severance(average: Average, service: int, ordinary: Fraction, book: LawBook) -> PayLine:
    """Thirty days of average wage for each year, or of the ordinary wage where that is higher.

    Nothing is owed for less than a year; then no day of service counts.
    """
    days, year = book.newest("wages.severance_days"), book.newest("wages.severance_year")
    counted = service if service >= year.number else 0
    inputs = (
        Input("wages", average.wages, "KRW", PAYSLIPS),
        Input("bonus", Fraction(average.bonus), "KRW", OF_A_YEAR),
        Input("leave_pay", Fraction(average.leave), "KRW", OF_A_YEAR),
        Input.of_law("months", book.newest("wages.average_months")),
        Input("calendar_days", Fraction(average.days), "day", "calendar"),
        Input("ordinary_daily", ordinary, "KRW/day", "ordinary wage of a day"),
        Input.of_law("days", days),
        Input("service_days", Fraction(counted), "day", "contract"),
        Input.of_law("year", year),
    )
    daily = f"up((wages + (bonus + leave_pay) * months / {YEAR}) / calendar_days)"
    formula = f"max({daily}, ordinary_daily) * days * service_days / year"
    return line("severance", formula, inputs, days.article, rounding=Rounding.HALF_UP)


def years_of_service(hired: date, leaving: date) -> int:
    """Years of service for the tax: a year that was begun counts as one."""
    return next(years for years in count(1) if months_later(hired, YEAR * years) >= leaving)
