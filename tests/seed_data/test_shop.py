"""A day in the shop comes out to the won."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.kernel.time import DAY, at, in_order
from factory.till.domain.sale import TenderKind
from seed_data.acts import Act, Bought, BroughtBack, CashMoved, TillCounted, TillOpened
from seed_data.shop import FLOAT, Shop
from tests.seed_data.build import chance

TUESDAY = date(2026, 11, 24)
EVENING = at(TUESDAY, "23:00")
PRICES = {"40000018": 389_000, "40000026": 259_000, "40000034": 129_000}


def shop(*, seed: int = 1, coats: int = 40) -> Shop:
    one = Shop(PRICES, chance(seed))
    for code in PRICES:
        one.hang(code, coats)
    return one


def days(one: Shop, count: int) -> list[Act]:
    found: list[Act] = []
    for number in range(count):
        day = TUESDAY + number * DAY
        found += one.day(day, at(day, "23:00"))
    return found


def price(sale: Bought) -> int:
    return sum(PRICES[code] * n - discount for code, n, discount in sale.lines)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 500), busy=st.integers(0, 200))
def test_the_till_opens_first_and_is_counted_last(seed: int, busy: int) -> None:
    acts = shop(seed=seed).day(TUESDAY, EVENING, busy=busy)
    assert isinstance(acts[0], TillOpened)
    assert isinstance(acts[-1], TillCounted)
    assert in_order(act.at for act in acts)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 500))
def test_every_sale_is_paid_and_only_cash_is_paid_beyond(seed: int) -> None:
    for sale in (act for act in days(shop(seed=seed), 6) if isinstance(act, Bought)):
        by_card = sum(amount for kind, amount in sale.tenders if kind is not TenderKind.CASH)
        handed = sum(amount for _, amount in sale.tenders)
        assert all(amount > 0 for _, amount in sale.tenders)
        assert by_card <= price(sale) <= handed
        assert handed == price(sale) or len(sale.tenders) == 1


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 500), coats=st.integers(0, 3))
def test_nothing_is_sold_that_does_not_hang_there(seed: int, coats: int) -> None:
    one = shop(seed=seed, coats=coats)
    acts = days(one, 8)
    assert all(n >= 0 for n in one.rail.values())
    gone = sum(n for act in acts if isinstance(act, Bought) for _, n, _ in act.lines)
    back = [act.sale for act in acts if isinstance(act, BroughtBack)]
    sizes = {act.id: sum(n for _, n, _ in act.lines) for act in acts if isinstance(act, Bought)}
    assert sum(one.rail.values()) == 3 * coats - gone + sum(sizes[sale] for sale in back)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 300))
def test_the_drawer_never_pays_out_more_than_is_in_it(seed: int) -> None:
    one = shop(seed=seed, coats=80)
    paid: dict[str, int] = {}
    drawer = 0
    for act in days(one, 20):
        match act:
            case TillOpened():
                drawer = act.float
            case Bought():
                cash = price(act) - sum(a for k, a in act.tenders if k is not TenderKind.CASH)
                paid[act.id] = cash
                drawer += cash
            case BroughtBack():
                drawer -= paid.pop(act.sale)
            case CashMoved():
                drawer += -act.amount if act.out else act.amount
            case TillCounted():
                assert drawer + act.over >= 0
            case _:
                pass
        assert drawer >= 0


def test_a_sale_comes_back_once_and_within_a_week() -> None:
    acts = days(shop(coats=300), 60)
    sold = {act.id: act.at for act in acts if isinstance(act, Bought)}
    back = [act for act in acts if isinstance(act, BroughtBack)]
    assert 3 < len(back) < len(sold) // 5
    assert len({act.sale for act in back}) == len(back)
    assert all((act.at - sold[act.sale]).days <= 8 for act in back)


def test_people_pay_in_every_way_and_cash_gets_a_cash_receipt() -> None:
    sales = [act for act in days(shop(coats=300), 60) if isinstance(act, Bought)]
    kinds = [tuple(kind for kind, _ in sale.tenders) for sale in sales]
    assert {(TenderKind.CARD,), (TenderKind.CASH,), (TenderKind.TRANSFER,)} <= set(kinds)
    assert (TenderKind.CASH, TenderKind.CARD) in kinds
    for sale, kind in zip(sales, kinds, strict=True):
        assert (sale.identifier is None) == (set(kind) == {TenderKind.CARD})


def test_now_and_then_the_drawer_does_not_come_out_exactly() -> None:
    overs = [act.over for act in days(shop(coats=300), 60) if isinstance(act, TillCounted)]
    assert len(overs) == 60
    assert 0 < sum(over != 0 for over in overs) < 30
    assert all(-10_000 <= over <= 1_000 for over in overs)


@pytest.mark.parametrize("wall", ["09:00", "11:00", "13:40"])
def test_a_day_that_is_not_over_has_its_till_open(wall: str) -> None:
    moment: datetime = at(TUESDAY, wall)
    acts = shop().day(TUESDAY, moment)
    assert all(act.at <= moment for act in acts)
    assert [act for act in acts if isinstance(act, TillCounted)] == []
    assert [isinstance(act, TillOpened) for act in acts[:1]] == ([True] if wall > "09:30" else [])


def test_the_float_is_the_same_every_day() -> None:
    floats = {act.float for act in days(shop(), 4) if isinstance(act, TillOpened)}
    assert floats == {FLOAT}
