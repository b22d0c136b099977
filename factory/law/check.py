"""Look the law book through: what is missing, out of order, unknown, or long unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from factory.kernel.errors import Refused
from factory.kernel.time import DAY, months_later
from factory.kernel.words import catalogue, mark, speaking
from factory.law.articles import cite
from factory.law.book import FIRST_DAY, entries
from factory.law.shown import FIELDS, PARTS, UNITS

YEAR = 12
ENTRY = frozenset({"label", "unit", "checked", "values", "expected", "printed"})
VALUE = frozenset({"since", "ends", "value", "article", "source"})
LATIN = re.compile("[A-Za-z]")


class BookFaulty(Refused):
    """The law book has {count} faults."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a figure; a doubt does not stop anything."""

    name: str
    problem: str
    doubt: bool = False


def faults(today: date) -> tuple[Fault, ...]:
    """Everything that is wrong with the files as they are."""
    return tuple(fault for name, entry in entries() for fault in look_at(name, entry, today))


def look_at(name: str, entry: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """What is wrong with one entry."""
    lacking = {"label", "unit", "checked", "values"} - set(entry)
    if lacking or not entry["values"]:
        wanted = ", ".join(sorted(lacking or {"values"}))
        yield Fault(name, f"{mark('is missing')}: {wanted}")
        return
    yield from (Fault(name, mark("has a key that is not known here")) for _ in set(entry) - ENTRY)
    yield from (Fault(name, problem) for problem in _words(name, entry))
    yield from _age(name, entry["checked"], today)
    whole = [value for value in entry["values"] if not (VALUE - {"ends"}) - set(value)]
    if len(whole) < len(entry["values"]) or any(set(value) - VALUE for value in whole):
        yield Fault(name, mark("a value lacks its first day, article or source, or has more"))
    yield from (Fault(name, problem) for problem in _order(whole))
    for value in whole:
        yield from (Fault(name, problem) for problem in _value(name, entry["unit"], value))


def _words(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    if entry["unit"] not in UNITS:
        yield mark("its unit is not known")
    if name.partition(".")[0] not in FIELDS:
        yield mark("its file has no heading in shown.py")
    if entry["label"] not in catalogue("ko"):
        yield mark("its label has no Korean in ko/law.po")


def _age(name: str, checked: date, today: date) -> Iterator[Fault]:
    if checked > today:
        yield Fault(name, mark("was checked on a day to come"))
    elif months_later(checked, YEAR) < today:
        yield Fault(name, mark("was not compared with its source for a year"), doubt=True)


def _order(values: list[Mapping[str, Any]]) -> Iterator[str]:
    """First days in order; no two values on one day, no day between without one."""
    if values and values[0]["since"] > FIRST_DAY:
        yield mark("has no value on the first day of the book")
    for value in values:
        if "ends" in value and value["ends"] < value["since"]:
            yield mark("a value ends before it begins")
    for before, after in pairwise(values):
        if after["since"] <= before["since"]:
            yield mark("first days are out of order, or two values begin on one day")
        elif "ends" in before and before["ends"] >= after["since"]:
            yield mark("two values hold on one day")
        elif "ends" in before and before["ends"] + DAY < after["since"]:
            yield mark("there are days between two values")


def _value(name: str, unit: str, value: Mapping[str, Any]) -> Iterator[str]:
    if not str(value["article"]).strip() or not str(value["source"]).strip():
        yield mark("a value lacks its first day, article or source, or has more")
    with speaking("ko"):
        if LATIN.search(cite(str(value["article"]))):
            yield mark("its article can't be cited in Korean")
    if value["source"] not in catalogue("ko"):
        yield mark("its source has no Korean in ko/law.po")
    if unit == "holidays":
        yield from _holidays(value)
    elif unit == "table":
        yield from _parts(name, value["value"])
    elif not _is_number(value["value"]):
        yield mark("its value is no number")


def _holidays(value: Mapping[str, Any]) -> Iterator[str]:
    found = [date.fromisoformat(day) for day in value["value"]]
    last = value.get("ends", date.max)
    if any(not value["since"] <= day <= last for day in found) or found != sorted(set(found)):
        yield mark("a holiday is out of its year or out of order")
    if set(value["value"].values()) - set(catalogue("ko")):
        yield mark("a holiday has no Korean in ko/law.po")


def _parts(name: str, table: Any) -> Iterator[str]:
    """A table is named numbers, each with its words, or deeper; brackets rise from the first."""
    short = name.partition(".")[2]
    if isinstance(table, dict):
        flat = all(_is_number(part) for part in table.values())
        if flat and any(part not in PARTS and f"{short}.{part}" not in PARTS for part in table):
            yield mark("a part has no words in shown.py")
    for rows in _brackets(table):
        if any(after <= before for before, after in pairwise(rows)):
            yield mark("its brackets are out of order")


def _brackets(table: Any) -> Iterator[list[Fraction]]:
    """Where each row of a list begins, at whatever depth."""
    inside: Iterable[Any] = table.values() if isinstance(table, dict) else table
    if isinstance(table, list) and table and all(isinstance(row, list) for row in table):
        yield [Fraction(row[0]) for row in table]
    for part in inside:
        if isinstance(part, (dict, list)):
            yield from _brackets(part)


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, (dict, list)) and Fraction(value) >= 0
    except ValueError:
        return False
