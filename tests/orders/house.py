"""Orders put into an application and looked up in it, as pages meet them."""

from __future__ import annotations

from typing import Any

from flask import Flask

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.orders import queries, service
from factory.orders.domain import Order, OrderState
from factory.security.domain import SYSTEM
from tests.orders.build import finish, make_draft, make_order

S = OrderState


def kept(app: Flask) -> tuple[Order, ...]:
    with app.app_context(), reading() as session:
        return queries.orders(session)


def draft_in(app: Flask, **changes: Any) -> str:
    with app.app_context(), transaction() as session:
        return make_draft(session, **changes).number


def order_in(app: Flask, state: OrderState = S.CONFIRMED, **changes: Any) -> Order:
    with app.app_context(), transaction() as session:
        order = make_order(session, **changes)
        service.advance(session, order.number, state, by=SYSTEM, at=now())
        return queries.order(session, order.number)


def hang(app: Flask, order: Order, line: int, size: str, coats: int) -> str:
    with app.app_context(), transaction() as session:
        return finish(session, order, line, size, coats)
