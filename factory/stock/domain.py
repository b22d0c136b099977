"""Movements of finished coats, and from which lot a coat is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark

Lots = tuple[tuple[str, int], ...]
"""How many coats of which lot; a lot is the cell of an order that they were made for."""
FOUND = ""
"""The lot of coats that nobody knows the order of."""


class NotInStock(Refused):
    """Of this coat there are {there} on the rail, not {asked}."""

    field = "quantity"


class NothingMoved(Refused):
    """Please give a number of at least one."""

    field = "quantity"


class CountBelowZero(Refused):
    """A count can't be below zero."""

    field = "counted"


class WhyIsMissing(Refused):
    """Please say why, so that it can be understood later."""

    field = "reason"


class NotSoldLikeThat(Refused):
    """Under {ref} there are {sold} of this coat to give back, not {asked}."""

    field = "quantity"


class Kind(StrEnum):
    """Why coats came or went."""

    RECEIVED = "received"
    SHIPPED = "shipped"
    SOLD = "sold"
    RETURNED = "returned"
    SCRAPPED = "scrapped"
    COUNTED = "counted"
    TAKEN_BACK = "taken_back"
    REGRADED = "regraded"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    Kind.RECEIVED: mark("finished"),
    Kind.SHIPPED: mark("shipped"),
    Kind.SOLD: mark("sold"),
    Kind.RETURNED: mark("given back"),
    Kind.SCRAPPED: mark("thrown away"),
    Kind.COUNTED: mark("counted"),
    Kind.TAKEN_BACK: mark("back to the work"),
    Kind.REGRADED: mark("now second grade"),
}


@dataclass(frozen=True, slots=True)
class Movement:
    """Coats of one kind and lot came (+) or went (−)."""

    event_id: str
    item: str
    quantity: int
    kind: Kind
    lot: str
    ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Balance:
    """Coats of one kind and lot that are there."""

    lot: str
    on_hand: int
    for_customer: bool = False


@dataclass(frozen=True, slots=True)
class CellBalance:
    """Where the coats of one order cell are that ever came to the rail (R2 of the domain notes).

    `sold` is less what was given back; `lost` is what counts did not find; what was taken back into
    work never came.
    """

    first: int = 0
    second: int = 0
    shipped: int = 0
    sold: int = 0
    scrapped: int = 0
    lost: int = 0

    @property
    def came(self) -> int:
        """All coats that came, wherever they are now."""
        return self.first + self.second + self.shipped + self.sold + self.scrapped + self.lost


def checked_quantity(quantity: int) -> int:
    """A number of coats that can move, or `NothingMoved`."""
    if quantity < 1:
        raise NothingMoved
    return quantity


def draw(balances: Iterable[Balance], quantity: int) -> Lots:
    """From which lots coats are taken: season stock first, then customers' orders, oldest first.

    The balances come oldest first; refuses `NotInStock`, so that no balance falls below zero (R8).
    """
    known = tuple(balances)
    there = sum(balance.on_hand for balance in known)
    if checked_quantity(quantity) > there:
        raise NotInStock(there=there, asked=quantity)
    in_turn = sorted(known, key=lambda balance: balance.for_customer)
    return _filled(((balance.lot, balance.on_hand) for balance in in_turn), quantity)


def put_back(lost: Iterable[tuple[str, int]], quantity: int) -> Lots:
    """Into which lots found coats go: where a count had missed some, else into none's."""
    lots = _filled(lost, quantity)
    rest = quantity - sum(number for _, number in lots)
    return (*lots, (FOUND, rest)) if rest else lots


def given_back(sold: Iterable[tuple[str, int]], quantity: int, ref: str) -> Lots:
    """Into which lots a customer's coats go back: those they were sold from."""
    known = tuple(sold)
    there = sum(number for _, number in known)
    if checked_quantity(quantity) > there:
        raise NotSoldLikeThat(ref=ref, sold=there, asked=quantity)
    return _filled(known, quantity)


def cell_balance(moved: Iterable[tuple[Kind, bool, int]]) -> CellBalance:
    """The balance of a cell from sums of movements: kind, whether of second grade, quantity."""
    sums: dict[Kind, int] = {}
    on_hand = {True: 0, False: 0}
    for kind, second, quantity in moved:
        sums[kind] = sums.get(kind, 0) + quantity
        on_hand[second] += quantity
    return CellBalance(
        first=on_hand[False],
        second=on_hand[True],
        shipped=-sums.get(Kind.SHIPPED, 0),
        sold=-sums.get(Kind.SOLD, 0) - sums.get(Kind.RETURNED, 0),
        scrapped=-sums.get(Kind.SCRAPPED, 0),
        lost=-sums.get(Kind.COUNTED, 0),
    )


def _filled(lots: Iterable[tuple[str, int]], quantity: int) -> Lots:
    """Take from each lot in turn until there is enough, or nothing is left."""
    taken: list[tuple[str, int]] = []
    for lot, number in lots:
        part = min(number, quantity - sum(n for _, n in taken))
        if part > 0:
            taken.append((lot, part))
    return tuple(taken)
