"""What pages and other rooms ask about days; a module each for what is asked."""

from factory.attendance.queries.book import Book, load
from factory.attendance.queries.days import (
    DayLine,
    approved,
    clock_against_scans,
    day,
    first_open_day,
    line,
    own_days,
    state_of_days,
    to_settle,
)
from factory.attendance.queries.pay import ForPay, absences, for_pay, shutdowns
from factory.attendance.queries.plans import RestDay, assigned, days_of_rest, patterns
from factory.attendance.queries.sheets import month, sheet

__all__ = [
    "Book",
    "DayLine",
    "ForPay",
    "RestDay",
    "absences",
    "approved",
    "assigned",
    "clock_against_scans",
    "day",
    "days_of_rest",
    "first_open_day",
    "for_pay",
    "line",
    "load",
    "month",
    "own_days",
    "patterns",
    "sheet",
    "shutdowns",
    "state_of_days",
    "to_settle",
]
