"""The worked examples of the fact sheet, each with its source, as the command calculates them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factory.kernel.fields import Fields
from factory.kernel.words import speaking
from factory.payroll import calc
from tests.payroll.recompute import recomputed

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "pay"


def examples() -> list[Any]:
    return [
        pytest.param(path.stem, each, id=f"{path.stem}: {each['name']}")
        for path in sorted(GOLDEN.glob("*.json"))
        for each in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    ]


@pytest.mark.parametrize(("kind", "example"), examples())
def test_a_worked_example_comes_out_to_the_won(kind: str, example: dict[str, Any]) -> None:
    assert example["source"].startswith("Fact sheet of 2026-11-23, ")
    with speaking("en"):
        found = getattr(calc, kind)(Fields(example["input"], ""))
    for name, value in example["expect"].items():
        if value and isinstance(value, list):
            keys = value[0].keys()
            assert [{key: line[key] for key in keys} for line in found[name]] == value, name
        else:
            assert found[name] == value, name


@pytest.mark.parametrize(("kind", "example"), examples())
def test_every_reason_of_it_can_be_worked_out_again(kind: str, example: dict[str, Any]) -> None:
    with speaking("en"):
        found = getattr(calc, kind)(Fields(example["input"], ""))
    for why in found["explain"]:
        assert recomputed(why) == why["amount"], why["code"]
