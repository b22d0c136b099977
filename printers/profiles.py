"""What each printer model can: width of the paper, Hangul, cutter, drawer, size of a strip.

A profile says what a model's manual says; whether the one on the table does the same is shown by
its test page. A model nobody knows gets everything as a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CELL = 12
"""Dots of an ordinary letter's width; a Hangul letter has two cells."""
LINE = 30
"""Dots from one line of text to the next."""

LONGEST = 100_000
"""Rows of dots of the longest paper, some twelve metres."""


class Hangul(StrEnum):
    """Which Korean syllables a printer's own font has."""

    NONE = "none"
    KSX1001 = "ksx1001"
    """The 2,350 syllables of KS X 1001."""
    UHC = "uhc"
    """All 11,172, as CP949 spells them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One model of printer."""

    name: str
    label: str
    dots: int
    hangul: Hangul = Hangul.NONE
    cutter: bool = True
    drawer: bool = True
    strip_rows: int = 24
    """Rows of one picture command, small enough for a cheap control board's memory."""
    lines_to_cutter: int = 4

    @property
    def columns(self) -> int:
        """Ordinary letters in a line."""
        return self.dots // CELL


class ProfileUnknown(ValueError):
    """No such profile; the message lists those there are."""


_ALL = (
    Profile("generic-58", "58 mm, any maker (pictures only)", 384, cutter=False, drawer=False),
    Profile("generic-80", "80 mm, any maker (pictures only)", 576),
    Profile("virtual-58", "58 mm on the screen", 384, Hangul.UHC, strip_rows=128),
    Profile("virtual-80", "80 mm on the screen", 576, Hangul.UHC, strip_rows=128),
    Profile("bixolon-58", "Bixolon SPP-R200 series, 58 mm", 384, Hangul.UHC, cutter=False),
    Profile("bixolon-80", "Bixolon SRP-330/350 series, 80 mm", 576, Hangul.UHC, strip_rows=128),
    Profile("bixolon-80-180dpi", "Bixolon SRP-350 (180 dpi), 80 mm", 504, Hangul.UHC),
    Profile("sewoo-58", "Sewoo LK-P20 series, 58 mm", 384, Hangul.KSX1001, cutter=False),
    Profile("sewoo-80", "Sewoo LK-T series, 80 mm", 576, Hangul.KSX1001, strip_rows=128),
    Profile("citizen-80", "Citizen CT-S, Korean model, 80 mm", 576, Hangul.KSX1001, strip_rows=128),
    Profile("epson-80", "Epson TM-T88, Korean model (180 dpi)", 504, Hangul.KSX1001),
)
PROFILES = {profile.name: profile for profile in _ALL}
UNKNOWN = PROFILES["generic-80"]


def profile(name: str) -> Profile:
    """The profile of that name, or `ProfileUnknown`."""
    if name not in PROFILES:
        raise ProfileUnknown(f"{name!r} is none of {', '.join(sorted(PROFILES))}")
    return PROFILES[name]
