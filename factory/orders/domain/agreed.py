"""What a customer pays for a style: agreed once, from a day on, and taken into every order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.orders.domain.order import NewOrder
from factory.orders.domain.states import OrderKind


class AgreedForNothing(Refused):
    """Please enter what one coat costs this customer."""

    field = "price"


class AgreedInThePast(Refused):
    """An agreed price can begin today at the earliest; what was ordered before stays as it was."""

    field = "since"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The price of one coat of a style for one customer, from a day on."""

    style: str
    since: date
    price: Money
    by: str = ""
    """Who agreed on it."""


def check_agreed(new: Agreed, *, today: date) -> None:
    """Refuse a price of nothing, and one for days that are over."""
    if new.price <= ZERO:
        raise AgreedForNothing
    if new.since < today:
        raise AgreedInThePast


def prices_on(agreed: Iterable[Agreed], day: date) -> Mapping[str, Money]:
    """What holds on a day, by style; of those that begin on one day the one entered last."""
    begun = sorted((each for each in agreed if each.since <= day), key=lambda each: each.since)
    return {each.style: each.price for each in begun}


def with_agreed(entry: NewOrder, prices: Mapping[str, Money]) -> NewOrder:
    """The order with the agreed price wherever none was typed."""
    if entry.kind is not OrderKind.CUSTOMER:
        return entry
    lines = tuple(
        line if line.price != ZERO else replace(line, price=prices.get(line.style, ZERO))
        for line in entry.lines
    )
    return replace(entry, lines=lines)
