"""What speaks of her, the months of her time here, and values as JSON knows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from factory.kernel.money import Money
from factory.kernel.time import DAY
from factory.kernel.words import LANGUAGES, tell
from factory.mine.domain import SEALED, Hers, OnYourOwnTelephone, months, plain
from factory.people.domain import TermsKind

DAYS = some.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


def test_entries_speak_of_her_by_number_vault_account_and_requests() -> None:
    hers = Hers(number=7, uid="0f3a", requests=(3, 12))
    assert hers.things == ("worker 7", "worker 0f3a", "account 7", "request 3", "request 12")


def test_a_payslip_is_hers_by_the_end_of_its_name() -> None:
    assert "payslip 2026-10 of worker 7".endswith(Hers(7, "0f3a").ending)
    assert not "payslip 2026-10 of worker 17".endswith(Hers(7, "0f3a").ending)


def test_months_reach_from_her_first_day_to_today() -> None:
    found = months(date(2026, 9, 15), date(2026, 11, 24))
    assert [(month.start, month.end) for month in found] == [
        (date(2026, 9, 15), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 24)),
    ]


def test_who_begins_today_has_one_month_and_who_begins_tomorrow_none() -> None:
    today = date(2026, 11, 24)
    assert [(m.start, m.end) for m in months(today, today)] == [(today, today)]
    assert months(today + DAY, today) == ()


@given(DAYS, DAYS)
def test_months_hold_every_day_once(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = months(first, last)
    assert (found[0].start, found[-1].end) == (first, last)
    assert all(a.end + DAY == b.start for a, b in pairwise(found))
    assert all((m.start.year, m.start.month) == (m.end.year, m.end.month) for m in found)


@dataclass(frozen=True)
class Kept:
    """Something of ours."""

    rate: Money
    day: date
    kind: TermsKind
    many: tuple[int, ...]
    named: dict[date, str]


def test_values_are_written_as_json_knows_them() -> None:
    kept = Kept(
        Money(12_000), date(2026, 11, 24), TermsKind.HOURLY, (1, 2), {date(2026, 1, 1): "x"}
    )
    assert plain(kept) == {
        "rate": 12_000,
        "day": "2026-11-24",
        "kind": TermsKind.HOURLY.value,
        "many": [1, 2],
        "named": {"2026-01-01": "x"},
    }


@pytest.mark.parametrize("value", [None, True, 0, "소나무", -3])
def test_what_json_knows_stays_as_it_is(value: object) -> None:
    assert plain(value) is value


def test_a_moment_keeps_its_zone_and_a_set_becomes_a_list() -> None:
    assert plain(datetime(2026, 11, 24, 1, tzinfo=UTC)) == "2026-11-24T01:00:00+00:00"
    assert plain(frozenset({"sat"})) == ["sat"]


def test_whatever_is_written_is_json() -> None:
    odd = {"inside": (Money(1), [date(2026, 1, 1)], None), "else": object}
    assert json.loads(json.dumps(plain(odd)))["inside"] == [1, ["2026-01-01"], None]


def test_every_sealed_text_has_its_name() -> None:
    assert set(SEALED) == {
        "legal_name",
        "birth_date",
        "address",
        "phone",
        "bank_account",
        "irp_account",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shared_screen_says_where_it_can_be_saved(language: str) -> None:
    said = tell(OnYourOwnTelephone(), language)
    assert ("telephone" in said) is (language == "en")
