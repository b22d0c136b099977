"""Lays: how many plies of which colour under which marker, and what may be cut of an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark

LARGEST_BUNDLE = 30
MOST_PLIES = 200
MOST_IN_MARKER = 12


class LayState(StrEnum):
    """How far a lay is."""

    PLANNED = "planned"
    CUT = "cut"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The state as people say it."""
        return _STATES[self]


_STATES = {
    LayState.PLANNED: mark("planned"),
    LayState.CUT: mark("cut and bundled"),
    LayState.DROPPED: mark("dropped"),
}


def plies_field(line: int) -> str:
    """Where the plies of an order line are typed."""
    return f"plies_{line}"


def size_field(size: str) -> str:
    """Where it is typed how many of a size lie in the marker."""
    return f"size_{size}"


def roll_field(what: str, place: int) -> str:
    """Where something about one of the rolls is typed, from 1 on."""
    return f"{what}_{place}"


class NothingToCut(Refused):
    """Please say how many plies are laid, and which sizes lie in the marker."""

    field = "plies"


class FigureTooLarge(Refused):
    """This is more than one lay can hold: at most {most}."""

    def __init__(self, field: str, most: int) -> None:
        self.field = field
        super().__init__(most=most)


class OverCut(Refused):
    """Of {colour} {size} at most {most} more may be cut for this order."""

    def __init__(self, line: int, colour: str, size: str, most: int) -> None:
        self.field = plies_field(line)
        super().__init__(colour=colour, size=size, most=most)


class OneStyleALay(Refused):
    """Only colours of one style can lie in one lay."""

    field = "plies"


class BundleSizeWrong(Refused):
    """A bundle holds from 1 to {most} plies."""

    field = "bundle_size"


class RollsDoNotAdd(Refused):
    """The plies of the rolls for {colour} are {rolls}, but {plies} plies are entered for it."""

    def __init__(self, line: int, colour: str, rolls: int, plies: int) -> None:
        self.field = plies_field(line)
        super().__init__(colour=colour, rolls=rolls, plies=plies)


class LayNotOpen(Refused):
    """This lay was cut or dropped already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLay:
    """What the cutter means to lay: plies for each order line, garments of each size in a ply."""

    order: str
    line_plies: Mapping[int, int]
    marker: Mapping[str, int]
    bundle_size: int = 10
    seen: int | None = None
    """The order's last lay when this was thought out; none where nobody looked."""


@dataclass(frozen=True, slots=True)
class Lay:
    """A lay of one style, planned or cut; its number runs within the order."""

    id: int
    order: str
    number: int
    style: str
    marker: tuple[tuple[str, int], ...]
    """Sizes in their order, with the garments of each in one ply."""
    planned: tuple[tuple[int, int], ...]
    """Order lines with the plies meant for each."""
    bundle_size: int
    state: LayState
    cut: tuple[tuple[int, int], ...] = ()
    """Order lines with the plies that were cut."""
    centimetres: int = 0
    """Cloth used, in centimetres of the roll."""
    cut_at: datetime | None = None

    @property
    def plies(self) -> tuple[tuple[int, int], ...]:
        """Order lines with their plies: as cut, before that as planned."""
        return self.cut if self.state is LayState.CUT else self.planned

    @property
    def garments(self) -> int:
        """Coats that come of it."""
        in_a_ply = sum(count for _, count in self.marker)
        return sum(count for _, count in self.plies) * in_a_ply


@dataclass(frozen=True, slots=True)
class Asked:
    """One colour and size of an order: how many may be cut in all, and are so far."""

    colour: str
    """What the colour is called."""
    most: int
    cut: int = 0

    @property
    def more(self) -> int:
        """How many more may be cut."""
        return max(0, self.most - self.cut)


@dataclass(frozen=True, slots=True)
class LaidRoll:
    """Plies of one order line that were laid from one roll, and the cloth they took."""

    line: int
    roll: int
    plies: int
    centimetres: int


def plies_of(rolls: Iterable[LaidRoll]) -> dict[int, int]:
    """Plies of each order line."""
    found: dict[int, int] = {}
    for each in rolls:
        found[each.line] = found.get(each.line, 0) + each.plies
    return found


def stretches(
    rolls: Iterable[LaidRoll], shades: Mapping[int, str]
) -> tuple[tuple[int, int, str], ...]:
    """Line, plies and shade, in the order they lie; neighbours of one shade are one stretch."""
    found: list[tuple[int, int, str]] = []
    for each in rolls:
        shade = shades[each.roll]
        if found and (found[-1][0], found[-1][2]) == (each.line, shade):
            found[-1] = (each.line, found[-1][1] + each.plies, shade)
        else:
            found.append((each.line, each.plies, shade))
    return tuple(found)


def check_lay(new: NewLay, asked: Mapping[tuple[int, str], Asked]) -> None:
    """Refuse a lay that holds nothing, is too large, or goes beyond the order's tolerance."""
    plies = {line: count for line, count in new.line_plies.items() if count}
    marker = {size: count for size, count in new.marker.items() if count}
    if not plies or not marker or min(*plies.values(), *marker.values()) < 0:
        raise NothingToCut
    if not 1 <= new.bundle_size <= LARGEST_BUNDLE:
        raise BundleSizeWrong(most=LARGEST_BUNDLE)
    if sum(plies.values()) > MOST_PLIES:
        raise FigureTooLarge(plies_field(max(plies, key=plies.__getitem__)), MOST_PLIES)
    if sum(marker.values()) > MOST_IN_MARKER:
        raise FigureTooLarge(size_field(max(marker, key=marker.__getitem__)), MOST_IN_MARKER)
    for line, count in plies.items():
        for size, garments in marker.items():
            room = asked[line, size]
            if count * garments > room.more:
                raise OverCut(line, room.colour, size, room.more)
