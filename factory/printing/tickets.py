"""Tickets to tear apart: coupons of a bundle, four parts of an alteration, three of a made coat.

An alteration's parts go four ways: with the customer, on the coat, to the machine, into the box at
the till. Each carries the number, large, and the code; lengths stand on the parts that are worked
from, the price on those that money is taken by. A coat made to order comes to the machines with the
bundle's own ticket, so hers has no such part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from factory.kernel.money import Money
from factory.kernel.words import say, show, show_day
from printers.document import (
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    Heading,
    Row,
    Rule,
    RuleKind,
    Space,
    Text,
)

LINE, HEAVY, DASHED = Rule(), Rule(RuleKind.HEAVY), Rule(RuleKind.DASHED)
BLANK = "_" * 10
SIGNED = f"{BLANK} {'_' * 5}"
"""Room for initials and a day: whoever did one task need not have done the next."""


def coupon(code: str, name: str, size: str, bundle: str, count: int) -> tuple[Block, ...]:
    """A part of a bundle's ticket to tear off: which job, which bundle, how many, who did it."""
    return (
        DASHED,
        Row(f"{code} {name}", say("{count} pcs", count=count), bold=True),
        Row(f"{bundle} · {size}", BLANK),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """A coat that is made shorter, narrower or whole again."""

    number: int
    """What is called out when it is ready."""
    code: str
    ready: date
    coat: str
    """What the coat is: style, colour, size."""
    work: tuple[tuple[str, str], ...]
    """What is to be done, and by how much; empty where nobody has said it yet."""
    prices: tuple[Money, ...] = ()
    """What each costs, where the customer is to read it."""
    price: Money
    paid: Money
    shop: str = ""
    phone: str = ""
    rush: bool = False
    note: str = ""

    @property
    def open(self) -> Money:
        """What is still to be paid."""
        return self.price - self.paid

    @property
    def kind(self) -> str:
        """What stands beside the number on each part."""
        return say("Alteration")


def alteration_ticket(ticket: Alteration) -> Document:
    """All four parts on one strip; it is torn at the dashed lines."""
    parts = (_hers(ticket), _on_the_coat(ticket), _at_the_machine(ticket), _at_the_till(ticket))
    return Document(say("alteration ticket"), (*_to_tear(*parts), Cut()))


def _to_tear(*parts: Iterator[Block]) -> Iterator[Block]:
    for number, part in enumerate(parts):
        if number:
            yield from (Space(), DASHED, Space())
        yield from part


def _head(ticket: Alteration | PickUp, whose: str) -> Iterator[Block]:
    yield Text(whose, align=Align.CENTER, inverse=True, bold=True)
    yield Row(ticket.kind, str(ticket.number), size=4, bold=True)
    if ticket.rush:
        yield Text(say("In a rush"), align=Align.CENTER, size=2, inverse=True, bold=True)


def _hers(ticket: Alteration) -> Iterator[Block]:
    if ticket.shop:
        yield Heading(ticket.shop)
    yield from _head(ticket, say("For the customer"))
    yield Row(say("Pick-up"), show_day(ticket.ready), bold=True)
    yield LINE
    yield Text(ticket.coat)
    yield from _priced(ticket)
    yield LINE
    yield Row(say("Price"), show(ticket.price))
    yield Row(say("Paid"), show(ticket.paid))
    if ticket.open:
        yield Row(say("Still to pay"), show(ticket.open), size=2, bold=True)
    yield Barcode(ticket.code)
    yield Text(say("Please bring this ticket when you pick it up."))
    if ticket.phone:
        yield Text(ticket.phone)


def _on_the_coat(ticket: Alteration | PickUp) -> Iterator[Block]:
    yield from _head(ticket, say("Pin it to the coat"))
    yield Text(ticket.coat, bold=True)
    yield Row(say("Pick-up"), show_day(ticket.ready), bold=True)
    yield Barcode(ticket.code)


def _at_the_machine(ticket: Alteration) -> Iterator[Block]:
    yield from _head(ticket, say("For the machine"))
    yield Text(ticket.coat)
    yield Row(say("Ready by"), show_day(ticket.ready), bold=True)
    yield HEAVY
    for turn, (what, how) in enumerate(ticket.work):
        if turn:
            yield LINE
        yield Row(what, how or BLANK, size=2, bold=True)
        yield Row(say("Done by, on"), SIGNED)
    if ticket.note:
        yield LINE
        yield Text(ticket.note)
    yield HEAVY
    yield Row(say("Looked over by"), BLANK)
    yield Barcode(ticket.code)


def _at_the_till(ticket: Alteration | PickUp) -> Iterator[Block]:
    yield from _head(ticket, say("For the till"))
    yield Row(say("Pick-up"), show_day(ticket.ready))
    yield Text(ticket.coat)
    yield Row(say("Price"), show(ticket.price))
    yield Row(say("Still to pay"), show(ticket.open), bold=True)
    yield Barcode(ticket.code)
    yield Row(say("Picked up on"), BLANK)


def _priced(ticket: Alteration) -> Iterator[Block]:
    """What she reads: by how much and for how much, as far as it is known."""
    for (what, how), price in zip_longest(ticket.work, ticket.prices):
        yield Row(f"{what} {how}".strip(), show(price)) if price else Row(what, how)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUp:
    """A coat that was ordered to measure, with its deposit."""

    number: int
    code: str
    ready: date
    coat: str
    price: Money
    deposit: Money
    shop: str = ""
    phone: str = ""
    rush: bool = False

    @property
    def open(self) -> Money:
        """What is still to be paid."""
        return self.price - self.deposit

    @property
    def kind(self) -> str:
        """What stands beside the number on the parts that stay here."""
        return say("Made to order")


def pick_up_ticket(ticket: PickUp) -> Document:
    """What the customer comes back with, what hangs on her coat, and what stays at the till."""
    parts = (_to_come_back_with(ticket), _on_the_coat(ticket), _at_the_till(ticket))
    return Document(say("pick-up ticket"), (*_to_tear(*parts), Cut()))


def _to_come_back_with(ticket: PickUp) -> Iterator[Block]:
    if ticket.shop:
        yield Heading(ticket.shop)
    yield Text(say("Pick-up ticket"), align=Align.CENTER, size=2, bold=True)
    yield Text(str(ticket.number), align=Align.CENTER, size=6, bold=True)
    yield Row(say("Pick-up"), show_day(ticket.ready), bold=True)
    yield from (LINE, Text(ticket.coat), LINE)
    yield Row(say("Price"), show(ticket.price))
    yield Row(say("Deposit paid"), show(ticket.deposit))
    yield from (HEAVY, Row(say("Still to pay"), show(ticket.open), size=2, bold=True), HEAVY)
    yield Barcode(ticket.code)
    yield Text(say("Please bring this ticket when you pick it up."))
    if ticket.phone:
        yield Text(ticket.phone)
