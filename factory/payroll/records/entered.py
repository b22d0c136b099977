"""Tables of what is entered for pay: by month, and from a day on; the newest entry holds."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.payroll.domain.case import Insurance
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.known import Attachment, Billed, PayFacts, Reported, YearFacts


class PayFactsRow(Fact, Base):
    """Her family for tax, her insurances, her kind of work, from a day on."""

    __tablename__ = "pay_facts"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    since: Mapped[date]
    family_members: Mapped[int]
    children: Mapped[int]
    percent: Mapped[int]
    insured: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    production_worker: Mapped[bool]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> PayFacts:
        """The facts as a value."""
        said = None if self.insured is None else frozenset(map(Insurance, self.insured))
        numbers = (self.family_members, self.children, self.percent)
        return PayFacts(self.since, *numbers, said, self.production_worker)


class PayYearRow(Fact, Base):
    """What is known of a year from elsewhere."""

    __tablename__ = "pay_years"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    year: Mapped[int]
    previous_pay: Mapped[Money]
    exempt_used: Mapped[Money]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> YearFacts:
        """The year as a value."""
        return YearFacts(self.year, self.previous_pay, self.exempt_used)


class ReportedPayRow(Fact, Base):
    """Pay that an agency reckons from, from a month on."""

    __tablename__ = "reported_pay"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    insurance: Mapped[Insurance] = mapped_column(Word(Insurance))
    since: Mapped[date]
    pay: Mapped[Money]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Reported:
        """The report as a value."""
        return Reported(self.insurance, self.since, self.pay)


class EnteredRow(Fact, Base):
    """An amount was entered for somebody's month; 0 takes it back."""

    __tablename__ = "pay_entries"
    __table_args__ = (Index("ix_pay_entries_month_worker_id", "month", "worker_id"),)

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    month: Mapped[date]
    item: Mapped[Item] = mapped_column(Word(Item))
    amount: Mapped[Money]
    agreed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Entered:
        """The entry as a value."""
        return Entered(self.item, self.amount, self.agreed_on, self.note)


class BilledRow(Fact, Base):
    """An agency billed so much for somebody's month; without amounts the entry is taken back."""

    __tablename__ = "billed_premiums"
    __table_args__ = (Index("ix_billed_premiums_month_worker_id", "month", "worker_id"),)

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    month: Mapped[date]
    code: Mapped[str] = mapped_column(String(40))
    employee: Mapped[Money | None]
    employer: Mapped[Money | None]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Billed | None:
        """The bill as a value."""
        if self.employee is None or self.employer is None:
            return None
        return Billed(self.code, self.employee, self.employer)


class AttachmentRow(Fact, Base):
    """A court's attachment of somebody's wages; the newest entry of its number holds."""

    __tablename__ = "wage_attachments"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    court: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(40))
    creditor: Mapped[str] = mapped_column(String(20))
    filed: Mapped[date]
    first: Mapped[date]
    until: Mapped[date | None]
    monthly: Mapped[Money | None]
    total: Mapped[Money | None]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Attachment:
        """The attachment as a value."""
        paper = (self.court, self.number, self.creditor)
        return Attachment(*paper, self.filed, self.first, self.until, self.monthly, self.total)
