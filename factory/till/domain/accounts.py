"""What firms owe: coats that went out to them, less what they have paid; by its age.

Order prices have the tax inside, as all prices of the house.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money, Rounding
from factory.till.domain.sale import TenderKind, vat_inside

AGES = (30, 60, 90)
"""Days after which what is owed is old, older, very old."""


class PaidNothing(Refused):
    """Please type how much was paid, above zero."""

    field = "amount"


class PaidInTheFuture(Refused):
    """{day} has not come yet. Please give the day on which it was paid."""

    field = "day"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Coats that went out to a firm together, and what they come to."""

    number: str
    order: str
    day: date
    coats: int
    total: Money

    def vat(self, rate: Fraction) -> Money:
        """The tax inside, once for the whole delivery."""
        return vat_inside(self.total, rate)


@dataclass(frozen=True, slots=True)
class FirmPayment:
    """What a firm has paid."""

    day: date
    amount: Money
    kind: TenderKind
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Account:
    """A firm's deliveries and payments, each the oldest first."""

    customer: int
    name: str
    business_number: str
    delivered: tuple[Delivered, ...] = ()
    payments: tuple[FirmPayment, ...] = ()

    @property
    def total(self) -> Money:
        """Everything that went out."""
        return Money.total(each.total for each in self.delivered)

    @property
    def paid(self) -> Money:
        """Everything that was paid."""
        return Money.total(each.amount for each in self.payments)

    @property
    def owed(self) -> Money:
        """What is still to be paid; below zero was paid ahead."""
        return self.total - self.paid

    def open_deliveries(self) -> tuple[tuple[Delivered, Money], ...]:
        """What of each delivery is still open: payments go to the oldest first."""
        left, found = self.paid, []
        for each in self.delivered:
            part = min(left, each.total)
            left -= part
            if each.total > part:
                found.append((each, each.total - part))
        return tuple(found)

    def by_age(self, day: date) -> tuple[Money, ...]:
        """What is open up to 30, 60 and 90 days old, and what is older."""
        sums = [ZERO] * (len(AGES) + 1)
        for each, amount in self.open_deliveries():
            place = sum((day - each.day).days > age for age in AGES)
            sums[place] += amount
        return tuple(sums)

    def oldest(self, day: date) -> int:
        """How many days the oldest open delivery is old."""
        return max(((day - each.day).days for each, _ in self.open_deliveries()), default=0)


def checked_payment(amount: Money, day: date, today: date) -> Money:
    """A payment above zero on a day that has come."""
    if amount <= ZERO:
        raise PaidNothing
    if day > today:
        raise PaidInTheFuture(day=day)
    return amount


@dataclass(frozen=True, slots=True)
class TaxInvoice:
    """What a tax invoice (세금계산서) of a delivery says (VAT Act, art. 32)."""

    firm: Account
    delivery: Delivered
    supply: Money
    vat: Money

    @property
    def total(self) -> Money:
        """Value of supply and tax together."""
        return self.supply + self.vat


def invoices(
    accounts: Iterable[Account], first: date, last: date, rate: Fraction
) -> list[TaxInvoice]:
    """One for each delivery of some days, by day and number."""
    found = [
        TaxInvoice(firm, each, each.total - each.vat(rate), each.vat(rate))
        for firm in accounts
        for each in firm.delivered
        if first <= each.day <= last
    ]
    return sorted(found, key=lambda each: (each.delivery.day, each.delivery.number))


# Margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What a style brought in some days, against what its coats cost to make."""

    style: str
    coats: int
    supply: Money
    """Sold without the tax, net of returns."""
    labour: Money
    """Of one coat: the piece rates of its operations."""
    material: Money | None
    """Of one coat: cloth and trims, as somebody entered them."""
    bought: Fraction | None = None
    """Of all coats: cloth and trims by what their rolls were bought for, where that is known."""

    @property
    def is_reckoned(self) -> bool:
        """Whether the materials cost what their rolls were bought for, not what was entered."""
        return self.bought is not None

    @property
    def materials(self) -> Money:
        """Cloth and trims of all coats, as far as they are known."""
        if self.bought is not None:
            return Money.rounded(self.bought, Rounding.HALF_UP)
        return (self.material or ZERO) * self.coats

    @property
    def material_of_one(self) -> Money | None:
        """Cloth and trims of one coat; on average where coats differ."""
        if self.bought is None or not self.coats:
            return self.material
        return Money.rounded(self.bought / self.coats, Rounding.HALF_UP)

    @property
    def cost(self) -> Money:
        """What one coat costs, as far as it is known."""
        return self.labour + (self.material_of_one or ZERO)

    @property
    def is_known(self) -> bool:
        """Whether both parts of the cost are there; without them no margin is shown."""
        return bool(self.labour) and (self.is_reckoned or self.material is not None)

    @property
    def margin(self) -> Money:
        """What is left of the sales."""
        return self.supply - self.labour * self.coats - self.materials

    @property
    def percent(self) -> int:
        """What is left, of the sales without tax, in percent, cut down."""
        return self.margin.won * 100 // self.supply.won if self.supply.won > 0 else 0
