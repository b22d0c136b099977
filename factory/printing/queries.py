"""Papers and printers as pages and other packages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.printing import records
from factory.printing.domain import LEASE, VIRTUAL, Problem, Purpose, State
from factory.printing.records import JobRow, PrinterRow
from printers import portable
from printers.document import Document

PAGE = 40


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
    erased: bool


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
    states = (State.QUEUED, State.SENDING, State.UNSURE, State.FAILED)
    count = select(func.count()).select_from(JobRow).where(JobRow.state.in_(states))
    return session.scalar(count) or 0


def stuck(session: Session, *, at: datetime) -> bool:
    """Whether papers are being sent by a worker that is no longer there."""
    return bool(records.sending_since(session, at - LEASE))


def contents(session: Session, number: int) -> tuple[Document | None, bytes | None, str]:
    """A paper's text, its bytes and its printer's profile, as far as they are kept."""
    row = records.job(session, number)
    document = None if row.document is None else portable.from_json(row.document)
    return document, row.data, records.printer(session, row.printer_id).profile


def printer_ids(session: Session) -> tuple[int, ...]:
    """Every printer's number."""
    return tuple(row.id for row in records.printers(session))


def printers(session: Session) -> tuple[PrinterLine, ...]:
    """Every printer."""
    return tuple(_printer(session, row) for row in records.printers(session))


def printer(session: Session, number: int) -> PrinterLine:
    """One printer, or `NotFound`."""
    return _printer(session, records.printer(session, number))


def _printer(session: Session, row: PrinterRow) -> PrinterLine:
    queued = (JobRow.printer_id == row.id, JobRow.state == State.QUEUED)
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
        row.document is None,
    )
