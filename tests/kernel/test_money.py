from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.money import Money, Rounding

exact_amounts = st.fractions(min_value=0, max_value=10**8)


def test_earnings_are_rounded_up_to_the_won() -> None:
    assert Money.rounded(Fraction(28, 5), Rounding.UP) == Money(6)


def test_statutory_deductions_are_cut_to_ten_won() -> None:
    assert Money.rounded(Fraction(74359), Rounding.CUT_TO_TEN) == Money(74350)


def test_a_half_goes_up_when_rounding_half_up() -> None:
    assert Money.rounded(Fraction(5, 2), Rounding.HALF_UP) == Money(3)


def test_a_float_is_no_money() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]


def test_a_yes_is_no_money() -> None:
    with pytest.raises(TypeError):
        Money(True)


@given(exact_amounts)
def test_each_rounding_stays_within_its_step(exact: Fraction) -> None:
    assert 0 <= Money.rounded(exact, Rounding.UP).won - exact < 1
    assert 0 <= exact - Money.rounded(exact, Rounding.DOWN).won < 1
    assert 0 <= exact - Money.rounded(exact, Rounding.CUT_TO_TEN).won < 10


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_a_total_is_the_sum(amounts: list[int]) -> None:
    assert Money.total(map(Money, amounts)).won == sum(amounts)


def test_money_adds_subtracts_and_turns_its_sign() -> None:
    assert Money(3) + Money(4) - Money(10) == -Money(3)
    assert Money(3) * 4 == Money(12)
    assert not Money(0)
