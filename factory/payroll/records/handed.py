"""Tables of how payslips were handed over, and of who wants her legal name on hers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.payroll.domain.handed import Handed, Way
from factory.security.domain import WorkerId


class HandedRow(Fact, Base):
    """Somebody got her payslip of a month in some way."""

    __tablename__ = "payslips_handed"
    __table_args__ = (Index("ix_payslips_handed_month_worker", "month", "worker_id"),)

    id: Mapped[Key]
    month: Mapped[date]
    """Whoever leaves gets hers before the month's run."""
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    way: Mapped[Way] = mapped_column(Word(Way))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class PaperNameRow(Fact, Base):
    """She wishes her legal name on her payslips, or no more; the newest counts."""

    __tablename__ = "paper_names"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    legal: Mapped[bool]
    at: Mapped[datetime]


def handed(session: Session, month: date) -> dict[WorkerId, tuple[Handed, ...]]:
    """How each got her payslip of a month, oldest first."""
    found: dict[WorkerId, tuple[Handed, ...]] = {}
    statement = select(HandedRow).where(HandedRow.month == month).order_by(HandedRow.id)
    for row in session.scalars(statement):
        her = WorkerId(row.worker_id)
        found[her] = (*found.get(her, ()), Handed(row.way, row.at, row.by))
    return found


def was_handed(session: Session, month: date, worker_id: WorkerId, way: Way) -> bool:
    """Whether she got it in this way before."""
    row = HandedRow
    statement = select(row.id).where(row.month == month, row.worker_id == worker_id, row.way == way)
    return session.scalar(statement.limit(1)) is not None


def legal_names_wished(session: Session) -> frozenset[WorkerId]:
    """Who wants her legal name on her payslips."""
    newest: dict[WorkerId, bool] = {}
    for row in session.scalars(select(PaperNameRow).order_by(PaperNameRow.id)):
        newest[WorkerId(row.worker_id)] = row.legal
    return frozenset(her for her, legal in newest.items() if legal)
