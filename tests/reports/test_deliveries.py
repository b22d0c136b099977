"""What was promised for a month, and what of it went out whole and in time."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import DAY, month_of, now, today
from factory.orders import service as orders
from factory.orders.domain import Order, OrderKind
from factory.reports.deliveries import Deliveries, deliveries
from factory.security.domain import SYSTEM, Role
from factory.till import service
from factory.till.domain.ticket import Ticket, TicketState
from tests.conftest import SignIn
from tests.orders.build import make_customer, make_draft, make_lines
from tests.production import build
from tests.till.build import make_till
from tests.till.tickets import cancel, make_payment, make_ready, make_ticket, pick_up

pytestmark = pytest.mark.usefixtures("clock")


def promised(session: Session, **changes: Any) -> Order:
    """Ten black and four camel coats in 66, due tomorrow."""
    lines = make_lines(BK=(0, 0, 10, 0, 0), CA=(0, 0, 4, 0, 0))
    given: dict[str, Any] = {"lines": lines, "due": today() + DAY}
    return build.make_coat_order(session, **(given | changes))


def send(session: Session, order: Order, line: int, coats: int) -> None:
    made: dict[str, Any] = {"by": SYSTEM, "at": now(), "event_id": new_id()}
    orders.ship(session, order.number, {(line, "66"): coats}, **made)


def made(session: Session, order: Order, line: int, plies: int) -> None:
    build.finish(session, build.make_bundle(session, order, plies={line: plies}))


def found(session: Session) -> Deliveries:
    return deliveries(session, month_of(today()), today())


def test_only_what_is_due_counts_and_each_line_whole_or_not(
    session: Session, clock: time_machine.Traveller
) -> None:
    order = promised(session)
    made(session, order, 1, 10)
    made(session, order, 2, 4)
    send(session, order, 1, 10)
    send(session, order, 2, 3)
    early = found(session)
    assert [each.is_due for each in early.lines] == [False, False]
    assert (early.otif, early.pieces) == ("", "")
    clock.shift(2 * DAY)
    send(session, order, 2, 1)
    late = found(session)
    assert [(e.ordered, e.by_due, e.in_all, e.kept) for e in late.lines] == [
        (10, 10, 10, True),
        (4, 3, 4, False),
    ]
    assert (late.otif, late.pieces) == ("50.0", "92.9")


def test_drafts_stock_and_other_months_are_not_promised_to_anybody(session: Session) -> None:
    make_draft(session)
    promised(session, kind=OrderKind.STOCK)
    promised(session, kind=OrderKind.SAMPLE)
    cancelled = promised(session)
    orders.cancel(session, cancelled.number, "they changed their mind", by=SYSTEM, at=now())
    assert found(session).lines == ()
    promised(session)
    assert len(found(session).lines) == 2
    assert deliveries(session, month_of(today() + 40 * DAY), today()).lines == ()


def to_pick_up(session: Session) -> tuple[Order, Ticket]:
    order = promised(session, kind=OrderKind.MADE, lines=make_lines(BK=(0, 0, 1, 0, 0)))
    ticket = make_ticket(session, order=order.number, promised=order.due, tasks=())
    made(session, order, 1, 1)
    return order, ticket


def test_a_coat_made_to_measure_counts_from_the_day_it_is_ready_in_the_shop(
    session: Session, clock: time_machine.Traveller
) -> None:
    make_till(session)
    (_, early), (late_order, late) = to_pick_up(session), to_pick_up(session)
    to_pick_up(session)  # nobody says that it is ready
    known = {"kind": OrderKind.MADE, "customer": make_customer(session).number}
    sent = promised(session, lines=make_lines(CA=(0, 0, 1, 0, 0)), **known)
    made(session, sent, 1, 1)
    send(session, sent, 1, 1)
    make_ready(session, early)
    make_ready(session, late)
    service.move_ticket(session, late.number, TicketState.AT_WORK, by=SYSTEM, at=now())
    assert [each.is_due for each in found(session).lines] == [False] * 4
    clock.shift(2 * DAY)
    make_ready(session, late)
    pick_up(session, early, make_payment(early.price.won))  # she comes when she likes
    lines = found(session).lines
    assert [(e.ordered, e.by_due, e.in_all) for e in lines] == [
        *((1, 1, 1), (1, 0, 1), (1, 0, 0), (1, 1, 1)),
    ]
    assert lines[1].order.number == late_order.number
    assert (found(session).otif, found(session).pieces) == ("50.0", "50.0")
    cancel(session, late)
    assert [each.in_all for each in found(session).lines] == [1, 0, 0, 1]


def test_the_page_says_how_its_figures_came_about(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        order = promised(session)
        made(session, order, 1, 10)
        send(session, order, 1, 10)
    clock.shift(2 * DAY)
    maple = sign_in(Role.ORDER_MANAGER)
    for language in ("en", "ko", "ko_easy"):
        page = maple.get(f"/board/deliveries?language={language}").text
        assert "1 ÷ 2 = 50.0 %" in page
        assert "10 ÷ 14 = 71.4 %" in page
        assert order.number in page
    assert "Nothing was promised" in maple.get("/board/deliveries?month=2027-05&language=en").text
    assert maple.get("/board/deliveries?month=nonsense").status_code == 200
    assert sign_in(Role.CUTTER).get("/board/deliveries").status_code == 403
