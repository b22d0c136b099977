"""Tables of pay runs and of payslips, which are frozen when the run is approved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.security.domain import WorkerId


class RunRow(Fact, Base):
    """A month's pay was approved; from then on it is locked."""

    __tablename__ = "pay_runs"

    month: Mapped[date] = mapped_column(primary_key=True)
    pay_date: Mapped[date]
    approved_by: Mapped[str] = mapped_column(String(60))
    approved_at: Mapped[datetime]


class SlipRow(Fact, Base):
    """A payslip as it was approved, with every line's reason."""

    __tablename__ = "payslips"
    __table_args__ = (UniqueConstraint("month", "worker_id"),)

    id: Mapped[Key]
    month: Mapped[date] = mapped_column(ForeignKey("pay_runs.month"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    gross: Mapped[Money]
    net: Mapped[Money]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


def find_run(session: Session, month: date) -> RunRow | None:
    """The approval of a month, if it was approved."""
    return session.get(RunRow, month)


def find_slip(session: Session, month: date, worker_id: WorkerId) -> SlipRow | None:
    """An approved payslip."""
    statement = select(SlipRow).where(SlipRow.month == month, SlipRow.worker_id == worker_id)
    return session.scalar(statement)


def months_of(session: Session, worker_id: WorkerId) -> list[date]:
    """The months somebody has approved payslips for, newest first."""
    statement = select(SlipRow.month).where(SlipRow.worker_id == worker_id)
    return list(session.scalars(statement.order_by(SlipRow.month.desc())))
