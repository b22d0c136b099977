"""Bills, tenders, change, cash receipts and the seller's number; pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, read_code, running_code
from factory.kernel.money import ZERO, Money
from factory.law.book import law_book
from factory.till.domain.cash_receipt import (
    CashReceipt,
    ReceiptPurpose,
    by_cash,
    duty_for,
    masked,
)
from factory.till.domain.sale import (
    Basket,
    DiscountTooLarge,
    FromTheFuture,
    NotEnoughPaid,
    NothingToSell,
    Paid,
    PaidBelowZero,
    QuantityWrong,
    Tender,
    TenderKind,
    TooMuchByCard,
    Wanted,
    quick_cash,
    receipt_code,
    refuse_future,
    ring_up,
    settle,
    vat_inside,
)

LAW = law_book().on(date(2026, 11, 24))
RATE = LAW.number("sales_tax.standard")
BLACK, CAMEL = running_code(CodeKind.COAT, 123), running_code(CodeKind.COAT, 124)
PRICES = {BLACK: Money(189_000), CAMEL: Money(198_000)}
CASH, CARD, TRANSFER = TenderKind
won = st.integers(0, 10**9).map(Money)


# Bills


def test_the_same_tag_again_is_one_more_of_the_coat() -> None:
    basket = Basket().with_coat(BLACK).with_coat(CAMEL).with_coat(BLACK)
    assert basket.lines == (Wanted(BLACK, 2), Wanted(CAMEL, 1))
    assert basket.with_quantity(0, 0).lines == (Wanted(CAMEL, 1),)
    assert basket.with_quantity(1, 3).lines[1] == Wanted(CAMEL, 3)


def test_a_discount_stays_with_its_line_when_one_more_is_scanned() -> None:
    basket = Basket((Wanted(BLACK, 1, Money(9_000)),)).with_coat(BLACK)
    assert basket.lines == (Wanted(BLACK, 2, Money(9_000)),)


def test_a_bill_takes_the_prices_of_the_day_and_the_discount_off_its_line() -> None:
    basket = Basket((Wanted(BLACK, 2, Money(9_000)), Wanted(CAMEL)))
    bill = ring_up(basket, PRICES, RATE)
    assert [line.amount for line in bill.lines] == [Money(369_000), Money(198_000)]
    assert bill.total == Money(567_000)
    assert (bill.supply, bill.vat) == (Money(515_455), Money(51_545))


@pytest.mark.parametrize(
    ("total", "supply", "vat"),
    [
        (10_000, 9_091, 909),
        (369_000, 335_455, 33_545),
        (189_000, 171_818, 17_182),
        (110, 100, 10),
        (5, 5, 0),
        (0, 0, 0),
    ],
)
def test_the_tax_is_inside_the_price(total: int, supply: int, vat: int) -> None:
    found = vat_inside(Money(total), RATE)
    assert (Money(total) - found, found) == (Money(supply), Money(vat))


@given(won, st.sampled_from([RATE, Fraction(0), Fraction(1, 8)]))
def test_supply_and_tax_are_the_total_to_the_won(total: Money, rate: Fraction) -> None:
    vat = vat_inside(total, rate)
    exact = Fraction(total.won) * rate / (1 + rate)
    assert ZERO <= vat <= total
    assert abs(vat.won - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("basket", "refusal"),
    [
        (Basket(), NothingToSell),
        (Basket((Wanted(BLACK, 0),)), QuantityWrong),
        (Basket((Wanted(BLACK, -1),)), QuantityWrong),
        (Basket((Wanted(BLACK, 1, Money(189_001)),)), DiscountTooLarge),
        (Basket((Wanted(BLACK, 1, Money(-1)),)), DiscountTooLarge),
    ],
)
def test_a_bill_that_can_not_be_is_refused_by_name(basket: Basket, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        ring_up(basket, PRICES, RATE)


def test_a_coat_may_be_given_away() -> None:
    bill = ring_up(Basket((Wanted(BLACK, 1, Money(189_000)),)), PRICES, RATE)
    assert settle(bill.total, ()).change == ZERO


# Tenders and change


def tender(kind: TenderKind, amount: int) -> Tender:
    return Tender(kind, Money(amount))


@pytest.mark.parametrize(
    ("total", "tenders", "kept", "change"),
    [
        (189_000, [(CASH, 189_000)], [189_000], 0),
        (189_000, [(CASH, 200_000)], [189_000], 11_000),
        (189_000, [(CARD, 189_000)], [189_000], 0),
        (369_000, [(CARD, 300_000), (CASH, 70_000)], [300_000, 69_000], 1_000),
        (369_000, [(CASH, 70_000), (CARD, 300_000)], [69_000, 300_000], 1_000),
        (369_000, [(TRANSFER, 100_000), (CARD, 269_000)], [100_000, 269_000], 0),
        (10_000, [(CASH, 5_000), (CASH, 50_000)], [5_000, 5_000], 45_000),
        (10_000, [(CASH, 50_000), (CASH, 5_000)], [10_000, 0], 45_000),
        (189_000, [(CARD, 0), (CASH, 189_000)], [189_000], 0),
        (0, [(CASH, 1_000)], [0], 1_000),
    ],
)
def test_only_what_is_kept_counts_and_only_cash_gives_change(
    total: int, tenders: list[tuple[TenderKind, int]], kept: list[int], change: int
) -> None:
    done = settle(Money(total), tuple(tender(*each) for each in tenders))
    assert [paid.kept for paid in done.paid] == [Money(each) for each in kept]
    assert done.change == Money(change)


@pytest.mark.parametrize(
    ("tenders", "refusal", "values"),
    [
        ([], NotEnoughPaid, {"missing": Money(189_000)}),
        ([(CASH, 180_000)], NotEnoughPaid, {"missing": Money(9_000)}),
        ([(CARD, 100_000), (CASH, 50_000)], NotEnoughPaid, {"missing": Money(39_000)}),
        ([(CARD, 189_001)], TooMuchByCard, {"most": Money(189_000)}),
        ([(CARD, 100_000), (TRANSFER, 100_000)], TooMuchByCard, {"most": Money(189_000)}),
        ([(CARD, 200_000), (CASH, 10_000)], TooMuchByCard, {"most": Money(189_000)}),
        ([(CASH, -1), (CARD, 189_001)], PaidBelowZero, {}),
    ],
)
def test_what_is_paid_wrongly_is_refused_with_the_amount_that_helps(
    tenders: list[tuple[TenderKind, int]], refusal: type[Refused], values: dict[str, Money]
) -> None:
    with pytest.raises(refusal) as refused:
        settle(Money(189_000), tuple(tender(*each) for each in tenders))
    assert refused.value.values == values


@given(won, st.lists(st.tuples(st.sampled_from(TenderKind), won), max_size=4))
def test_what_is_kept_is_the_total_and_the_change_is_the_rest(
    total: Money, given_: list[tuple[TenderKind, Money]]
) -> None:
    try:
        done = settle(total, tuple(Tender(*each) for each in given_))
    except Refused:
        return
    handed = Money.total(amount for _, amount in given_)
    assert Money.total(paid.kept for paid in done.paid) == total
    assert done.change == handed - total
    assert all(ZERO <= paid.kept <= paid.handed for paid in done.paid)
    assert all(paid.kept == paid.handed for paid in done.paid if paid.kind is not CASH)


def test_the_drawer_opens_for_cash_and_for_nothing_else() -> None:
    assert settle(Money(10), (tender(CASH, 10),)).cash
    assert not settle(Money(10), (tender(CARD, 10),)).cash
    assert not settle(Money(10), (tender(CASH, 0), tender(TRANSFER, 10))).cash


@pytest.mark.parametrize(
    ("total", "amounts"),
    [
        (378_000, [378_000, 380_000, 400_000]),
        (189_000, [189_000, 190_000, 200_000]),
        (234_500, [234_500, 240_000, 250_000, 300_000]),
        (50_000, [50_000, 100_000]),
        (0, []),
    ],
)
def test_quick_amounts_are_what_customers_hand_over(total: int, amounts: list[int]) -> None:
    assert quick_cash(Money(total)) == tuple(Money(each) for each in amounts)


@given(st.integers(1, 10**9))
def test_every_quick_amount_is_enough(total: int) -> None:
    assert all(amount >= Money(total) for amount in quick_cash(Money(total)))


def test_a_receipt_has_a_code_that_scanners_can_check() -> None:
    assert read_code(receipt_code(12), CodeKind.RECEIPT) == running_code(CodeKind.RECEIPT, 12)


def test_a_sale_may_come_late_but_not_from_the_future() -> None:
    received = datetime.fromisoformat("2026-11-24T10:00:00+09:00")
    refuse_future(received - timedelta(days=3), received)
    refuse_future(received + timedelta(minutes=5), received)
    with pytest.raises(FromTheFuture):
        refuse_future(received + timedelta(minutes=5, seconds=1), received)


# Cash receipts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("010-1234-5678", "010-****-5678"),
        ("01012345678", "010-****-5678"),
        ("0111234567", "011-****-4567"),
        ("1234567812347890", "1234-56**-****-7890"),
        ("124-81-00998", "124-81-00998"),
        ("12345", "****2345"),
        ("010-****-5678", "010-****-5678"),
    ],
)
def test_a_customers_number_is_never_kept_whole(typed: str, kept: str) -> None:
    assert masked(typed) == kept


def test_a_receipt_nobody_asked_for_goes_to_the_tax_office() -> None:
    assert CashReceipt(ReceiptPurpose.INCOME_DEDUCTION).shown == "010-000-1234"
    kept = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-000-1234")
    assert kept.shown == "010-000-1234"  # a star would make a customer's telephone of it
    named = CashReceipt(ReceiptPurpose.BUSINESS_EXPENSE, "010-2222-3333", "J12345678")
    assert named.shown == "010-****-3333"


@pytest.mark.parametrize(
    ("paid", "owed"),
    [
        ([(CASH, 100_000)], True),
        ([(CASH, 99_999)], False),
        ([(TRANSFER, 60_000), (CASH, 40_000)], True),
        ([(CARD, 500_000), (CASH, 40_000)], True),
        ([(CARD, 59_999), (CASH, 40_000)], False),
        ([(CARD, 500_000)], False),
    ],
)
def test_a_cash_receipt_is_owed_from_a_hundred_thousand_won(
    paid: list[tuple[TenderKind, int]], *, owed: bool
) -> None:
    kept = tuple(Paid(kind, Money(500_000), Money(amount)) for kind, amount in paid)
    found = duty_for(by_cash(kept), Money.total(each.kept for each in kept), LAW)
    assert (found is not None) is owed
    if found is not None:
        assert (found.amount, found.until) == (by_cash(kept), date(2026, 11, 29))


def test_supply_and_tax_come_to_every_total_up_to_a_million_won() -> None:
    """The convention in whole numbers, supply = ⌊(20 × total + 11) ÷ 22⌋, beside ours.

    Ours is asked at every total near a point where rounding turns, and at a step between them; the
    whole row follows, since both rise by at most one.
    """
    asked = (*range(1, 20_000), *range(20_000, 1_000_001, 97), *range(999_000, 1_000_001))
    for total in asked:
        vat = vat_inside(Money(total), RATE)
        assert total - vat.won == (20 * total + 11) // 22
        assert vat.won * 11 - total in range(-6, 7)
    assert vat_inside(Money(10_000), RATE) == Money(909)
