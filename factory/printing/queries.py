"""Papers and printers as pages and other packages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.printing import fleet, records
from factory.printing.domain import TROUBLED, VIRTUAL, WAITING, Problem, Purpose, State
from factory.printing.records import JobRow, PrinterRow
from printers import portable
from printers.document import Document
from printers.profiles import Profile

PAGE = 40
ROLL = 20


@dataclass(frozen=True, slots=True)
class JobLine:
    """A paper in the list."""

    id: int
    printer: str
    place: str
    purpose: Purpose
    title: str
    state: State
    problem: Problem | None
    attempts: int
    copy: int
    made_at: datetime
    sent_at: datetime | None
    units: int
    units_done: int
    confirmed: bool
    erased: bool
    """Whether nothing of it can be shown any more."""
    copyable: bool


@dataclass(frozen=True, slots=True)
class PrinterLine:
    """A printer in the list, and how many papers wait for it."""

    id: int
    name: str
    place: str
    profile: str
    target: str
    virtual: bool
    purposes: tuple[Purpose, ...]
    active: bool
    held: bool
    waiting: int
    problem: Problem | None


def jobs(session: Session, *states: State, limit: int = PAGE) -> tuple[JobLine, ...]:
    """The newest papers in these states."""
    statement = (
        select(JobRow, PrinterRow)
        .join(PrinterRow, PrinterRow.id == JobRow.printer_id)
        .where(JobRow.state.in_(states))
        .order_by(JobRow.id.desc())
        .limit(limit)
    )
    return tuple(_line(job, printer) for job, printer in session.execute(statement))


def roll(session: Session, printer_id: int, limit: int = ROLL) -> tuple[JobLine, ...]:
    """What came out of a printer last, the newest first: its paper as one long roll."""
    printer = records.printer(session, printer_id)
    statement = (
        select(JobRow)
        .where(JobRow.printer_id == printer_id, JobRow.state.in_((State.SENT, State.UNSURE)))
        .order_by(JobRow.id.desc())
        .limit(limit)
    )
    return tuple(_line(row, printer) for row in session.scalars(statement))


def job(session: Session, number: int) -> JobLine:
    """One paper, or `NotFound`."""
    row = records.job(session, number)
    return _line(row, records.printer(session, row.printer_id))


def job_of_event(session: Session, event_id: str) -> JobLine | None:
    """The paper that an event asked for: `receipt waiting` on the till's page."""
    row = records.job_of_event(session, event_id)
    return None if row is None else _line(row, records.printer(session, row.printer_id))


def waiting(session: Session) -> int:
    """How many papers wait, are unsure or failed: the number on the start page."""
    states = JobRow.state.in_((*WAITING, *TROUBLED))
    count = select(func.count()).select_from(JobRow).where(states)
    return session.scalar(count) or 0


def stuck(session: Session, *, at: datetime) -> bool:
    """Whether papers are being sent by a worker that is no longer there."""
    return any(row.lease_until is None or row.lease_until <= at for row in records.sending(session))


def contents(session: Session, number: int) -> tuple[Document | None, bytes | None, Profile]:
    """A paper's text, its bytes and what its printer is, as far as they are kept."""
    row = records.job(session, number)
    document = None if row.document is None else portable.from_json(row.document)
    return document, row.data, fleet.profile_of(records.printer(session, row.printer_id))


def printer_ids(session: Session) -> tuple[int, ...]:
    """Every printer's number."""
    return tuple(row.id for row in records.printers(session))


def printers(session: Session) -> tuple[PrinterLine, ...]:
    """Every printer."""
    return tuple(_printer(session, row) for row in records.printers(session))


def profile_of(session: Session, number: int) -> Profile:
    """What a printer is, as its model says and its test page showed."""
    return fleet.profile_of(records.printer(session, number))


def printer(session: Session, number: int) -> PrinterLine:
    """One printer, or `NotFound`."""
    return _printer(session, records.printer(session, number))


def _printer(session: Session, row: PrinterRow) -> PrinterLine:
    queued = (JobRow.printer_id == row.id, JobRow.state.in_(WAITING))
    count = session.scalar(select(func.count()).select_from(JobRow).where(*queued)) or 0
    head = records.next_job(session, row.id)
    purposes = tuple(purpose for purpose in Purpose if purpose.value in row.purposes)
    virtual, problem = row.target == VIRTUAL, head.problem if head else None
    return PrinterLine(
        row.id,
        row.name,
        row.place,
        row.profile,
        row.target,
        virtual,
        purposes,
        row.active,
        row.held,
        count,
        problem,
    )


def _line(row: JobRow, printer: PrinterRow) -> JobLine:
    return JobLine(
        row.id,
        printer.name,
        printer.place,
        row.purpose,
        row.title,
        row.state,
        row.problem,
        row.attempts,
        row.copy,
        row.made_at,
        row.sent_at,
        row.units,
        row.units_done,
        row.confirmed,
        row.document is None and row.data is None,
        row.document is not None,
    )
