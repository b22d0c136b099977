"""Note what firms have paid, and what the materials of a coat cost."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import hold
from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.orders import queries as orders
from factory.security import service as security
from factory.security.domain import Actor
from factory.till import records
from factory.till.domain.accounts import FirmPayment, PaidNothing, checked_payment
from factory.till.domain.sale import TenderKind
from factory.till.records import FirmPaymentRow, MaterialCostRow


def note_payment(
    session: Session,
    customer: int,
    amount: Money,
    kind: TenderKind,
    day: date,
    note: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> FirmPayment:
    """A firm paid something; the same id again changes nothing."""
    hold(session, "firm", customer)
    earlier = records.find_payment(session, event_id)
    if earlier is not None:
        return earlier.value()
    orders.customer(session, customer)
    row = FirmPaymentRow(event_id=event_id, customer=customer, kind=kind, day=day)
    row.amount, row.note = checked_payment(amount, day, day_of(at)), note.strip()[:120]
    row.at, row.by = at, by.name[:60]
    session.add(row)
    session.flush()
    thing, after = f"customer {customer}", {"amount": amount.won, "kind": kind.value}
    security.record(session, by, "note_payment", thing, at=at, reason=row.note, after=after)
    return row.value()


def enter_material_cost(
    session: Session, style: str, cost: Money, *, by: Actor, at: datetime
) -> None:
    """Say what cloth and trims of one coat cost from now on."""
    catalogue.style(session, style)
    if cost < ZERO:
        raise PaidNothing
    session.add(MaterialCostRow(style=style, cost=cost, at=at, by=by.name[:60]))
    session.flush()
    thing = f"style {style}"
    security.record(session, by, "enter_material_cost", thing, at=at, after=cost.won)
