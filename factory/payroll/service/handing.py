"""Hand payslips over: print all that wait, note what was given, what she read, her wish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.db.session import hold
from factory.kernel.ids import new_id
from factory.kernel.words import say, speaking
from factory.payroll import documents, queries, records
from factory.payroll.domain.handed import NotHers, unread
from factory.payroll.domain.run import Entry, Run
from factory.payroll.records import PaperNameRow
from factory.payroll.service.calculating import Progress
from factory.payroll.service.slips import print_slip
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.printing.service import stamped
from factory.security import service as security
from factory.security.domain import Actor
from printers.sheet import Sheet


def print_unread(
    session: Session, month: date, *, by: Actor, at: datetime, most: int | None = None
) -> Progress:
    """Print the slips of those who have got none and read none; at most so many.

    What is printed is not printed again, so that whoever is interrupted can go on.
    """
    hold(session, "handing", month)
    found = queries.deliveries(session, month)
    waiting = [each for each in unread(found) if not each.is_given]
    step = waiting[:most]
    for each in step:
        print_slip(session, each.worker, month, event_id=new_id(), by=by, at=at)
    return Progress(len(found) - len(waiting) + len(step), len(found))


def wish_name(session: Session, worker: Worker, *, legal: bool, by: Actor, at: datetime) -> None:
    """Keep whether she wants her legal name on her payslips; nobody else can wish it for her."""
    if by.worker != worker.id or not by.with_pin:
        raise NotHers
    session.add(PaperNameRow(worker_id=worker.id, legal=legal, at=at))
    session.flush()
    security.record(session, by, "wish_name", f"worker {worker.number}", at=at, after=legal)


def all_sheets(session: Session, run: Run, *, by: Actor, at: datetime) -> tuple[Sheet, ...]:
    """Everybody's payslip of a closed month; each can see who looked at hers."""
    for entry in run.entries:
        thing = f"payslip {run.month:%Y-%m} of worker {entry.number}"
        security.record(session, by, "see_payslip", thing, at=at)
    return sheets(session, run.month, run.entries, by=by, at=at)


def sheets(
    session: Session, month: date, entries: Iterable[Entry], *, by: Actor, at: datetime
) -> tuple[Sheet, ...]:
    """Payslips as office papers, each in the language she reads and by the name she wishes.

    A legal name is opened under the reason that she asked for it; she can see that.
    """
    wished, house = records.legal_names_wished(session), business(session).name
    found = []
    for entry in entries:
        worker = people.worker_numbered(session, entry.number)
        named = legal_name(session, worker, by=by, at=at) if worker.id in wished else ""
        with speaking(worker.language):
            sheet = documents.payslip(entry, month, house=house, legal_name=named)
            found.append(stamped(sheet, by=by, at=at) if named else sheet)
    return tuple(found)


def legal_name(session: Session, worker: Worker, *, by: Actor, at: datetime) -> str:
    """Her legal name for a paper of hers, opened because she wished it so."""
    with speaking(worker.language):
        reason = say("Her payslip, with her legal name as she wished")
    return people_service.legal_name(session, worker, reason=reason, by=by, at=at)
