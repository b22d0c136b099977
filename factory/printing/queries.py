"""Papers and printers as pages and other packages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.printing import domain, fleet, private, records
from factory.printing.domain import TROUBLED, VIRTUAL, WAITING, Problem, Purpose, State
from factory.printing.records import JobRow, PrinterRow
from printers.document import Document
from printers.profiles import Profile

PAGE = 40
AT_ONCE = 500
"""Papers of one question to the database."""
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
class Part:
    """A page of a long list of papers."""

    lines: tuple[JobLine, ...]
    count: int
    """How many there are in all."""
    further: int | None
    """The last paper here, if there are others beyond it."""


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
    numbers = _numbers(session, states, None, limit, newest=True)
    return _lines(session, numbers, newest=True)


def part(session: Session, *states: State, beyond: int | None = None, newest: bool = False) -> Part:
    """Papers in these states, from where a page before ended; the longest there come first."""
    numbers = _numbers(session, states, beyond, PAGE + 1, newest=newest)
    lines = _lines(session, numbers[:PAGE], newest=newest)
    count = select(func.count()).select_from(JobRow).where(JobRow.state.in_(states))
    further = numbers[PAGE - 1] if len(numbers) > PAGE else None
    return Part(lines, session.scalar(count) or 0, further)


def _numbers(
    session: Session, states: tuple[State, ...], beyond: int | None, limit: int, *, newest: bool
) -> list[int]:
    """Which papers they are, found without a look at what stands on any."""
    statement = select(JobRow.id).where(JobRow.state.in_(states))
    if beyond is not None:
        statement = statement.where(JobRow.id < beyond if newest else JobRow.id > beyond)
    order = JobRow.id.desc() if newest else JobRow.id
    return list(session.scalars(statement.order_by(order).limit(limit)))


def _lines(session: Session, numbers: list[int], *, newest: bool) -> tuple[JobLine, ...]:
    order = JobRow.id.desc() if newest else JobRow.id
    lines: list[JobLine] = []
    for at in range(0, len(numbers), AT_ONCE):
        some = numbers[at : at + AT_ONCE]
        found = session.execute(_listed().where(JobRow.id.in_(some)).order_by(order))
        lines += (_line(*each) for each in found)
    return tuple(lines)


def _listed() -> Select[JobRow, PrinterRow, bool, bool]:
    """Papers with their printer, and whether their text and bytes are there; neither is read."""
    return (
        select(JobRow, PrinterRow, JobRow.document.is_not(None), JobRow.data.is_not(None))
        .join(PrinterRow, PrinterRow.id == JobRow.printer_id)
        .options(*records.UNREAD)
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
    """How many papers are not out yet: they wait, are unsure or failed."""
    return _in_states(session, *WAITING, *TROUBLED)


def troubled(session: Session) -> int:
    """How many papers need a person: they are unsure or failed."""
    return _in_states(session, *TROUBLED)


def _in_states(session: Session, *states: State) -> int:
    count = select(func.count()).select_from(JobRow).where(JobRow.state.in_(states))
    return session.scalar(count) or 0


def stuck(session: Session, *, at: datetime) -> bool:
    """Whether papers are being sent by a worker that is no longer there."""
    return any(not domain.rests(row.lease_until, at) for row in records.sending(session))


def contents(session: Session, number: int) -> tuple[Document | None, bytes | None, Profile]:
    """A paper's text, its bytes and what its printer is, as far as they are kept."""
    row = records.job(session, number)
    kept = row.document
    document = None if kept is None else private.opened(session, row.event_id, kept)
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
