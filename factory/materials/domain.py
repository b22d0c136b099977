"""Cloth and trims: what a coat takes of each, and the rolls that lie in the house.

Amounts are whole hundredths of the unit: centimetres of cloth and thread, hundredths of a piece.
A roll has one shade; what lies on it is the sum of its moves and never below zero (R7). The cloth
of a customer (임가공) stays hers: it is used for her orders alone, and what is left goes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark, say

HUNDREDTHS = 100
MOST = 10_000_000
"""A hundred kilometres of cloth on one roll is a typing mistake."""


class Unit(StrEnum):
    """What a material is counted in."""

    METRE = "metre"
    PIECE = "piece"

    @property
    def label(self) -> str:
        """The unit as people say it."""
        return _UNITS[self]


class Use(StrEnum):
    """What a material is for."""

    SHELL = "shell"
    LINING = "lining"
    INTERLINING = "interlining"
    TRIM = "trim"

    @property
    def label(self) -> str:
        """The use as people say it."""
        return _USES[self]


class Kind(StrEnum):
    """Why something came to a roll or went from it."""

    RECEIVED = "received"
    LAID = "laid"
    WASTE = "waste"
    COUNTED = "counted"
    SENT_BACK = "sent_back"

    @property
    def label(self) -> str:
        """The move as people say it."""
        return _KINDS[self]


_UNITS = {Unit.METRE: mark("metres"), Unit.PIECE: mark("pieces")}
_USES = {
    Use.SHELL: mark("shell cloth"),
    Use.LINING: mark("lining cloth"),
    Use.INTERLINING: mark("interlining"),
    Use.TRIM: mark("trim"),
}
_KINDS = {
    Kind.RECEIVED: mark("came in"),
    Kind.LAID: mark("cut"),
    Kind.WASTE: mark("waste"),
    Kind.COUNTED: mark("counted anew"),
    Kind.SENT_BACK: mark("sent back"),
}


class MaterialTwice(Refused):
    """The material {number} is there already."""

    field = "number"


class MaterialUnknown(Refused):
    """There is no such material. Please choose one from the list."""

    field = "material"


class RollUnknown(Refused):
    """There is no roll with this number."""

    field = "roll"


class RollTooShort(Refused):
    """Roll {roll} has only {there} m left; {asked} m are needed."""

    field = "amount"


class NothingMoved(Refused):
    """Please enter more than nothing."""

    field = "amount"


class WhyMoved(Refused):
    """Please say why. The reason is kept."""

    field = "reason"


class RollNotPassed(Refused):
    """Roll {roll} did not pass its inspection. Please take another one."""

    field = "roll"


class WidthMissing(Refused):
    """The width of this roll is not known; without it faults can't be held against its size."""

    field = "metres"


class NoClothToInspect(Refused):
    """Trims are not inspected by the metre; they are counted."""


class NotOurCloth(Refused):
    """Roll {roll} belongs to {owner}. It is cut for their orders alone."""

    field = "roll"
    personal = ("owner",)


class CustomersClothIsFree(Refused):
    """This belongs to {owner}. Nothing was paid for it, so it has no price."""

    field = "price"


@dataclass(frozen=True, slots=True)
class Price:
    """What one metre or piece of a roll was bought for, without VAT."""

    each: Money
    document: str = ""
    """The supplier's invoice or delivery note that says so."""


