"""Draw up the office's papers of a closed month; legal names only with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.kernel.time import day_of
from factory.payroll import queries
from factory.payroll.domain.papers import MonthOfPay, Paper, Person
from factory.people import service as people
from factory.security import service as security
from factory.security.domain import Actor, ReasonNeeded, SecondWanted

ON_LEDGER = ("legal_name", "birth_date")
ON_REGISTER = (*ON_LEDGER, "address")


@dataclass(frozen=True, slots=True)
class Names:
    """Whether a paper carries legal names, and why."""

    legal: bool = False
    reason: str = ""
    second: str = ""
    """Who says as the second person that she knows of it."""


def month_of_pay(
    session: Session, month: date, paper: Paper, names: Names, *, by: Actor, at: datetime
) -> MonthOfPay:
    """A closed month for a paper, by chosen names or by legal ones; the drawing is kept."""
    run = queries.closed_run(session, month)
    known = queries.persons_of(session, month)
    there = {entry.number for entry in run.entries}
    if names.legal:
        opened = _opened(session, _only(known, there), ON_LEDGER, names, by=by, at=at)
        known |= {person.worker.number: person for person in opened}
    thing = f"pay run {month:%Y-%m}"
    _note(session, paper, thing, names, by=by, at=at)
    return queries.month_of_pay(run, known, business(session).name)


def register(session: Session, names: Names, *, by: Actor, at: datetime) -> tuple[Person, ...]:
    """Everybody who works or worked here, as the law wants them registered: by legal name."""
    known = queries.persons(session, day_of(at))
    found = _opened(session, known.values(), ON_REGISTER, names, by=by, at=at)
    _note(session, Paper.REGISTER, "papers", replace(names, legal=True), by=by, at=at)
    return found


def _only(known: dict[int, Person], those: set[int]) -> list[Person]:
    return [person for number, person in known.items() if number in those]


def _opened(
    session: Session,
    people_there: Iterable[Person],
    fields: tuple[str, ...],
    names: Names,
    *,
    by: Actor,
    at: datetime,
) -> tuple[Person, ...]:
    """These people with what the vault keeps; each of them sees the reason."""
    if not names.reason.strip():
        raise ReasonNeeded
    if not names.second:
        raise SecondWanted
    found = []
    for person in people_there:
        kept = people.opened(session, person.worker, fields, reason=names.reason, by=by, at=at)
        found.append(
            replace(
                person,
                legal_name=kept.get("legal_name", ""),
                born=kept.get("birth_date", ""),
                address=kept.get("address", ""),
            )
        )
    return tuple(found)


def _note(
    session: Session, paper: Paper, thing: str, names: Names, *, by: Actor, at: datetime
) -> None:
    after: dict[str, object] = {"paper": paper.value, "named": names.legal}
    if names.legal:
        after["second"] = names.second
    reason = names.reason.strip()
    security.record(session, by, "draw_paper", thing, at=at, reason=reason, after=after)
