"""Put papers into the outbox, take them for printing, print again, give up, keep printers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.ids import new_id
from factory.kernel.words import mark, say
from factory.printing import bell, domain, records
from factory.printing.domain import AddressUnusable, Problem, Purpose, State
from factory.printing.records import JobRow, PrinterRow
from factory.security import service as security
from factory.security.domain import Actor
from printers import pdf, portable, transport
from printers.document import Document
from printers.profiles import PROFILES
from printers.sheet import Sheet

USUAL_PRINTERS = (
    (
        mark("Till printer"),
        mark("at the till"),
        "virtual-80",
        (Purpose.RECEIPT, Purpose.DAY_END, Purpose.ALTERATION_TICKET),
    ),
    (
        mark("Floor printer"),
        mark("at the cutting table"),
        "virtual-80",
        (Purpose.BUNDLE_TICKET, Purpose.CUT_TICKET),
    ),
    (
        mark("Label printer"),
        mark("at the final inspection"),
        "virtual-58",
        (Purpose.HANG_TAG, Purpose.CARE_LABEL),
    ),
    (
        mark("Office printer"),
        mark("in the office"),
        "virtual-80",
        (Purpose.BADGE, Purpose.PAYSLIP, Purpose.TEST),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrinter:
    """A printer as somebody describes it."""

    name: str
    place: str
    profile: str
    target: str
    purposes: tuple[Purpose, ...]
    active: bool = True


# Papers


def enqueue(
    session: Session,
    document: Document,
    *,
    purpose: Purpose | str,
    by: Actor,
    at: datetime,
    event_id: str,
) -> int:
    """Ask for a paper within the caller's transaction; the same event is one paper."""
    known = records.job_of_event(session, event_id)
    if known is not None:
        return known.id
    row = JobRow(event_id=event_id, purpose=Purpose(purpose), title=document.title[:200])
    _put_in(session, row, document, by=by, at=at)
    return row.id


def _put_in(session: Session, row: JobRow, document: Document, *, by: Actor, at: datetime) -> None:
    row.document = portable.to_json(document)
    row.printer_id = _printer_for(session, row.purpose, at).id
    row.state, row.made_by, row.made_at, row.not_before = State.QUEUED, by.name[:60], at, at
    session.add(row)
    session.flush()
    bell.ring_after_commit(session)


def _printer_for(session: Session, purpose: Purpose, at: datetime) -> PrinterRow:
    found = records.printer_for(session, purpose)
    if found is not None:
        return found
    ensure_printers(session, at=at)
    made = records.printer_for(session, purpose)
    return made or records.printers(session)[0]


def pdf_of(paper: Document | Sheet) -> bytes:
    """The paper as PDF."""
    return pdf.to_pdf(paper)


def one_pdf_of(sheets: Sequence[Sheet]) -> bytes:
    """Several papers as one PDF."""
    return pdf.to_one_pdf(sheets)


def print_again(session: Session, number: int, *, by: Actor, at: datetime) -> int:
    """Ask for a marked copy; it never opens the drawer."""
    row = records.job(session, number)
    domain.copy_of(row.state, erased=row.document is None)
    first = row.copy_of or row.id
    hold(session, "paper", first)
    count = records.copies(session, first) + 1
    words = say("Copy {number} · {at} · {name}", number=count, at=at, name=by.name)
    document = portable.from_json(records.job(session, first).document).as_copy(words)
    again = JobRow(event_id=new_id(), purpose=row.purpose, title=row.title)
    again.copy, again.copy_of = count, first
    _put_in(session, again, document, by=by, at=at)
    security.record(session, by, "print_again", f"paper {first}", at=at, after={"copy": count})
    return again.id


