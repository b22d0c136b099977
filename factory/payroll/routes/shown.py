"""What several pages about pay need: the month in the address, words, the way to the printer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.law.articles import cite
from factory.law.book import FIRST_DAY
from factory.payroll import explain, queries, service
from factory.payroll.domain.compare import Step, steps
from factory.payroll.domain.correction import Correction
from factory.payroll.domain.handed import Way
from factory.payroll.domain.payslip import EARNINGS, stem
from factory.payroll.domain.run import Entry
from factory.payroll.forms import PrintForm
from factory.people import queries as people
from factory.people.domain import Worker
from factory.printing import queries as printing
from factory.security import entering
from factory.security.domain import Actor, ReasonNeeded
from factory.web.forms import as_day
from factory.web.guard import actor

PRINTED = mark("The payslip is on its way to the printer: {place}.")
WORDS = {
    "name_of": explain.name_of,
    "explained_name": explain.explained_name,
    "show_quantity": explain.show_quantity,
    "show_decimal": explain.show_decimal,
    "calculation": explain.calculation,
    "input_words": explain.input_words,
    "remark": explain.remark,
    "cite": cite,
}


def month_in(text: str) -> date:
    """The month an address names (2026-11), or `NotFound`."""
    month = as_day(f"{text}-01")
    if month is None or month < FIRST_DAY:
        raise NotFound("month", text)
    return month


def seconded(form: Any, *, by: Actor, at: datetime) -> str:
    """Who came as the second person, where what is sealed opens for many; a reason comes first."""
    if not (form.reason.data or "").strip():
        raise ReasonNeeded
    with reading() as session:
        elected = queries.representative(session)
    also = None if elected is None else elected.worker
    name, secret, code = (each.data or "" for each in (form.second, form.pin, form.code))
    return entering.witness(name, secret, code, by=by, also=also, at=at)


def note_own(month: str, way: Way) -> None:
    """Keep that she got her own payslip of an approved month in this way."""
    with transaction() as session:
        worker = people.worker(session, actor().worker)
        service.hand_over(session, worker, month_in(month), way, by=actor(), at=now())


def corrected_by(session: Session, worker: Worker, entry: Entry) -> list[tuple[date, list[Any]]]:
    """For each closed month that a payslip puts right: every correction with the lines it moved."""
    found = queries.reasons_of(session, worker, entry.slip)
    return [(month, [(each, moved(each)) for each in why]) for month, why in found]


def put_right(session: Session, worker: Worker, month: date) -> dict[str, Any]:
    """How the month of a payslip was corrected after it, with the lines moved, for its page."""
    found = queries.put_right(session, worker, month)
    since = [(each, moved(each)) for each in found.corrections]
    return {"since": since, "paid_with": found.paid_with, "comes_with": found.comes_with}


def moved(each: Correction) -> tuple[Step, ...]:
    """The lines earned that a correction moved, the largest first."""
    found = steps(each.before, each.after) if each.before else ()
    return tuple(step for step in found if stem(step.code) in EARNINGS)


def give_to_printer(worker: Worker, month: str) -> str:
    """Put a payslip into the outbox; gives the place of its printer."""
    event = PrintForm.sent().to_event_id()
    with transaction() as session:
        job = service.print_slip(
            session, worker, month_in(month), event_id=event, by=actor(), at=now()
        )
        return printing.job(session, job).place
