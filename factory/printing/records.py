"""Tables of printers and of the papers that wait for them. Jobs are no facts: they are swept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.printing.domain import Problem, Purpose, State


class PrinterRow(Base):
    """A printer: where it stands, what it can, which papers it takes."""

    __tablename__ = "printers"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    place: Mapped[str] = mapped_column(String(100))
    profile: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(200))
    purposes: Mapped[list[str]] = mapped_column(JSON)
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]


class JobRow(Base):
    """One paper on its way; its text and bytes are erased when its time is over."""

    __tablename__ = "print_jobs"
    __table_args__ = (CheckConstraint("attempts >= 0", name="attempts"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    printer_id: Mapped[int] = mapped_column(ForeignKey("printers.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose), index=True)
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[State] = mapped_column(Word(State), index=True)
    problem: Mapped[Problem | None] = mapped_column(Word(Problem))
    attempts: Mapped[int] = mapped_column(default=0)
    copy: Mapped[int] = mapped_column(default=0)
    """0 is the first paper, 1 the first copy."""
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("print_jobs.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    not_before: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


def printers(session: Session) -> list[PrinterRow]:
    """Every printer, the oldest first."""
    return list(session.scalars(select(PrinterRow).order_by(PrinterRow.id)))


def printer(session: Session, number: int) -> PrinterRow:
    """One printer, or `NotFound`."""
    row = session.get(PrinterRow, number)
    if row is None:
        raise NotFound(mark("printer"), number)
    return row


def printer_named(session: Session, name: str) -> PrinterRow | None:
    """The printer of that name, if there is one."""
    return session.scalar(select(PrinterRow).where(PrinterRow.name == name))


def printer_for(session: Session, purpose: Purpose) -> PrinterRow | None:
    """The printer that takes such papers; if none says so, any that works."""
    working = [row for row in printers(session) if row.active]
    taking = [row for row in working if purpose.value in row.purposes]
    return next(iter(taking + working), None)


def job(session: Session, number: int) -> JobRow:
    """One paper, or `NotFound`."""
    row = session.get(JobRow, number)
    if row is None:
        raise NotFound(mark("paper"), number)
    return row


def job_of_event(session: Session, event_id: str) -> JobRow | None:
    """The paper of an event, if it was asked for before."""
    return session.scalar(select(JobRow).where(JobRow.event_id == event_id))


def next_job(session: Session, printer_id: int) -> JobRow | None:
    """The paper that has waited longest for a printer."""
    waiting = select(JobRow).where(JobRow.printer_id == printer_id, JobRow.state == State.QUEUED)
    return session.scalar(waiting.order_by(JobRow.id).limit(1))


def waiting_since(session: Session, before: datetime) -> list[JobRow]:
    """Papers that have waited since before then."""
    statement = select(JobRow).where(JobRow.state == State.QUEUED, JobRow.made_at < before)
    return list(session.scalars(statement))


def claim(session: Session, number: int, data: bytes, at: datetime) -> bool:
    """Take a waiting paper for sending; False if somebody else did or it was given up."""
    taken = session.execute(
        update(JobRow)
        .where(JobRow.id == number, JobRow.state == State.QUEUED)
        .values(state=State.SENDING, data=data, tried_at=at, attempts=JobRow.attempts + 1)
        .returning(JobRow.id)
    )
    return taken.first() is not None


def copies(session: Session, number: int) -> int:
    """How many copies of a paper were asked for."""
    return len(session.scalars(select(JobRow.id).where(JobRow.copy_of == number)).all())


def sending_since(session: Session, before: datetime | None) -> list[JobRow]:
    """Papers that are being sent, all or those that were begun before."""
    statement = select(JobRow).where(JobRow.state == State.SENDING)
    if before is not None:
        statement = statement.where(JobRow.tried_at < before)
    return list(session.scalars(statement))


def busy(session: Session, printer_id: int, since: datetime) -> bool:
    """Whether a worker, here or on another server, is sending to a printer."""
    statement = select(JobRow.id).where(
        JobRow.printer_id == printer_id, JobRow.state == State.SENDING, JobRow.tried_at > since
    )
    return session.scalar(statement.limit(1)) is not None


def readable_before(
    session: Session, purposes: list[Purpose], before: datetime, states: list[State]
) -> list[JobRow]:
    """Papers of these kinds and states, older than that, whose text is still here."""
    statement = select(JobRow).where(
        JobRow.purpose.in_(purposes),
        JobRow.state.in_(states),
        JobRow.made_at < before,
        JobRow.document.is_not(None),
    )
    return list(session.scalars(statement))