def give_up(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Let a waiting paper go unprinted."""
    row = _held(session, number)
    row.state = domain.given_up(row.state)
    _erase_if_private(row)
    security.record(session, by, "give_up_printing", f"paper {number}", at=at)


def give_up_older(session: Session, before: datetime, *, by: Actor, at: datetime) -> int:
    """Let every paper go that waits since before then: nobody needs it any more."""
    old = records.waiting_since(session, before)
    for row in old:
        row.state = domain.given_up(row.state)
        _erase_if_private(row)
    security.record(session, by, "give_up_printing", "papers", at=at, after={"count": len(old)})
    return len(old)


def count_as_printed(session: Session, before: datetime) -> int:
    """Take every paper that waits since before then for printed: simulated days have no printer."""
    old = records.waiting_since(session, before)
    for row in old:
        row.state, row.sent_at = State.SENT, row.made_at
        _erase_if_private(row)
    return len(old)


def decide(session: Session, number: int, *, came_out: bool, by: Actor, at: datetime) -> int | None:
    """Somebody looked: it came out, or it did not and a marked copy is printed."""
    row = _held(session, number)
    row.state = domain.decided(row.state, came_out=came_out)
    row.sent_at = at if came_out else None
    session.flush()
    again = None if came_out else print_again(session, number, by=by, at=at)
    _erase_if_private(row)
    after = {"came_out": came_out}
    security.record(session, by, "decide_printing", f"paper {number}", at=at, after=after)
    return again


def _held(session: Session, number: int) -> JobRow:
    hold(session, "print_job", number)
    row = records.job(session, number)
    session.flush()
    session.refresh(row)  # somebody else may have changed it before it was held
    return row


def _erase_if_private(row: JobRow) -> None:
    if not row.purpose.keeps_bytes:
        row.document, row.data = None, None


# For the print workers


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper at the head of a printer's queue."""

    job: int
    document: Document
    profile: str
    target: str


def next_waiting(session: Session, printer_id: int, *, at: datetime) -> Waiting | None:
    """The paper that is next, unless its printer is to be left alone for a while."""
    printer = records.printer(session, printer_id)
    row = records.next_job(session, printer_id)
    if row is None or row.not_before > at or not printer.active:
        return None
    if records.busy(session, printer_id, at - domain.LEASE):
        return None
    document = portable.from_json(row.document)
    return Waiting(row.id, document, printer.profile, printer.target)


def claim(session: Session, number: int, data: bytes, *, at: datetime) -> bool:
    """Take a paper for sending, with its bytes; from here on it is never sent again by itself."""
    hold(session, "print_job", number)
    return records.claim(session, number, data, at)


def settle(
    session: Session, number: int, problem: Problem | None, sent: int, *, at: datetime
) -> State:
    """Keep how the attempt ended."""
    row = _held(session, number)
    outcome = domain.after(problem, sent, row.attempts, at)
    row.state, row.problem, row.not_before = outcome.state, outcome.problem, outcome.not_before
    if outcome.state is State.SENT:
        row.sent_at = at
        _erase_if_private(row)
    return outcome.state


def spoil(session: Session, number: int, *, at: datetime) -> None:
    """A paper that can't be made on this printer."""
    row = _held(session, number)
    if row.state is State.QUEUED:
        row.state, row.problem, row.tried_at = State.FAILED, Problem.DOES_NOT_FIT, at


def recover(session: Session, *, at: datetime, everything: bool = False) -> int:
    """Papers that a stopped worker was sending become unsure: a person must look."""
    lost = records.sending_since(session, None if everything else at - domain.LEASE)
    for row in lost:
        row.state, row.problem = State.UNSURE, Problem.STOPPED
    return len(lost)


def sweep(session: Session, *, at: datetime) -> int:
    """Erase the text and bytes of papers whose time is over; how many."""
    private = [purpose for purpose in Purpose if not purpose.keeps_bytes]
    others = [purpose for purpose in Purpose if purpose.keeps_bytes]
    ended = [State.SENT, State.CANCELLED, State.FAILED]
    old = records.readable_before(session, private, at - domain.PRIVATE_PAPER_LASTS, ended)
    old += records.readable_before(session, others, at - domain.PAPER_LASTS, ended)
    for row in old:
        row.document, row.data = None, None
    return len(old)


# Printers


def ensure_printers(session: Session, *, at: datetime) -> None:
    """Begin with one printer for each place, on the screen until real ones are named."""
    if records.printers(session):
        return
    for name, place, profile, purposes in USUAL_PRINTERS:
        words = [purpose.value for purpose in purposes]
        row = PrinterRow(name=say(name), place=say(place), profile=profile, made_at=at)
        row.target, row.purposes, row.active = domain.VIRTUAL, words, True
        session.add(row)
    session.flush()


def add_printer(session: Session, new: NewPrinter, *, by: Actor, at: datetime) -> int:
    """Take a printer in."""
    if records.printer_named(session, new.name) is not None:
        raise domain.PrinterNameTaken
    row = PrinterRow(made_at=at)
    _describe(row, new)
    session.add(row)
    session.flush()
    security.record(session, by, "add_printer", f"printer {row.id}", at=at, after=_shown(row))
    return row.id


def change_printer(
    session: Session, number: int, new: NewPrinter, *, by: Actor, at: datetime
) -> None:
    """Describe a printer anew; what waits goes to it as it is now."""
    row = records.printer(session, number)
    other = records.printer_named(session, new.name)
    if other is not None and other.id != number:
        raise domain.PrinterNameTaken
    before = _shown(row)
    _describe(row, new)
    after = _shown(row)
    thing = f"printer {number}"
    security.record(session, by, "change_printer", thing, at=at, before=before, after=after)
    bell.ring_after_commit(session)


def _describe(row: PrinterRow, new: NewPrinter) -> None:
    row.name, row.place, row.target = new.name, new.place, _checked(new.target)
    row.profile = new.profile if new.profile in PROFILES else "generic-80"
    row.purposes, row.active = [purpose.value for purpose in new.purposes], new.active


def _checked(target: str) -> str:
    text = target.strip()
    if text != domain.VIRTUAL:
        try:
            kind = transport.target(text).kind
        except transport.TargetWrong:
            raise AddressUnusable from None
        if kind not in {"tcp", "file"}:
            raise AddressUnusable
    return text


def _shown(row: PrinterRow) -> dict[str, Any]:
    keys: Iterable[str] = ("name", "place", "profile", "target", "purposes", "active")
    return {key: getattr(row, key) for key in keys}


def print_test(
    session: Session, number: int, document: Document, *, by: Actor, at: datetime
) -> int:
    """Ask one printer for its test page."""
    printer = records.printer(session, number)
    row = JobRow(event_id=new_id(), purpose=Purpose.TEST, title=document.title)
    _put_in(session, row, document, by=by, at=at)
    row.printer_id = printer.id
    security.record(session, by, "print_test", f"printer {number}", at=at)
    return row.id
