"""Tables of corrections of closed months, and of what later runs paid for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.security.domain import WorkerId


class CorrectionRow(Fact, Base):
    """Somebody's closed month was calculated again; the newest says what she earned in it."""

    __tablename__ = "pay_corrections"
    __table_args__ = (Index("ix_pay_corrections_worker_month", "worker_id", "month"),)

    id: Mapped[Key]
    month: Mapped[date] = mapped_column(ForeignKey("pay_runs.month"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    reason: Mapped[str] = mapped_column(String(300))
    gross: Mapped[Money]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class CorrectionPaidRow(Fact, Base):
    """A run paid so much for a closed month; below zero it took so much back."""

    __tablename__ = "pay_corrections_paid"
    __table_args__ = (Index("ix_pay_corrections_paid_run", "run"),)

    id: Mapped[Key]
    run: Mapped[date] = mapped_column(ForeignKey("pay_runs.month"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    month: Mapped[date]
    right: Mapped[Money]
    """What she earned in the closed month, as known when the run was closed."""
    amount: Mapped[Money]


def corrections(session: Session, worker_id: WorkerId | None = None) -> list[CorrectionRow]:
    """Everybody's corrections or somebody's, oldest first."""
    statement = select(CorrectionRow).order_by(CorrectionRow.id)
    if worker_id is not None:
        statement = statement.where(CorrectionRow.worker_id == worker_id)
    return list(session.scalars(statement))


def right_grosses(
    session: Session, worker_id: WorkerId | None = None
) -> dict[tuple[WorkerId, date], Money]:
    """What each corrected month comes to, by worker and month."""
    newest = select(func.max(CorrectionRow.id)).group_by(
        CorrectionRow.worker_id, CorrectionRow.month
    )
    row = CorrectionRow
    statement = select(row.worker_id, row.month, row.gross).where(row.id.in_(newest))
    if worker_id is not None:
        statement = statement.where(row.worker_id == worker_id)
    return {(WorkerId(who), month): gross for who, month, gross in session.execute(statement)}


def paid_by(session: Session, run: date) -> list[CorrectionPaidRow]:
    """What a run paid for earlier months."""
    return list(session.scalars(select(CorrectionPaidRow).where(CorrectionPaidRow.run == run)))


def paid_for(session: Session) -> dict[tuple[WorkerId, date], int]:
    """Won that runs have paid for each corrected month so far."""
    row = CorrectionPaidRow
    found: dict[tuple[WorkerId, date], int] = {}
    for who, month, amount in session.execute(select(row.worker_id, row.month, row.amount)):
        key = (WorkerId(who), month)
        found[key] = found.get(key, 0) + amount.won
    return found


def paid_of(session: Session, worker_id: WorkerId, month: date) -> dict[date, int]:
    """Won that each run has paid for somebody's corrected month, the oldest run first."""
    row = CorrectionPaidRow
    hers = select(row.run, row.amount).where(row.worker_id == worker_id, row.month == month)
    return {run: amount.won for run, amount in session.execute(hers.order_by(row.run))}


def append_paid(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Keep what a run pays for earlier months."""
    if found := list(rows):
        session.execute(insert(CorrectionPaidRow), found)
