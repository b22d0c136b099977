"""What each printer model can: width of the paper, Hangul, cutter, drawer, size of a strip.

A profile says what a model's manual says; whether the one on the table does the same is shown by
its test page. A model nobody knows gets everything as a picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from printers.document import DocumentWrong

MM_AN_INCH = 25.4
CELL = 12
"""Dots of an ordinary letter's width; a Hangul letter has two cells."""
LINE = 30
"""Dots from one line of text to the next."""
GAP = LINE - 2 * CELL

TENTHS = 10
FARTHEST = 50
"""Tenths of a millimetre that labels may be moved by; farther off, they lie wrong."""
LONGEST = 100_000
"""Rows of dots of the longest paper, some twelve metres."""


class Hangul(StrEnum):
    """Which Korean syllables a printer's own font has."""

    NONE = "none"
    KSX1001 = "ksx1001"
    """The 2,350 syllables of KS X 1001."""
    UHC = "uhc"
    """All 11,172, as CP949 spells them."""


class LabelFeed(StrEnum):
    """How a label gets out of the printer; the byte differs from maker to maker."""

    ROLL = "roll"
    """A plain roll: cut, or fed to the bar where it is torn."""
    FORM_FEED = "form_feed"
    """To the next gap, as most label firmwares have it."""
    MARK = "mark"
    """To the next mark (`GS FF`)."""
    EPSON = "epson"
    """To the places of a layout that was stored once (`FS ( L`)."""


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
    feeds_first: bool = False
    """Whether it is unknown if it has a cutter: then the paper is fed to the bar as well."""
    dpi: int = 203
    label_feed: LabelFeed = LabelFeed.ROLL
    across: int = 0
    """By how many tenths of a millimetre labels are printed further right than the head begins."""
    down: int = 0
    """By how many tenths of a millimetre they are printed further down."""

    @property
    def label_start(self) -> tuple[int, int]:
        """How many dots a label's print is moved to the right and down."""
        return (
            round(self.across * self.dots_a_mm / TENTHS),
            round(self.down * self.dots_a_mm / TENTHS),
        )

    @property
    def dots_a_mm(self) -> int:
        """Dots of one millimetre."""
        return round(self.dpi / MM_AN_INCH)

    @property
    def columns(self) -> int:
        """Ordinary letters in a line."""
        return self.dots // CELL


class ProfileUnknown(ValueError):
    """No such profile; the message lists those there are."""


_ALL = (
    Profile("generic-58", "58 mm, any maker (pictures only)", 384, feeds_first=True),
    Profile("generic-80", "80 mm, any maker (pictures only)", 576),
    Profile("virtual-58", "58 mm on the screen", 384, Hangul.UHC, strip_rows=128),
    Profile("virtual-80", "80 mm on the screen", 576, Hangul.UHC, strip_rows=128),
    Profile(
        "bixolon-58",
        "Bixolon SPP-R200 series, 58 mm",
        384,
        Hangul.UHC,
        cutter=False,
        drawer=False,
        label_feed=LabelFeed.MARK,
    ),
    Profile("bixolon-80", "Bixolon SRP-330/350 series, 80 mm", 576, Hangul.UHC, strip_rows=128),
    Profile("bixolon-80-180dpi", "Bixolon SRP-350 (180 dpi), 80 mm", 504, Hangul.UHC, dpi=180),
    Profile(
        "sewoo-58",
        "Sewoo LK-P20 series, 58 mm",
        384,
        Hangul.KSX1001,
        cutter=False,
        drawer=False,
        label_feed=LabelFeed.FORM_FEED,
    ),
    Profile("sewoo-80", "Sewoo LK-T series, 80 mm", 576, Hangul.KSX1001, strip_rows=128),
    Profile("citizen-80", "Citizen CT-S, Korean model, 80 mm", 576, Hangul.KSX1001, strip_rows=128),
    Profile("epson-80", "Epson TM-T88, Korean model (180 dpi)", 504, Hangul.KSX1001, dpi=180),
    Profile("epson-tm-l90", "Epson TM-L90, labels", 560, drawer=False, label_feed=LabelFeed.EPSON),
    Profile(
        "label-58",
        "Labels to 48 mm, any maker",
        384,
        cutter=False,
        drawer=False,
        label_feed=LabelFeed.FORM_FEED,
    ),
)
PROFILES = {profile.name: profile for profile in _ALL}
UNKNOWN = PROFILES["generic-80"]


def profile(name: str) -> Profile:
    """The profile of that name, or `ProfileUnknown`."""
    if name not in PROFILES:
        raise ProfileUnknown(f"{name!r} is none of {', '.join(sorted(PROFILES))}")
    return PROFILES[name]


BOUNDS = {
    "dots": (160, 1280),
    "dpi": (150, 305),
    "strip_rows": (1, 1024),
    "lines_to_cutter": (0, 20),
    "across": (-FARTHEST, FARTHEST),
    "down": (-FARTHEST, FARTHEST),
}
"""What can be true of a printer that somebody describes in a file."""
_CHOICES: dict[str, type[StrEnum]] = {"hangul": Hangul, "label_feed": LabelFeed}
_SWITCHES = ("cutter", "drawer", "feeds_first")
_TEXTS = ("name", "label")
LONGEST_NAME = 60


def profile_from(given: object) -> Profile:
    """A model as its owner describes it: what differs from the one that it is `like`."""
    if not isinstance(given, dict):
        raise DocumentWrong("profile", "it must be an object")
    described = dict(given)
    like = described.pop("like", UNKNOWN.name)
    if like not in PROFILES:
        raise DocumentWrong("like", "it must be one of {words}", words=sorted(PROFILES))
    values = {key: _described(key, value) for key, value in described.items()}
    return replace(PROFILES[like], **values)


def _described(key: str, value: object) -> Any:
    if key in BOUNDS:
        least, most = BOUNDS[key]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise DocumentWrong(key, "it must be from {least} to {most}", least=least, most=most)
        return value
    if key in _CHOICES:
        known = [each.value for each in _CHOICES[key]]
        if value not in known:
            raise DocumentWrong(key, "it must be one of {words}", words=known)
        return _CHOICES[key](value)
    if key in _SWITCHES and isinstance(value, bool):
        return value
    if key in _TEXTS and isinstance(value, str) and len(value) <= LONGEST_NAME:
        return value
    raise DocumentWrong(key, "nothing like that is known of a printer")


WIDTHS = (384, 504, 576)
"""Dots of the usual heads: 58 mm, and 80 mm at 180 and at 203 dpi."""


def adjusted(model: Profile, own: Mapping[str, Any]) -> Profile:
    """A model with what is different on the table; what makes no sense is left as it was."""
    dots = own.get("dots")
    hangul = own.get("hangul")
    return replace(
        model,
        dots=dots if dots in WIDTHS else model.dots,
        hangul=Hangul(hangul) if hangul in set(Hangul) else model.hangul,
        cutter=bool(own.get("cutter", model.cutter)),
        drawer=bool(own.get("drawer", model.drawer)),
        feeds_first=model.feeds_first and "cutter" not in own,
        dpi=180 if dots == WIDTHS[1] else model.dpi,
        across=_near(own.get("across", model.across)),
        down=_near(own.get("down", model.down)),
    )


def _near(tenths: Any) -> int:
    return tenths if isinstance(tenths, int) and abs(tenths) <= FARTHEST else 0
