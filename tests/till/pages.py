"""What the till's pages are shown with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.orders import service as orders
from factory.security.domain import SYSTEM
from factory.till import service
from factory.till.domain.ticket import PricedTask
from tests.orders.build import finish, make_order
from tests.till.build import FLOAT, make_coat, make_count, make_till, sold
from tests.till.tickets import make_payment, make_ready, make_ticket


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A day that ended, and one with a sale whose till is open."""
    make_till(session)
    service.close_day(session, make_count(FLOAT), by=SYSTEM, at=now())
    make_till(session)
    code = sold(session, make_coat(session)).code
    ticket = make_ticket(session, deposit=make_payment(5_000)).number
    plan = now() + timedelta(days=1)
    service.plan_fitting(session, ticket, plan, by=SYSTEM, at=now())
    task = service.price_task(
        session, PricedTask(0, "단추 달기", Money(3_000)), by=SYSTEM, at=now()
    )
    firm, delivery = _delivered(session)
    return {
        "till.measures": {"number": ticket},
        "till.ticket": {"number": ticket},
        "till.pay_ticket": {"number": make_ready(session, make_ticket(session)).number},
        "till.price": {"number": task.number},
        "till.firm": {"number": firm},
        "till.firm_statement": {"number": firm, "delivery": delivery},
        "till.money": {"way": "out"},
        "till.give_back": {"code": code},
        "till.receipt": {"code": code},
        "till.sale": {"code": code},
        "till.sales": {"day": today().isoformat()},
        "till.sales_sheet": {"day": today().isoformat()},
        "till.ended": {"number": 1},
        "till.past": {"number": 1},
    }


def _delivered(session: Session) -> tuple[int, str]:
    """A firm to which a coat went out, and the number of its delivery note."""
    order = make_order(session)
    finish(session, order, 1, "66", 1)
    gone = orders.ship(
        session, order.number, {(1, "66"): 1}, event_id=new_id(), by=SYSTEM, at=now()
    )
    return order.customer.number if order.customer else 0, gone.number
