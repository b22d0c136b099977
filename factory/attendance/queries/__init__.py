"""What pages and other rooms ask about days; a module each for what is asked."""

from factory.attendance.queries.book import Book
from factory.attendance.queries.counts import headcount, headcounts, regular_employees
from factory.attendance.queries.days import (
    DayLine,
    approved,
    clock_against_scans,
    day,
    first_open_day,
    first_unclosed,
    grounds,
    line,
    own_days,
    state_of_days,
    to_settle,
)
from factory.attendance.queries.grid import grid, hers
from factory.attendance.queries.pay import ForPay, absences, for_pay, shutdowns
from factory.attendance.queries.plans import (
    Assigned,
    RestDay,
    assigned,
    days_of_rest,
    patterns,
    rests,
)
from factory.attendance.queries.reading import load
from factory.attendance.queries.sheets import month, sheet
from factory.attendance.queries.standing import load_closed
from factory.attendance.queries.watch import (
    WeekLine,
    concerns_on,
    more_would_break,
    near,
    own_week,
    week,
    week_of,
    would_break,
)

__all__ = [
    "Assigned",
    "Book",
    "DayLine",
    "ForPay",
    "RestDay",
    "WeekLine",
    "absences",
    "approved",
    "assigned",
    "clock_against_scans",
    "concerns_on",
    "day",
    "days_of_rest",
    "first_open_day",
    "first_unclosed",
    "for_pay",
    "grid",
    "grounds",
    "headcount",
    "headcounts",
    "hers",
    "line",
    "load",
    "load_closed",
    "month",
    "more_would_break",
    "near",
    "own_days",
    "own_week",
    "patterns",
    "regular_employees",
    "rests",
    "sheet",
    "shutdowns",
    "state_of_days",
    "to_settle",
    "week",
    "week_of",
    "would_break",
]
