"""Seasons, styles with their sizes and colours, coats by code, prices by day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from factory.kernel.errors import NotFound, Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark


class StyleUnknown(NotFound):
    """There is no style {name} here."""

    field = "style"

    def __init__(self, number: str) -> None:
        super().__init__("style", number)


class SeasonUnknown(NotFound):
    """There is no season {name} here. Please open it first."""

    field = "season"

    def __init__(self, code: str) -> None:
        super().__init__("season", code)


class CoatUnknown(Refused):
    """No coat has this code. Please scan the hang tag again."""

    field = "code"


class ColourUnknown(Refused):
    """{style} is not made in the colour {colour}."""

    field = "colour"


class SizeUnknown(Refused):
    """{style} is not made in the size {size}."""

    field = "size"


class NoRouting(Refused):
    """{style} has no operations yet. Please enter them in the catalogue first."""


class NoPriceYet(Refused):
    """{style} has no price on {day}. Please enter one in the catalogue."""

    field = "code"


class SeasonTwice(Refused):
    """The season {code} is open already."""

    field = "code"


class StyleTwice(Refused):
    """There is a style {number} already. Please choose another number."""

    field = "number"


class ColourTwice(Refused):
    """The colour {code} is there already."""

    field = "code"


class SizeTwice(Refused):
    """The size {size} is there twice."""

    field = "sizes"


class NoColour(Refused):
    """A style needs at least one colour."""

    field = "colours"


class ColourUnnamed(Refused):
    """Please name the new colour in Korean and in English."""

    field = "colour_name"


class NoSize(Refused):
    """A style needs at least one size."""

    field = "sizes"


class PriceMissing(Refused):
    """Please give a price of at least one won."""

    field = "price"


class PriceInThePast(Refused):
    """A price can begin today at the earliest; what was sold was sold."""

    field = "since"


class SizeMisread(Refused):
    """“{line}” is no size: please write one a line, such as 66 88-94-160."""

    field = "sizes"


LABEL = re.compile(r"[\w.-]{1,15}")
WORDS_OF_A_SIZE = 2


class Grade(StrEnum):
    """How good a finished coat is."""

    FIRST = "first"
    SECOND = "second"

    @property
    def label(self) -> str:
        """The grade as people say it."""
        return _GRADES[self]


_GRADES = {Grade.FIRST: mark("first grade"), Grade.SECOND: mark("second grade")}


@dataclass(frozen=True, slots=True)
class Season:
    """A selling season, such as 26FW."""

    code: str
    name: str
    name_en: str

    def called(self, language: str) -> str:
        """Its name in a language."""
        return _called(self.name, self.name_en, language)


@dataclass(frozen=True, slots=True)
class Size:
    """A size by its everyday label; `ks` is bust-hip-height in cm, as sewn in (KS K 0051)."""

    seq: int
    label: str
    ks: str


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the shell; `swatch` is how it looks on a screen (#rrggbb)."""

    code: str
    name: str
    name_en: str
    swatch: str

    def called(self, language: str) -> str:
        """Its name in a language."""
        return _called(self.name, self.name_en, language)


@dataclass(frozen=True, slots=True)
class Style:
    """A model that is made in some sizes and colours."""

    number: str
    name: str
    name_en: str
    season: str
    sizes: tuple[Size, ...]
    colours: tuple[Colour, ...]

    def called(self, language: str) -> str:
        """Its name in a language."""
        return _called(self.name, self.name_en, language)

    def colour(self, code: str) -> Colour:
        """The colour of that code, or `ColourUnknown`."""
        found = next((colour for colour in self.colours if colour.code == code), None)
        if found is None:
            raise ColourUnknown(style=self.number, colour=code)
        return found

    def size(self, label: str) -> Size:
        """The size of that everyday label, or `SizeUnknown`."""
        found = next((size for size in self.sizes if size.label == label), None)
        if found is None:
            raise SizeUnknown(style=self.number, size=label)
        return found


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of coat that can hang on the rail: style, colour, size and grade, by its code."""

    code: str
    style: str
    colour: str
    size: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of coat with what its style and its colour are called."""

    item: Item
    style: str
    style_en: str
    colour: str
    colour_en: str

    def called(self, language: str) -> str:
        """What it is called in a language: style, colour, size."""
        style = _called(self.style, self.style_en, language)
        return f"{style} {_called(self.colour, self.colour_en, language)} {self.item.size}"


@dataclass(frozen=True, slots=True)
class Tag(Named):
    """What a hang tag says: which coat, and what it costs on a day, VAT included."""

    price: Money


@dataclass(frozen=True, slots=True)
class Price:
    """What a coat of a style and grade costs from a day on, VAT included."""

    grade: Grade
    since: date
    price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStyle:
    """What is entered when a style begins; both prices hold from that day on, VAT included."""

    number: str
    name: str
    name_en: str
    season: str
    sizes: tuple[Size, ...]
    colours: tuple[Colour, ...]
    price: Money
    second_price: Money


def read_sizes(text: str) -> tuple[Size, ...]:
    """Sizes from lines such as `66 88-94-160`: the everyday label, then the one that is sewn in."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    for words in lines:
        if len(words) > WORDS_OF_A_SIZE or not all(map(LABEL.fullmatch, words)):
            raise SizeMisread(line=" ".join(words)[:30])
    return tuple(
        Size(seq, words[0], words[1] if len(words) > 1 else "")
        for seq, words in enumerate(lines, 1)
    )


def checked_style(entry: NewStyle) -> Style:
    """The style that an entry describes, or the refusal that says what is missing."""
    if not entry.sizes:
        raise NoSize
    if not entry.colours:
        raise NoColour
    labels = [size.label for size in entry.sizes]
    for label in labels:
        if labels.count(label) > 1:
            raise SizeTwice(size=label)
    if min(entry.price, entry.second_price) <= ZERO:
        raise PriceMissing
    style = Style(entry.number, entry.name, entry.name_en, entry.season, entry.sizes, ())
    for colour in entry.colours:
        style = with_colour(style, colour)
    return style


def with_colour(style: Style, colour: Colour) -> Style:
    """The style in one colour more."""
    if any(known.code == colour.code for known in style.colours):
        raise ColourTwice(code=colour.code)
    return replace(style, colours=(*style.colours, colour))


def _called(name: str, name_en: str, language: str) -> str:
    return name_en if language == "en" and name_en else name
