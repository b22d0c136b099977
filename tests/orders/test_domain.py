"""What an order is, which ones can be taken, how they move, and what may go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.errors import NotFound, Refused
from factory.kernel.money import Money
from factory.kernel.time import at as moment
from factory.kernel.words import LANGUAGES, tell
from factory.orders import domain
from factory.orders.domain import (
    AlreadyConfirmed,
    BusinessNumberWrong,
    CustomerMissing,
    DepositTooLarge,
    DueInThePast,
    DueTooFar,
    EmptyOrder,
    LineTwice,
    MoreThanOrdered,
    NobodyToShipTo,
    NotConfirmed,
    NothingCutYet,
    NothingToShip,
    NotThisSize,
    NotWhileCut,
    Order,
    OrderCancelled,
    OrderClosed,
    OrderKind,
    OrderState,
    PriceMissing,
    StockHasNoCustomer,
    TooManyInACell,
    WhyNeeded,
)
from tests.orders.build import DUE, PRICE, make_cells, make_entry, make_lines, order_value

TODAY = date(2026, 11, 24)
S = OrderState
ALL = set(OrderState)


# What an order is


def test_an_order_adds_up_its_lines() -> None:
    order = order_value()
    assert (order.quantity, order.line(1).quantity, order.line(2).quantity) == (85, 45, 40)
    assert order.worth == Money(85 * 120_000)
    assert order.line(1).of("66") == 15
    assert order.line(1).of("99") == 0


def test_a_line_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        order_value().line(3)


def test_every_cell_has_a_name_that_goes_along_with_its_coats() -> None:
    assert order_value().cells()["2026-0012/1/66"] == 15
    assert len(order_value().cells()) == 10


@given(st.integers(2026, 2099), st.integers(1, 99_999), st.integers(1, 99), st.text(min_size=1))
def test_the_name_of_a_cell_reads_back(year: int, running: int, line: int, size: str) -> None:
    number = domain.order_number(year, running)
    assert domain.read_cell(domain.cell(number, line, size)) == (number, line, size)


@pytest.mark.parametrize("name", ["", "2026-0012", "2026-0012/1", "2026-0012/x/66", "/1/66"])
def test_what_is_no_name_of_a_cell_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        domain.read_cell(name)


def test_orders_are_numbered_by_year() -> None:
    assert domain.order_number(2026, 12) == "2026-0012"
    assert domain.order_number(2027, 12_345) == "2027-12345"


@pytest.mark.parametrize(
    ("ordered", "percent", "most"),
    [(100, 3, 103), (100, 0, 100), (0, 3, 0), (1, 3, 2), (15, 3, 16), (34, 3, 36), (10, 100, 20)],
)
def test_a_part_of_a_coat_of_tolerance_counts_as_one(ordered: int, percent: int, most: int) -> None:
    assert domain.with_tolerance(ordered, percent) == most


@given(st.integers(0, 9_999), st.integers(0, 20))
def test_tolerance_is_never_below_its_share_and_less_than_a_coat_above(
    ordered: int, percent: int
) -> None:
    beyond = domain.with_tolerance(ordered, percent) - ordered
    assert ordered * percent <= beyond * 100 < ordered * percent + 100


def test_only_a_size_that_is_ordered_may_be_cut() -> None:
    assert order_value().most_to_cut(1, "66") == 16
    assert order_value(tolerance_percent=10).most_to_cut(1, "66") == 17
    assert order_value().most_to_cut(1, "99") == 0


@pytest.mark.parametrize("state", OrderState)
def test_an_open_order_is_late_the_day_after_it_was_due(state: OrderState) -> None:
    order = order_value(state=state)
    assert not order.is_late(DUE)
    assert order.is_late(DUE + timedelta(days=1)) is order.is_open


# Which orders can be taken


def test_lines_are_numbered_and_empty_ones_left_out() -> None:
    entry = make_entry(lines=make_lines(BK=(0, 0, 0, 0, 0), CA=(0, 2, 0), GY=(1,)))
    lines = domain.checked(entry, today=TODAY)
    assert [(line.no, line.colour, line.cells) for line in lines] == [
        (1, "CA", (("55", 2),)),
        (2, "GY", (("44", 1),)),
    ]


REFUSED: list[tuple[dict[str, Any], type[Refused]]] = [
    ({"lines": ()}, EmptyOrder),
    ({"lines": make_lines(BK=(0, 0))}, EmptyOrder),
    ({"lines": make_lines(BK=(10_000,))}, TooManyInACell),
    ({"lines": (*make_lines(BK=(1,)), *make_lines(BK=(2,)))}, LineTwice),
    ({"due": TODAY - timedelta(days=1)}, DueInThePast),
    ({"due": TODAY.replace(year=TODAY.year + 6, month=1, day=1)}, DueTooFar),
    ({"due": date.max}, DueTooFar),
    ({"customer": None}, CustomerMissing),
    ({"kind": OrderKind.STOCK}, StockHasNoCustomer),
    ({"lines": (domain.NewLine("W-2601", "BK", Money(0), make_cells(1)),)}, PriceMissing),
    ({"lines": (domain.NewLine("W-2601", "BK", Money(-5), make_cells(1)),)}, PriceMissing),
    ({"deposit": PRICE * 117 + Money(1)}, DepositTooLarge),
    ({"deposit": Money(-1)}, DepositTooLarge),
]


@pytest.mark.parametrize(("change", "refusal"), REFUSED)
def test_an_order_that_cant_be_kept_is_refused_by_name(
    change: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        domain.checked(make_entry(**change), today=TODAY)


def test_an_order_for_today_with_the_whole_price_paid_is_taken() -> None:
    entry = make_entry(due=TODAY, deposit=PRICE * 117)
    assert sum(line.quantity for line in domain.checked(entry, today=TODAY)) == 117


@pytest.mark.parametrize("kind", [OrderKind.STOCK, OrderKind.SAMPLE])
def test_what_is_made_for_ourselves_needs_no_price_and_no_customer(kind: OrderKind) -> None:
    free = (domain.NewLine("W-2601", "BK", Money(0), make_cells(1)),)
    assert domain.checked(make_entry(kind=kind, customer=None, lines=free), today=TODAY)


def test_what_is_made_for_one_person_needs_a_price_and_no_business() -> None:
    free = (domain.NewLine("W-2601", "BK", Money(0), make_cells(1)),)
    with pytest.raises(PriceMissing):
        domain.checked(make_entry(kind=OrderKind.MADE, customer=None, lines=free), today=TODAY)
    assert domain.checked(make_entry(kind=OrderKind.MADE, customer=None), today=TODAY)


# How an order moves: every state, one by one


def confirm(order: Order) -> OrderState:
    return domain.confirmed(order, today=TODAY)


def cancel(order: Order) -> OrderState:
    return domain.cancelled(order, "the shop gave up")


def close(order: Order) -> OrderState:
    return domain.closed(order, "no more cloth")


Moved = OrderState | type[Refused]
MOVES: dict[OrderState, tuple[Moved, Moved, Moved]] = {
    S.DRAFT: (S.CONFIRMED, S.CANCELLED, NotConfirmed),
    S.CONFIRMED: (S.CONFIRMED, S.CANCELLED, NothingCutYet),
    S.IN_CUTTING: (S.IN_CUTTING, NotWhileCut, S.CLOSED),
    S.IN_PRODUCTION: (S.IN_PRODUCTION, NotWhileCut, S.CLOSED),
    S.COMPLETE: (S.COMPLETE, NotWhileCut, S.CLOSED),
    S.CLOSED: (OrderClosed, OrderClosed, OrderClosed),
    S.CANCELLED: (OrderCancelled, OrderCancelled, OrderCancelled),
}


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize(("place", "move"), [(0, confirm), (1, cancel), (2, close)])
def test_each_state_knows_where_it_may_go(
    state: OrderState, place: int, move: Callable[[Order], OrderState]
) -> None:
    expected = MOVES[state][place]
    if isinstance(expected, OrderState):
        assert move(order_value(state=state)) is expected
    else:
        with pytest.raises(expected):
            move(order_value(state=state))


def test_a_draft_whose_due_date_is_over_is_not_promised() -> None:
    with pytest.raises(DueInThePast):
        domain.confirmed(order_value(state=S.DRAFT, due=date(2026, 11, 23)), today=TODAY)


def test_cancelling_and_closing_short_need_a_reason() -> None:
    with pytest.raises(WhyNeeded):
        domain.cancelled(order_value(), "  ")
    with pytest.raises(WhyNeeded):
        domain.closed(order_value(state=S.IN_PRODUCTION), "")
    assert domain.closed(order_value(state=S.COMPLETE), "") is S.CLOSED


@pytest.mark.parametrize("state", sorted(ALL - {S.DRAFT, S.CANCELLED}))
def test_a_confirmed_order_is_not_changed_like_a_draft(state: OrderState) -> None:
    with pytest.raises(AlreadyConfirmed):
        domain.refuse_change(order_value(state=state))


def test_a_draft_is_changed_and_a_cancelled_order_is_not() -> None:
    domain.refuse_change(order_value(state=S.DRAFT))
    with pytest.raises(OrderCancelled):
        domain.refuse_change(order_value(state=S.CANCELLED))


WAY = (S.CONFIRMED, S.IN_CUTTING, S.IN_PRODUCTION, S.COMPLETE, S.CLOSED)


@pytest.mark.parametrize(("state", "to"), list(product(WAY, WAY)))
def test_the_floor_brings_an_order_forward_and_never_back(
    state: OrderState, to: OrderState
) -> None:
    after = domain.advanced("2026-0012", state, to)
    assert WAY.index(after) == max(WAY.index(state), WAY.index(to))
    assert domain.advanced("2026-0012", after, to) is after


@pytest.mark.parametrize(
    ("state", "refusal"), [(S.DRAFT, NotConfirmed), (S.CANCELLED, OrderCancelled)]
)
def test_the_floor_does_not_work_for_a_draft_or_a_cancelled_order(
    state: OrderState, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        domain.advanced("2026-0012", state, S.IN_CUTTING)
    with pytest.raises(refusal):
        domain.refuse_work(order_value(state=state))


def test_nothing_more_is_cut_for_a_closed_order() -> None:
    with pytest.raises(OrderClosed):
        domain.refuse_work(order_value(state=S.CLOSED))
    domain.refuse_work(order_value(state=S.COMPLETE))


# What may go out


def test_coats_go_out_in_the_order_of_lines_and_sizes() -> None:
    parts = domain.to_ship(order_value(), {}, {(2, "44"): 1, (1, "66"): 5, (1, "55"): 0})
    assert [(line.no, size, quantity) for line, size, quantity in parts] == [
        (1, "66", 5),
        (2, "44", 1),
    ]


@pytest.mark.parametrize(
    ("change", "asked", "refusal"),
    [
        ({"state": S.DRAFT}, {(1, "66"): 1}, NotConfirmed),
        ({"state": S.CLOSED}, {(1, "66"): 1}, OrderClosed),
        ({"state": S.CANCELLED}, {(1, "66"): 1}, OrderCancelled),
        ({"customer": None}, {(1, "66"): 1}, NobodyToShipTo),
        ({}, {}, NothingToShip),
        ({}, {(1, "66"): 0}, NothingToShip),
        ({}, {(1, "99"): 1}, NotThisSize),
        ({}, {(3, "66"): 1}, NotFound),
        ({}, {(1, "66"): 6}, MoreThanOrdered),
    ],
)
def test_what_cant_go_out_is_refused_by_name(
    change: dict[str, Any], asked: dict[tuple[int, str], int], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        domain.to_ship(order_value(**change), {"2026-0012/1/66": 10}, asked)


@given(st.integers(0, 15), st.integers(1, 30))
def test_never_more_goes_out_than_is_ordered(gone: int, asked: int) -> None:
    order, before, going = order_value(), {"2026-0012/1/66": gone}, {(1, "66"): asked}
    if gone + asked > 15:
        with pytest.raises(MoreThanOrdered) as refused:
            domain.to_ship(order, before, going)
        assert refused.value.values["left"] == 15 - gone
    else:
        assert domain.to_ship(order, before, going) == ((order.line(1), "66", asked),)


def test_everything_has_gone_out_only_with_the_last_coat() -> None:
    order = order_value()
    gone = order.cells()
    assert domain.is_all_shipped(order, gone)
    assert not domain.is_all_shipped(order, gone | {"2026-0012/2/88": 3})
    assert not domain.is_all_shipped(order, {})


def test_a_shipment_has_a_number_within_its_order() -> None:
    cells = ((1, "66", 5), (2, "44", 1))
    shipment = domain.Shipment("2026-0012", 2, moment(DUE, "10:00"), "Maple", cells)
    assert (shipment.number, shipment.quantity) == ("2026-0012-2", 6)


# Customers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), (" ", ""), ("123-45-67891", "1234567891"), ("220 81 62517", "2208162517")],
)
def test_a_business_registration_number_is_kept_as_ten_digits(typed: str, kept: str) -> None:
    assert domain.business_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["123-45-67890", "12345", "abc", "12345678911", "１２３４５６７８９１"]
)
def test_a_wrong_business_registration_number_is_refused(typed: str) -> None:
    with pytest.raises(BusinessNumberWrong):
        domain.business_number(typed)


@given(st.integers(0, 10**9 - 1), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_in_a_business_number_is_noticed(body: int, place: int, shift: int) -> None:
    digits = f"{body:09d}"
    good = next(digits + last for last in "0123456789" if _holds(digits + last))
    bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert not _holds(bad)


def _holds(digits: str) -> bool:
    try:
        return domain.business_number(digits) == digits
    except BusinessNumberWrong:
        return False


# Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_say_what_is_wrong_and_what_to_do(language: str) -> None:
    told = tell(MoreThanOrdered(1, "66", 5, 6), language)
    assert "5" in told
    assert "6" in told
    assert "{" not in told
