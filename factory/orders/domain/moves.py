"""How an order moves from state to state; each move gives the new state or refuses."""

from __future__ import annotations

from datetime import date

from factory.orders.domain.order import Order
from factory.orders.domain.refusals import (
    AlreadyConfirmed,
    DueInThePast,
    NotConfirmed,
    NothingCutYet,
    NotWhileCut,
    OrderCancelled,
    OrderClosed,
    WhyNeeded,
)
from factory.orders.domain.states import CUT, WAY, OrderState


def refuse_change(order: Order) -> None:
    """Refuse to change what is more than a draft."""
    if order.state is OrderState.CANCELLED:
        raise OrderCancelled(number=order.number)
    if order.state is not OrderState.DRAFT:
        raise AlreadyConfirmed(number=order.number)


def confirmed(order: Order, *, today: date) -> OrderState:
    """A draft is promised; what is confirmed already stays so."""
    _refuse_ended(order)
    if order.state is OrderState.DRAFT and order.due < today:
        raise DueInThePast(due=order.due)
    return OrderState.CONFIRMED if order.state is OrderState.DRAFT else order.state


def cancelled(order: Order, reason: str) -> OrderState:
    """Nothing is made of it; only before cloth is cut."""
    _refuse_ended(order)
    if order.state in CUT:
        raise NotWhileCut(number=order.number)
    if not reason.strip():
        raise WhyNeeded
    return OrderState.CANCELLED


def closed(order: Order, reason: str) -> OrderState:
    """Nothing more is made of it; short of what was ordered only with a reason."""
    refuse_work(order)
    if order.state is OrderState.CONFIRMED:
        raise NothingCutYet(number=order.number)
    if order.state is not OrderState.COMPLETE and not reason.strip():
        raise WhyNeeded
    return OrderState.CLOSED


def advanced(number: str, state: OrderState, to: OrderState) -> OrderState:
    """The later of two states on the way of an order; it never goes back."""
    if state is OrderState.DRAFT:
        raise NotConfirmed(number=number)
    if state is OrderState.CANCELLED:
        raise OrderCancelled(number=number)
    return max(state, to, key=WAY.index)


def refuse_work(order: Order) -> None:
    """Refuse to cut or ship for an order that is a draft, cancelled or closed."""
    if order.state is OrderState.DRAFT:
        raise NotConfirmed(number=order.number)
    _refuse_ended(order)


def _refuse_ended(order: Order) -> None:
    if order.state is OrderState.CANCELLED:
        raise OrderCancelled(number=order.number)
    if order.state is OrderState.CLOSED:
        raise OrderClosed(number=order.number)
