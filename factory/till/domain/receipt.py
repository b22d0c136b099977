"""A numbered receipt as pages and papers show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.till.domain.cash_receipt import CashReceipt
from factory.till.domain.discount import OffFor
from factory.till.domain.sale import (
    LineKind,
    Paid,
    Tender,
    TenderKind,
    Wanted,
    receipt_code,
    ticket_code,
)


class NotPrintedYet(Refused):
    """Nothing was printed of this yet, so there is nothing to print again."""


class Fate(StrEnum):
    """What becomes of coats that come back."""

    RAIL = "rail"
    SECOND = "second"
    SCRAP = "scrap"

    @property
    def label(self) -> str:
        """What becomes of them, as people say it."""
        return _FATES[self]


_FATES = {
    Fate.RAIL: mark("Good: back to the rail"),
    Fate.SECOND: mark("With a flaw: to the rail as second grade"),
    Fate.SCRAP: mark("Beyond use: thrown away"),
}


class Slip(StrEnum):
    """What a numbered receipt is for; all draw from one row of numbers without gaps."""

    SALE = "sale"
    RETURN = "return"
    DEPOSIT = "deposit"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _SLIPS[self]


_SLIPS = {
    Slip.SALE: mark("sale"),
    Slip.RETURN: mark("return of coats"),
    Slip.DEPOSIT: mark("deposit"),
}


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line as it reads; of a return, quantity and amount stand below zero."""

    no: int
    item: str
    name: str
    price: Money
    quantity: int
    discount: Money
    amount: Money
    back: int = 0
    """How many of a sold line came back already."""
    kind: LineKind = LineKind.COAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt; the amounts of a return stand below zero."""

    number: int
    event_id: str
    kind: Slip
    at: datetime
    by: str
    lines: tuple[ReceiptLine, ...]
    total: Money
    vat: Money
    paid: tuple[Paid, ...]
    change: Money = ZERO
    cash_receipt: CashReceipt | None = None
    sale: int | None = None
    """Of a return: the number of its sale."""
    returns: tuple[int, ...] = ()
    """Of a sale: the numbers of its returns."""
    reason: str = ""
    instead: int | None = None
    """Of a return: the receipt of what was taken instead, where coats were exchanged."""
    instead_total: Money = ZERO
    """Of an exchange: what that receipt comes to."""
    cash_receipt_goes_on: bool = False
    """Whether the sale taken instead keeps the cash receipt, so that none has to be cancelled."""

    ticket: int | None = None
    """Of an alteration or a coat made to order: the number of its ticket."""
    customer: int | None = None
    """The number on the customer's own card; nobody's name is kept."""

    @property
    def is_back(self) -> bool:
        """Whether money went back: coats were returned, or a deposit."""
        return self.kind is Slip.RETURN

    @property
    def is_sale(self) -> bool:
        """Whether coats went or work was paid: not a deposit, and nothing that came back."""
        return self.kind is Slip.SALE

    @property
    def ticket_code(self) -> str:
        """The code on the ticket that it belongs to."""
        return ticket_code(self.ticket) if self.ticket else ""

    @property
    def coat_lines(self) -> tuple[ReceiptLine, ...]:
        """Its coats, without work and deposits."""
        return tuple(line for line in self.lines if line.kind is LineKind.COAT)

    @property
    def instead_code(self) -> str:
        """Of an exchange: the code on the paper of what was taken instead."""
        return receipt_code(self.instead) if self.instead else ""

    @property
    def code(self) -> str:
        """The code on the paper."""
        return receipt_code(self.number)

    @property
    def sale_code(self) -> str:
        """Of a return: the code on the sale's paper."""
        return receipt_code(self.sale) if self.sale else ""

    @property
    def return_codes(self) -> tuple[str, ...]:
        """Of a sale: the codes on the papers of its returns."""
        return tuple(receipt_code(number) for number in self.returns)

    @property
    def supply(self) -> Money:
        """The value of supply: the total without the tax."""
        return self.total - self.vat

    @property
    def coats(self) -> int:
        """How many coats; of a return below zero."""
        return sum(line.quantity for line in self.coat_lines)

    @property
    def left(self) -> int:
        """How many coats of a sale can still come back."""
        return sum(line.quantity - line.back for line in self.coat_lines)

    @property
    def cash_receipt_falls(self) -> bool:
        """Whether a cash receipt has to be cancelled, because its money went back."""
        by_card = all(each.kind is TenderKind.CARD for each in self.paid)
        noted = self.cash_receipt is not None and not self.cash_receipt_goes_on
        return self.is_back and noted and not by_card

    @property
    def paid_by_coats(self) -> Money:
        """Of an exchange: what of the money back paid for the coats taken instead."""
        return min(-self.total, self.instead_total) if self.instead else ZERO

    @property
    def card_approvals(self) -> tuple[str, ...]:
        """The approval numbers of its card slips, by which the terminal reverses them."""
        return tuple(each.note for each in self.paid if each.kind is TenderKind.CARD and each.note)

    @property
    def cash(self) -> bool:
        """Whether cash changed hands."""
        return any(each.kind is TenderKind.CASH for each in self.paid)


@dataclass(frozen=True, slots=True)
class NewSale:
    """What is to be sold; its id was made where the sale began."""

    id: str
    lines: tuple[Wanted, ...]
    tenders: tuple[Tender, ...]
    cash_receipt: CashReceipt | None = None
    off: Money = ZERO
    """Taken off the whole sale, beside what is taken off its lines."""
    why: OffFor | None = None
    """Why something is taken off."""
    approved: str = ""
    """The manager who let more be taken off than a cashier may."""
    carried: tuple[Tender, ...] = ()
    """Of an exchange: what the coats that come back pay of it."""
    customer: int | None = None
    """The number on the customer's own card; nobody's name is kept."""
    till: int = 1
    """At which of the house's tills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseReturn:
    """Coats that come back without a receipt; the manager says what is paid for them."""

    id: str
    item: str
    quantity: int
    amount: Money
    kind: TenderKind
    reason: str
    approved: str
    """The manager who takes them back."""
    fate: Fate = Fate.RAIL
    till: int = 1


@dataclass(frozen=True, slots=True)
class NewReturn:
    """What comes back of a receipt, line by line; its id was made where the return began."""

    id: str
    sale: int
    wanted: Mapping[int, int]
    reason: str = ""
    fate: Fate = Fate.RAIL
    approved: str = ""
    """The manager who takes coats back after the days of the shop."""
    carried: tuple[Tender, ...] = ()
    """Of an exchange: what of the refund pays for other coats."""
    instead: int | None = None
    """Of an exchange: the receipt of what was taken instead."""
    till: int = 1
    """At which of the house's tills."""
