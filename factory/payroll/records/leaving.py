"""The table of what was paid to whoever left."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.payroll.domain.leaving import Paid, Severance
from factory.security.domain import WorkerId


class FinalPayRow(Fact, Base):
    """Everything somebody was owed at leaving was paid: her last pay, and severance."""

    __tablename__ = "final_pay"

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    month: Mapped[date]
    paid_on: Mapped[date]
    net: Mapped[Money]
    """Won of the last pay; severance comes besides."""
    severance: Mapped[Money]
    income_tax: Mapped[Money]
    local_tax: Mapped[Money]
    explain: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The payslip as it was paid."""
    reason: Mapped[str] = mapped_column(String(300))
    """Why one person did it alone; empty where there were two."""
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Paid:
        """The payment as a value."""
        severance = Severance(self.severance, self.income_tax, self.local_tax, tuple(self.explain))
        return Paid(self.paid_on, self.by, self.net, severance)


def final_pay(session: Session, worker_id: WorkerId | None = None) -> dict[WorkerId, FinalPayRow]:
    """What was paid to whoever left, or to one of them."""
    statement = select(FinalPayRow)
    if worker_id is not None:
        statement = statement.where(FinalPayRow.worker_id == worker_id)
    return {WorkerId(row.worker_id): row for row in session.scalars(statement)}
