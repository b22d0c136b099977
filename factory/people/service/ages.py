"""Who reaches an age at which an insurance ends; birth dates stay sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.words import mark, say
from factory.people import queries
from factory.people.domain.guards import reached, turns
from factory.people.queries import KIND
from factory.security import service as security
from factory.security.domain import Actor, WorkerId

AGED = mark("Whether her insurances fit her age: {age} years.")
REASON = mark("Her insurances change: {age} years in {month}.")


def who_was(
    session: Session, age: int, days: Mapping[WorkerId, date], *, by: Actor, at: datetime
) -> frozenset[WorkerId]:
    """Who of these had reached an age by a day of her own; those see that it was looked up."""
    if not days:
        return frozenset()
    kept = queries.vault_uids(session)
    found = security.ask_each(
        session,
        KIND,
        "birth_date",
        {kept[who]: _question(age, day) for who, day in days.items()},
        reason=say(AGED, age=age),
        by=by,
        at=at,
    )
    return frozenset(queries.behind(session, found))


def _question(age: int, day: date) -> Callable[[str], bool]:
    return lambda text: reached(date.fromisoformat(text), age, day)


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
