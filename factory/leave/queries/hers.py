"""Somebody's own leave: what is left and how it arose, and what she asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.law.book import LawBook
from factory.lawbook import queries as lawbook
from factory.leave import records, sealed
from factory.leave.domain import Answer, LeaveKind, Part, Request
from factory.leave.domain import ledger as book
from factory.leave.domain.agreed import Agreed
from factory.leave.domain.arising import Why
from factory.leave.domain.ledger import Grant, Ledger, Taken
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def agreed(session: Session, worker_id: WorkerId) -> Agreed:
    """What somebody's terms say of days."""
    history = people.terms_of(session, worker_id)
    law = lawbook.book(session)
    return Agreed(history, records.swaps(session), people.heads(session), law)


def ledger(session: Session, worker_id: WorkerId, as_of: date) -> Ledger:
    """Somebody's annual leave on a day; requests that are not answered yet are taken off."""
    return ledger_with(session, worker_id, as_of, ())


def ledger_with(
    session: Session, worker_id: WorkerId, as_of: date, more: Iterable[Taken]
) -> Ledger:
    """The same with more taken, as if it had been asked for."""
    hers = sealed.counted(session, records.requests(session, worker_id=worker_id))
    terms = agreed(session, worker_id)
    entered = records.entries(session, worker_id)
    absent = _absent(hers, records.missed_days(session, worker_id))
    worker = people.worker(session, worker_id)
    return book.ledger(
        worker.hired,
        as_of,
        absent=absent,
        contracted=terms.contracted,
        terms=terms.terms,
        taken=[*_taken(hers, worker.left), *_used_before(entered), *more],
        entered=_given(session, entered, terms.law),
        law=terms.law,
    )


def _absent(hers: tuple[Request, ...], missed: frozenset[date]) -> frozenset[date]:
    """Days that count as missed: leave granted for a whole one makes it attended, also later."""
    granted = [(r.counts_as, r.days) for r in hers if r.answer is Answer.GRANTED]
    away = [(as_what.attended, d) for as_what, found in granted if as_what for d in found]
    whole = (d.day for attended, d in away if attended and d.part is Part.WHOLE)
    return missed.difference(whole).union(d.day for attended, d in away if not attended)


def _taken(hers: tuple[Request, ...], left: date | None) -> list[Taken]:
    """What she asked for; days after her last one are not taken any more, and are paid to her."""
    annual = (r for r in hers if r.counts and r.counts_as and r.counts_as.annual)
    return [
        Taken(one.day, one.minutes, request.id)
        for request in annual
        for one in request.days
        if left is None or one.day <= left
    ]


def _used_before(entered: Iterable[records.LeaveEntryRow]) -> list[Taken]:
    return [Taken(row.day, -row.minutes) for row in entered if row.minutes < 0]


def _given(session: Session, entered: Iterable[records.LeaveEntryRow], law: LawBook) -> list[Grant]:
    rows = [row for row in entered if row.minutes > 0]
    reasons = sealed.entry_reasons(session, rows) if rows else {}
    return [
        Grant(
            row.day,
            row.minutes,
            Why.ENTERED,
            book.a_year_from(row.day, law),
            reason=reasons.get(row.id, ""),
        )
        for row in rows
    ]


def offered(session: Session, worker: Worker, on: date) -> tuple[LeaveKind, ...]:
    """The kinds somebody may ask for; family events stand among the house's rules."""
    kinds = [LeaveKind.ANNUAL, LeaveKind.SICK, LeaveKind.UNPAID]
    if worker.woman and agreed(session, worker.id).menstrual_days(on):
        kinds.append(LeaveKind.MENSTRUAL)
    return tuple(kinds)


def requests_of(session: Session, worker_id: WorkerId) -> tuple[Request, ...]:
    """Everything somebody asked for, oldest first; why, as long as the key is there."""
    asked = records.requests(session, worker_id=worker_id)
    return sealed.told(session, sealed.counted(session, asked))


def request(session: Session, number: int) -> Request:
    """One request, nothing sealed of it opened, or `NotFound`."""
    found = records.requests(session, numbers=(number,))
    if not found:
        raise NotFound("request", number)
    return found[0]


def missed(session: Session, worker_id: WorkerId) -> frozenset[date]:
    """Contracted days somebody missed without leave, as noted when the day was closed."""
    return records.missed_days(session, worker_id)
