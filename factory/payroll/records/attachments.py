"""The table of what was taken from pay for each order of a court, so that its claim counts down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.payroll.records.leaving import FinalPayRow
from factory.security.domain import WorkerId

Taken = dict[tuple[WorkerId, str], int]
"""Won by worker and number of the order."""


class AttachmentTakenRow(Fact, Base):
    """A run took so much for an order of a court."""

    __tablename__ = "wage_attachments_taken"
    __table_args__ = (Index("ix_wage_attachments_taken_worker", "worker_id"),)

    id: Mapped[Key]
    run: Mapped[date] = mapped_column(ForeignKey("pay_runs.month"))
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    number: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Money]


def append_taken(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Keep what a run takes for orders of courts."""
    if found := list(rows):
        session.execute(insert(AttachmentTakenRow), found)


def taken_in(session: Session, month: date) -> Taken:
    """What the run of a month took for each order."""
    row = AttachmentTakenRow
    rows = session.execute(
        select(row.worker_id, row.number, row.amount).where(row.run == month).order_by(row.id)
    )
    return {(WorkerId(who), number): amount.won for who, number, amount in rows}


def taken_before(session: Session, month: date, worker_id: WorkerId | None = None) -> Taken:
    """What was taken for each order before a month: by runs, and of severance."""
    row, final = AttachmentTakenRow, FinalPayRow
    runs = select(row.worker_id, row.number, row.amount).where(row.run < month)
    severance = select(final.worker_id, final.taken).where(final.month < month)
    if worker_id is not None:
        runs = runs.where(row.worker_id == worker_id)
        severance = severance.where(final.worker_id == worker_id)
    found: Taken = {}
    for who, number, amount in session.execute(runs):
        _add(found, WorkerId(who), number, amount.won)
    for who, taken in session.execute(severance):
        for number, won in taken.items():
            _add(found, WorkerId(who), number, won)
    return found


def _add(found: Taken, who: WorkerId, number: str, won: int) -> None:
    found[who, number] = found.get((who, number), 0) + won
