"""Exact figures as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.figures import decimal


@pytest.mark.parametrize(
    ("exact", "digits", "written"),
    [
        (Fraction(9, 4), 1, "2.3"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-9, 4), 1, "-2.3"),
        (Fraction(-1, 100), 1, "0.0"),
        (Fraction(201, 200), 2, "1.01"),
        (Fraction(5, 2), 0, "3"),
        (7, 1, "7.0"),
        (0, 1, "0.0"),
    ],
)
def test_a_half_goes_away_from_zero(exact: Fraction | int, digits: int, written: str) -> None:
    assert decimal(exact, digits) == written


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_it_is_what_rounding_by_hand_gives(thousandths: int, digits: int) -> None:
    getcontext().prec = 40
    exact = Decimal(thousandths).scaleb(-5)
    wanted = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert Decimal(decimal(Fraction(thousandths, 10**5), digits)) == wanted
