"""Tickets: each has a code of its own, taken from the one running row of eight digits.

The first ticket carries the bundle's number. One that replaces it takes the next number of the
same row, so that however often a bundle's ticket is lost, its code stays as short as the first.
Only one ticket of a bundle holds at a time. A replaced one that turns up again is refused, and
says who printed the newer one and when.
"""

from __future__ import annotations

from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, read_code, running_code


class TicketVoid(Refused):
    """This ticket was replaced by {name} at {at}. Please take the newer one and tear this up."""

    field = "bundle"


def ticket_code(serial: int) -> str:
    """What is printed for a number of the row: eight digits, the last one a check."""
    return running_code(CodeKind.BUNDLE, serial)


def read_ticket(text: str) -> str:
    """Take what a scanner read; a misread code or another paper is refused."""
    return read_code(text, CodeKind.BUNDLE)
