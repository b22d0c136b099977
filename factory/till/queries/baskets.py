"""What a basket's coats are called, cost and how many hang there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Tag
from factory.kernel.ids import CodeKind, read_code
from factory.kernel.money import Money
from factory.kernel.words import speaking
from factory.lawbook import queries as lawbook
from factory.stock import queries as stock
from factory.till import records
from factory.till.domain import sale
from factory.till.domain.held import Held
from factory.till.domain.sale import Basket, Bill
from factory.till.queries.receipts import tagged_name

Tags = Mapping[str, Tag]


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
    tags = catalogue.tags(session, known, day)
    return {
        code: Coat(tagged_name(tag), tag.price, stock.on_hand(session, code))
        for code, tag in tags.items()
    }


def bill(session: Session, basket: Basket, day: date) -> Bill:
    """What a basket comes to on a day; refuses misread and unknown codes, and bad lines."""
    return rung_up(session, basket, day)[1]


def rung_up(session: Session, basket: Basket, day: date) -> tuple[Tags, Bill]:
    """The hang tags of a basket's coats, and what they come to on a day."""
    codes = {read_code(line.code, CodeKind.COAT) for line in basket.lines}
    tags = catalogue.tags(session, codes, day)
    prices = {code: tag.price for code, tag in tags.items()}
    rate = lawbook.book(session).on(day).number("sales_tax.standard")
    return tags, sale.ring_up(basket, prices, rate)


def names_of(tags: Tags, language: str) -> dict[str, str]:
    """What the coats of these tags are called in a language."""
    with speaking(language):
        return {code: tagged_name(tag) for code, tag in tags.items()}


def held(session: Session) -> tuple[Held, ...]:
    """Baskets that wait, the oldest first."""
    return tuple(row.value() for row in records.held(session))
