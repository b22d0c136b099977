"""Tables of calculations: drafts of payslips, and who calculated a month from what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.payroll.domain.approval import Calculated
from factory.security.domain import AccountId, WorkerId


class DraftRow(Fact, Base):
    """A payslip as it was calculated from facts of this fingerprint; the newest counts."""

    __tablename__ = "pay_drafts"
    __table_args__ = (Index("ix_pay_drafts_month_worker", "month", "worker_id"),)

    id: Mapped[Key]
    month: Mapped[date]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    fingerprint: Mapped[str] = mapped_column(String(32))
    gross: Mapped[Money]
    net: Mapped[Money]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class CalculationRow(Fact, Base):
    """A whole month was calculated: by whom, from what, and how many heads the law saw."""

    __tablename__ = "pay_calculations"
    __table_args__ = (Index("ix_pay_calculations_month", "month"),)

    id: Mapped[Key]
    month: Mapped[date]
    digest: Mapped[str] = mapped_column(String(32))
    book: Mapped[str] = mapped_column(String(64))
    """The fingerprint of the law book."""
    employees: Mapped[int]
    """Regular employees on the last day, as pay took them (Decree, art. 7-2)."""
    counted_month: Mapped[date | None]
    """The month whose head count that is; nothing where everybody employed was taken."""
    drafts: Mapped[list[int]] = mapped_column(JSON)
    turning: Mapped[list[list[int]]] = mapped_column(JSON)
    """By number who turns 60 or 65 in this month."""
    aged: Mapped[list[list[Any]]] = mapped_column(JSON)
    """By number whose age speaks against an insurance, and which doubt it is."""
    by: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    def value(self) -> Calculated:
        """Who calculated what."""
        account = None if self.account_id is None else AccountId(self.account_id)
        return Calculated(self.month, self.digest, self.by, account, self.at)


def append_drafts(session: Session, drafts: Iterable[dict[str, Any]]) -> None:
    """Keep drafts with one statement."""
    if rows := list(drafts):
        session.execute(insert(DraftRow), rows)


def fingerprints(session: Session, month: date) -> dict[WorkerId, tuple[int, str]]:
    """Everybody's newest draft of a month: its id, and the fingerprint of its facts."""
    newest = select(func.max(DraftRow.id)).where(DraftRow.month == month)
    statement = select(DraftRow.worker_id, DraftRow.id, DraftRow.fingerprint).where(
        DraftRow.id.in_(newest.group_by(DraftRow.worker_id))
    )
    return {WorkerId(who): (key, name) for who, key, name in session.execute(statement)}


def find_calculation(session: Session, month: date) -> CalculationRow | None:
    """The newest calculation of a month."""
    statement = select(CalculationRow).where(CalculationRow.month == month)
    return session.scalar(statement.order_by(CalculationRow.id.desc()).limit(1))


def calculations(session: Session) -> dict[date, CalculationRow]:
    """The newest calculation of each month."""
    rows = session.scalars(select(CalculationRow).order_by(CalculationRow.id))
    return {row.month: row for row in rows}


def drafts_of(session: Session, calculation: CalculationRow) -> list[DraftRow]:
    """The payslips of a calculation, in the order of people."""
    statement = select(DraftRow).where(DraftRow.id.in_(calculation.drafts))
    found = {row.id: row for row in session.scalars(statement)}
    return [found[key] for key in calculation.drafts]
