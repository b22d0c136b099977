"""Tables of punches, of punches taken back, and who is there now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String, Table, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.security.domain import WorkerId
from factory.timeclock.domain import Punch, PunchKind


class PunchRow(Fact, Base):
    """Somebody came, went, or took a break; or a supervisor entered what was forgotten."""

    __tablename__ = "punches"
    __table_args__ = (Index("ix_punches_worker_at", "worker_id", "at"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    kind: Mapped[PunchKind] = mapped_column(Word(PunchKind))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")


class PunchTakenBackRow(Fact, Base):
    """A punch counts no more; it stays where it is."""

    __tablename__ = "punches_taken_back"

    punch_id: Mapped[int] = mapped_column(ForeignKey("punches.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(300))


class PresenceRow(Base):
    """Each worker's last punch: who is there, without looking through history."""

    __tablename__ = "presences"

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    kind: Mapped[PunchKind] = mapped_column(Word(PunchKind))
    at: Mapped[datetime]


PUNCHES, PRESENCES = (cast(Table, row.__table__) for row in (PunchRow, PresenceRow))
_FIND_EVENT = select(PUNCHES.c.worker_id, PUNCHES.c.kind, PUNCHES.c.at).where(
    PUNCHES.c.event_id == bindparam("event")
)
_INSERT_PUNCH = insert(PUNCHES)


def _unless_later(made: Any) -> Any:
    return made.on_conflict_do_update(
        index_elements=[PRESENCES.c.worker_id],
        set_={"kind": made.excluded.kind, "at": made.excluded.at},
        where=made.excluded.at >= PRESENCES.c.at,
    )


_SET_PRESENCE = {
    "sqlite": _unless_later(sqlite.insert(PRESENCES)),
    "postgresql": _unless_later(postgresql.insert(PRESENCES)),
}
"""Made once, because every punch runs through them."""


def find_event(session: Session, event_id: str) -> Punch | None:
    """Look a punch up by the id it got where it began."""
    found = session.connection().execute(_FIND_EVENT, {"event": event_id}).first()
    return None if found is None else Punch(WorkerId(found.worker_id), found.kind, found.at)


def valid_punches(
    session: Session, start: datetime, end: datetime, worker_id: WorkerId | None = None
) -> Sequence[PunchRow]:
    """Punches that count, from a moment to before another, in order."""
    taken = select(PunchTakenBackRow.punch_id)
    statement = select(PunchRow).where(
        PunchRow.at >= start, PunchRow.at < end, PunchRow.id.not_in(taken)
    )
    if worker_id is not None:
        statement = statement.where(PunchRow.worker_id == worker_id)
    return session.scalars(statement.order_by(PunchRow.at, PunchRow.id)).all()


def is_taken_back(session: Session, punch_id: int) -> bool:
    """Whether a punch counts no more."""
    return session.get(PunchTakenBackRow, punch_id) is not None


def append_punch(
    session: Session,
    punch: Punch,
    *,
    event_id: str,
    received: datetime,
    by: str = "",
    reason: str = "",
) -> None:
    """Keep a punch and, where it is her last, that she is there or not."""
    session.flush()
    connection = session.connection()
    last = {"worker_id": punch.worker, "kind": punch.kind, "at": punch.at}
    how = {"event_id": event_id, "received_at": received, "entered_by": by, "reason": reason}
    connection.execute(_INSERT_PUNCH, last | how)
    connection.execute(_SET_PRESENCE[connection.dialect.name], last)
    for row in session.identity_map.values():
        if isinstance(row, PresenceRow):
            session.expire(row)


def presence_from_punches(
    session: Session, worker_id: WorkerId
) -> tuple[PunchKind, datetime] | None:
    """What her last punch that counts says, looked up among all."""
    taken = select(PunchTakenBackRow.punch_id)
    statement = (
        select(PunchRow.kind, PunchRow.at)
        .where(PunchRow.worker_id == worker_id, PunchRow.id.not_in(taken))
        .order_by(PunchRow.at.desc(), PunchRow.id.desc())
        .limit(1)
    )
    found = session.execute(statement).first()
    return None if found is None else (found[0], found[1])


def workers_with_punches(session: Session) -> list[WorkerId]:
    """Everybody who ever punched."""
    return [WorkerId(w) for w in session.scalars(select(func.distinct(PunchRow.worker_id)))]
