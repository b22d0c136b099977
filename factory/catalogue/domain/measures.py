"""Finished measures: what the tape says on a coat that is done, by size, in whole millimetres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from factory.catalogue.domain.styles import Style
from factory.kernel.errors import Refused
from factory.kernel.words import mark


class MeasureUnnamed(Refused):
    """Please name this measure, in at most {most} letters."""

    field = "name"


class MeasureTwice(Refused):
    """The measure {measure} is there twice."""

    field = "name"


class LengthMissing(Refused):
    """{measure} has no length for size {size} yet."""

    field = "length"


class CellEmpty(Refused):
    """This is still empty."""


class CentimetresUnreadable(Refused):
    """Please type centimetres with at most one decimal, for example 102.5."""


class LengthOutOfReach(Refused):
    """A length is between {least} and {most} cm."""

    field = "length"


class ToleranceOutOfReach(Refused):
    """A tolerance is between {least} and {most} cm."""

    field = "tolerance"


class TooManyMeasures(Refused):
    """A style has at most {most} measures."""


class NoMeasures(Refused):
    """Please enter at least one measure."""


MOST_MEASURES = 20
LONGEST_NAME = 40
SHORTEST, LONGEST = 1, 3_000
"""Millimetres that a part of a coat may be long."""
FINEST, WIDEST = 1, 100
"""Millimetres by which it may differ."""
CENTIMETRES = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]))?(?: ?cm)?", re.ASCII)


class Point(StrEnum):
    """A usual place to lay the tape; its name is said in every language."""

    TOTAL_LENGTH = "total_length"
    SHOULDERS = "shoulders"
    CHEST = "chest"
    WAIST = "waist"
    HIPS = "hips"
    HEM = "hem"
    SLEEVE = "sleeve"
    UPPER_ARM = "upper_arm"
    CUFF = "cuff"
    ARMHOLE = "armhole"
    COLLAR = "collar"
    POCKET = "pocket"

    @property
    def label(self) -> str:
        """The place as people say it."""
        return _POINTS[self]


_POINTS = {
    Point.TOTAL_LENGTH: mark("total length"),
    Point.SHOULDERS: mark("shoulder width"),
    Point.CHEST: mark("chest around"),
    Point.WAIST: mark("waist around"),
    Point.HIPS: mark("hips around"),
    Point.HEM: mark("hem around"),
    Point.SLEEVE: mark("sleeve length"),
    Point.UPPER_ARM: mark("upper sleeve"),
    Point.CUFF: mark("cuff around"),
    Point.ARMHOLE: mark("armhole around"),
    Point.COLLAR: mark("collar height"),
    Point.POCKET: mark("pocket opening"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One place to lay the tape: how long by size, and how much it may differ; millimetres."""

    name: str
    """A `Point`, or what the house calls it."""
    lengths: tuple[tuple[str, int], ...]
    tolerance: int

    @property
    def title(self) -> Point | str:
        """What it is called: a word of ours where there is one."""
        return Point(self.name) if self.name in set(Point) else self.name

    def of(self, size: str) -> int:
        """How long it is on a coat of that size."""
        return dict(self.lengths)[size]


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The measures of a style as they hold, since when, and who entered them."""

    measures: tuple[Measure, ...]
    at: datetime
    by: str


def in_centimetres(millimetres: int) -> str:
    """A length as it is read off the tape: 102.5."""
    whole, tenths = divmod(millimetres, 10)
    return f"{whole}.{tenths}"


def read_length(text: str) -> int:
    """A length in millimetres, typed in centimetres."""
    return _length(_millimetres(text))


def read_tolerance(text: str) -> int:
    """How much a measure may differ, in millimetres, typed in centimetres."""
    return _tolerance(_millimetres(text.removeprefix("±")))


def checked_measures(style: Style, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The table of a style in the order of its sizes, or the refusal that says what is wrong."""
    known = tuple(_checked(style, each) for each in measures)
    if len(known) > MOST_MEASURES:
        raise TooManyMeasures(most=MOST_MEASURES)
    for place, each in enumerate(known):
        refuse_twice(each.name, (other.name for other in known[:place]))
    return known


def refuse_twice(name: str, before: Iterable[str]) -> None:
    """Refuse a name that an earlier measure has."""
    if name.casefold() in {other.casefold() for other in before}:
        raise MeasureTwice(measure=Measure(name, (), 0).title)


def read_name(text: str, points: Mapping[str, Point]) -> str:
    """A name as it is kept: the word of ours, if it is one of those in any language."""
    typed = " ".join(text.split())
    if not 0 < len(typed) <= LONGEST_NAME:
        raise MeasureUnnamed(most=LONGEST_NAME)
    found = points.get(typed.casefold())
    return found.value if found else typed


def _checked(style: Style, measure: Measure) -> Measure:
    read_name(measure.name, {})
    _tolerance(measure.tolerance)
    known = dict(measure.lengths)
    for label in known:
        style.size(label)
    for size in style.sizes:
        if size.label not in known:
            raise LengthMissing(measure=measure.title, size=size.label)
        _length(known[size.label])
    return replace(measure, lengths=tuple((s.label, known[s.label]) for s in style.sizes))


def _millimetres(text: str) -> int:
    found = CENTIMETRES.fullmatch(text.strip())
    if found is None:
        raise CentimetresUnreadable
    return int(found[1]) * 10 + int(found[2] or 0)


def _length(millimetres: int) -> int:
    if not SHORTEST <= millimetres <= LONGEST:
        raise LengthOutOfReach(least=in_centimetres(SHORTEST), most=in_centimetres(LONGEST))
    return millimetres


def _tolerance(millimetres: int) -> int:
    if not FINEST <= millimetres <= WIDEST:
        raise ToleranceOutOfReach(least=in_centimetres(FINEST), most=in_centimetres(WIDEST))
    return millimetres
