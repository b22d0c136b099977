"""What a basket's coats are called, cost and how many hang there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.kernel.ids import CodeKind, read_code
from factory.kernel.money import Money
from factory.lawbook import queries as lawbook
from factory.stock import queries as stock
from factory.till import records
from factory.till.domain import sale
from factory.till.domain.held import Held
from factory.till.domain.sale import Basket, Bill
from factory.till.queries.receipts import coat_names


@dataclass(frozen=True, slots=True)
class Coat:
    """A coat as the till shows it."""

    name: str
    price: Money
    there: int
    """How many hang on the rail."""


def coats(session: Session, codes: Iterable[str], day: date) -> dict[str, Coat]:
    """The coats of these codes; refuses a misread and an unknown one."""
    known = {read_code(code, CodeKind.COAT) for code in codes}
    prices = catalogue.prices_on(session, known, day)
    names = coat_names(session, known)
    return {code: Coat(names[code], prices[code], stock.on_hand(session, code)) for code in known}


def bill(session: Session, basket: Basket, day: date) -> Bill:
    """What a basket comes to on a day; refuses misread and unknown codes, and bad lines."""
    codes = {read_code(line.code, CodeKind.COAT) for line in basket.lines}
    prices = catalogue.prices_on(session, codes, day)
    rate = lawbook.book(session).on(day).number("sales_tax.standard")
    return sale.ring_up(basket, prices, rate)


def held(session: Session) -> tuple[Held, ...]:
    """Baskets that wait, the oldest first."""
    return tuple(row.value() for row in records.held(session))
