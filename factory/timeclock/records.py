"""Tables of punches, of punches taken back, and who is there now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db import quick
from factory.db.columns import DayOf, Key, Word
from factory.db.session import Base, Fact
from factory.security import waiting
from factory.security.domain import WorkerId
from factory.timeclock.domain import Punch, PunchKind
from factory.timeclock.domain.asking import Answer, Asked
from factory.timeclock.domain.door import LONG_BREAKS, Walls, came_later


class PunchRow(Fact, Base):
    """Somebody came, went, or took a break; or a supervisor entered what was forgotten."""

    __tablename__ = "punches"
    __table_args__ = (Index("ix_punches_worker_at", "worker_id", "at"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    kind: Mapped[PunchKind] = mapped_column(Word(PunchKind))
    at: Mapped[datetime]
    """What counts: the terminal's time, or the server's where the terminal's clock is off."""
    received_at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    """What the terminal's clock said."""
    device_offset: Mapped[int] = mapped_column(default=0)
    """Seconds that the terminal's clock was ahead when it was sent."""
    terminal: Mapped[str] = mapped_column(String(60), default="")
    entered_by: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")


waiting.TAKEN["timeclock"] = PunchRow.event_id


class PunchTakenBackRow(Fact, Base):
    """A punch counts no more; it stays where it is."""

    __tablename__ = "punches_taken_back"

    punch_id: Mapped[int] = mapped_column(ForeignKey("punches.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(300))


class AskRow(Fact, Base):
    """Somebody asked for a punch that was forgotten."""

    __tablename__ = "correction_asks"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    kind: Mapped[PunchKind] = mapped_column(Word(PunchKind))
    moment: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class AnswerRow(Fact, Base):
    """A supervisor granted or refused what was asked; the asking stays."""

    __tablename__ = "correction_answers"

    ask_id: Mapped[int] = mapped_column(ForeignKey("correction_asks.id"), primary_key=True)
    granted: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class LockRow(Fact, Base):
    """The pay up to a day was approved: from then on nothing is corrected there."""

    __tablename__ = "clock_locks"

    last_day: Mapped[date] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class HouseBreaksRow(Fact, Base):
    """The long breaks of the house, such as `12:00-13:00`; the newest row holds."""

    __tablename__ = "house_breaks"

    id: Mapped[Key]
    breaks: Mapped[str] = mapped_column(String(120))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class LateSeenRow(Fact, Base):
    """A supervisor has seen a punch that came late: its month was closed, or its clock spoilt."""

    __tablename__ = "late_punches_seen"

    punch_id: Mapped[int] = mapped_column(ForeignKey("punches.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class LaterPunchRow(Fact, Base):
    """A terminal's punch that came on a later day than the one it is of: few of all there are."""

    __tablename__ = "later_punches"

    event_id: Mapped[str] = mapped_column(ForeignKey("punches.event_id"), primary_key=True)


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
_INSERT_PUNCH, _INSERT_LATER = insert(PUNCHES), insert(LaterPunchRow)


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
    found = quick.first(session, _FIND_EVENT, {"event": event_id})
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


def counting_punches(
    session: Session, start: datetime, end: datetime, workers: Collection[WorkerId] | None = None
) -> Iterator[Punch]:
    """The same for many people, as plain values."""
    taken = select(PunchTakenBackRow.punch_id)
    statement = select(PunchRow.worker_id, PunchRow.kind, PunchRow.at).where(
        PunchRow.at >= start, PunchRow.at < end, PunchRow.id.not_in(taken)
    )
    if workers is not None:
        statement = statement.where(PunchRow.worker_id.in_(workers))
    rows = session.execute(statement.order_by(PunchRow.at, PunchRow.id))
    return map(Punch._make, rows)


def punch_counts(
    session: Session, start: datetime, end: datetime, workers: Collection[WorkerId]
) -> dict[tuple[WorkerId, date], int]:
    """How many punches of each of these workers' days count, from a moment to before another."""
    day = DayOf(PunchRow.at)
    statement = select(PunchRow.worker_id, day, func.count()).where(
        PunchRow.worker_id.in_(workers),
        PunchRow.at >= start,
        PunchRow.at < end,
        PunchRow.id.not_in(select(PunchTakenBackRow.punch_id)),
    )
    rows = session.execute(statement.group_by(PunchRow.worker_id, day))
    return {(WorkerId(who), on): count for who, on, count in rows}


def days_begun(
    session: Session, start: datetime, end: datetime
) -> frozenset[tuple[WorkerId, date]]:
    """Who came on which day between two moments, by the punches that count."""
    statement = select(PunchRow.worker_id, DayOf(PunchRow.at)).where(
        PunchRow.kind == PunchKind.IN,
        PunchRow.at >= start,
        PunchRow.at < end,
        PunchRow.id.not_in(select(PunchTakenBackRow.punch_id)),
    )
    return frozenset((WorkerId(who), on) for who, on in session.execute(statement.distinct()))


def taken_back(
    session: Session, start: datetime, end: datetime
) -> list[tuple[WorkerId, datetime, datetime]]:
    """Whose punches between two moments were taken back: when they were, and when that was."""
    statement = (
        select(PunchRow.worker_id, PunchRow.at, PunchTakenBackRow.at)
        .join(PunchTakenBackRow, PunchTakenBackRow.punch_id == PunchRow.id)
        .where(PunchRow.at >= start, PunchRow.at < end)
    )
    return [(WorkerId(who), at, when) for who, at, when in session.execute(statement)]


def is_taken_back(session: Session, punch_id: int) -> bool:
    """Whether a punch counts no more."""
    return session.get(PunchTakenBackRow, punch_id) is not None


def last_valid(session: Session, worker_id: WorkerId, until: datetime) -> PunchRow | None:
    """Her last punch that counts, up to a moment."""
    taken = select(PunchTakenBackRow.punch_id)
    statement = (
        select(PunchRow)
        .where(PunchRow.worker_id == worker_id, PunchRow.at <= until, PunchRow.id.not_in(taken))
        .order_by(PunchRow.at.desc(), PunchRow.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def find_punch(session: Session, event_id: str) -> PunchRow | None:
    """A punch by the id it got where it began."""
    return session.scalar(select(PunchRow).where(PunchRow.event_id == event_id))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a punch comes from: a terminal with its clock, or a supervisor with her reason."""

    event_id: str
    received: datetime
    device_at: datetime | None = None
    offset: int = 0
    terminal: str = ""
    by: str = ""
    reason: str = ""


def append_punch(session: Session, punch: Punch, origin: Origin) -> None:
    """Keep a punch and, where it is her last, that she is there or not."""
    last = {"worker_id": punch.worker, "kind": punch.kind, "at": punch.at}
    how = {
        "event_id": origin.event_id,
        "received_at": origin.received,
        "device_at": origin.device_at,
        "device_offset": origin.offset,
        "terminal": origin.terminal,
        "entered_by": origin.by,
        "reason": origin.reason,
    }
    quick.run(session, _INSERT_PUNCH, last | how)
    if not origin.by and came_later(punch.at, origin.received):
        quick.run(session, _INSERT_LATER, {"event_id": origin.event_id})
    quick.run(session, _SET_PRESENCE[session.get_bind().dialect.name], last)
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


def locked_until(session: Session) -> date | None:
    """The last day whose pay was approved, if any was."""
    return session.scalar(select(func.max(LockRow.last_day)))


def house_breaks(session: Session) -> Walls:
    """The long breaks of the house; noon until it says otherwise."""
    newest = select(HouseBreaksRow.breaks).order_by(HouseBreaksRow.id.desc()).limit(1)
    kept = session.scalar(newest)
    if kept is None:
        return LONG_BREAKS
    parts = (each.partition("-") for each in kept.split())
    return tuple((start, end) for start, _, end in parts)


def asks(
    session: Session, worker_id: WorkerId | None = None, *, open_only: bool = False
) -> list[Asked]:
    """What was asked for, oldest first, with what was answered; or what waits for an answer."""
    statement = (
        select(AskRow, AnswerRow)
        .outerjoin(AnswerRow, AnswerRow.ask_id == AskRow.id)
        .order_by(AskRow.id)
    )
    if worker_id is not None:
        statement = statement.where(AskRow.worker_id == worker_id)
    if open_only:
        statement = statement.where(AnswerRow.ask_id.is_(None))
    return [asked(row, answer) for row, answer in session.execute(statement)]


def asked(row: AskRow, answer: AnswerRow | None) -> Asked:
    """What was asked as a value."""
    said = Answer(answer.granted, answer.reason, answer.by, answer.at) if answer else None
    return Asked(row.id, WorkerId(row.worker_id), row.kind, row.moment, row.reason, row.at, said)


def locks(session: Session) -> list[LockRow]:
    """Every closing of days, in order."""
    return list(session.scalars(select(LockRow).order_by(LockRow.last_day)))


def later_punches(session: Session) -> list[PunchRow]:
    """Punches that came on a later day than they are of, as far as nobody has looked at them."""
    return _unseen(session, PunchRow.event_id.in_(select(LaterPunchRow.event_id)))


def punches_between(
    session: Session, start: datetime, end: datetime, received: datetime
) -> list[PunchRow]:
    """Terminals' punches between two moments that came after a third and nobody has looked at."""
    terminals = PunchRow.entered_by == ""
    came = PunchRow.received_at > received
    return _unseen(session, PunchRow.at >= start, PunchRow.at < end, came, terminals)


def _unseen(session: Session, *which: ColumnElement[bool]) -> list[PunchRow]:
    statement = select(PunchRow).where(
        *which,
        PunchRow.id.not_in(select(LateSeenRow.punch_id)),
        PunchRow.id.not_in(select(PunchTakenBackRow.punch_id)),
    )
    return list(session.scalars(statement.order_by(PunchRow.at, PunchRow.id)))
