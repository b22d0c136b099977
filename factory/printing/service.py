"""Put papers into the outbox, print again, give up, hold back, decide whether one came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import BadInput
from factory.kernel.ids import new_id
from factory.kernel.words import say
from factory.printing import bell, domain, fleet, private, records
from factory.printing.domain import Answer, PicturesTooSlow, Purpose, State
from factory.printing.records import Choice, Described, JobRow
from factory.printing.spool import erase_if_private, held
from factory.security import service as security
from factory.security.domain import Actor
from printers import pdf, portable, transport, trial
from printers.document import Document, DocumentWrong
from printers.profiles import Hangul
from printers.sheet import Sheet


def enqueue(
    session: Session,
    document: Document,
    *,
    purpose: Purpose | str,
    by: Actor,
    at: datetime,
    event_id: str,
    place: int = 1,
) -> int:
    """Ask for a paper within the caller's transaction; the same event is one paper.

    Where several printers take such papers, the one of that place gets it: the second till has
    the second receipt printer, and its drawer.

    Raises:
        BadInput: it does not fit its printer, with what does not.
        PicturesTooSlow: its printer would take minutes for it.
    """
    paper = {"event_id": event_id, "purpose": Purpose(purpose), "title": document.title[:200]}
    found = _choice(session, event_id, at)
    if found.known is not None:
        return found.known
    printer = found.printer(Purpose(purpose), place)
    fits(document, printer)
    return _put_in(session, paper, document, printer, by=by, at=at)


def fits(document: Document, printer: Described) -> None:
    """Refuse what its printer could not print, before anybody waits for it."""
    profile = fleet.profile_of(printer)
    try:
        trial.refuse_unfit(document, profile)
    except DocumentWrong as wrong:
        raise BadInput(wrong.path, wrong.problem, **wrong.values) from None
    drawn = profile.hangul is Hangul.NONE or document.label is not None
    if drawn and printer.target != domain.VIRTUAL and transport.target(printer.target).slow:
        raise PicturesTooSlow


def _put_in(
    session: Session,
    paper: dict[str, Any],
    document: Document,
    printer: Described,
    *,
    by: Actor,
    at: datetime,
) -> int:
    written: dict[str, Any] = portable.to_json(document)
    if not Purpose(paper["purpose"]).keeps_bytes:
        written = private.shut(session, paper["event_id"], written)
    said = {"document": written, "units": document.units}
    number = records.append_job(session, {**paper, **said, **_waiting(printer.id, by, at)})
    bell.ring_after_commit(session, printer.id)
    return number


def _waiting(printer: int, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "printer_id": printer,
        "state": State.QUEUED,
        "made_by": by.name[:60],
        "made_at": at,
        "not_before": at,
    }


def _choice(session: Session, event_id: str, at: datetime) -> Choice:
    """The printers to choose from; the first ones are made when they are first needed."""
    found = records.choice(session, event_id)
    if found.printers:
        return found
    fleet.ensure_printers(session, at=at)
    return records.choice(session, event_id)


def print_at(session: Session, number: int, document: Document, *, by: Actor, at: datetime) -> int:
    """Ask one printer for a page that shows what it does."""
    printer = records.printer(session, number)
    fits(document, printer)
    paper = {"event_id": new_id(), "purpose": Purpose.TEST, "title": document.title}
    job = _put_in(session, paper, document, printer, by=by, at=at)
    security.record(session, by, "print_test", f"printer {number}", at=at)
    return job


def print_bytes(
    session: Session, number: int, title: str, data: bytes, *, by: Actor, at: datetime
) -> int:
    """Ask one printer for a page of bytes that are to leave as they are."""
    paper = {"event_id": new_id(), "purpose": Purpose.TEST, "title": title, "data": data}
    printer = records.printer(session, number).id
    job = records.append_job(session, {**paper, **_waiting(printer, by, at)})
    bell.ring_after_commit(session, number)
    security.record(session, by, "print_test", f"printer {number}", at=at)
    return job


def pdf_of(paper: Document | Sheet) -> bytes:
    """The paper as PDF."""
    return pdf.to_pdf(paper)


def stamped(sheet: Sheet, *, by: Actor, at: datetime) -> Sheet:
    """The paper with who drew it up and when along its edges, because it carries a legal name."""
    return replace(sheet, watermark=say("Drawn up by {name}, {at}", name=by.name, at=at))


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
    document = _first_of(session, row, first)
    event = new_id()
    again: dict[str, Any] = {"event_id": event, "purpose": row.purpose, "title": row.title}
    again |= {"copy": count, "copy_of": first}
    printer = _choice(session, event, at).printer(row.purpose)
    job = _put_in(session, again, document.as_copy(words), printer, by=by, at=at)
    security.record(session, by, "print_again", f"paper {first}", at=at, after={"copy": count})
    return job


def _first_of(session: Session, row: JobRow, first: int) -> Document:
    """What the first paper says; where that is erased already, what its copy says."""
    source = records.job(session, first)
    if source.document is None:
        source = row
    return private.opened(session, source.event_id, source.document or {})


def give_up(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Let a waiting paper go unprinted."""
    row = held(session, number)
    row.state = domain.given_up(row.state)
    erase_if_private(row)
    security.record(session, by, "give_up_printing", f"paper {number}", at=at)


def hold_back(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Let a paper wait until somebody lets it go; those behind it come out before it."""
    row = held(session, number)
    row.state = domain.held(row.state)
    security.record(session, by, "hold_paper", f"paper {number}", at=at)


def let_go(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Let a held paper come out."""
    row = held(session, number)
    row.state, row.not_before = domain.released(row.state), at
    security.record(session, by, "release_paper", f"paper {number}", at=at)
    bell.ring_after_commit(session, row.printer_id, urgent=True)


def give_up_older(session: Session, before: datetime, *, by: Actor, at: datetime) -> int:
    """Let every paper go that waits since before then: nobody needs it any more."""
    old = records.waiting_since(session, before)
    for row in old:
        row.state = domain.given_up(row.state)
        erase_if_private(row)
    security.record(session, by, "give_up_printing", "papers", at=at, after={"count": len(old)})
    return len(old)


def count_as_printed(session: Session, before: datetime) -> int:
    """Take every paper that waits since before then for printed: simulated days have no printer."""
    old = records.waiting_since(session, before)
    for row in old:
        row.state, row.sent_at, row.units_done = State.SENT, row.made_at, row.units
        erase_if_private(row)
    return len(old)


def decide(session: Session, number: int, answer: Answer, *, by: Actor, at: datetime) -> int | None:
    """Somebody looked: it came out; or not, and a marked copy is printed; or nobody knows."""
    row = held(session, number)
    row.state = domain.decided(row.state, answer)
    row.sent_at = at if answer is Answer.YES else None
    session.flush()
    again = print_again(session, number, by=by, at=at) if answer is Answer.NO else None
    erase_if_private(row)
    after = {"answer": answer.value}
    security.record(session, by, "decide_printing", f"paper {number}", at=at, after=after)
    return again


def go_on(session: Session, number: int, done: int, *, by: Actor, at: datetime) -> State:
    """Print the rest of a batch of which so many came out."""
    row = held(session, number)
    row.state = domain.went_on(row.state, done, row.units)
    row.units_done, row.not_before, row.problem = done, at, None
    row.sent_at = at if row.state is State.SENT else None
    if row.state is State.SENT:
        erase_if_private(row)
    after = {"done": done}
    security.record(session, by, "go_on_printing", f"paper {number}", at=at, after=after)
    bell.ring_after_commit(session, row.printer_id, urgent=True)
    return row.state
