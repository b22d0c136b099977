"""Tables of printers and of the papers that wait for them. Jobs are no facts: they are swept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    bindparam,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, defer, mapped_column

from factory.db import quick
from factory.db.columns import Key, Word
from factory.db.session import Base
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.printing.domain import CLOCK_JUMPED, Problem, Purpose, State


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
    held: Mapped[bool] = mapped_column(default=False)
    """Whether its papers wait until somebody lets them go."""
    own: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What its test page showed that differs from its model."""
    made_at: Mapped[datetime]
    worker: Mapped[str] = mapped_column(String(120), default="")
    """Which program speaks with it: two never do at once."""
    lease_until: Mapped[datetime | None]


class Described(Protocol):
    """A printer as far as papers ask about it."""

    id: Any
    profile: Any
    target: Any
    own: Any


class JobRow(Base):
    """One paper on its way; its text and bytes are erased when its time is over."""

    __tablename__ = "print_jobs"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("units_done BETWEEN 0 AND units", name="units"),
        Index("ix_print_jobs_next", "state", "id", "printer_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    printer_id: Mapped[int] = mapped_column(ForeignKey("printers.id"))
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose), index=True)
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[State] = mapped_column(Word(State))
    problem: Mapped[Problem | None] = mapped_column(Word(Problem))
    attempts: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=1)
    """How many papers it makes: a batch of labels has many."""
    units_done: Mapped[int] = mapped_column(default=0)
    bytes_sent: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(120), default="")
    """Which program is sending it."""
    lease_until: Mapped[datetime | None]
    confirmed: Mapped[bool] = mapped_column(default=False)
    """Whether the printer itself said afterwards that all is well."""
    copy: Mapped[int] = mapped_column(default=0)
    """0 is the first paper, 1 the first copy."""
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("print_jobs.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    not_before: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


UNREAD = (defer(JobRow.document), defer(JobRow.data))
"""What stands on papers stays in the database until somebody looks at it."""
JOBS = cast(Table, JobRow.__table__)
PRINTERS = cast(Table, PrinterRow.__table__)
_PRINTERS = select(PrinterRow).order_by(PrinterRow.id)
_NUMBER = select(JOBS.c.id).where(JOBS.c.event_id == bindparam("event"))
_CHOICE = select(
    *(PRINTERS.c.id, PRINTERS.c.profile, PRINTERS.c.target, PRINTERS.c.own),
    *(PRINTERS.c.purposes, PRINTERS.c.active),
    _NUMBER.scalar_subquery().label("known"),
).order_by(PRINTERS.c.id)
_JOB = insert(JOBS).returning(JOBS.c.id)
"""Made once, because every paper asks them."""


def printers(session: Session) -> list[PrinterRow]:
    """Every printer, the oldest first."""
    return list(session.scalars(_PRINTERS))


def printer(session: Session, number: int) -> PrinterRow:
    """One printer, or `NotFound`."""
    row = session.get(PrinterRow, number)
    if row is None:
        raise NotFound(mark("printer"), number)
    return row


def printer_named(session: Session, name: str) -> PrinterRow | None:
    """The printer of that name, if there is one."""
    return session.scalar(select(PrinterRow).where(PrinterRow.name == name))


@dataclass(frozen=True, slots=True)
class Choice:
    """What an event's paper finds: the printers, and itself if it was asked for before."""

    known: int | None
    printers: Sequence[Any]

    def printer(self, purpose: Purpose, place: int = 1) -> Described:
        """The one that takes such papers, at a place where several do; if none does, any."""
        working = [row for row in self.printers if row.active]
        taking = [row for row in working if purpose.value in row.purposes]
        wishes: list[Described] = [*taking[place - 1 :], *taking, *working, *self.printers]
        return wishes[0]


def choice(session: Session, event_id: str) -> Choice:
    """The printers, and the number of an event's paper, in one statement."""
    rows = quick.run(session, _CHOICE, {"event": event_id})
    return Choice(rows[0].known if rows else None, rows)


def job(session: Session, number: int) -> JobRow:
    """One paper, or `NotFound`."""
    row = session.get(JobRow, number)
    if row is None:
        raise NotFound(mark("paper"), number)
    return row


def job_of_event(session: Session, event_id: str) -> JobRow | None:
    """The paper of an event, if it was asked for before."""
    return session.scalar(select(JobRow).where(JobRow.event_id == event_id))


def append_job(session: Session, said: dict[str, Any]) -> int:
    """Keep a paper that is to be printed; gives its number."""
    made: int = quick.run(session, _JOB, said)[0].id
    return made


def next_job(session: Session, printer_id: int) -> JobRow | None:
    """The paper that has waited longest for a printer; what stands on it is read when needed."""
    waiting = select(JobRow).where(JobRow.printer_id == printer_id, JobRow.state == State.QUEUED)
    return session.scalar(waiting.options(*UNREAD).order_by(JobRow.id).limit(1))


def hurry(session: Session, printer_id: int, at: datetime) -> None:
    """Let what waits for a printer be tried now."""
    statement = update(JobRow).where(
        JobRow.printer_id == printer_id, JobRow.state == State.QUEUED, JobRow.not_before > at
    )
    session.execute(statement.values(not_before=at))


def take_printer(session: Session, number: int, worker: str, at: datetime, until: datetime) -> bool:
    """Let one program alone speak with a printer for a while; False if another one does."""
    lease = PrinterRow.lease_until
    free = or_(PrinterRow.worker.in_(("", worker)), lease <= at, lease > at + CLOCK_JUMPED)
    statement = (
        update(PrinterRow)
        .where(PrinterRow.id == number, free)
        .values(worker=worker, lease_until=until)
        .returning(PrinterRow.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None


def unfinished_before(session: Session, purpose: Purpose, before: datetime) -> list[int]:
    """Papers of a kind, older than that, that are neither printed nor given up."""
    states = JobRow.state.in_((State.QUEUED, State.HELD, State.UNSURE))
    statement = select(JobRow.id).where(states, JobRow.purpose == purpose, JobRow.made_at < before)
    return list(session.scalars(statement))


def waiting_since(session: Session, before: datetime) -> list[JobRow]:
    """Papers that have waited since before then."""
    statement = select(JobRow).where(JobRow.state == State.QUEUED, JobRow.made_at < before)
    return list(session.scalars(statement.options(*UNREAD)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who takes a paper for sending, until when, and what is sent."""

    data: bytes | None
    worker: str
    at: datetime
    until: datetime


def claim(session: Session, number: int, taken: Claim) -> bool:
    """Take a waiting paper; False if somebody else did, or sends another to the same printer."""
    other = aliased(JobRow)
    busy = select(other.id).where(
        other.printer_id == JobRow.printer_id,
        other.state == State.SENDING,
        other.lease_until > taken.at,
        other.lease_until <= taken.at + CLOCK_JUMPED,
    )
    statement = (
        update(JobRow)
        .where(JobRow.id == number, JobRow.state == State.QUEUED, ~busy.exists())
        .values(
            state=State.SENDING,
            data=taken.data,
            worker=taken.worker,
            tried_at=taken.at,
            lease_until=taken.until,
            attempts=JobRow.attempts + 1,
        )
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None


def progress(
    session: Session, number: int, worker: str, sent: int, units: int, until: datetime
) -> bool:
    """Keep how much has left and that its worker lives; False if the paper is no longer its."""
    statement = (
        update(JobRow)
        .where(JobRow.id == number, JobRow.state == State.SENDING, JobRow.worker == worker)
        .values(bytes_sent=sent, units_done=units, lease_until=until)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None


def copies(session: Session, number: int) -> int:
    """How many copies of a paper were asked for."""
    return len(session.scalars(select(JobRow.id).where(JobRow.copy_of == number)).all())


def sending(session: Session) -> list[JobRow]:
    """Papers that are being sent."""
    return list(session.scalars(select(JobRow).where(JobRow.state == State.SENDING)))


def busy(session: Session, printer_id: int, at: datetime) -> bool:
    """Whether a worker, here or on another server, is sending to a printer."""
    statement = select(JobRow.id).where(
        JobRow.printer_id == printer_id,
        JobRow.state == State.SENDING,
        JobRow.lease_until > at,
        JobRow.lease_until <= at + CLOCK_JUMPED,
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
        or_(JobRow.document.is_not(None), JobRow.data.is_not(None)),
    )
    return list(session.scalars(statement.options(*UNREAD)))
