"""A basket that waits: the customer fetches her purse, and others are served meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from factory.kernel.errors import Refused
from factory.till.domain.sale import Basket


class WaitsNoMore(Refused):
    """This basket waits no more. It was sold or put away."""


@dataclass(frozen=True, slots=True)
class Held:
    """A basket that waits. It keeps the id of its sale, so that it can never be sold twice."""

    sale_id: str
    name: str
    basket: Basket
    at: datetime
    by: str

    @property
    def coats(self) -> int:
        """How many coats wait."""
        return sum(line.quantity for line in self.basket.lines)
