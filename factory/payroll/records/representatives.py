"""Table of whom the workers elected to speak for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact


class RepresentativeRow(Fact, Base):
    """Somebody was elected, or is the representative no more; the newest counts."""

    __tablename__ = "representatives"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    elected_on: Mapped[date]
    holds: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


def elected(session: Session) -> RepresentativeRow | None:
    """What was entered last."""
    return session.scalar(select(RepresentativeRow).order_by(RepresentativeRow.id.desc()).limit(1))
