"""Returns never give back more than was sold, nor more than was paid; pure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.till.domain.refund import (
    AllCameBack,
    MoreThanWasSold,
    NothingToReturn,
    Refund,
    Returnable,
    SoldLine,
    decide_refund,
)
from factory.till.domain.sale import TenderKind, vat_inside

RATE = Fraction(1, 10)
CASH, CARD, TRANSFER = TenderKind


def sold(
    *lines: SoldLine, left: tuple[tuple[TenderKind, int], ...] = (), total: int | None = None
) -> Returnable:
    whole = sum(line.amount.won - line.refunded.won for line in lines) if total is None else total
    kept = left or ((CASH, whole),)
    return Returnable(lines, tuple((kind, Money(won)) for kind, won in kept), Money(whole))


COAT = SoldLine(1, "40001238", 2, Money(369_000))


def test_one_of_two_coats_comes_back() -> None:
    back = decide_refund(sold(COAT), {1: 1}, RATE)
    assert back.total == Money(184_500)
    assert [(each.kind, each.kept) for each in back.paid] == [(CASH, Money(184_500))]
    assert back.cash


def test_money_goes_back_the_way_it_came_the_card_first() -> None:
    receipt = sold(COAT, left=((CASH, 69_000), (CARD, 300_000)))
    part = decide_refund(receipt, {1: 1}, RATE)
    assert [(each.kind, each.kept) for each in part.paid] == [(CARD, Money(184_500))]
    assert not part.cash
    whole = decide_refund(receipt, {1: 2}, RATE)
    assert [(each.kind, each.kept) for each in whole.paid] == [
        (CARD, Money(300_000)),
        (CASH, Money(69_000)),
    ]


def test_the_last_coat_of_a_line_takes_what_rounding_left() -> None:
    line = SoldLine(1, "40001238", 3, Money(100))
    first = line.refund(1)
    second = SoldLine(1, "40001238", 3, Money(100), 1, first).refund(1)
    third = SoldLine(1, "40001238", 3, Money(100), 2, first + second).refund(1)
    assert [first, second, third] == [Money(33), Money(34), Money(33)]


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({}, NothingToReturn),
        ({1: 0}, NothingToReturn),
        ({1: 3}, MoreThanWasSold),
        ({1: -1}, MoreThanWasSold),
        ({2: 1}, MoreThanWasSold),
    ],
)
def test_what_can_not_come_back_is_refused(wanted: dict[int, int], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        decide_refund(sold(COAT), wanted, RATE)


def test_a_receipt_of_which_all_came_back_is_refused() -> None:
    gone = SoldLine(1, "40001238", 2, Money(369_000), 2, Money(369_000))
    with pytest.raises(AllCameBack):
        decide_refund(sold(gone), {1: 1}, RATE)


lines_of_a_sale = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 500_000)), min_size=1, max_size=4
)


@given(lines_of_a_sale, st.data())
def test_however_coats_come_back_the_sums_come_out(
    bought: list[tuple[int, int]], data: st.DataObject
) -> None:
    lines = [
        SoldLine(no, f"coat {no}", quantity, Money(amount))
        for no, (quantity, amount) in enumerate(bought, 1)
    ]
    total = Money.total(line.amount for line in lines)
    by_card = Money(data.draw(st.integers(0, total.won)))
    left = {CARD: by_card, CASH: total - by_card}
    vat, refunded = ZERO, ZERO
    while any(line.left for line in lines):
        wanted = {line.no: data.draw(st.integers(0, line.left)) for line in lines}
        if not any(wanted.values()):
            wanted = {line.no: line.left for line in lines}
        receipt = Returnable(tuple(lines), tuple(left.items()), total - refunded)
        back = decide_refund(receipt, wanted, RATE)
        lines, left = _after(lines, left, back)
        vat, refunded = vat + back.vat, refunded + back.total
        assert Money.total(each.kept for each in back.paid) == back.total
        assert all(amount >= ZERO for amount in left.values())
        assert back.total >= ZERO
    assert refunded == total
    assert vat == vat_inside(total, RATE)
    assert set(left.values()) == {ZERO}


def _after(
    lines: list[SoldLine], left: dict[TenderKind, Money], back: Refund
) -> tuple[list[SoldLine], dict[TenderKind, Money]]:
    came = {line.no: line for line in back.lines}
    kept = [
        line
        if line.no not in came
        else SoldLine(
            line.no,
            line.item,
            line.quantity,
            line.amount,
            line.back + came[line.no].quantity,
            line.refunded + came[line.no].amount,
        )
        for line in lines
    ]
    return kept, {
        kind: amount - Money.total(each.kept for each in back.paid if each.kind is kind)
        for kind, amount in left.items()
    }
