"""A sale: coats at their prices, what they come to, how they are paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, running_code
from factory.kernel.money import ZERO, Money, Rounding
from factory.kernel.words import mark
from factory.till.domain.discount import share

TOLERANCE = timedelta(minutes=5)
"""How far a terminal's clock may run ahead."""
NOTES = (10_000, 50_000, 100_000)
"""Amounts that a customer's notes come to, in won."""


class TenderKind(StrEnum):
    """How somebody pays."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _TENDERS[self]


_TENDERS = {
    TenderKind.CASH: mark("Cash"),
    TenderKind.CARD: mark("Card"),
    TenderKind.TRANSFER: mark("Bank transfer"),
}


class NothingToSell(Refused):
    """There is no coat in this sale yet. Please scan a hang tag."""

    field = "code"


class QuantityWrong(Refused):
    """Please give at least one coat, or take the line away."""


class DiscountTooLarge(Refused):
    """The discount in line {line} may be {most} at most, and not below zero."""


class PriceBelowZero(Refused):
    """The price in line {line} can't be below zero."""


class NotEnoughPaid(Refused):
    """{missing} are still missing."""

    field = "cash"


class TooMuchByCard(Refused):
    """By card and transfer at most {most} can be paid. Only cash gives change."""

    field = "card"


class PaidBelowZero(Refused):
    """What is paid can't be below zero."""

    field = "cash"


class FromTheFuture(Refused):
    """This entry says {at}, and it is only {now}. Please check the clock of this terminal."""

    field = "at"


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of one coat, less a discount in won off the whole line."""

    code: str
    quantity: int = 1
    discount: Money = ZERO
    price: Money | None = None
    """Another price than the one of the list; only a manager gives it."""

    def worth(self, price: Money) -> Money:
        """What the line comes to, as far as its discount can be."""
        full = (price if self.price is None else self.price) * max(self.quantity, 0)
        return full - self.discount if ZERO <= self.discount <= full else full


@dataclass(frozen=True, slots=True)
class Basket:
    """The coats that a customer brings to the till; nothing of it is stored before paying."""

    lines: tuple[Wanted, ...] = ()
    off: Money = ZERO
    """What is taken off the whole sale, beside what is taken off single lines."""

    def with_coat(self, code: str) -> Basket:
        """One more of a coat: in its line if it has one."""
        for place, line in enumerate(self.lines):
            if line.code == code:
                return self.with_quantity(place, line.quantity + 1)
        return replace(self, lines=(*self.lines, Wanted(code)))

    def with_quantity(self, place: int, quantity: int) -> Basket:
        """A line with another quantity; with none left the line goes."""
        changed = [
            replace(line, quantity=quantity) if number == place else line
            for number, line in enumerate(self.lines)
        ]
        return replace(self, lines=tuple(line for line in changed if line.quantity > 0))


@dataclass(frozen=True, slots=True)
class Tender:
    """An amount that was handed over."""

    kind: TenderKind
    amount: Money
    note: str = ""
    """What is written on the card's slip, if somebody notes it."""


class LineKind(StrEnum):
    """What a line of a receipt is for."""

    COAT = "coat"
    WORK = "work"
    """An alteration or a repair."""
    DEPOSIT = "deposit"
    """Paid before there is a coat; where it is used or paid back it stands below zero."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bill: its price is the one of the day it was sold on."""

    no: int
    item: str
    price: Money
    quantity: int
    discount: Money = ZERO
    kind: LineKind = LineKind.COAT
    what: str = ""
    """What was done, where it is no coat."""

    @property
    def amount(self) -> Money:
        """What the line comes to."""
        return self.price * self.quantity - self.discount


@dataclass(frozen=True, slots=True)
class Bill:
    """What a basket comes to; the tax is inside the total."""

    lines: tuple[Line, ...]
    vat: Money

    @property
    def total(self) -> Money:
        """What is to be paid."""
        return Money.total(line.amount for line in self.lines)

    @property
    def supply(self) -> Money:
        """The value of supply: the total without the tax."""
        return self.total - self.vat

    @property
    def full(self) -> Money:
        """What it would come to without anything taken off."""
        return Money.total(line.price * line.quantity for line in self.lines)

    @property
    def off(self) -> Money:
        """What was taken off in all."""
        return self.full - self.total


