"""Papers and printers as pages and other packages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.printing import domain, fleet, records
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
    statement = _listed().where(JobRow.state.in_(states)).order_by(JobRow.id.desc()).limit(limit)
    return tuple(_line(*found) for found in session.execute(statement))


def _listed() -> Select[JobRow, PrinterRow, bool, bool]:
    """Papers with their printer, and whether their text and bytes are there; neither is read."""
    return (
        select(JobRow, PrinterRow, JobRow.document.is_not(None), JobRow.data.is_not(None))
        .join(PrinterRow, PrinterRow.id == JobRow.printer_id)
        .options(defer(JobRow.document), defer(JobRow.data))
    )


def roll(session: Session, printer_id: int, limit: int = ROLL) -> tuple[JobLine, ...]:
    """What came out of a printer last, the newest first: its paper as one long roll."""
    records.printer(session, printer_id)
    came_out = JobRow.state.in_((State.SENT, State.UNSURE))
    statement = _listed().where(JobRow.printer_id == printer_id, came_out)
    newest = statement.order_by(JobRow.id.desc()).limit(limit)
    return tuple(_line(*found) for found in session.execute(newest))


def job(session: Session, number: int) -> JobLine:
    """One paper, or `NotFound`."""
    found = session.execute(_listed().where(JobRow.id == number)).one_or_none()
    if found is None:
        raise NotFound(mark("paper"), number)
    return _line(*found)


def job_of_event(session: Session, event_id: str) -> JobLine | None:
    """The paper that an event asked for: `receipt waiting` on the till's page."""
    found = session.execute(_listed().where(JobRow.event_id == event_id)).one_or_none()
    return None if found is None else _line(*found)


def waiting(session: Session) -> int:
    """How many papers wait, are unsure or failed: the number on the start page."""
    states = JobRow.state.in_((*WAITING, *TROUBLED))
    count = select(func.count()).select_from(JobRow).where(states)
    return session.scalar(count) or 0


def stuck(session: Session, *, at: datetime) -> bool:
    """Whether papers are being sent by a worker that is no longer there."""
    return any(not domain.rests(row.lease_until, at) for row in records.sending(session))


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


def _line(row: JobRow, printer: PrinterRow, written: bool, sent: bool) -> JobLine:  # noqa: FBT001 - columns
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
        not (written or sent),
        written,
    )
