"""Tables of what was paid to whoever left: where severance goes, what was settled afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.payroll.domain.afterwards import About, Settled
from factory.payroll.domain.leaving import Paid
from factory.payroll.domain.severance import Goes, Severance, stretches_of
from factory.security.domain import WorkerId


class FinalPayRow(Fact, Base):
    """Everything somebody was owed at leaving was paid: her last pay, and severance."""

    __tablename__ = "final_pay"

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    month: Mapped[date]
    paid_on: Mapped[date]
    net: Mapped[Money]
    """Won of the last pay; severance comes besides."""
    with_run: Mapped[bool]
    """The last pay was approved with its month before, and is paid with that."""
    severance: Mapped[Money]
    income_tax: Mapped[Money]
    local_tax: Mapped[Money]
    attached: Mapped[Money]
    """Won of severance that went to creditors because a court ordered it."""
    taken: Mapped[dict[str, int]] = mapped_column(JSON)
    """The same by the court's number."""
    goes: Mapped[Goes | None] = mapped_column(Word(Goes))
    months: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """What the average wage stood on."""
    explain: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The payslip as it was paid."""
    reason: Mapped[str] = mapped_column(String(300))
    """Why one person did it alone; empty where there were two."""
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Paid:
        """The payment as a value."""
        severance = Severance(
            self.severance,
            self.income_tax,
            self.local_tax,
            tuple(self.explain),
            stretches=stretches_of(self.months),
            goes=self.goes,
            attached=self.attached,
        )
        return Paid(self.paid_on, self.by, self.net, severance, with_run=self.with_run)


class SeveranceGoesRow(Fact, Base):
    """Where somebody's severance goes; the newest holds."""

    __tablename__ = "severance_goes"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    goes: Mapped[Goes] = mapped_column(Word(Goes))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class SettledRow(Fact, Base):
    """A difference that arose after everything was paid was paid, or settled in agreement."""

    __tablename__ = "settled_after_leaving"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    about: Mapped[About] = mapped_column(Word(About))
    month: Mapped[date | None]
    """The closed month that was corrected; nothing where it is of severance or of the last pay."""
    amount: Mapped[Money]
    """Won before tax: above zero paid to her, below zero settled with her."""
    tax: Mapped[Money]
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Settled:
        """The settlement as a value."""
        return Settled(self.about, self.month, self.amount, self.tax, self.day, self.reason)


def final_pay(session: Session, worker_id: WorkerId | None = None) -> dict[WorkerId, FinalPayRow]:
    """What was paid to whoever left, or to one of them."""
    statement = select(FinalPayRow)
    if worker_id is not None:
        statement = statement.where(FinalPayRow.worker_id == worker_id)
    return {WorkerId(row.worker_id): row for row in session.scalars(statement)}


def paid_early(session: Session, month: date) -> dict[WorkerId, FinalPayRow]:
    """Whoever left and was paid a month before its run, with what she was paid."""
    statement = select(FinalPayRow).where(FinalPayRow.month == month, ~FinalPayRow.with_run)
    return {WorkerId(row.worker_id): row for row in session.scalars(statement)}


def severance_goes(session: Session, worker_id: WorkerId) -> Goes | None:
    """Where her severance goes, if somebody has said."""
    statement = select(SeveranceGoesRow.goes).where(SeveranceGoesRow.worker_id == worker_id)
    return session.scalar(statement.order_by(SeveranceGoesRow.id.desc()).limit(1))


def settled(
    session: Session, worker_id: WorkerId | None = None
) -> dict[WorkerId, tuple[Settled, ...]]:
    """What was paid or settled after leaving, of everybody or of one, oldest first."""
    statement = select(SettledRow).order_by(SettledRow.id)
    if worker_id is not None:
        statement = statement.where(SettledRow.worker_id == worker_id)
    found: dict[WorkerId, tuple[Settled, ...]] = {}
    for row in session.scalars(statement):
        her = WorkerId(row.worker_id)
        found[her] = (*found.get(her, ()), row.value())
    return found
