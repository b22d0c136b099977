"""Tables of calls for help (facts): a call, and that it was settled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.catalogue.domain import Station
from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.production.domain.help import Call, Trouble
from factory.security.domain import WorkerId


class CallRow(Fact, Base):
    """Somebody at a station called for help."""

    __tablename__ = "help_calls"
    __table_args__ = (Index("ix_help_calls_at", "at"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    place: Mapped[Station | None] = mapped_column(Word(Station))
    trouble: Mapped[Trouble] = mapped_column(Word(Trouble))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class CallSettledRow(Fact, Base):
    """A call was settled; from then on she works again."""

    __tablename__ = "help_calls_settled"

    call: Mapped[int] = mapped_column(ForeignKey("help_calls.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


def append_call(session: Session, call: Call) -> Call:
    """Keep a call."""
    row = CallRow(event_id=call.event_id, place=call.place, trouble=call.trouble)
    row.worker_id, row.at, row.by = call.worker, call.at, call.by[:60]
    session.add(row)
    session.flush()
    return _value(row, None)


def append_settled(session: Session, call: int, *, at: datetime, by: str) -> None:
    """Keep that a call was settled."""
    session.add(CallSettledRow(call=call, at=at, by=by[:60]))
    session.flush()


def calls_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[Call, ...]:
    """Calls with how they ended, the oldest first."""
    statement = (
        select(CallRow, CallSettledRow)
        .outerjoin(CallSettledRow, CallSettledRow.call == CallRow.id)
        .where(*conditions)
        .order_by(CallRow.at, CallRow.id)
    )
    return tuple(_value(row, end) for row, end in session.execute(statement))


def _value(row: CallRow, end: CallSettledRow | None) -> Call:
    return Call(
        id=row.id,
        event_id=row.event_id,
        place=row.place,
        trouble=row.trouble,
        worker=None if row.worker_id is None else WorkerId(row.worker_id),
        at=row.at,
        by=row.by,
        settled_at=end.at if end else None,
        settled_by=end.by if end else "",
    )
