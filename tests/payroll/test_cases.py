"""Every case of pay, tax, insurance, severance, leave and hours, as the command calculates it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factory.kernel.fields import Fields
from factory.payroll import calc

CASES = Path(__file__).resolve().parent.parent / "cases"
KINDS = ("withholding", "insurance", "severance", "annual_leave", "payslip", "timesheet")


def every_case() -> list[Any]:
    found = []
    for kind in KINDS:
        text = (CASES / f"{kind}.json").read_text(encoding="utf-8")
        for number, case in enumerate(json.loads(text, parse_float=Decimal)):
            name = case.get("name", f"{number}")
            found.append(pytest.param(kind, case["input"], case["expect"], id=f"{kind}: {name}"))
    return found


@pytest.mark.parametrize(("kind", "given", "expected"), every_case())
def test_a_case_comes_out_to_the_won(kind: str, given: Any, expected: Any) -> None:
    found = getattr(calc, kind)(Fields(given, ""))
    for name, value in expected.items():
        assert comparable(found[name], value) == comparable(value, value), name


def comparable(found: Any, like: Any) -> Any:
    """Lists of lines without regard to their order, with the keys that are asked for."""
    if not isinstance(like, list) or not like:
        return found
    keys = like[0].keys()
    return sorted(tuple(str(line[key]) for key in keys) for line in found)
