"""Work a line out again from nothing but what a reader of its reason is given."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from factory.kernel.money import Money, Rounding
from factory.payroll.domain.lines import evaluate


def recomputed(why: Mapping[str, Any]) -> int:
    """The amount of a reason, by its formula, numbers and rounding."""
    values = {each["name"]: Fraction(each["value"]) for each in why["inputs"]}
    return Money.rounded(evaluate(why["formula"], values), Rounding(why["rounding"])).won
