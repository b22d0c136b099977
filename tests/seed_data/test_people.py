"""The invented people: believable terms, enough for each station, one who leaves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.catalogue.domain import Station
from factory.people.domain import TermsKind
from seed_data.people import NAMES, Part, crew
from tests.seed_data.build import chance

MINIMUM_WAGE_2026 = 10_320
HOURS_A_MONTH = 209


def test_every_name_belongs_to_one_person() -> None:
    assert len(set(NAMES)) == len(NAMES)


@settings(max_examples=50, deadline=None)
@given(workers=st.integers(1, len(NAMES)), seed=st.integers(0, 999))
def test_as_many_people_as_asked_for_with_numbers_in_order(workers: int, seed: int) -> None:
    people = crew(workers, 60, chance(seed))
    assert [person.number for person in people] == list(range(1, workers + 1))


@settings(max_examples=50, deadline=None)
@given(workers=st.integers(1, len(NAMES)), days=st.integers(1, 120), seed=st.integers(0, 999))
def test_every_station_has_somebody_from_the_first_day_to_the_last(
    workers: int, days: int, seed: int
) -> None:
    people = crew(workers, days, chance(seed))
    for day in range(days):
        known = {s for one in people if one.is_here(day) for s in one.stations}
        assert known == set(Station) - {Station.CUT}


@settings(max_examples=50, deadline=None)
@given(workers=st.integers(1, len(NAMES)), seed=st.integers(0, 999))
def test_nobody_is_hired_below_the_minimum_wage(workers: int, seed: int) -> None:
    for one in crew(workers, 60, chance(seed)):
        if one.kind is TermsKind.HOURLY:
            assert one.rate >= MINIMUM_WAGE_2026
        elif one.kind is TermsKind.MONTHLY:
            assert one.rate >= MINIMUM_WAGE_2026 * HOURS_A_MONTH


def test_a_house_of_twenty_five_pays_by_the_hour_the_month_and_the_piece() -> None:
    people = crew(25, 60, chance())
    kinds = [person.kind for person in people]
    assert all(kinds.count(kind) >= 3 for kind in (TermsKind.HOURLY, TermsKind.MONTHLY))
    assert kinds.count(TermsKind.PIECE) >= 4
    parts = [person.part for person in people]
    assert parts.count(Part.SEWER) == 15
    assert parts.count(Part.CUTTER) == 3
    assert parts.count(Part.SHOP) == 2


def test_some_come_in_the_season_and_one_leaves() -> None:
    people = crew(25, 60, chance())
    assert [one.number for one in people if one.last_day is not None] == [7]
    hired = sorted(one.first_day for one in people)
    assert hired[0] == 0
    assert hired[-1] == 42
    assert sum(first > 0 for first in hired) == 3


@pytest.mark.parametrize("workers", [1, 3, 5])
def test_in_a_tiny_house_everybody_can_do_everything(workers: int) -> None:
    for one in crew(workers, 8, chance()):
        assert one.makes_coats
        assert set(one.stations) == set(Station) - {Station.CUT}


def test_piece_workers_are_quick_and_the_office_makes_no_coats() -> None:
    for one in crew(40, 60, chance()):
        if one.kind is TermsKind.PIECE:
            assert one.pace >= 92
        if one.part is not Part.SEWER:
            assert not one.makes_coats


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert crew(25, 60, chance(1)) == crew(25, 60, chance(1))
    assert crew(25, 60, chance(1)) != crew(25, 60, chance(2))
