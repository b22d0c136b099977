"""For whom coats are made, and how far an order has come."""

from __future__ import annotations

from enum import StrEnum

from factory.kernel.words import mark


class OrderKind(StrEnum):
    """For whom coats are made."""

    CUSTOMER = "customer"
    STOCK = "stock"
    SAMPLE = "sample"
    MADE = "made"

    @property
    def is_promised(self) -> bool:
        """Whether its coats are kept for whoever ordered them, at a price that was said."""
        return self in {OrderKind.CUSTOMER, OrderKind.MADE}

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    OrderKind.CUSTOMER: mark("for a customer"),
    OrderKind.STOCK: mark("season stock for the shop"),
    OrderKind.SAMPLE: mark("samples"),
    OrderKind.MADE: mark("made to measure for one person"),
}


class OrderState(StrEnum):
    """How far an order has come."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    IN_CUTTING = "in_cutting"
    IN_PRODUCTION = "in_production"
    COMPLETE = "complete"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state as people say it."""
        return _STATES[self]


_STATES = {
    OrderState.DRAFT: mark("draft"),
    OrderState.CONFIRMED: mark("confirmed"),
    OrderState.IN_CUTTING: mark("in cutting"),
    OrderState.IN_PRODUCTION: mark("in production"),
    OrderState.COMPLETE: mark("all made"),
    OrderState.CLOSED: mark("closed off"),
    OrderState.CANCELLED: mark("cancelled"),
}
WAY = (
    OrderState.CONFIRMED,
    OrderState.IN_CUTTING,
    OrderState.IN_PRODUCTION,
    OrderState.COMPLETE,
    OrderState.CLOSED,
)
"""The states of an order in the order of time, once it is confirmed."""
OPEN = frozenset(WAY[:-1])
"""Confirmed and not closed: what the floor works for."""
CUT = frozenset(WAY[1:-1])
"""Open, and cloth has been cut for it."""
