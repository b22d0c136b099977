"""What pages and other rooms ask about days; a module each for what is asked."""

from factory.attendance.queries.book import Book, load
from factory.attendance.queries.days import (
    DayLine,
    approved,
    clock_against_scans,
    day,
    line,
    state_of_days,
    to_settle,
)
from factory.attendance.queries.pay import ForPay, absences, for_pay, shutdowns
from factory.attendance.queries.plans import assigned, patterns
from factory.attendance.queries.sheets import month, sheet

__all__ = [
    "Book",
    "DayLine",
    "ForPay",
    "absences",
    "approved",
    "assigned",
    "clock_against_scans",
    "day",
    "for_pay",
    "line",
    "load",
    "month",
    "patterns",
    "sheet",
    "shutdowns",
    "state_of_days",
    "to_settle",
]
