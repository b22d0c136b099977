"""Builders of a house large enough for leave, of wishes and of ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import at, now
from factory.leave import queries, service
from factory.leave.domain import Answer, LeaveKind, Request, Wish
from factory.leave.domain.arising import monday_to_friday
from factory.leave.domain.ledger import DayTerms, Ledger, Taken, ledger
from factory.people.domain import Worker
from factory.security.domain import SYSTEM
from tests.people.build import make_terms, make_worker

HIRED = date(2026, 1, 5)
MORNING = at(date(2026, 11, 24), "10:00")
EIGHT_HOURS = 480
OTHERS = ("Cedar", "Hazel", "Birch", "Maple")


def make_house(session: Session, name: str = "Pine", **changes: Any) -> Worker:
    """Somebody hired in January, among four others: annual leave is owed from five on."""
    for other in OTHERS:
        make_worker(session, other, hired=HIRED, terms=make_terms(since=HIRED))
    given: dict[str, Any] = {"hired": HIRED, "terms": make_terms(since=HIRED)}
    return make_worker(session, name, **(given | changes))


def make_wish(first: date = date(2026, 12, 7), last: date | None = None, **changes: Any) -> Wish:
    given: dict[str, Any] = {"kind": LeaveKind.ANNUAL, "first": first, "last": last or first}
    return Wish(**(given | changes))


def ask(session: Session, worker: Worker, wish: Wish | None = None, **changes: Any) -> Request:
    given: dict[str, Any] = {"by": SYSTEM, "at": now()} | changes
    return service.ask(session, worker, wish or make_wish(), **given)


def grant(session: Session, worker: Worker, wish: Wish | None = None) -> Request:
    return grant_asked(session, ask(session, worker, wish))


def grant_asked(session: Session, asked: Request) -> Request:
    return service.answer(session, asked.id, Answer.GRANTED, by=SYSTEM, at=now())


def paid(session: Session, request: Request) -> bool:
    """Whether a request of hers is of paid leave, which is sealed."""
    (counts,) = (
        e.counts_as for e in queries.requests_of(session, request.worker) if e.id == request.id
    )
    assert counts is not None
    return counts.paid


def make_ledger(
    as_of: date,
    *,
    hired: date = HIRED,
    missed: Iterable[date] = (),
    taken: Iterable[Taken] = (),
    terms: Callable[[date], DayTerms] = lambda _: DayTerms(EIGHT_HOURS),
    **changes: Any,
) -> Ledger:
    given: dict[str, Any] = {"contracted": monday_to_friday} | changes
    return ledger(hired, as_of, absent=frozenset(missed), terms=terms, taken=taken, **given)


def moment(day: date, clock: str = "10:00") -> datetime:
    return at(day, clock)
