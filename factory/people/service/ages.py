"""Who reaches an age at which an insurance ends; birth dates stay sealed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.words import mark, say
from factory.people import queries
from factory.people.domain.guards import turns
from factory.people.queries import KIND
from factory.security import service as security
from factory.security.domain import Actor, WorkerId

REASON = mark("Her insurances change: {age} years in {month}.")


def who_turns(
    session: Session, age: int, month: date, *, by: Actor, at: datetime
) -> frozenset[WorkerId]:
    """Who reaches an age in a month; those see on their own pages that it was looked up."""
    reason = say(REASON, age=age, month=f"{month:%Y-%m}")
    found = security.ask_sealed(
        session,
        KIND,
        "birth_date",
        lambda text: turns(date.fromisoformat(text), age, month),
        reason=reason,
        by=by,
        at=at,
    )
    return frozenset(queries.behind(session, found))
