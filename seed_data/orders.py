"""Which orders a season has: for whom, how many coats, until when, and how far each comes.

An order is thought of as the lays that it is cut in; its colour × size table follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from factory.orders.domain import OrderKind

SHELL = 214
"""Hundredths of a metre of wool for one coat, in a lay of several sizes."""
FIRMS = (
    *("목련상사", "느티나무 백화점", "오솔길 편집숍", "들꽃모직", "참나리 유니폼"),
    *("은하수 의류", "바람개비 상회", "솔향기 온라인몰", "물푸레 양장점", "징검다리 무역"),
)
NOTES = ("", "", "", "단추는 뿔 단추로", "안주머니 하나 더", "백화점 행사용, 날짜 꼭 지키기")
OUTER_SHARE = 16
"""In the hundred: coats of the smallest and the largest size."""
MOST_PLIES = 10
"""So many plies of one colour lie in a lay; coating is thick. Who orders many orders in tens."""
BUNDLE = 12
LAST_OF_THREE = 2


class Fate(StrEnum):
    """How far an order comes until the season's last day."""

    SEWN = "sewn"
    """Cut as soon as there is room, and sewn as far as it gets."""
    CUT = "cut"
    """Cut on the last day, and not begun at the machines."""
    CONFIRMED = "confirmed"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Make:
    """A style as the season makes it."""

    style: str
    sizes: tuple[str, ...]
    colours: tuple[str, ...]
    price: int
    """Won a coat in the shop."""


@dataclass(frozen=True, slots=True)
class PlannedLay:
    """What lies on the table at once: garments of each size in a ply, plies of each colour."""

    marker: tuple[tuple[str, int], ...]
    plies: tuple[tuple[str, int], ...]

    @property
    def coats(self) -> int:
        """Coats that come of it."""
        return sum(n for _, n in self.marker) * sum(n for _, n in self.plies)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOrder:
    """An order as it is taken."""

    place: int
    """Its turn in the season, from 0."""
    kind: OrderKind
    firm: str | None
    make: Make
    lays: tuple[PlannedLay, ...]
    due: date
    fate: Fate
    note: str = ""

    @property
    def price(self) -> int:
        """Won a coat: a firm pays three fifths of the shop's price, one person a fifth more."""
        if self.kind is OrderKind.MADE:
            return self.make.price * 6 // 5 // 1000 * 1000
        return 0 if self.firm is None else self.make.price * 3 // 5 // 1000 * 1000

    @property
    def coats(self) -> int:
        """Coats in it."""
        return sum(lay.coats for lay in self.lays)

    @property
    def deposit(self) -> int:
        """Won that a firm pays at once, three tenths; what one person pays is kept at the till."""
        if self.kind is OrderKind.MADE:
            return 0
        return self.price * self.coats * 3 // 10 // 10_000 * 10_000

    def cells(self) -> dict[str, dict[str, int]]:
        """Coats of each colour and size."""
        found: dict[str, dict[str, int]] = {}
        for lay in self.lays:
            for colour, plies in lay.plies:
                sizes = found.setdefault(colour, {})
                for size, garments in lay.marker:
                    sizes[size] = sizes.get(size, 0) + plies * garments
        return found


def fates(orders: int) -> tuple[Fate, ...]:
    """How far each order comes, in the order of their turns."""
    tail = [Fate.CUT, Fate.CONFIRMED, Fate.DRAFT]
    tail = [fate for fate, least in zip(tail, (5, 3, 4), strict=True) if orders >= least]
    return (*[Fate.SEWN] * (orders - len(tail)), *tail)


def days_taken(orders: int, days: int) -> tuple[int, ...]:
    """On which day of the season each order is taken: some at once, the last ones near the end."""
    sewn = fates(orders).count(Fate.SEWN)
    first = min(3, sewn)
    spread = max(1, sewn - first)
    taken = [0] * first + [days * 6 * (n + 1) // (10 * spread) for n in range(sewn - first)]
    ends = {Fate.CUT: 10, Fate.CONFIRMED: 5, Fate.DRAFT: 1}
    later = [max(0, days - 1 - ends[fate] * days // 60) for fate in fates(orders)[sewn:]]
    return (*taken, *later)


def for_shop(place: int) -> bool:
    """Whether an order makes season stock for the own shop: the second, then every fourth."""
    return place % 4 == 1


def make_of(place: int, makes: Sequence[Make]) -> Make:
    """The style of an order: the first one mostly, every third time one of the others."""
    turn, rest = divmod(place, 3)
    others = makes[1:]
    return others[turn % len(others)] if others and rest == LAST_OF_THREE else makes[0]


def lays(make: Make, coats: int, chance: Random) -> tuple[PlannedLay, ...]:
    """Spread about so many coats over colours and sizes, lay by lay."""
    colours = make.colours[: 1 if coats < 40 else 2 if coats < 110 else 3]  # noqa: PLR2004 - few coats, few colours
    outer = coats * OUTER_SHARE // 100
    inner_marker, outer_marker = _markers(make.sizes)
    parts = [(inner_marker, coats - outer if outer_marker else coats), (outer_marker, outer)]
    return tuple(
        lay
        for marker, share in parts
        if marker
        for lay in _split(marker, _plies(colours, share, sum(n for _, n in marker), chance))
    )


Marker = tuple[tuple[str, int], ...]
SMALLEST_RUN = 3


def _markers(sizes: tuple[str, ...]) -> tuple[Marker, Marker]:
    """The middle sizes, the one in the centre twice; and the two at the ends."""
    if len(sizes) <= SMALLEST_RUN:
        return tuple((size, 1) for size in sizes), ()
    middle = sizes[1:-1]
    centre = middle[len(middle) // 2]
    inner = tuple((size, 2 if size == centre else 1) for size in middle)
    return inner, ((sizes[0], 1), (sizes[-1], 1))


def _plies(
    colours: Sequence[str], coats: int, garments: int, chance: Random
) -> list[tuple[str, int]]:
    weights = [chance.randrange(8, 13) + (4 if turn == 0 else 0) for turn in range(len(colours))]
    each = (coats * weight // (garments * sum(weights)) for weight in weights)
    return [(colour, _rounded(plies)) for colour, plies in zip(colours, each, strict=True)]


def _rounded(plies: int) -> int:
    """In tens, but for small orders."""
    return max(2, plies) if plies < 8 else (plies + 5) // MOST_PLIES * MOST_PLIES  # noqa: PLR2004 - eight are nearly ten


def _split(marker: Marker, plies: list[tuple[str, int]]) -> Iterator[PlannedLay]:
    """As many lays of nearly equal height as are needed."""
    count = -(-max(n for _, n in plies) // MOST_PLIES)
    heaps: list[list[tuple[str, int]]] = [[] for _ in range(count)]
    turn = 0
    for colour, n in plies:
        for place in range(count):
            more = (place - turn) % count < n % count
            if here := n // count + more:
                heaps[place].append((colour, here))
        turn += n % count
    return (PlannedLay(marker, tuple(heap)) for heap in heaps)
