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
from tests.conftest import SignIn
from tests.orders.build import make_draft, make_lines
from tests.production import build

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
