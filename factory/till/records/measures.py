"""The table of what was measured for a ticket; of two entries the later one holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.till.domain.measures import Measure, Measured


class MeasureRow(Fact, Base):
    """Somebody measured."""

    __tablename__ = "shop_measures"

    id: Mapped[Key]
    ticket: Mapped[int] = mapped_column(ForeignKey("shop_tickets.number"), index=True)
    what: Mapped[Measure] = mapped_column(Word(Measure))
    millimetres: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


def measures_of(session: Session, ticket: int) -> tuple[Measured, ...]:
    """What holds of a ticket, in the order of the tape."""
    statement = select(MeasureRow.what, MeasureRow.millimetres).where(MeasureRow.ticket == ticket)
    rows = session.execute(statement.order_by(MeasureRow.id)).all()
    held: dict[Measure, int] = {row.what: row.millimetres for row in rows}
    return tuple(Measured(what, held[what]) for what in Measure if what in held)


def times_measured(session: Session, ticket: int) -> int:
    """How often something was written down for a ticket."""
    statement = select(func.count()).where(MeasureRow.ticket == ticket)
    return session.scalar(statement) or 0


def append_measures(
    session: Session, ticket: int, found: Iterable[Measured], by: str, at: datetime
) -> None:
    """Keep what was measured."""
    for each in found:
        row = MeasureRow(ticket=ticket, what=each.what, millimetres=each.millimetres)
        row.at, row.by = at, by[:60]
        session.add(row)
    session.flush()