@dataclass(frozen=True, slots=True)
class Paid:
    """A tender after settling: what was handed over, and what of it stays in the till."""

    kind: TenderKind
    handed: Money
    kept: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a bill was paid, and the change."""

    paid: tuple[Paid, ...]
    change: Money

    @property
    def cash(self) -> bool:
        """Whether cash changes hands, so that the drawer has to open."""
        return any(each.kind is TenderKind.CASH for each in self.paid)


def receipt_code(number: int) -> str:
    """The code of the receipt with this running number."""
    return running_code(CodeKind.RECEIPT, number)


def ticket_code(number: int) -> str:
    """The code of the ticket with this running number."""
    return running_code(CodeKind.TICKET, number)


def refuse_future(at: datetime, received: datetime) -> None:
    """A sale may be late, but not from the future."""
    if at > received + TOLERANCE:
        raise FromTheFuture(at=at, now=received)


def ring_up(basket: Basket, prices: Mapping[str, Money], rate: Fraction) -> Bill:
    """Add a basket up at the prices of the day; the tax of `rate` is inside them."""
    if not basket.lines:
        raise NothingToSell
    lines = tuple(
        _line(number, wanted, prices[wanted.code]) for number, wanted in enumerate(basket.lines, 1)
    )
    parts = share(basket.off, [line.amount for line in lines])
    lines = tuple(
        replace(line, discount=line.discount + part)
        for line, part in zip(lines, parts, strict=True)
    )
    total = Money.total(line.amount for line in lines)
    return Bill(lines, vat_inside(total, rate))


def _line(number: int, wanted: Wanted, price: Money) -> Line:
    if wanted.quantity < 1:
        raise QuantityWrong
    price = _checked_price(number, wanted.price, price)
    most = price * wanted.quantity
    if not ZERO <= wanted.discount <= most:
        raise DiscountTooLarge(line=number, most=most)
    return Line(number, wanted.code, price, wanted.quantity, wanted.discount)


def _checked_price(number: int, asked: Money | None, listed: Money) -> Money:
    if asked is None:
        return listed
    if asked < ZERO:
        raise PriceBelowZero(line=number)
    return asked


def vat_inside(total: Money, rate: Fraction) -> Money:
    """The tax inside an amount, once for the whole receipt.

    Supply is the total over 1 + rate, half up to the won, and the tax is the rest, as card
    terminals do it: 10,000 is 9,091 and 909. No statute says how to round.
    """
    return total - Money.rounded(Fraction(total.won) / (1 + rate), Rounding.HALF_UP)


def settle(total: Money, tenders: tuple[Tender, ...]) -> Settled:
    """Take what was handed over: only cash gives change, and only what is kept counts."""
    given = [tender for tender in tenders if tender.amount]
    if any(tender.amount < ZERO for tender in given):
        raise PaidBelowZero
    change = Money.total(tender.amount for tender in given) - total
    if change < ZERO:
        raise NotEnoughPaid(missing=-change)
    others = [tender.amount for tender in given if tender.kind is not TenderKind.CASH]
    if Money.total(others) > total:
        raise TooMuchByCard(most=total)
    return Settled(_kept(given, change), change)


def _kept(given: list[Tender], change: Money) -> tuple[Paid, ...]:
    """The change comes out of the cash, the last note first."""
    paid: list[Paid] = []
    for tender in reversed(given):
        back = min(change, tender.amount) if tender.kind is TenderKind.CASH else ZERO
        change -= back
        paid.append(Paid(tender.kind, tender.amount, tender.amount - back, tender.note))
    return tuple(reversed(paid))


def quick_cash(total: Money) -> tuple[Money, ...]:
    """What a customer is likely to hand over: the exact amount, then notes that cover it."""
    rounded = {-(-total.won // note) * note for note in NOTES}
    return tuple(Money(won) for won in sorted({total.won, *rounded}) if won > 0)
