"""Looking the law book through: each fault is found, and the book as shipped has none."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from factory.kernel.words import catalogue
from factory.law import check
from factory.law.book import entries
from factory.law.shown import FIELDS

TODAY = date(2026, 11, 26)
VALUE = {
    "since": date(2026, 1, 1),
    "value": 10320,
    "article": "Minimum Wage Act, art. 10",
    "source": "Notice for 2026",
}
LATER = {**VALUE, "since": date(2027, 1, 1), "value": 10700}
GOOD = {
    "label": "Minimum wage for one hour",
    "unit": "KRW/hour",
    "checked": date(2026, 11, 23),
    "values": [VALUE, LATER],
}


def problems(entry: Mapping[str, Any], name: str = "wages.minimum_hourly") -> set[str]:
    return {fault.problem for fault in check.look_at(name, entry, TODAY)}


def values(*given: dict[str, Any]) -> dict[str, Any]:
    return {**GOOD, "values": list(given)}


def test_the_book_as_it_is_shipped_is_in_order() -> None:
    assert [fault for fault in check.faults(TODAY) if not fault.doubt] == []


def test_a_good_entry_has_no_fault() -> None:
    assert problems(GOOD) == set()


JUNE = date(2026, 6, 30)
HOLIDAY = {**VALUE, "ends": date(2026, 12, 31), "value": {"2026-12-25": "Christmas"}}
TABLE = {**GOOD, "unit": "table"}
FAULTY: list[tuple[dict[str, Any], str]] = [
    ({**GOOD, "note": "x"}, "has a key that is not known here"),
    ({**GOOD, "unit": "KRW/day"}, "its unit is not known"),
    ({**GOOD, "label": "Not said in Korean"}, "its label has no Korean in ko/law.po"),
    ({**GOOD, "checked": date(2026, 11, 27)}, "was checked on a day to come"),
    (
        {**GOOD, "checked": date(2025, 11, 24)},
        "was not compared with its source for a year",
    ),
    (values({**VALUE, "since": date(2026, 1, 2)}), "has no value on the first day of the book"),
    (values({**VALUE, "ends": date(2025, 12, 31)}, LATER), "a value ends before it begins"),
    (
        values(LATER, VALUE),
        "first days are out of order, or two values begin on one day",
    ),
    (
        values(VALUE, {**LATER, "since": VALUE["since"]}),
        "first days are out of order, or two values begin on one day",
    ),
    (values({**VALUE, "ends": date(2027, 1, 1)}, LATER), "two values hold on one day"),
    (values({**VALUE, "ends": JUNE}, LATER), "there are days between two values"),
    (
        values({key: part for key, part in VALUE.items() if key != "source"}),
        "a value lacks its first day, article or source, or has more",
    ),
    (
        values({**VALUE, "article": " "}),
        "a value lacks its first day, article or source, or has more",
    ),
    (
        values({**VALUE, "until": JUNE}),
        "a value lacks its first day, article or source, or has more",
    ),
    (
        values({**VALUE, "article": "Minimum Wages Act, art. 10"}),
        "its article can't be cited in Korean",
    ),
    (values({**VALUE, "source": "somebody said so"}), "its source has no Korean in ko/law.po"),
    (values({**VALUE, "value": "much"}), "its value is no number"),
    (values({**VALUE, "value": -1}), "its value is no number"),
    (values({**VALUE, "value": {"least": 1}}), "its value is no number"),
    ({**TABLE, "values": [{**VALUE, "value": {"tips": 1}}]}, "a part has no words in shown.py"),
    (
        {**TABLE, "values": [{**VALUE, "value": {"tax": [[0, 6], [50, 24], [14, 15]]}}]},
        "its brackets are out of order",
    ),
    (
        {**GOOD, "unit": "holidays", "values": [{**HOLIDAY, "value": {"2027-01-01": "Christmas"}}]},
        "a holiday is out of its year or out of order",
    ),
    (
        {**GOOD, "unit": "holidays", "values": [{**HOLIDAY, "value": {"2026-12-25": "Yule"}}]},
        "a holiday has no Korean in ko/law.po",
    ),
]


@pytest.mark.parametrize(("entry", "problem"), FAULTY, ids=range(len(FAULTY)))
def test_each_fault_is_found(entry: dict[str, Any], problem: str) -> None:
    assert problem in problems(entry)
    assert problem in catalogue("ko")


def test_a_file_without_heading_is_found() -> None:
    assert problems(GOOD, "wonders.minimum_hourly") == {"its file has no heading in shown.py"}


@pytest.mark.parametrize("part", ["label", "unit", "checked", "values"])
def test_what_an_entry_lacks_is_named(part: str) -> None:
    lacking = {key: value for key, value in GOOD.items() if key != part}
    assert problems(lacking) == {f"is missing: {part}"}
    assert problems({**GOOD, "values": []}) == {"is missing: values"}


def test_long_unchecked_is_a_doubt_and_no_fault() -> None:
    old = {**GOOD, "checked": date(2025, 11, 24)}
    (only,) = check.look_at("wages.minimum_hourly", old, TODAY)
    assert only.doubt


def test_every_file_of_the_book_is_looked_at() -> None:
    fields = {name.partition(".")[0] for name, _ in entries()}
    assert fields <= set(FIELDS)
    broken = {name: deepcopy(dict(entry)) for name, entry in entries()}
    for name, entry in broken.items():
        entry["unit"] = "wonders"
        assert "its unit is not known" in problems(entry, name), name
