"""Changes of a promised order: kept with their reason; what is cut can only become more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading
from factory.kernel.time import now
from factory.orders import queries, service
from factory.orders.domain import (
    AlreadyConfirmed,
    Line,
    NewOrder,
    NotConfirmed,
    OrderClosed,
    OrderState,
    WhyNeeded,
)
from factory.orders.domain.changes import (
    FewerThanPromised,
    NothingChanged,
    amended,
    changed_cells,
    refuse_amend,
)
from factory.security.domain import SYSTEM, Role
from tests.conftest import Kept, SignIn
from tests.orders.build import PRICE, make_entry, make_lines, make_order, make_style, order_value

CONFIRMED = order_value(state=OrderState.CONFIRMED)
CUTTING = replace(CONFIRMED, state=OrderState.IN_CUTTING)


def line(colour: str, **coats: int) -> Line:
    cells = tuple((size.removeprefix("s"), count) for size, count in coats.items())
    return Line(9, "W-2601", colour, PRICE, cells)


def test_an_old_line_keeps_its_number_and_a_new_colour_gets_the_next() -> None:
    wanted = [line("AA", s55=3), line("BK", s44=5, s55=11, s66=15, s77=10, s88=5)]
    black, camel, new = amended(CUTTING, [*wanted, CUTTING.lines[1]])
    assert (black.no, dict(black.cells)["55"], new.no, new.colour) == (1, 11, 3, "AA")
    found = changed_cells(CUTTING.lines, (black, camel, new))
    assert found == ((1, "55", 10, 11), (3, "55", 0, 3))


def test_before_the_cut_coats_may_fall_away_afterwards_not() -> None:
    fewer = [line("BK", s44=5, s55=1), CUTTING.lines[1]]
    assert dict(amended(CONFIRMED, fewer)[0].cells) == {"44": 5, "55": 1}
    with pytest.raises(FewerThanPromised):
        amended(CUTTING, fewer)
    with pytest.raises(FewerThanPromised):
        amended(CUTTING, [line("AA", s55=3)])


@pytest.mark.parametrize("state", [OrderState.DRAFT, OrderState.COMPLETE, OrderState.CLOSED])
def test_a_draft_and_what_is_over_are_not_amended(state: OrderState) -> None:
    with pytest.raises((NotConfirmed, OrderClosed)):
        refuse_amend(order_value(state=state))


def more(**changes: object) -> NewOrder:
    lines = make_lines(BK=(5, 12, 15, 10, 5), CA=(4, 9, 14, 9, 4), GY=(3, 7, 12, 7, 3))
    return make_entry(lines=lines, **changes)


def test_a_change_is_kept_with_who_when_and_why(session: Session) -> None:
    number = make_order(session).number
    with pytest.raises(AlreadyConfirmed):
        service.change(session, number, more(), by=SYSTEM, at=now())
    with pytest.raises(WhyNeeded):
        service.amend(session, number, more(), " ", by=SYSTEM, at=now())
    later = date(2026, 12, 20)
    service.amend(session, number, more(due=later), "two more", by=SYSTEM, at=now())
    (change,) = queries.changes(session, number)
    assert change.cells == ((1, "55", 10, 12),)
    assert (change.reason, change.due_after) == ("two more", later)
    order = queries.order(session, number)
    assert (order.quantity, order.due, order.state) == (119, later, OrderState.CONFIRMED)
    with pytest.raises(NothingChanged):
        service.amend(session, number, more(due=later), "again", by=SYSTEM, at=now())


def _hazel(session: Session) -> None:
    make_style(session)
    order = make_order(session, lines=make_lines(BK=(5, 10, 0, 0, 0)))
    service.advance(session, order.number, OrderState.IN_CUTTING, by=SYSTEM, at=now())


@pytest.fixture
def hazel(sign_in: SignIn, kept: Kept) -> FlaskClient:
    """Hazel takes orders; one of black coats is being cut."""
    kept(_hazel)
    return sign_in(Role.ORDER_MANAGER)


def test_the_page_takes_more_and_refuses_fewer(app: Flask, hazel: FlaskClient) -> None:
    with app.app_context(), reading() as session:
        number = queries.orders(session)[0].number
    address = f"/orders/{number}/amend"
    assert "Keep the change" in hazel.get(address + "?language=en").text
    cells = {"cell:W-2601:BK:44": "5", "cell:W-2601:BK:55": "12"}
    sent = {"style": "W-2601", "kind": "customer", "customer": "1", "due": "2026-12-15"}
    sent |= {"tolerance_percent": "3", "price:W-2601": "120000", "deposit": "", "note": ""}
    assert hazel.post(address, data=sent | cells).status_code == 422
    fewer = sent | {"cell:W-2601:BK:44": "4", "reason": "they want fewer"}
    assert hazel.post(address, data=fewer).status_code == 422
    assert hazel.post(address, data=sent | cells | {"reason": "more"}).status_code == 303
    page = hazel.get(f"/orders/{number}?language=en").text
    assert "black 55: 10 → 12" in page
    assert "more" in page
