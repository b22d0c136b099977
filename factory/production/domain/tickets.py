"""Tickets: the first carries the bundle's number; one that replaces it carries its issue as well.

Only one ticket of a bundle holds at a time. A replaced one that turns up again is refused, and
says who printed the newer one and when.
"""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, check_digit, read_code

BUNDLE_DIGITS = 8
ISSUE_DIGITS = 2
LONG = BUNDLE_DIGITS + ISSUE_DIGITS + 1


class TicketVoid(Refused):
    """This ticket was replaced by {name} at {at}. Please take the newer one and tear this up."""

    field = "bundle"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scanned ticket says: the bundle and which of its tickets this is."""

    bundle: str
    issue: int


def ticket_code(bundle: str, issue: int) -> str:
    """What is printed: the bundle's digits, above the first issue with the issue and a check."""
    if issue == 1:
        return bundle
    body = f"{bundle}{issue:0{ISSUE_DIGITS}d}"
    return body + check_digit(body)


def read_ticket(text: str) -> Shown:
    """Take what a scanner read; a misread code or another paper is refused."""
    code = read_code(text, CodeKind.BUNDLE)
    if len(code) != LONG:
        return Shown(code, 1)
    return Shown(code[:BUNDLE_DIGITS], int(code[BUNDLE_DIGITS:-1]))
