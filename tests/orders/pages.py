"""What the pages about orders are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.orders import service
from factory.orders.domain import OrderState
from factory.security.domain import SYSTEM
from tests.catalogue import pages
from tests.orders.build import finish, make_customer, make_draft, make_order


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A draft, and an order of which three coats hang ready and two went out."""
    pages.examples(session)
    order = make_order(session)
    service.advance(session, order.number, OrderState.IN_PRODUCTION, by=SYSTEM, at=now())
    finish(session, order, 1, "66", 5)
    going, event = {(1, "66"): 2}, new_id()
    shipped = service.ship(session, order.number, going, event_id=event, by=SYSTEM, at=now())
    there = {"number": order.number}
    return {
        "orders.order": there,
        "orders.ship": there,
        "orders.work_order": there,
        "orders.amend": there,
        "orders.delivery_note": there | {"no": shipped.no},
        "orders.quote": {"style": "W-2601"},
        "orders.packing_list": there | {"no": shipped.no},
        "orders.change": {"number": make_draft(session).number},
        "orders.prices": {"number": make_customer(session).number},
        "orders.change_customer": {"number": make_customer(session).number},
    }
