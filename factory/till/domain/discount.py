"""Money off: why, how much of it a cashier may give, and how it is shared among the lines."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.stock.domain import NotInStock

CASHIERS_PERCENT = 10
"""What a cashier may take off until the shop says otherwise, in percent of the full price."""


class PinWanted(Refused):
    """Now the PIN as well, please."""

    field = "pin"


class OffFor(StrEnum):
    """Why something is taken off."""

    SEASON = "season"
    FLAW = "flaw"
    REGULAR = "regular"
    COLLEAGUE = "colleague"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it."""
        return _REASONS[self]


_REASONS = {
    OffFor.SEASON: mark("end of the season"),
    OffFor.FLAW: mark("small flaw"),
    OffFor.REGULAR: mark("regular customer"),
    OffFor.COLLEAGUE: mark("colleague"),
    OffFor.OTHER: mark("another reason"),
}


class SaleDiscountTooLarge(Refused):
    """Of this sale at most {most} can be taken off, and not below zero."""

    field = "off"


class WhyTakenOff(Refused):
    """Please choose why something is taken off."""

    field = "why"


class MoreThanCashiersTakeOff(Refused):
    """More than {most} off needs a manager. She scans her badge and types her PIN."""

    field = "badge"


class OtherPrice(Refused):
    """Another price needs a manager. She scans her badge and types her PIN."""

    field = "badge"


class NotOnRail(NotInStock):
    """Of {coat} there are {there} on the rail, not {asked}. A manager's badge and PIN sell it."""

    field = "badge"


def share(off: Money, worths: Sequence[Money]) -> tuple[Money, ...]:
    """Share an amount among lines by their worth, to the won: what comes back later is right."""
    total = Money.total(worths)
    if not ZERO <= off <= total:
        raise SaleDiscountTooLarge(most=total)
    parts, so_far, given = [], ZERO, ZERO
    for worth in worths:
        so_far += worth
        until = Money(off.won * so_far.won // total.won) if total else ZERO
        parts.append(until - given)
        given = until
    return tuple(parts)


def most_off(full: Money, percent: int) -> Money:
    """What a cashier may take off of a full price."""
    return Money(int(Fraction(full.won * percent, 100)))


def refuse_too_much_off(off: Money, full: Money, percent: int) -> None:
    """Refuse what only a manager may take off: `MoreThanCashiersTakeOff`."""
    most = most_off(full, percent)
    if off > most:
        raise MoreThanCashiersTakeOff(most=most)


def refuse_without_why(off: Money, why: OffFor | None) -> None:
    """Refuse to take something off without a reason."""
    if off and why is None:
        raise WhyTakenOff
