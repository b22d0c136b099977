"""Tables of pay runs and of payslips, which are frozen when the run is approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    String,
    UniqueConstraint,
    func,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import BIG, Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import ZERO, Money
from factory.payroll.domain.approval import How
from factory.security.domain import WorkerId


class RunRow(Fact, Base):
    """A month's pay was approved; from then on it is locked."""

    __tablename__ = "pay_runs"

    month: Mapped[date] = mapped_column(primary_key=True)
    pay_date: Mapped[date]
    calculation_id: Mapped[int] = mapped_column(BIG, ForeignKey("pay_calculations.id"))
    """What was looked at and approved."""
    approved_by: Mapped[str] = mapped_column(String(60))
    approved_account: Mapped[int | None]
    approved_at: Mapped[datetime]
    calculated_by: Mapped[str] = mapped_column(String(60))
    how: Mapped[How] = mapped_column(Word(How))
    reason: Mapped[str] = mapped_column(String(300))
    """Why one person alone approved; empty where there were two."""
    representative_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    elected_on: Mapped[date | None]


class SlipRow(Fact, Base):
    """A payslip as it was approved, with every line's reason."""

    __tablename__ = "payslips"
    __table_args__ = (UniqueConstraint("month", "worker_id"),)

    id: Mapped[Key]
    month: Mapped[date] = mapped_column(ForeignKey("pay_runs.month"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    gross: Mapped[Money]
    net: Mapped[Money]
    taxable: Mapped[Money] = mapped_column(default=ZERO)
    exempt: Mapped[Money] = mapped_column(default=ZERO)
    """Overtime, night and holiday pay left free of tax; a year's limit counts it."""
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


def find_run(session: Session, month: date) -> RunRow | None:
    """The approval of a month, if it was approved."""
    return session.get(RunRow, month)


def approved_months(session: Session) -> dict[date, RunRow]:
    """Every month that was approved, oldest first."""
    rows = session.scalars(select(RunRow).order_by(RunRow.month))
    return {row.month: row for row in rows}


def last_approved(session: Session) -> date | None:
    """The newest month that was approved."""
    return session.scalar(select(func.max(RunRow.month)))


def append_slips(session: Session, slips: Iterable[dict[str, Any]]) -> None:
    """Keep everybody's payslip with one statement."""
    if rows := [slip | _sums(slip["body"]) for slip in slips]:
        session.execute(insert(SlipRow), rows)


def _sums(body: Mapping[str, Any]) -> dict[str, Money]:
    return {"taxable": Money(body["taxable"]), "exempt": Money(body["exempt"])}


def find_slip(session: Session, month: date, worker_id: WorkerId) -> SlipRow | None:
    """An approved payslip."""
    statement = select(SlipRow).where(SlipRow.month == month, SlipRow.worker_id == worker_id)
    return session.scalar(statement)


def slips_of(session: Session, month: date) -> dict[WorkerId, SlipRow]:
    """Everybody's approved payslip of a month."""
    rows = session.scalars(select(SlipRow).where(SlipRow.month == month))
    return {WorkerId(row.worker_id): row for row in rows}


def sums_of(session: Session) -> dict[date, tuple[int, Money]]:
    """How many payslips each approved month has, and what was paid out."""
    won = func.sum(type_coerce(SlipRow.net, BigInteger))
    statement = select(SlipRow.month, func.count(), won).group_by(SlipRow.month)
    return {month: (count, Money(int(net))) for month, count, net in session.execute(statement)}


def paid_in(session: Session, month: date) -> frozenset[WorkerId]:
    """Who has an approved payslip of a month."""
    found = session.scalars(select(SlipRow.worker_id).where(SlipRow.month == month))
    return frozenset(map(WorkerId, found))


def months_of(session: Session, worker_id: WorkerId) -> list[date]:
    """The months somebody has approved payslips for, newest first."""
    statement = select(SlipRow.month).where(SlipRow.worker_id == worker_id)
    return list(session.scalars(statement.order_by(SlipRow.month.desc())))
