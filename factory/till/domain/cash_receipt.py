"""The cash receipt (현금영수증): when it is owed, and what is kept of it.

Clothing shops owe one for the cash and transfer part of a sale that comes to 100,000 won or more,
however small that part is, and asked for or not; the figures are in
`law/parameters/sales_tax.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.law.book import LawAt
from factory.till.domain.sale import Paid, TenderKind

NOBODYS_NUMBER = "010-000-1234"
"""The tax office's own number, for receipts that no customer asks for."""
_WELL_READ = re.compile(r"01[\d*]{8,9}|[\d*]{10}|[\d*]{13,19}", re.ASCII)
"""Mobile phone; business number; cash receipt card or bank card. Stars hide what others hid."""
_PHONE, _BUSINESS, _CARD = 10, 10, 13


class ReceiptPurpose(StrEnum):
    """What the customer uses a cash receipt for."""

    INCOME_DEDUCTION = "income_deduction"
    BUSINESS_EXPENSE = "business_expense"

    @property
    def label(self) -> str:
        """The purpose as people say it."""
        return _PURPOSES[self]

    @classmethod
    def _missing_(cls, value: object) -> ReceiptPurpose | None:
        """The legal words, as card terminals print them, are understood too."""
        return _LEGAL_WORDS.get(str(value))


_LEGAL_WORDS = {
    "소득공제": ReceiptPurpose.INCOME_DEDUCTION,
    "지출증빙": ReceiptPurpose.BUSINESS_EXPENSE,
}
_PURPOSES = {
    ReceiptPurpose.INCOME_DEDUCTION: mark("Cash receipt (for income deduction)"),
    ReceiptPurpose.BUSINESS_EXPENSE: mark("Cash receipt (as proof of expense)"),
}


class CashReceiptNotedAlready(Refused):
    """The cash receipt of this sale is noted already."""

    field = "approval"


class IdentifierMisread(Refused):
    """Please type a mobile phone, business or card number for the cash receipt, or nothing."""

    field = "identifier"


class NothingToCancel(Refused):
    """No cash receipt of this sale has to be cancelled."""

    field = "approval"


class NoCancelNumber(Refused):
    """Please type the approval number of the cancellation, as the card terminal shows it."""

    field = "approval"


class NoCashForReceipt(Refused):
    """Nothing was paid in cash or by transfer, so there is no cash receipt."""

    field = "approval"


@dataclass(frozen=True, slots=True)
class CashReceipt:
    """What is kept of a cash receipt: never the customer's whole number."""

    purpose: ReceiptPurpose
    identifier: str = ""
    """Telephone, cash receipt card or business number; nothing means nobody asked."""
    approval: str = ""

    @property
    def shown(self) -> str:
        """The number with its middle hidden."""
        return masked(self.identifier) if self.identifier else NOBODYS_NUMBER


@dataclass(frozen=True, slots=True)
class Duty:
    """A cash receipt that the shop owes, and the last day for it."""

    amount: Money
    until: date


@dataclass(frozen=True, slots=True)
class Owed:
    """A sale whose cash receipt is still due."""

    code: str
    amount: Money
    until: date


def masked(identifier: str) -> str:
    """A telephone or card number with its middle hidden; a business number is public."""
    if "*" in identifier or identifier == NOBODYS_NUMBER:
        return identifier
    digits = "".join(sign for sign in identifier if sign in "0123456789")
    if len(digits) >= _CARD:
        return f"{digits[:4]}-{digits[4:6]}**-****-{digits[-4:]}"
    if digits.startswith("01") and len(digits) >= _PHONE:
        return f"{digits[:3]}-****-{digits[-4:]}"
    if len(digits) == _BUSINESS:
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
    return f"****{digits[-4:]}"


def refuse_misread(noted: CashReceipt) -> None:
    """Refuse a customer's number that is none; nothing is right, where nobody asked."""
    bare = re.sub(r"[\s-]", "", noted.identifier)
    if bare and not _WELL_READ.fullmatch(bare):
        raise IdentifierMisread


def refuse_without_cash(paid: tuple[Paid, ...]) -> None:
    """Refuse a cash receipt where nothing was paid in cash or by transfer."""
    if by_cash(paid) <= ZERO:
        raise NoCashForReceipt


def by_cash(paid: tuple[Paid, ...]) -> Money:
    """What counts for a cash receipt: cash that was kept, and transfers."""
    return Money.total(each.kept for each in paid if each.kind is not TenderKind.CARD)


def left_of_each(paid: Mapping[int, Money]) -> dict[int, Money]:
    """What is left of the receipts of one ticket, by number, where more went back than one had.

    What goes back beyond the last receipt's own money came from the deposits before it.
    """
    missing = Money.total(-won for won in paid.values() if won < ZERO)
    left: dict[int, Money] = {}
    for number in sorted(paid, reverse=True):
        there = max(paid[number], ZERO)
        taken = min(there, missing)
        left[number], missing = there - taken, missing - taken
    return left


def duty_for(amount: Money, total: Money, law: LawAt) -> Duty | None:
    """The cash receipt that is owed for an amount in cash and transfers, by the law of its day.

    What counts is what the whole sale comes to, its card part too; owed is the rest of it.
    """
    if amount <= ZERO or total.won < law.number("sales_tax.cash_receipt_from"):
        return None
    within = timedelta(days=int(law.number("sales_tax.cash_receipt_within")))
    return Duty(amount, law.day + within)
