"""Read JSON strictly, field by field; what is wrong is refused with its path."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from factory.kernel.errors import BadInput
from factory.kernel.words import mark

RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII
)
UUID_WRITTEN = re.compile(
    r"[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}", re.ASCII | re.IGNORECASE
)
W = TypeVar("W", bound=StrEnum)
MISSING: Any = object()
LONGEST_CODE = 40
YEARS = range(1990, 2100)
"""Of instants that can have happened here; beyond lies a spoilt clock."""
DAY = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d", re.ASCII)
"""A day of a century that somebody who works here, or her contract, can reach into."""
DECIMALS = 6


class Repeated(dict[str, Any]):
    """A JSON object that gives one field more than once: nobody knows which of them is meant."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.name = next(name for name in names if names.count(name) > 1)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object that a parser read (its `object_pairs_hook`), marked where a field repeats."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(pairs)


def as_day(value: object, path: str) -> date:
    """A day such as 2026-11-23."""
    try:
        return date.fromisoformat(value if isinstance(value, str) and DAY.fullmatch(value) else "")
    except ValueError:
        raise BadInput(path, mark("must be a day such as 2026-11-23")) from None


def as_uuid(text: str) -> str:
    """An id as RFC 4122 writes it, in small letters; with or without its hyphens.

    Python's own reader takes braces, blanks, underscores and other scripts' digits as well.
    """
    if not UUID_WRITTEN.fullmatch(text):
        raise ValueError
    return str(UUID(text))


def as_moment(text: str) -> datetime | None:
    """An instant exactly as RFC 3339 writes it, if it is one of our time."""
    try:
        found = datetime.fromisoformat(text.upper()) if RFC_3339.fullmatch(text) else None
    except ValueError:
        return None
    return found if found is not None and found.year in YEARS else None


class Fields:
    """A JSON object read field by field; what is wrong is refused with its path."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise BadInput(path, mark("must be an object"))
        self._left: dict[str, Any] = dict(value)
        self.path = path
        if isinstance(value, Repeated):
            raise BadInput(self.at(value.name), mark("is given more than once"))

    def take(self, name: str, default: Any = MISSING) -> Any:
        """A field as it stands; without a default it must be there."""
        if name in self._left:
            return self._left.pop(name)
        if default is MISSING:
            raise BadInput(self.at(name), mark("is missing"))
        return default

    def given(self, name: str) -> str:
        """A field's text as it was sent, left in its place."""
        return str(self._left.get(name, ""))

    def text(self, name: str, *, longest: int = 120) -> str:
        """A text of at most `longest` letters."""
        value = self.take(name)
        if not isinstance(value, str) or len(value) > longest or not value.isprintable():
            raise BadInput(self.at(name), mark("must be a text"))
        return value

    def code(self, name: str) -> str:
        """A code of digits, as text."""
        return self.text(name, longest=LONGEST_CODE).strip()

    def uuid(self, name: str) -> str:
        """The id of an event, made where it began."""
        value = self.text(name)
        try:
            return as_uuid(value)
        except ValueError:
            raise BadInput(self.at(name), mark("must be a UUID")) from None

    def moment(self, name: str) -> datetime:
        """An instant by RFC 3339, with its offset."""
        found = as_moment(self.text(name))
        if found is None:
            problem = mark("must be a time with its offset, such as 2026-11-02T08:58:00+09:00")
            raise BadInput(self.at(name), problem)
        return found

    def whole(
        self, name: str, default: Any = MISSING, *, least: int = 0, most: int = 10**12
    ) -> int:
        """A whole number within bounds."""
        value = self.take(name, default)
        if type(value) is not int or value < least:
            problem = mark("must be a whole number of at least {least}")
            raise BadInput(self.at(name), problem, least=least)
        if value > most:
            problem = mark("must be from {least} to {most}")
            raise BadInput(self.at(name), problem, least=least, most=most)
        return value

    def number(self, name: str, default: Any = MISSING, *, most: int = 10**6) -> Fraction:
        """A number that may have decimals, exactly."""
        value = self.take(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise BadInput(self.at(name), mark("must be a number"))
        if not 0 <= value <= most:
            raise BadInput(self.at(name), mark("must be from 0 to {most}"), most=most)
        if _decimals(value) > DECIMALS:
            problem = mark("must have no more than {most} decimals")
            raise BadInput(self.at(name), problem, most=DECIMALS)
        return Fraction(value)

    def yes(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.take(name, default)
        if not isinstance(value, bool):
            raise BadInput(self.at(name), mark("must be true or false"))
        return value

    def day(self, name: str, default: Any = MISSING) -> Any:
        """A day such as 2026-11-23; a default of None may stand for none."""
        value = self.take(name, default)
        return value if value is None and default is None else as_day(value, self.at(name))

    def days(self, name: str) -> tuple[date, ...]:
        """A list of days; none where it is not there."""
        return tuple(as_day(day, f"{self.at(name)}[{i}]") for i, day in self.each(name))

    def each(self, name: str, default: Any = ()) -> list[tuple[int, Any]]:
        """A list's parts with their places."""
        value = self.take(name, default)
        if not isinstance(value, (list, tuple)):
            raise BadInput(self.at(name), mark("must be a list"))
        return list(enumerate(value))

    def one_of(self, name: str, words: type[W], default: Any = MISSING) -> W:
        """One of a closed set of words."""
        value = self.take(name, default)
        try:
            return words(value)
        except (ValueError, TypeError):
            known = ", ".join(str(word) for word in words)
            raise BadInput(self.at(name), mark("must be one of {known}"), known=known) from None

    def objects(self, name: str, default: Any = MISSING) -> list[Fields]:
        """A list of objects."""
        parts = self.each(name, default)
        return [Fields(part, f"{self.at(name)}[{i}]") for i, part in parts]

    def within(self, name: str) -> Fields:
        """An object that must be there."""
        return Fields(self.take(name), self.at(name))

    def optional(self, name: str) -> Fields | None:
        """An object, or null, or nothing."""
        value = self._left.pop(name, None)
        return None if value is None else Fields(value, self.at(name))

    def names(self) -> tuple[str, ...]:
        """The names of the fields that were not taken yet."""
        return tuple(self._left)

    def has(self, name: str) -> bool:
        """Whether a field is there."""
        return name in self._left

    def done(self) -> None:
        """Refuse whatever was not asked for."""
        for name in self._left:
            raise BadInput(self.at(name), mark("is not known here"))

    def at(self, name: str) -> str:
        """The path of a field, as refusals name it, in one line whatever its name is."""
        shown = name if name.isprintable() else ascii(name)[1:-1]
        return f"{self.path}.{shown}" if self.path else shown


def _decimals(value: int | Decimal) -> int:
    """How many digits stand behind the point."""
    exponent = Decimal(value).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
