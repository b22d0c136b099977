"""The statement of a delivery (거래명세서), A4: what went out, its prices, what is owed."""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.money import Money
from factory.kernel.words import say, show, show_day
from factory.till.domain.accounts import Account, Delivered
from factory.till.domain.shop import Shop
from printers.document import Align
from printers.sheet import Block, Column, Facts, Heading, Sheet, Signatures, Table, Total

RIGHT = Align.RIGHT


@dataclass(frozen=True, slots=True)
class Statement:
    """A delivery with its lines: coat, quantity, price, amount."""

    firm: Account
    delivery: Delivered
    address: str
    lines: tuple[tuple[str, int, Money, Money], ...]
    supply: Money
    vat: Money


def statement(told: Statement, shop: Shop | None) -> Sheet:
    """Both parties, the lines, value of supply and tax, and what is owed in all."""
    rows = [
        (name, f"{count:,}", show(price), show(amount)) for name, count, price, amount in told.lines
    ]
    sums = (say("Together"), f"{told.delivery.coats:,}", "", show(told.delivery.total))
    blocks: tuple[Block, ...] = (
        Heading(say("Supplier")),
        Facts(_ours(shop)),
        Heading(say("Customer")),
        Facts(_theirs(told)),
        Table(_columns(), (*rows, sums), totals=1),
        Facts(
            (
                (say("Value of supply"), show(told.supply)),
                (say("VAT (inside the price)"), show(told.vat)),
                (say("Paid so far"), show(told.firm.paid)),
                (say("Still owed"), show(told.firm.owed)),
            )
        ),
        Total(say("Total"), show(told.delivery.total)),
        Signatures((say("Handed over by"), say("Received by")), say("(signature)")),
    )
    return Sheet(say("Statement of delivery"), blocks, subtitle=told.delivery.number)


def _columns() -> tuple[Column, ...]:
    return (
        Column(say("Item"), share=4),
        Column(say("Qty"), RIGHT),
        Column(say("Price"), RIGHT, 2),
        Column(say("Amount"), RIGHT, 2),
    )


def _ours(shop: Shop | None) -> tuple[tuple[str, str], ...]:
    if shop is None:
        return ()
    return (
        (say("Name of the shop"), shop.name),
        (say("Business registration number"), shop.registration),
        (say("Representative"), shop.representative),
        (say("Address"), shop.address),
        (say("Telephone"), shop.phone),
    )


def _theirs(told: Statement) -> tuple[tuple[str, str], ...]:
    number = told.firm.business_number
    dashed = f"{number[:3]}-{number[3:5]}-{number[5:]}" if number else ""
    pairs = (
        (say("Customer"), told.firm.name),
        (say("Business registration number"), dashed),
        (say("Went out"), show_day(told.delivery.day)),
        (say("Order"), told.delivery.order),
        (say("Delivery address"), told.address),
    )
    return tuple(pair for pair in pairs if pair[1])
