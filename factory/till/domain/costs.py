"""What the cloth and trims of a coat were bought for: by the rolls its lots were cut from.

Prices are those of a metre or piece without VAT. Nothing is paid for a customer's own cloth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.materials.domain import HUNDREDTHS, BomItem, Price, Roll, particular


class Origin(StrEnum):
    """Where the price of a material comes from."""

    LAID = "laid"
    RECEIVED = "received"

    @property
    def label(self) -> str:
        """The origin as people say it."""
        return _ORIGINS[self]


_ORIGINS = {
    Origin.LAID: mark("the rolls that were cut"),
    Origin.RECEIVED: mark("the average of what came in"),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """Cloth that a lay took from a roll for coats of one style and colour."""

    lot: str
    """The order and its lay."""
    style: str
    colour: str
    roll: int
    amount: int
    """In hundredths of the unit."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A roll or box with what was paid for it, as far as somebody has said it."""

    roll: Roll
    price: Price | None = None

    @property
    def each(self) -> Money | None:
        """What a metre or piece cost; nothing is known, or nothing was paid."""
        if self.roll.owner:
            return ZERO
        return self.price.each if self.price else None


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one material of one coat costs, and by which rolls."""

    material: str
    takes: Fraction
    """Of its unit for one coat, with its waste."""
    origin: Origin
    rolls: tuple[Bought, ...]
    each: Fraction | None
    """Won for a metre or piece; nothing where a roll's price is not known."""

    @property
    def cost(self) -> Fraction | None:
        """What the coat takes of it, in won."""
        return None if self.each is None else self.takes * self.each

    @property
    def unknown(self) -> tuple[Bought, ...]:
        """Rolls whose price nobody has said."""
        return tuple(each for each in self.rolls if each.each is None)


def cost_lines(
    items: Iterable[BomItem],
    coat: tuple[str, str, str],
    laid: Iterable[Laid],
    bought: Mapping[int, Bought],
) -> tuple[CostLine, ...]:
    """What a coat of this style, colour and size takes, line by line, with its price.

    Cloth has the price of the rolls from which the lots of its style and colour were cut, by the
    metres of each; of what nobody takes from a roll, the average of what came in holds.
    """
    known, style, colour = tuple(laid), coat[0], coat[1]
    used = [each for each in known if (each.style, each.colour) == (style, colour)]
    lines = (_line(item, used, bought) for item in particular(items, *coat))
    return tuple(sorted(lines, key=lambda line: line.material))


def cost_of(lines: Iterable[CostLine]) -> Fraction | None:
    """What the materials of a coat cost together; nothing where one of them is not known."""
    costs = [line.cost for line in lines]
    known = [cost for cost in costs if cost is not None]
    return sum(known, Fraction(0)) if costs and len(known) == len(costs) else None


def _line(item: BomItem, used: Iterable[Laid], bought: Mapping[int, Bought]) -> CostLine:
    takes = Fraction(item.each * (HUNDREDTHS + item.wastage), HUNDREDTHS * HUNDREDTHS)
    cut: dict[int, int] = {}
    for each in used:
        if bought[each.roll].roll.material == item.material:
            cut[each.roll] = cut.get(each.roll, 0) + each.amount
    origin = Origin.LAID if cut else Origin.RECEIVED
    weights = cut or _came(item.material, bought)
    rolls = tuple(bought[number] for number in sorted(weights))
    return CostLine(item.material, takes, origin, rolls, _average(weights, bought))


def _came(material: str, bought: Mapping[int, Bought]) -> dict[int, int]:
    """What came in of a material of ours, as far as its price is known."""
    return {
        number: each.roll.received
        for number, each in bought.items()
        if each.roll.material == material and not each.roll.owner and each.price is not None
    }


def _average(weights: Mapping[int, int], bought: Mapping[int, Bought]) -> Fraction | None:
    together = sum(weights.values())
    worth = 0
    for number, amount in weights.items():
        each = bought[number].each
        if each is None:
            return None
        worth += each.won * amount
    return Fraction(worth, together) if together else None
