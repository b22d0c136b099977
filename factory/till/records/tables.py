"""Tables of the till: openings, counts and closes; numbered receipts of sales and returns.

All are facts. Amounts and quantities of a return stand below zero, so that sums are net; what was
kept of a tender is what moved, the change is not in it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import ZERO, Money
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.discount import CASHIERS_PERCENT
from factory.till.domain.drawer import Counted, Opening
from factory.till.domain.figures import Cut, Figure
from factory.till.domain.held import Held
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import Basket, LineKind, Paid, TenderKind, Wanted
from factory.till.domain.shop import RETURN_DAYS, TOLERANCE

IN_ORDER = {"sqlite_with_rowid": False}
"""Rows lie in the order of their key, so that there is no index besides to be written."""


class OpeningRow(Fact, Base):
    """The till was opened with a counted float."""

    __tablename__ = "till_openings"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    till: Mapped[int] = mapped_column(default=1)
    """Which of the house's tills; each has a drawer of its own."""
    float: Mapped[Money]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Opening:
        """The opening as a value."""
        return Opening(self.number, self.float, self.at, self.by, self.till)


class CountRow(Fact, Base):
    """The drawer was counted."""

    __tablename__ = "till_counts"

    id: Mapped[Key]
    opening_id: Mapped[int] = mapped_column(ForeignKey("till_openings.id"), index=True)
    pieces: Mapped[list[list[int]]] = mapped_column(JSON)
    """Pairs of denomination and number."""
    after: Mapped[int]
    """How many receipts and movements of money there were when it was counted."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Counted:
        """The count as a value."""
        return Counted(tuple((worth, number) for worth, number in self.pieces))


class CloseRow(Fact, Base):
    """The day ended with this count; nothing of it changes any more."""

    __tablename__ = "till_closes"

    opening_id: Mapped[int] = mapped_column(ForeignKey("till_openings.id"), primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("till_counts.id"))
    net: Mapped[Money]
    vat: Mapped[Money]
    expected: Mapped[Money]
    counted: Mapped[Money]
    held: Mapped[Money] = mapped_column(default=ZERO)
    """Deposits that were owed to customers at that moment."""
    counts: Mapped[int]
    note: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class FigureRow(Fact, Base):
    """What one thing came to in a day, kept when the day ended, so that reports stay quick."""

    __tablename__ = "till_figures"

    opening_id: Mapped[int] = mapped_column(ForeignKey("till_openings.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    cut: Mapped[Cut] = mapped_column(Word(Cut), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    sales: Mapped[int]
    returns: Mapped[int]
    coats: Mapped[int]
    total: Mapped[Money]
    vat: Mapped[Money]

    def value(self) -> Figure:
        """The figure as a value."""
        counts = (self.sales, self.returns, self.coats)
        return Figure(self.day, self.cut, self.key, *counts, self.total, self.vat)

    @classmethod
    def of(cls, opening_id: int, figure: Figure) -> FigureRow:
        """The row of a figure."""
        row = cls(opening_id=opening_id, day=figure.day, cut=figure.cut, key=figure.key)
        row.sales, row.returns, row.coats = figure.sales, figure.returns, figure.coats
        row.total, row.vat = figure.total, figure.vat
        return row


def _where_there(column: str) -> Index:
    """An index for the few receipts that have something there; a plain sale writes none of it."""
    there = text(f"{column} IS NOT NULL")
    return Index(f"ix_receipts_{column}", column, sqlite_where=there, postgresql_where=there)


class ReceiptRow(Fact, Base):
    """A numbered receipt: of a sale, or of what came back of one."""

    __tablename__ = "receipts"
    __table_args__ = (_where_there("sale"), _where_there("ticket"), _where_there("customer"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("till_openings.id"), index=True)
    kind: Mapped[Slip] = mapped_column(Word(Slip))
    sale: Mapped[int | None] = mapped_column(ForeignKey("receipts.number"))
    """Of a return: the receipt of its sale."""
    total: Mapped[Money]
    vat: Mapped[Money]
    change: Mapped[Money]
    instead: Mapped[int | None] = mapped_column(ForeignKey("receipts.number"))
    """Of a return: the receipt of what was taken instead, where coats were exchanged."""
    reason: Mapped[str] = mapped_column(String(300), default="")
    ticket: Mapped[int | None] = mapped_column(ForeignKey("shop_tickets.number"))
    """What it was paid for, where something was altered or made to order."""
    customer: Mapped[int | None]
    """The number on the customer's own card; nobody's name is kept."""
    at: Mapped[datetime] = mapped_column(index=True)
    received_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class ReceiptLineRow(Fact, Base):
    """A line of a receipt; of a return, the number is that of the line it came from."""

    __tablename__ = "receipt_lines"
    __table_args__ = IN_ORDER

    receipt: Mapped[int] = mapped_column(ForeignKey("receipts.number"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[LineKind] = mapped_column(Word(LineKind), default=LineKind.COAT)
    what: Mapped[str] = mapped_column(String(130), default="")
    item: Mapped[str] = mapped_column(String(12), index=True)
    price: Mapped[Money]
    quantity: Mapped[int]
    discount: Mapped[Money]
    amount: Mapped[Money]


class TenderRow(Fact, Base):
    """How a receipt was paid, or paid back."""

    __tablename__ = "tenders"
    __table_args__ = IN_ORDER

    receipt: Mapped[int] = mapped_column(ForeignKey("receipts.number"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[TenderKind] = mapped_column(Word(TenderKind))
    handed: Mapped[Money]
    kept: Mapped[Money]
    note: Mapped[str] = mapped_column(String(60))

    def value(self) -> Paid:
        """The tender as a value."""
        return Paid(self.kind, self.handed, self.kept, self.note)


class CashReceiptRow(Fact, Base):
    """The cash receipt of a sale, with the customer's number masked."""

    __tablename__ = "cash_receipts"

    id: Mapped[Key]
    receipt: Mapped[int] = mapped_column(ForeignKey("receipts.number"), index=True)
    amount: Mapped[Money]
    purpose: Mapped[ReceiptPurpose] = mapped_column(Word(ReceiptPurpose))
    identifier: Mapped[str] = mapped_column(String(40))
    approval: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> CashReceipt:
        """The cash receipt as a value."""
        return CashReceipt(self.purpose, self.identifier, self.approval)


