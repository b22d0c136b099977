"""The drawer: float, cash that was kept, refunds, money in and out, the count; pure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.till.domain.drawer import (
    DENOMINATIONS,
    AmountMissing,
    CountWrong,
    Day,
    DayEnd,
    FloatBelowZero,
    NoteMissing,
    NotThatMuch,
    Opening,
    Takings,
    WhyMissing,
    checked_float,
    checked_movement,
    checked_note,
    count,
)
from factory.till.domain.sale import TenderKind

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CASH, CARD, TRANSFER = TenderKind
won = st.integers(0, 10**8)


def make_day(
    takings: tuple[Takings, ...] = (), *, float_: int = 100_000, paid_in: int = 0, paid_out: int = 0
) -> Day:
    return Day(
        opening=Opening(1, Money(float_), MORNING, "Birch"),
        sales=2,
        returns=1,
        coats=2,
        vat=Money(1_000),
        takings=takings,
        paid_in=Money(paid_in),
        paid_out=Money(paid_out),
        first=1,
        last=3,
    )


def test_a_drawer_holds_what_was_put_in_and_kept() -> None:
    takings = (
        Takings(CASH, Money(369_000), Money(69_000)),
        Takings(CARD, Money(500_000), Money(189_000)),
        Takings(TRANSFER, Money(100_000)),
    )
    day = make_day(takings, paid_in=50_000, paid_out=20_000)
    assert day.expected == Money(100_000 + 369_000 - 69_000 + 50_000 - 20_000)
    assert (day.sold, day.refunded, day.net) == (Money(969_000), Money(258_000), Money(711_000))


def test_a_day_without_sales_leaves_the_float() -> None:
    assert make_day().expected == Money(100_000)
    assert make_day().cash.net == ZERO


@given(won, won, won, won, won)
def test_the_drawer_is_float_and_cash_kept_less_refunds_and_what_was_moved(
    float_: int, sold: int, refunded: int, paid_in: int, paid_out: int
) -> None:
    takings = (Takings(CARD, Money(7)), Takings(CASH, Money(sold), Money(refunded)))
    day = make_day(takings, float_=float_, paid_in=paid_in, paid_out=paid_out)
    assert day.expected.won == float_ + sold - refunded + paid_in - paid_out


@pytest.mark.parametrize(
    ("counted", "over"),
    [({50_000: 2}, 0), ({50_000: 2, 10: 1}, 10), ({50_000: 1, 1_000: 49}, -1_000), ({}, -100_000)],
)
def test_a_count_is_over_or_short(counted: dict[int, int], over: int) -> None:
    end = DayEnd(day=make_day(), counted=count(counted), counts=1, note="", at=MORNING, by="Birch")
    assert end.over == Money(over)


@given(st.dictionaries(st.sampled_from(DENOMINATIONS), st.integers(0, 1_000)))
def test_a_count_comes_to_its_notes_and_coins(pieces: dict[int, int]) -> None:
    found = count(pieces)
    assert found.total.won == sum(worth * number for worth, number in pieces.items())
    assert [worth for worth, _ in found.pieces] == list(DENOMINATIONS)


@pytest.mark.parametrize("pieces", [{10: -1}, {20: 1}])
def test_a_count_that_can_not_be_is_refused(pieces: dict[int, int]) -> None:
    with pytest.raises(CountWrong):
        count(pieces)


def test_a_float_may_be_nothing_but_not_below() -> None:
    assert checked_float(ZERO) == ZERO
    with pytest.raises(FloatBelowZero):
        checked_float(Money(-1))


def test_money_in_and_out_carries_its_sign() -> None:
    assert checked_movement(Money(5), "change", ZERO, out=False) == Money(5)
    assert checked_movement(Money(5), "thread", Money(5), out=True) == Money(-5)


@pytest.mark.parametrize(
    ("amount", "reason", "out", "refusal"),
    [
        (0, "change", False, AmountMissing),
        (-5, "change", False, AmountMissing),
        (5, "  ", False, WhyMissing),
        (11, "thread", True, NotThatMuch),
    ],
)
def test_money_can_not_be_moved_without_amount_reason_or_money(
    amount: int, reason: str, *, out: bool, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        checked_movement(Money(amount), reason, Money(10), out=out)


@given(over=st.integers(-(10**7), 10**7), most=st.integers(0, 10**6))
def test_only_a_difference_above_the_bound_needs_a_note(over: int, most: int) -> None:
    assert checked_note(" why ", Money(over), Money(most)) == "why"
    if abs(over) <= most:
        assert checked_note("  ", Money(over), Money(most)) == ""
        return
    with pytest.raises(NoteMissing):
        checked_note("  ", Money(over), Money(most))