@dataclass(frozen=True, slots=True)
class Material:
    """A cloth or trim by its number."""

    number: str
    name: str
    name_en: str
    unit: Unit
    use: Use

    def called(self, language: str) -> str:
        """Its name in a language."""
        return self.name_en if language == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class BomItem:
    """What one coat takes of a material; an empty colour or size stands for all."""

    style: str
    colour: str
    size: str
    material: str
    each: int
    """Hundredths of the unit for one coat."""
    wastage: int = 0
    """In the hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoll:
    """A roll of cloth or a box of trims that came in."""

    material: str
    amount: int
    shade: str = ""
    """The dye lot: pieces of one coat come from one shade."""
    width: int = 0
    """Usable width in centimetres."""
    owner: str = ""
    """The customer whose cloth it is; empty where it is ours."""
    note: str = ""
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll with what is left on it."""

    number: int
    material: str
    shade: str
    width: int
    owner: str
    received: int
    left: int
    at: datetime
    passed: bool | None = None
    """Whether it passed its inspection; nothing where nobody looked."""

    @property
    def name(self) -> str:
        """The number as it is written on the roll."""
        return f"R{self.number}"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a roll: what came in was cut, thrown away or sent back, or still lies here."""

    roll: Roll
    moved: Mapping[Kind, int]
    """What each kind of move added to it, or took from it where it is below nothing."""

    def gone(self, *kinds: Kind) -> int:
        """What went by some kinds of moves."""
        return -sum(self.moved.get(kind, 0) for kind in kinds)

    @property
    def cut(self) -> int:
        """What was cut from it."""
        return self.gone(Kind.LAID)

    @property
    def wasted(self) -> int:
        """What was thrown away, or was not there when it was counted."""
        return self.gone(Kind.WASTE, Kind.COUNTED)

    @property
    def back(self) -> int:
        """What went back to the customer."""
        return self.gone(Kind.SENT_BACK)

    @property
    def holds(self) -> bool:
        """Whether all that came in is accounted for."""
        return self.roll.received == self.cut + self.wasted + self.back + self.roll.left


MOST_POINTS = 48
"""Points in a hundred square metres up to which cloth usually passes: 40 in 100 square yards."""


@dataclass(frozen=True, slots=True)
class RollInspection:
    """Cloth looked at on the table: its faults by their points, one to four."""

    metres: int
    """Hundredths of a metre that were looked at."""
    faults: tuple[int, int, int, int]
    """How many faults of one point, of two, of three, of four."""
    passed: bool
    note: str = ""

    @property
    def points(self) -> int:
        """All points together: the longer a fault, the more."""
        return sum(weight * count for weight, count in enumerate(self.faults, 1))

    def in_a_hundred(self, width: int) -> Fraction:
        """Points in a hundred square metres of cloth so many centimetres wide."""
        return Fraction(self.points * 100 * HUNDREDTHS * HUNDREDTHS, self.metres * width)


def check_inspection(roll: Roll, found: RollInspection) -> None:
    """Whether what was looked at can be held against the size of the roll."""
    if not roll.width:
        raise WidthMissing
    if found.metres <= 0 or found.metres > roll.received:
        raise NothingMoved


@dataclass(frozen=True, slots=True)
class Need:
    """What open work takes of a material, and what lies there for it."""

    material: Material
    needed: int
    there: int

    @property
    def short(self) -> int:
        """What has to be bought."""
        return max(0, self.needed - self.there)


Coats = Mapping[tuple[str, str, str], int]
"""Coats to be cut by style, colour and size."""


def exploded(items: Iterable[BomItem], coats: Coats) -> dict[str, int]:
    """What coats take of each material, wastage included, up to a hundredth of the unit.

    Of several lines for one material the most particular one holds: that of the colour and size,
    then of the colour, then of the size, then of all.
    """
    known = tuple(items)
    found: dict[str, int] = {}
    for (style, colour, size), count in coats.items():
        for item in particular(known, style, colour, size):
            exact = item.each * count * (HUNDREDTHS + item.wastage)
            found[item.material] = found.get(item.material, 0) + exact
    return {material: -(-exact // HUNDREDTHS) for material, exact in found.items()}


def particular(items: Iterable[BomItem], style: str, colour: str, size: str) -> Iterator[BomItem]:
    """What one coat of a style, colour and size takes: of each material the line that holds."""
    best: dict[str, BomItem] = {}
    for item in items:
        fits = item.style == style and item.colour in {"", colour} and item.size in {"", size}
        if fits and _rank(item) >= (_rank(best[item.material]) if item.material in best else -1):
            best[item.material] = item
    return iter(best.values())


def _rank(item: BomItem) -> int:
    return 2 * bool(item.colour) + bool(item.size)


def refuse_price(owner: str) -> None:
    """Refuse a price for what a customer has brought: `CustomersClothIsFree`."""
    if owner:
        raise CustomersClothIsFree(owner=owner)


def taken(roll: Roll, amount: int, owner: str) -> int:
    """What is left after so much was cut for an order of `owner`; refused where there is less."""
    if amount <= 0:
        raise NothingMoved
    if roll.owner and roll.owner != owner:
        raise NotOurCloth(roll=roll.name, owner=roll.owner)
    if amount > roll.left:
        raise RollTooShort(roll=roll.name, there=in_units(roll.left), asked=in_units(amount))
    return roll.left - amount


def refuse_unfit(roll: Roll) -> None:
    """Cloth that did not pass is thrown away or sent back, but never cut."""
    if roll.passed is False:
        raise RollNotPassed(roll=roll.name)


def in_units(amount: int) -> str:
    """Hundredths as people write them: 31.5, 4."""
    whole, rest = divmod(abs(amount), HUNDREDTHS)
    text = f"{whole:,}.{rest:02d}".rstrip("0").rstrip(".") if rest else f"{whole:,}"
    return f"-{text}" if amount < 0 else text


def remnant_for(rolls: Iterable[Roll], material: str, shade: str, needed: int) -> Roll | None:
    """The smallest remnant of the right shade from which a panel can be cut again."""
    fits = (r for r in rolls if r.material == material and r.shade == shade and r.left >= needed)
    return min(fits, key=lambda roll: (roll.left, roll.number), default=None)


_USED_FOR = {
    r"order (?P<order>\S+) lay (?P<lay>\d+)": mark("order {order}, lay {lay}"),
    r"(?P<order>\S+) recut": mark("order {order}, a panel cut again"),
}


def used_for(ref: str) -> str:
    """What cloth was taken for, as its entry names it, in the reader's language."""
    for shape, sentence in _USED_FOR.items():
        if found := re.fullmatch(shape, ref):
            return say(sentence, **found.groupdict())
    return ref
