"""The law book: each figure with its first day, its article and its source."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from factory.kernel.errors import FactoryError, Refused
from factory.law.calendar import computed, is_labour_day

HOLIDAYS = "public_holidays.year"
SATURDAY = 5

PARAMETERS = Path(__file__).with_name("parameters")
FIRST_DAY = date(2026, 1, 1)
"""The book answers for no day before this one."""


class LawBookBegins(Refused):
    """The law book begins on {first}. An earlier day can't be calculated here."""


class RateNotPublished(Refused):
    """“{label}” is not published for {day}. Please enter it in the law book, with its source."""

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
    checked: date
    """When somebody last compared it with its source."""

    @property
    def number(self) -> Fraction:
        """The value as an exact number."""
        number: Fraction = self.value
        return number

    @property
    def table(self) -> Mapping[str, Any]:
        """The value as named numbers."""
        return cast("Mapping[str, Any]", self.value)


@dataclass(frozen=True, slots=True)
class Entered:
    """A value that was entered here because the book was printed before it was published."""

    name: str
    since: date
    value: Fraction | tuple[tuple[str, Fraction], ...]
    """A number, or named numbers."""
    article: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Decreed:
    """A public holiday that was decreed after the book was printed: an election, a day between."""

    day: date
    name: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class LawBook:
    """Every figure with its history, oldest first, and the public holidays."""

    figures: Mapping[str, tuple[Figure, ...]]
    expected: Mapping[str, date]
    """From when on a newer value is to be expected."""
    decreed: Mapping[date, Decreed] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    """Figures that come with a new edition of the program alone; nobody enters them."""
    opened: dict[date, LawAt] = field(default_factory=dict, init=False, repr=False)
    """The days on which it was opened already."""
    named: dict[date, str | None] = field(default_factory=dict, init=False, repr=False)
    """The days that somebody asked the name of already."""

    def on(self, day: date) -> LawAt:
        """Open the book on a day; `LawBookBegins` before its first."""
        if day < FIRST_DAY:
            raise LawBookBegins(first=FIRST_DAY)
        return self.opened.get(day) or self.opened.setdefault(day, LawAt(day, self))

    def at(self, day: date) -> LawAt:
        """Open the book on a day, or on its first where the day lies before it."""
        return self.on(max(day, FIRST_DAY))

    def newest(self, name: str) -> Figure:
        """The newest value of a figure that has no history to speak of."""
        return self.figures[name][-1]

    def with_entries(self, entered: Iterable[Entered], decreed: Iterable[Decreed] = ()) -> LawBook:
        """The same book with what was entered here; this one stays as it is."""
        figures = dict(self.figures)
        for each in entered:
            figures[each.name] = _with(figures[each.name], each)
        return LawBook(figures, self.expected, {each.day: each for each in decreed}, self.printed)

    def holiday(self, day: date) -> str | None:
        """What a public holiday or its substitute is called; nothing on other days.

        Years that are not printed are computed; 1 May is one in every year.
        """
        if day not in self.named:
            self.named[day] = self._holiday(day)
        return self.named[day]

    def _holiday(self, day: date) -> str | None:
        if day in self.decreed:
            return self.decreed[day].name
        for year in self.figures[HOLIDAYS]:
            if year.ends is not None and year.since <= day <= year.ends:
                return cast("Mapping[date, str]", year.value).get(day)
        return "Labour Day" if is_labour_day(day) else computed(day)

    def is_public_holiday(self, day: date) -> bool:
        """Whether it is a public holiday, a substitute for one, or Labour Day."""
        return self.holiday(day) is not None

    def is_business_day(self, day: date) -> bool:
        """Whether banks and offices are open: Monday to Friday, and no public holiday."""
        return day.weekday() < SATURDAY and not self.is_public_holiday(day)

    @property
    def fingerprint(self) -> str:
        """What tells one book from another: it changes with every value, first day and holiday."""
        return _fingerprint(self)


@dataclass(frozen=True, slots=True)
class LawAt:
    """The law book opened on one day."""

    day: date
    book: LawBook
    found: dict[str, Figure] = field(default_factory=dict, compare=False, repr=False)
    """What was looked up already."""

    def figure(self, name: str) -> Figure:
        """The figure that holds on this day; `RateNotPublished` where none does yet."""
        figure = self.found.get(name)
        if figure is None:
            figure = self.found[name] = self._look_up(name)
        return figure

    def _look_up(self, name: str) -> Figure:
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

    def find(self, name: str) -> Figure | None:
        """The figure that holds on this day, or nothing."""
        try:
            return self.figure(name)
        except RateNotPublished:
            return None

    def number(self, name: str) -> Fraction:
        """The exact number that holds on this day."""
        return self.figure(name).number

    def is_stale(self, name: str) -> bool:
        """Whether a newer value was to be expected by this day."""
        expected = self.book.expected.get(name)
        return expected is not None and self.day >= expected


def _with(history: tuple[Figure, ...], entered: Entered) -> tuple[Figure, ...]:
    value = dict(entered.value) if isinstance(entered.value, tuple) else entered.value
    new = replace(
        history[-1],
        since=entered.since,
        ends=None,
        value=value,
        article=entered.article,
        source=entered.source,
        checked=entered.checked,
    )
    return tuple(sorted((*history, new), key=lambda figure: figure.since))


@lru_cache(maxsize=64)
def _fingerprint(book: LawBook) -> str:
    found = hashlib.sha256()
    for name, history in sorted(book.figures.items()):
        for each in history:
            found.update(f"{name} {each.since} {each.ends} {_plain(each.value)}\n".encode())
    for day in sorted(book.decreed):
        found.update(f"{day}\n".encode())
    return found.hexdigest()


def _plain(value: Any) -> str:
    """A value as text that depends on nothing but the value."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_plain(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(_plain(part) for part in value) + ")"
    return str(value)


@lru_cache(maxsize=1)
def law_book() -> LawBook:
    """The book as it was shipped."""
    figures: dict[str, tuple[Figure, ...]] = {}
    expected: dict[str, date] = {}
    printed: set[str] = set()
    for name, entry in entries():
        figures[name] = tuple(_figure(name, entry, value) for value in entry["values"])
        if "expected" in entry:
            expected[name] = entry["expected"]
        if entry.get("printed"):
            printed.add(name)
    return LawBook(figures, expected, printed=frozenset(printed))


def entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every entry of the files as it stands there, by its whole name."""
    for path in sorted(PARAMETERS.glob("*.toml")):
        with path.open("rb") as file:
            content = tomllib.load(file, parse_float=Fraction)
        for short, entry in content.items():
            yield f"{path.stem}.{short}", entry


def _figure(name: str, entry: Mapping[str, Any], value: Mapping[str, Any]) -> Figure:
    exact = _exact if entry["unit"] != "holidays" else _days
    return Figure(
        name=name,
        label=entry["label"],
        unit=entry["unit"],
        since=value["since"],
        ends=value.get("ends"),
        value=exact(value["value"]),
        article=value["article"],
        source=value["source"],
        checked=entry["checked"],
    )


def _exact(value: Any) -> Any:
    """Numbers as fractions, all the way down; `9448/71900` is one too."""
    if isinstance(value, dict):
        return {key: _exact(part) for key, part in value.items()}
    if isinstance(value, list):
        return tuple(_exact(part) for part in value)
    return Fraction(value)


def _days(value: Mapping[str, str]) -> dict[date, str]:
    """Holidays by day."""
    return {date.fromisoformat(day): name for day, name in value.items()}
