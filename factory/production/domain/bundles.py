"""Bundles: the pieces of one colour, one size and neighbouring plies travel together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a lay that becomes one bundle."""

    line: int
    size: str
    place: int
    """Which of the size's garments in the marker, from 1."""
    ply_from: int
    ply_to: int
    shade: str = ""
    """The dye lot of the roll; a change of it begins a new bundle."""

    @property
    def quantity(self) -> int:
        """Coats; each ply gives one."""
        return self.ply_to - self.ply_from + 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring plies at one place of the marker, written `place:first-last`."""

    place: int
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.place}:{self.first}-{self.last}"

    def each(self) -> Iterator[tuple[int, int]]:
        """Each piece of cloth, by place and ply."""
        return ((self.place, ply) for ply in range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Pieces that travel as one, by the number on their ticket."""

    code: str
    order: str
    line: int
    style: str
    colour: str
    size: str
    lay: int
    """The lay's number in the order."""
    number: int
    of: int
    """Bundles in the lay."""
    place: int
    ply_from: int
    ply_to: int
    quantity: int
    """Pieces cut; what happened to them since is in its progress."""
    routing_uid: str
    for_customer: bool = True
    shade: str = ""
    """The dye lot of its cloth, where it was cut from a known roll."""
    plies: str = ""
    """After a split or merge, its stretches of plies; else those from `ply_from` to `ply_to`."""

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its pieces by the plies they were cut from: parts of one coat come from one ply."""
        if self.plies:
            return tuple(_read(self.plies))
        return (Stretch(self.place, self.ply_from, self.ply_to),) if self.ply_to else ()

    def of_plies(self, plies: str) -> Bundle:
        """The same with these stretches; from ply 0 to 0 where all its pieces were found later."""
        found = tuple(_read(plies))
        if not found:
            return replace(self, plies="", ply_from=0, ply_to=0)
        first, last = min(each.first for each in found), max(each.last for each in found)
        return replace(self, plies=plies, place=found[0].place, ply_from=first, ply_to=last)

    @property
    def ply_count(self) -> int:
        """Plies that its pieces were cut from."""
        return sum(stretch.last - stretch.first + 1 for stretch in self.stretches)

    def has_ply(self, ply: int | None) -> bool:
        """Whether one of its pieces was cut from this ply."""
        return ply is not None and any(s.first <= ply <= s.last for s in self.stretches)

    @property
    def cell(self) -> tuple[int, str]:
        """The order's line and size."""
        return self.line, self.size


def _read(plies: str) -> Iterator[Stretch]:
    return (Stretch(*map(int, re.split("[:-]", part))) for part in plies.split())


def parts(
    plies: Iterable[tuple[int, int] | tuple[int, int, str]],
    marker: Iterable[tuple[str, int]],
    bundle_size: int,
) -> Iterator[Part]:
    """Cut a lay into parts of nearly equal size, none of more plies than `bundle_size`.

    Each stretch of plies is an order line, a count and, where it is known, a shade: no bundle has
    plies of two.

    Plies are numbered through the whole lay, colour after colour, so that a number stands for one
    ply of cloth: parts of one coat come from one ply and have one shade.
    """
    sizes = tuple(marker)
    first = 1
    for line, count, *shade in plies:
        for size, garments in sizes:
            for place in range(1, garments + 1):
                for start, end in _ranges(first, count, bundle_size):
                    yield Part(line, size, place, start, end, *shade)
        first += count


def _ranges(first: int, count: int, most: int) -> Iterator[tuple[int, int]]:
    number = -(-count // most)
    lengths = (
        [count // number + (turn < count % number) for turn in range(number)] if number else []
    )
    for end, length in zip(accumulate(lengths, initial=0), lengths, strict=False):
        yield first + end, first + end + length - 1


def pieces_by_cell(bundles: Iterable[Bundle | Part]) -> Mapping[tuple[int, str], int]:
    """How many pieces of each line and size."""
    found: dict[tuple[int, str], int] = {}
    for bundle in bundles:
        key = (bundle.line, bundle.size)
        found[key] = found.get(key, 0) + bundle.quantity
    return found
