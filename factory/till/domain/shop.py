"""What a receipt has to say about the seller (VAT Act, art. 36; its decree, art. 73)."""

from __future__ import annotations

from dataclasses import dataclass

from factory.business.domain import Business
from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.till.domain.discount import CASHIERS_PERCENT

TOLERANCE = Money(1_000)
"""Until the shop says otherwise."""


RETURN_DAYS = 7
"""As the dispute guideline for clothing has it, until the shop says otherwise."""


MOST_TILLS = 4


class MayNotSell(Refused):
    """Whoever signed in here may not sell. Please let somebody take over who does."""

    field = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop(Business):
    """The business as the seller that receipts name, and what holds at its tills."""

    terms: str = ""
    """What holds for exchange and refund, in the shop's own words."""
    tolerance: Money = TOLERANCE
    """How much a drawer may differ at the day's end before somebody has to say why."""
    cashiers_percent: int = CASHIERS_PERCENT
    """How much of the full price a cashier may take off by herself."""
    return_days: int = RETURN_DAYS
    """How many days after a sale coats are taken back without a manager."""
    tills: int = 1
    """How many tills with a drawer of their own there are."""
