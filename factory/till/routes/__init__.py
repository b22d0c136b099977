"""Pages of the till: selling, coats that come back, the day, and what the office looks at."""

from factory.till.routes import (
    cash_receipts,
    day,
    firms,
    here,
    measures,
    office,
    prices,
    returning,
    selling,
    taking_in,
    tickets,
)
from factory.till.routes.door import TILES, bp

REMINDERS = (*tickets.REMINDERS, *cash_receipts.REMINDERS)

__all__ = [
    "REMINDERS",
    "TILES",
    "bp",
    "cash_receipts",
    "day",
    "firms",
    "here",
    "measures",
    "office",
    "prices",
    "returning",
    "selling",
    "taking_in",
    "tickets",
]
