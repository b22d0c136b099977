"""A closed month, and everybody, as the office's papers show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from factory.payroll.domain.handed import NotApprovedYet
from factory.payroll.domain.known import Known
from factory.payroll.domain.papers import Line, MonthOfPay, Person
from factory.payroll.domain.run import Run, last_day
from factory.payroll.queries import entered
from factory.payroll.queries.runs import run
from factory.people import queries as people


def closed_run(session: Session, month: date) -> Run:
    """A month that is approved, or the refusal that papers come after that."""
    found = run(session, month)
    if found.approved is None:
        raise NotApprovedYet
    return found


def persons(session: Session, on: date) -> dict[int, Person]:
    """Everybody by number, with the terms that hold on a day."""
    held = people.terms_of_all(session, on)
    known = entered.for_month(session, on.replace(day=1)).known
    found = people.workers(session)
    return {
        worker.number: Person(worker, held.get(worker.id), _makes(known.get(worker.id)))
        for worker in found
    }


def _makes(known: Known | None) -> bool | None:
    return known.facts.production_worker if known is not None and known.facts else None


def month_of_pay(found: Run, known: Mapping[int, Person], house: str = "") -> MonthOfPay:
    """A closed month with those who stand on its papers, and the business that pays."""
    lines = tuple(Line(known[entry.number], entry) for entry in found.entries)
    return MonthOfPay(found, lines, house)


def persons_of(session: Session, month: date) -> dict[int, Person]:
    """Everybody with the terms of the month's last day."""
    return persons(session, last_day(month))
