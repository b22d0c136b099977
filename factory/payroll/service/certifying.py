"""Certify what she asks for: her legal name is opened under the purpose she can see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.kernel.time import day_of
from factory.payroll import documents, queries
from factory.payroll.domain.certificates import Certificate, NoPayslipsYet, Wages, Wish, change
from factory.payroll.domain.papers import Person
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor, ReasonNeeded
from printers.sheet import Sheet

OPENED = ("legal_name", "birth_date", "address")


def certify(session: Session, worker: Worker, wish: Wish, *, by: Actor, at: datetime) -> Sheet:
    """Draw up the paper; without a reason nothing is opened."""
    if not wish.reason.strip():
        raise ReasonNeeded
    on, house = day_of(at), business(session)
    person = queries.persons(session, on)[worker.number]
    match wish.certificate:
        case Certificate.EMPLOYMENT:
            named = _named(session, person, wish, by=by, at=at)
            return documents.employment(named, wish.work, wish.reason, on, house)
        case Certificate.WAGES:
            found = _wages(session, person, wish)
            named = _named(session, person, wish, by=by, at=at)
            return documents.wages(replace(found, person=named), wish.reason, on, house)
        case Certificate.CHANGE:
            before, after = change(people_queries.terms_of(session, worker.id), wish.since)
            named = _named(session, person, wish, by=by, at=at)
            return documents.change_of_terms(named, before, after, on, house)


def _wages(session: Session, person: Person, wish: Wish) -> Wages:
    months = queries.payslips_of(session, person.worker)[: wish.months]
    if not months:
        raise NoPayslipsYet
    slips = ((month, queries.entry(session, person.worker, month).slip) for month in months)
    return Wages(person, tuple(sorted(slips, key=lambda each: each[0])))


def _named(session: Session, person: Person, wish: Wish, *, by: Actor, at: datetime) -> Person:
    worker, why = person.worker, wish.reason
    kept = people.opened(session, worker, OPENED, reason=why, by=by, at=at)
    thing, paper = f"worker {worker.number}", wish.certificate.value
    security.record(session, by, "certify", thing, at=at, reason=why.strip(), after=paper)
    return replace(
        person,
        legal_name=kept.get("legal_name", ""),
        born=kept.get("birth_date", ""),
        address=kept.get("address", ""),
    )