class CashReceiptCancelRow(Fact, Base):
    """A cash receipt was cancelled at the card terminal, or goes on with another sale."""

    __tablename__ = "cash_receipt_cancels"

    cash_receipt: Mapped[int] = mapped_column(ForeignKey("cash_receipts.id"), primary_key=True)
    approval: Mapped[str] = mapped_column(String(40))
    goes_on: Mapped[int | None] = mapped_column(ForeignKey("receipts.number"))
    """Of an exchange: the sale that it holds for now."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class CashMovementRow(Fact, Base):
    """Money was put into the drawer or taken out of it; taken out stands below zero."""

    __tablename__ = "cash_movements"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("till_openings.id"), index=True)
    amount: Mapped[Money]
    reason: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class HeldRow(Base):
    """A basket that waits for its customer; it goes when it is sold or put away."""

    __tablename__ = "held_baskets"

    sale_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    lines: Mapped[list[list[Any]]] = mapped_column(JSON)
    """Code, quantity, discount in won, and another price in won where there is one."""
    off: Mapped[Money]
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Held:
        """The waiting basket as a value."""
        lines = tuple(
            Wanted(code, number, Money(off), None if price is None else Money(price))
            for code, number, off, price in self.lines
        )
        return Held(self.sale_id, self.name, Basket(lines, self.off), self.at, self.by)


class ShopRow(Base):
    """What holds at the tills of the house; there is one."""

    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    terms: Mapped[str] = mapped_column(String(200))
    tolerance: Mapped[Money] = mapped_column(default=TOLERANCE)
    cashiers_percent: Mapped[int] = mapped_column(default=CASHIERS_PERCENT)
    return_days: Mapped[int] = mapped_column(default=RETURN_DAYS)
    tills: Mapped[int] = mapped_column(default=1)
