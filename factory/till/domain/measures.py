"""What was measured for a coat: the body in centimetres, to the half and finer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark

LEAST, MOST = 100, 2_500
"""Millimetres that a measure of somebody can have."""


class Measure(StrEnum):
    """Where the tape lies."""

    HEIGHT = "height"
    BUST = "bust"
    WAIST = "waist"
    HIP = "hip"
    SHOULDER = "shoulder"
    SLEEVE = "sleeve"
    BACK = "back"
    LENGTH = "length"

    @property
    def label(self) -> str:
        """The measure as people say it."""
        return _MEASURES[self]


_MEASURES = {
    Measure.HEIGHT: mark("Height"),
    Measure.BUST: mark("Bust"),
    Measure.WAIST: mark("Waist"),
    Measure.HIP: mark("Hip"),
    Measure.SHOULDER: mark("Shoulder width"),
    Measure.SLEEVE: mark("Sleeve length"),
    Measure.BACK: mark("Back length"),
    Measure.LENGTH: mark("Coat length"),
}


class NothingMeasured(Refused):
    """Please type at least one measure."""


class MeasureOutOfRange(Refused):
    """{what} is a measure between {least} and {most} cm. Please look at it again."""

    spoken = ("what",)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure, in millimetres."""

    what: Measure
    millimetres: int

    @property
    def shown(self) -> str:
        """In centimetres, as it is written on paper."""
        whole, part = divmod(self.millimetres, 10)
        return f"{whole}.{part} cm" if part else f"{whole} cm"


def checked_measures(given: Mapping[Measure, int]) -> tuple[Measured, ...]:
    """What was typed, in the order of the tape; refuses none and what nobody measures."""
    found = tuple(Measured(what, given[what]) for what in Measure if given.get(what))
    if not found:
        raise NothingMeasured
    for each in found:
        if not LEAST <= each.millimetres <= MOST:
            raise MeasureOutOfRange(what=each.what.label, least=LEAST // 10, most=MOST // 10)
    return found
