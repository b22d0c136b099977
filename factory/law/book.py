"""The law book: each figure with its first day, its article and its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from factory.kernel.errors import FactoryError, Refused

PARAMETERS = Path(__file__).with_name("parameters")
FIRST_DAY = date(2026, 1, 1)
"""The book answers for no day before this one."""


class LawBookBegins(Refused):
    """The law book begins on {first}. An earlier day can't be calculated here."""


class RateNotPublished(Refused):
    """“{label}” is not published for {day}. It has to be entered first."""

    spoken = ("label",)


class NoSuchFigure(FactoryError):
    """The law book has no figure named {name}."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the law, from its first day on."""

    name: str
    label: str
    unit: str
    since: date
    ends: date | None
    value: Any
    article: str
    source: str

    @property
    def number(self) -> Fraction:
        """The value as an exact number."""
        return cast("Fraction", self.value)

    @property
    def table(self) -> Mapping[str, Any]:
        """The value as named numbers."""
        return cast("Mapping[str, Any]", self.value)


@dataclass(frozen=True, slots=True, eq=False)
class LawBook:
    """Every figure with its history, oldest first."""

    figures: Mapping[str, tuple[Figure, ...]]
    expected: Mapping[str, date]
    """From when on a newer value is to be expected."""

    def on(self, day: date) -> LawAt:
        """Open the book on a day; `LawBookBegins` before its first."""
        if day < FIRST_DAY:
            raise LawBookBegins(first=FIRST_DAY)
        return LawAt(day, self)


@dataclass(frozen=True, slots=True)
class LawAt:
    """The law book opened on one day."""

    day: date
    book: LawBook

    def figure(self, name: str) -> Figure:
        """The figure that holds on this day; `RateNotPublished` where none does yet."""
        history = self.book.figures.get(name)
        if history is None:
            raise NoSuchFigure(name=name)
        held = [figure for figure in history if figure.since <= self.day]
        if not held:
            raise RateNotPublished(label=history[0].label, day=self.day)
        last = held[-1]
        if last.ends is not None and self.day > last.ends:
            raise RateNotPublished(label=last.label, day=self.day)
        return last

    def number(self, name: str) -> Fraction:
        """The exact number that holds on this day."""
        return self.figure(name).number

    def is_stale(self, name: str) -> bool:
        """Whether a newer value was to be expected by this day."""
        expected = self.book.expected.get(name)
        return expected is not None and self.day >= expected


@lru_cache(maxsize=1)
def law_book() -> LawBook:
    """The book as it was shipped."""
    figures: dict[str, tuple[Figure, ...]] = {}
    expected: dict[str, date] = {}
    for path in sorted(PARAMETERS.glob("*.toml")):
        with path.open("rb") as file:
            content = tomllib.load(file, parse_float=Fraction)
        for short, entry in content.items():
            name = f"{path.stem}.{short}"
            figures[name] = tuple(_figure(name, entry, value) for value in entry["values"])
            if "expected" in entry:
                expected[name] = entry["expected"]
    return LawBook(figures, expected)


def _figure(name: str, entry: Mapping[str, Any], value: Mapping[str, Any]) -> Figure:
    return Figure(
        name=name,
        label=entry["label"],
        unit=entry["unit"],
        since=value["since"],
        ends=value.get("ends"),
        value=_exact(value["value"]),
        article=value["article"],
        source=value["source"],
    )


def _exact(value: Any) -> Any:
    """Numbers as fractions, all the way down; `9448/71900` is one too."""
    if isinstance(value, dict):
        return {key: _exact(part) for key, part in value.items()}
    if isinstance(value, list):
        return tuple(_exact(part) for part in value)
    return Fraction(value)
