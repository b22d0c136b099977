"""What every night's look at the balances found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact


class BalanceCheckRow(Fact, Base):
    """How many kept balances did not agree with their facts, and the first of them."""

    __tablename__ = "balance_checks"

    id: Mapped[Key]
    at: Mapped[datetime]
    differing: Mapped[int]
    first: Mapped[str] = mapped_column(String(200), default="")


def append_check(session: Session, differing: Sequence[str], *, at: datetime) -> None:
    """Keep what a look at the balances found."""
    first = differing[0][:200] if differing else ""
    session.add(BalanceCheckRow(at=at, differing=len(differing), first=first))


def last_check(session: Session) -> BalanceCheckRow | None:
    """The newest look at the balances, if there was any."""
    return session.scalar(select(BalanceCheckRow).order_by(BalanceCheckRow.id.desc()).limit(1))
