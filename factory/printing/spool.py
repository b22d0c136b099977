"""What the print workers do with the outbox: take a paper, tell how far it is, settle it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.printing import domain, fleet, private, records
from factory.printing.domain import Problem, Purpose, State
from factory.printing.records import Claim, JobRow, PrinterRow
from factory.security.keys import SealBroken
from printers.document import Document
from printers.profiles import Profile


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper at the head of a printer's queue."""

    job: int
    document: Document | None
    """Without one, the bytes are sent as they were asked for."""
    data: bytes
    profile: Profile
    target: str
    done: int
    """How many papers of a batch came out before."""
    expired: bool
    private: bool
    spoilt: bool
    """Whether it was sealed with a key that is not here."""
    mine: bool
    """Whether this program alone speaks with the printer, for a while yet."""


def next_waiting(
    session: Session, printer_id: int, *, at: datetime, worker: str = ""
) -> Waiting | None:
    """The paper that is next, unless its printer is to be left alone for a while."""
    printer = records.printer(session, printer_id)
    if not printer.active or printer.held or _of_another(printer, worker, at):
        return None
    row = records.next_job(session, printer_id)
    if row is None or domain.rests(row.not_before, at) or records.busy(session, printer_id, at):
        return None
    expired = domain.too_old(row.purpose, row.made_at, at)
    document, spoilt = _readable(session, row, at)
    return Waiting(
        job=row.id,
        document=document,
        data=row.data or b"",
        profile=fleet.profile_of(printer),
        target=printer.target,
        done=row.units_done,
        expired=expired,
        private=not row.purpose.keeps_bytes,
        spoilt=spoilt,
        mine=printer.worker == worker and domain.rests(printer.lease_until, at + domain.LEASE / 2),
    )


def _readable(session: Session, row: JobRow, at: datetime) -> tuple[Document | None, bool]:
    """What is to be printed, and whether that can't be read."""
    if row.document is None:
        return None, False
    try:
        return _document(session, row, at), False
    except SealBroken:
        return None, True


def _of_another(printer: PrinterRow, worker: str, at: datetime) -> bool:
    return printer.worker not in {"", worker} and domain.rests(printer.lease_until, at)


def take_printer(session: Session, number: int, *, at: datetime, worker: str) -> bool:
    """Speak with a printer alone, for a minute; False if another program does."""
    return records.take_printer(session, number, worker, at, at + domain.LEASE)


def leave_printers(session: Session, left: Callable[[str], bool]) -> None:
    """Let others speak with the printers of programs that have ended."""
    for row in records.printers(session):
        if row.worker and left(row.worker):
            row.worker, row.lease_until = "", None


def _document(session: Session, row: JobRow, at: datetime) -> Document:
    """The drawer stays shut if the paper comes late."""
    document = private.for_printer(session, row.event_id, row.document or {})
    late = at - row.made_at > domain.DRAWER_WAITS
    return document.without_drawer() if late else document


def claim(
    session: Session, number: int, data: bytes | None, *, at: datetime, worker: str = ""
) -> bool:
    """Take a paper for sending, with its bytes; from here on it is never sent again by itself.

    Of a private paper the bytes are not kept.
    """
    hold(session, "printer", records.job(session, number).printer_id)
    hold(session, "print_job", number)
    taken = Claim(data=data, worker=worker, at=at, until=at + domain.LEASE)
    return records.claim(session, number, taken)


def progress(
    session: Session, number: int, *, sent: int, units: int, at: datetime, worker: str
) -> bool:
    """Keep how far a paper is; False if it was taken from this worker meanwhile."""
    return records.progress(session, number, worker, sent, units, at + domain.LEASE)


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended: what was wrong, how many bytes and whole papers had left."""

    problem: Problem | None
    sent: int
    units: int | None = None
    confirmed: bool = False


def postpone(session: Session, number: int, problem: Problem, *, at: datetime) -> None:
    """Its printer could not be reached or is unwell: not a byte has left, it is tried later."""
    row = held(session, number)
    if row.state is State.QUEUED:
        row.attempts += 1
        outcome = domain.after(problem, 0, row.attempts, at)
        row.problem, row.not_before, row.tried_at = outcome.problem, outcome.not_before, at


def settle(
    session: Session, number: int, problem: Problem | None, sent: int, *, at: datetime
) -> State:
    """Keep how the attempt ended."""
    return conclude(session, number, Ended(problem, sent), at=at)


def conclude(session: Session, number: int, ended: Ended, *, at: datetime) -> State:
    """Keep how the attempt ended, as far as nobody has decided it meanwhile."""
    row = held(session, number)
    if row.state not in {State.SENDING, State.UNSURE}:
        return row.state
    outcome = domain.after(ended.problem, ended.sent, row.attempts, at)
    row.state, row.problem, row.not_before = outcome.state, outcome.problem, outcome.not_before
    row.bytes_sent, row.confirmed, row.lease_until = ended.sent, ended.confirmed, None
    if ended.units is not None:
        row.units_done = min(ended.units, row.units)
    if outcome.state is State.SENT:
        row.units_done = row.units
        row.sent_at = at
        erase_if_private(row)
    return outcome.state


def held(session: Session, number: int) -> JobRow:
    """The paper, which nobody else changes until the end of the transaction."""
    hold(session, "print_job", number)
    row = records.job(session, number)
    session.flush()
    session.refresh(row)  # somebody else may have changed it before it was held
    return row


def erase_if_private(row: JobRow) -> None:
    """Private papers are unreadable once nobody waits for them."""
    if not row.purpose.keeps_bytes:
        row.document, row.data = None, None


def spoil(session: Session, number: int, *, at: datetime) -> None:
    """A paper that can't be made on this printer."""
    row = held(session, number)
    if row.state is State.QUEUED:
        row.state, row.problem, row.tried_at = State.FAILED, Problem.DOES_NOT_FIT, at


def expire(session: Session, number: int, *, at: datetime) -> None:
    """A paper that waited so long that nobody needs it any more."""
    row = held(session, number)
    state = domain.outlived(row.state, row.purpose)
    if state is not row.state and domain.too_old(row.purpose, row.made_at, at):
        row.state = state
        erase_if_private(row)


def _never(_worker: str) -> bool:
    return False


def recover(session: Session, *, at: datetime, gone: Callable[[str], bool] = _never) -> int:
    """Papers that a stopped worker was sending become unsure: a person must look."""
    lost = [row for row in records.sending(session) if _is_lost(row, at) or gone(row.worker)]
    for row in lost:
        row.state, row.problem, row.lease_until = State.UNSURE, Problem.STOPPED, None
    leave_printers(session, gone)
    return len(lost)


def _is_lost(row: JobRow, at: datetime) -> bool:
    return not domain.rests(row.lease_until, at)


def sweep(session: Session, *, at: datetime) -> int:
    """Erase the text and bytes of papers whose time is over; how many.

    What nobody needs any more leaves the queue first, also from behind a printer that is off.
    """
    for purpose in Purpose:
        if purpose.lasts is not None:
            for number in records.unfinished_before(session, purpose, at - purpose.lasts):
                expire(session, number, at=at)
    private = [purpose for purpose in Purpose if not purpose.keeps_bytes]
    others = [purpose for purpose in Purpose if purpose.keeps_bytes]
    ended = [*domain.DONE, State.FAILED]
    old = records.readable_before(session, private, at - domain.PRIVATE_PAPER_LASTS, ended)
    old += records.readable_before(session, others, at - domain.PAPER_LASTS, ended)
    for row in old:
        row.document, row.data = None, None
    return len(old)
