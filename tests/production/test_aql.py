from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields
from factory.kernel.words import speaking
from factory.production import calc
from factory.production.domain.aql import LARGEST_LOTS, Aql, sampling

CASES = Path(__file__).resolve().parent.parent / "cases" / "aql.json"
lots = st.integers(1, 2_000_000)


def plan(lot: int, aql: Any) -> dict[str, Any]:
    return calc.aql(Fields({"lot": lot, "aql": aql}, ""))


@pytest.mark.parametrize("case", json.loads(CASES.read_text(encoding="utf-8")))
def test_a_case_comes_out(case: Any) -> None:
    found = calc.aql(Fields(case["input"], ""))
    assert {name: found[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    ("lot", "aql", "sample", "accept"),
    [
        (100, "1.5", 32, 1),  # the arrow's own sample, not the 20 of letter F
        (40, "4.0", 13, 1),
        (60, "2.5", 20, 1),
        (280, "1.5", 32, 1),
        (281, "1.5", 50, 2),
        (1_200, "2.5", 80, 5),
        (100_000, "4.0", 315, 21),
        (400_000, "2.5", 500, 21),
        (1_000_000, "1.5", 800, 21),
    ],
)
def test_an_arrow_is_followed_to_the_plan_it_points_to(
    lot: int, aql: str, sample: int, accept: int
) -> None:
    found = plan(lot, aql)
    assert (found["sample"], found["accept"], found["reject"]) == (sample, accept, accept + 1)


def test_of_a_small_lot_every_coat_is_looked_at() -> None:
    found = plan(8, "1.5")
    assert found["inspect_all"] is True
    assert found["sample"] == 8
    assert plan(9, "1.5")["inspect_all"] is False


@given(lot=lots, limit=st.sampled_from(Aql))
def test_a_sample_is_never_larger_than_its_lot(lot: int, limit: Aql) -> None:
    found = sampling(lot, limit)
    assert 1 <= found.plan.sample <= lot
    assert found.inspect_all == (found.plan.sample == lot)


@given(lot=lots, limit=st.sampled_from(Aql))
def test_a_larger_lot_is_never_looked_at_less(lot: int, limit: Aql) -> None:
    assert sampling(lot, limit).plan.sample <= sampling(lot + 1, limit).plan.sample


@pytest.mark.parametrize("largest", LARGEST_LOTS)
def test_a_letter_ends_with_its_largest_lot(largest: int) -> None:
    here, beyond = sampling(largest, Aql.USUAL), sampling(largest + 1, Aql.USUAL)
    assert here.code < beyond.code


@pytest.mark.parametrize(
    ("given_", "path"),
    [
        ({"lot": 0, "aql": "1.5"}, "lot"),
        ({"lot": "100", "aql": "1.5"}, "lot"),
        ({"lot": 100}, "aql"),
        ({"lot": 100, "aql": "3.0"}, "aql"),
        ({"lot": 100, "aql": ["1.5"]}, "aql"),
        ({"lot": 100, "aql": "1.5", "level": "II"}, "level"),
    ],
)
def test_what_is_wrong_is_refused_with_its_path(given_: Any, path: str) -> None:
    with pytest.raises(BadInput) as refusal:
        calc.aql(Fields(given_, ""))
    assert refusal.value.field == path


def test_the_reason_is_said_in_the_language_asked_for() -> None:
    rules = set()
    for language in ("ko", "ko_easy", "en"):
        with speaking(language):
            rules.add(plan(100, "1.5")["explain"][0]["rule"])
    assert len(rules) == 3
