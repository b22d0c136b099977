"""What firms owe, what their tax invoices say, and what each style brings beyond its cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import NoRouting
from factory.kernel.errors import NotFound
from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.kernel.words import language, mark
from factory.lawbook import queries as lawbook
from factory.orders import queries as orders
from factory.orders.domain import CustomerUnknown, Line, Order
from factory.till.documents.firms import Statement
from factory.till.domain import figures as sums
from factory.till.domain.accounts import Account, Delivered, Margin, TaxInvoice, invoices
from factory.till.domain.figures import Cut, Figure
from factory.till.domain.sale import vat_inside
from factory.till.queries.figures import figures
from factory.till.records import firm_payments, material_costs


def accounts(session: Session) -> tuple[Account, ...]:
    """Every firm with what went out to it and what it paid, by name."""
    delivered: dict[int, list[Delivered]] = {}
    for order in orders.orders(session):
        if order.customer is not None:
            mine = delivered.setdefault(order.customer.number, [])
            mine.extend(_delivered(session, order))
    paid = firm_payments(session)
    return tuple(
        Account(
            firm.number,
            firm.name,
            firm.business_number,
            tuple(sorted(delivered.get(firm.number, ()), key=lambda each: (each.day, each.number))),
            tuple(row.value() for row in paid if row.customer == firm.number),
        )
        for firm in orders.customers(session)
    )


def _delivered(session: Session, order: Order) -> list[Delivered]:
    prices = {line.no: line.price for line in order.lines}
    return [
        Delivered(
            each.number,
            order.number,
            day_of(each.at),
            each.quantity,
            Money.total(prices[no] * quantity for no, _, quantity in each.cells),
        )
        for each in orders.shipments(session, order.number)
    ]


def account(session: Session, customer: int) -> Account:
    """One firm, or `CustomerUnknown`."""
    found = next((each for each in accounts(session) if each.customer == customer), None)
    if found is None:
        raise CustomerUnknown(customer)
    return found


def statement(session: Session, customer: int, number: str) -> Statement:
    """A delivery of a firm with its lines, or `NotFound`."""
    firm = account(session, customer)
    delivery = next((each for each in firm.delivered if each.number == number), None)
    if delivery is None:
        raise NotFound(mark("delivery"), number)
    order = orders.order(session, delivery.order)
    shipment = next(
        each for each in orders.shipments(session, order.number) if each.number == number
    )
    lines = tuple(
        (
            _coat(session, order.line(no), size),
            count,
            order.line(no).price,
            order.line(no).price * count,
        )
        for no, size, count in shipment.cells
    )
    rate = lawbook.book(session).on(delivery.day).number("sales_tax.standard")
    vat = delivery.vat(rate)
    address = order.customer.address if order.customer else ""
    return Statement(firm, delivery, address, lines, delivery.total - vat, vat)


def _coat(session: Session, line: Line, size: str) -> str:
    style, spoken = catalogue.style(session, line.style), language()
    return f"{style.called(spoken)} {style.colour(line.colour).called(spoken)} {size}"


def tax_invoices(session: Session, first: date, last: date) -> list[TaxInvoice]:
    """The tax invoices of what went out in some days."""
    rate = lawbook.book(session).on(last).number("sales_tax.standard")
    return invoices(accounts(session), first, last, rate)


def margins(
    session: Session,
    first: date,
    last: date,
    bought: Mapping[str, Fraction | None] | None = None,
) -> tuple[Margin, ...]:
    """What each style brought beyond its cost in some days, what brought most first.

    `bought` is what the materials of each coat cost by the rolls that they were cut from; a style
    of which one coat is not known costs what was entered for it.
    """
    rate = lawbook.book(session).on(last).number("sales_tax.standard")
    items = {item.code: item.style for item in catalogue.items(session)}
    found: dict[str, list[Figure]] = {}
    for figure in sums.by_key(figures(session, first, last), Cut.COAT):
        found.setdefault(items[figure.key], []).append(figure)
    entered = material_costs(session)
    lines = (
        Margin(
            style=style,
            coats=sum(figure.coats for figure in coats),
            supply=_net(Money.total(figure.total for figure in coats), rate),
            labour=labour_of(session, style),
            material=entered.get(style),
            bought=_bought(coats, bought or {}),
        )
        for style, coats in found.items()
    )
    return tuple(sorted(lines, key=lambda each: (-each.margin.won, each.style)))


def _net(total: Money, rate: Fraction) -> Money:
    return total - vat_inside(total, rate)


def _bought(coats: Sequence[Figure], bought: Mapping[str, Fraction | None]) -> Fraction | None:
    """What the materials of all these coats cost, where each is known."""
    if not any(figure.coats for figure in coats):
        return None
    together = Fraction(0)
    for figure in coats:
        cost = bought.get(figure.key)
        if cost is None and figure.coats:
            return None
        together += (cost or Fraction(0)) * figure.coats
    return together


def labour_of(session: Session, style: str) -> Money:
    """What the operations of one coat pay by the piece."""
    with suppress(NoRouting):
        return Money.total(step.rate for step in catalogue.routing(session, style).steps)
    return ZERO
