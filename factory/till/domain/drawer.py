"""The drawer from float to day end: what should lie in it, what was counted, over or short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.till.domain.sale import TenderKind, receipt_code

DENOMINATIONS = (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10)
"""Notes and coins in use, in won."""

WHY_NO_CASH = mark(
    "Cash, total and tax come once the drawer is counted: what should be in it stays unknown."
)
"""Said on the report of whoever counts blindly: from the tax the total follows, and the cash."""


class TillClosed(Refused):
    """The till is closed. Please open it first with a counted float."""


class TillUnknown(Refused):
    """There is no till {till} here. Please choose which till this is."""


class TillOpenAlready(Refused):
    """The till is open already, since {since}."""

    field = "float"


class FloatBelowZero(Refused):
    """The float can't be below zero."""

    field = "float"


class DayNotCounted(Refused):
    """Please count the drawer first. What was sold since the last count changes it."""


class NoteMissing(Refused):
    """The drawer differs by more than {most}. Please write in the note what may have happened."""

    field = "note"


class CountWrong(Refused):
    """Please give a number of notes or coins, not below zero."""


class AmountMissing(Refused):
    """Please give an amount above zero."""

    field = "amount"


class WhyMissing(Refused):
    """Please say what the money is for. It stands on the day's report."""

    field = "reason"


class NothingCounted(Refused):
    """Please count first. Where nothing lies in the drawer, type 0."""

    field = "n50000"


class NotThatMuch(Refused):
    """There is not that much in the drawer."""

    field = "amount"


class Way(StrEnum):
    """Which way money goes that no sale moves."""

    IN = "in"
    OUT = "out"
    BANK = "bank"

    @property
    def label(self) -> str:
        """The way as people say it."""
        return _WAYS[self]

    @property
    def out(self) -> bool:
        """Whether it leaves the drawer."""
        return self is not Way.IN


_WAYS = {
    Way.IN: mark("Put money in"),
    Way.OUT: mark("Take money out"),
    Way.BANK: mark("To the bank"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The till was opened with a counted float; its number is that of the day's report."""

    number: int
    float: Money
    at: datetime
    by: str
    till: int = 1
    """Which of the house's tills."""


@dataclass(frozen=True, slots=True)
class Takings:
    """What one kind of tender brought: sold, and paid back again."""

    kind: TenderKind
    sold: Money = ZERO
    refunded: Money = ZERO
    deposits: Money = ZERO

    @property
    def net(self) -> Money:
        """What stayed."""
        return self.sold + self.deposits - self.refunded


@dataclass(frozen=True, slots=True)
class Deposits:
    """Money that customers paid before they got their coats; it is owed to them until then."""

    taken: Money = ZERO
    used: Money = ZERO
    """Counted towards coats and work that were picked up."""
    back: Money = ZERO
    """Paid back, because nothing came of it."""
    held: Money = ZERO
    """What is owed in all, of earlier days too."""

    @property
    def any(self) -> bool:
        """Whether there is anything to say of them."""
        return bool(self.taken or self.used or self.back or self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything the till did since it was opened."""

    opening: Opening
    sales: int
    returns: int
    coats: int
    """Coats sold, less those that came back."""
    vat: Money
    takings: tuple[Takings, ...]
    paid_in: Money
    paid_out: Money
    first: int | None
    """The running numbers of the day's receipts, from the first …"""
    last: int | None
    """… to the last, without a gap."""
    deposits: Deposits = Deposits()
    moved: tuple[tuple[str, Money], ...] = ()
    """Money put in and taken out, with what for; taken out stands below zero."""

    @property
    def sold(self) -> Money:
        """Sold in all."""
        return Money.total(each.sold for each in self.takings)

    @property
    def refunded(self) -> Money:
        """Paid back in all."""
        return Money.total(each.refunded for each in self.takings)

    @property
    def net(self) -> Money:
        """Sold and paid as deposits, less what was paid back."""
        return Money.total(each.net for each in self.takings)

    @property
    def cash(self) -> Takings:
        """What came and went in cash; the change is not in it."""
        none = Takings(TenderKind.CASH)
        return next((each for each in self.takings if each.kind is TenderKind.CASH), none)

    @property
    def receipts(self) -> str:
        """The codes of the day's first and last receipt; nothing where there is none."""
        if not self.first or not self.last:
            return ""
        return f"{receipt_code(self.first)} – {receipt_code(self.last)}"

    @property
    def beside_the_drawer(self) -> tuple[Takings, ...]:
        """What came and went by card and transfer: nothing of it lies in the drawer."""
        return tuple(each for each in self.takings if each.kind is not TenderKind.CASH)

    @property
    def expected(self) -> Money:
        """What should lie in the drawer."""
        return self.opening.float + self.cash.net + self.paid_in - self.paid_out


@dataclass(frozen=True, slots=True)
class Counted:
    """Notes and coins as they were counted, without knowing what should be there."""

    pieces: tuple[tuple[int, int], ...]

    @property
    def total(self) -> Money:
        """What they come to."""
        return Money(sum(worth * number for worth, number in self.pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEnd:
    """A day of the till with its count; nothing of it changes any more."""

    day: Day
    counted: Counted
    counts: int
    """How often the drawer was counted before it was closed."""
    note: str
    at: datetime
    by: str

    @property
    def over(self) -> Money:
        """What lay in the drawer beyond what should; below zero it was short."""
        return self.counted.total - self.day.expected


def checked_float(amount: Money) -> Money:
    """A float to open with, or `FloatBelowZero`."""
    if amount < ZERO:
        raise FloatBelowZero
    return amount


def checked_note(note: str, over: Money, most: Money) -> str:
    """The note of a day's end; where the drawer differs by more than `most`, it has to be there."""
    if abs(over.won) > most.won and not note.strip():
        raise NoteMissing(most=most)
    return note.strip()


def refuse_open(opening: Opening | None) -> None:
    """Refuse to open what is open."""
    if opening is not None:
        raise TillOpenAlready(since=opening.at)


def refuse_closed(opening: Opening | None) -> None:
    """Refuse what needs an open till."""
    if opening is None:
        raise TillClosed


def count(pieces: Mapping[int, int]) -> Counted:
    """Take a count by denomination; unknown or negative ones are refused."""
    if any(number < 0 or worth not in DENOMINATIONS for worth, number in pieces.items()):
        raise CountWrong
    return Counted(tuple((worth, pieces.get(worth, 0)) for worth in DENOMINATIONS))


def refuse_to_overdraw(day: Day, cash: Money) -> None:
    """Refuse to pay out more than lies in the drawer: `NotThatMuch`."""
    if cash > day.expected:
        raise NotThatMuch


def checked_movement(amount: Money, reason: str, there: Money, *, out: bool) -> Money:
    """Money paid in, or out where it is there; with a sign."""
    if amount <= ZERO:
        raise AmountMissing
    if not reason.strip():
        raise WhyMissing
    if out and amount > there:
        raise NotThatMuch
    return -amount if out else amount
