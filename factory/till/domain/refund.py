"""A return: coats come back, and the money goes back the way it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money, Rounding
from factory.till.domain.sale import Paid, TenderKind, vat_inside

BACK_FIRST = (TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CASH)
"""A card's payment is taken back first: cash goes out only for cash that came in."""


class ReceiptUnknown(Refused):
    """There is no sale with this receipt. Please look at the number again."""

    field = "code"


class ThatIsAReturn(Refused):
    """This is the receipt of a return. Please scan the receipt of the sale."""

    field = "code"


class ThatIsADeposit(Refused):
    """This is the receipt of a deposit. Please scan the ticket that it was paid for."""

    field = "code"


class NoCoatOnIt(Refused):
    """There is no coat on this receipt that could come back."""

    field = "code"


class NothingToReturn(Refused):
    """Please say which coats come back."""


class MoreThanWasSold(Refused):
    """Of line {line} only {left} can come back."""


class TooLateToReturn(Refused):
    """The {days} days for this receipt are over. A manager can take them back: badge and PIN."""

    field = "badge"


class NoSaleToCustomer(Refused):
    """Nothing was sold to the customer with card number {customer}."""

    field = "code"


class WithoutReceipt(Refused):
    """Without a receipt only a manager takes coats back: her badge and her PIN."""

    field = "badge"


class WhyWithoutReceipt(Refused):
    """Please write why it comes back without a receipt."""

    field = "reason"


class RefundTooLarge(Refused):
    """At most {most} can be paid back for it, and not below zero."""

    field = "amount"


class AllCameBack(Refused):
    """All coats of this receipt came back already."""

    field = "code"


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a receipt, and what of it came back already."""

    no: int
    item: str
    quantity: int
    amount: Money
    back: int = 0
    refunded: Money = ZERO

    @property
    def left(self) -> int:
        """How many coats can still come back."""
        return self.quantity - self.back

    def refund(self, count: int) -> Money:
        """What so many coats are worth; the last of a line takes what rounding left."""
        share = Fraction(self.amount.won * (self.back + count), self.quantity)
        return Money.rounded(share, Rounding.HALF_UP) - self.refunded


@dataclass(frozen=True, slots=True)
class Returnable:
    """A receipt with everything that came back of it so far."""

    lines: tuple[SoldLine, ...]
    left: tuple[tuple[TenderKind, Money], ...]
    """What was kept of each kind of tender, less what went back."""
    total: Money
    """What the receipt still comes to."""

    @property
    def whole(self) -> dict[int, int]:
        """Everything that can still come back, line by line."""
        return {line.no: line.left for line in self.lines if line.left}


@dataclass(frozen=True, slots=True)
class RefundLine:
    """So many coats of a line come back, for so much."""

    no: int
    item: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Refund:
    """What comes back and what is paid back; all amounts above zero."""

    lines: tuple[RefundLine, ...]
    paid: tuple[Paid, ...]
    vat: Money

    @property
    def total(self) -> Money:
        """What the customer gets."""
        return Money.total(line.amount for line in self.lines)

    @property
    def coats(self) -> int:
        """How many coats come back."""
        return sum(line.quantity for line in self.lines)

    @property
    def cash(self) -> bool:
        """Whether cash goes out, so that the drawer has to open."""
        return any(each.kind is TenderKind.CASH for each in self.paid)


def refuse_too_late(sold_on: date, day: date, days: int) -> None:
    """Refuse what comes back after the shop's days: `TooLateToReturn`."""
    if (day - sold_on).days > days:
        raise TooLateToReturn(days=days)


def decide_refund(sold: Returnable, wanted: Mapping[int, int], rate: Fraction) -> Refund:
    """Take coats back: never more than was sold, never more than was paid."""
    if not sold.whole:
        raise AllCameBack
    known = {line.no: line for line in sold.lines}
    lines = tuple(_line(known.get(no), no, count) for no, count in wanted.items() if count)
    if not lines:
        raise NothingToReturn
    total = Money.total(line.amount for line in lines)
    vat = vat_inside(sold.total, rate) - vat_inside(sold.total - total, rate)
    return Refund(lines, _pay_back(sold, total), vat)


def _line(sold: SoldLine | None, no: int, count: int) -> RefundLine:
    left = sold.left if sold else 0
    if sold is None or not 0 < count <= left:
        raise MoreThanWasSold(line=no, left=left)
    return RefundLine(no, sold.item, count, sold.refund(count))


def _pay_back(sold: Returnable, total: Money) -> tuple[Paid, ...]:
    paid, there = [], dict(sold.left)
    for kind in BACK_FIRST:
        part = min(total, there.get(kind, ZERO))
        total -= part
        if part:
            paid.append(Paid(kind, part, part))
    return tuple(paid)
