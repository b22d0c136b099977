"""Entries that waited in a terminal's browser and could not be taken: a supervisor's list."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, not_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from factory.kernel.errors import NotFound
from factory.kernel.time import day_of
from factory.kernel.words import language
from factory.security.domain import Actor, WorkerId
from factory.security.records import RefusedEntryRow, RefusedSeenRow
from factory.security.service import record

LONGEST = 300
TAKEN: dict[str, InstrumentedAttribute[str]] = {}
"""For each place the ids of what it took: what was taken after all waits for nobody."""


@dataclass(frozen=True, slots=True)
class Waited:
    """An entry as it came: where it was made, by whom if that is known, when, and what it said."""

    event_id: str
    place: str
    worker: WorkerId | None
    at: datetime
    details: Mapping[str, Any]
    told: Mapping[str, str] = field(default_factory=dict)
    """Why it could not be taken, in each language."""
    received: datetime | None = None

    @property
    def refusal(self) -> str:
        """Why it could not be taken, in the language spoken now."""
        return self.told.get(language(), "")

    @property
    def day(self) -> date:
        """The day it is of; no later than it came."""
        return day_of(min(self.at, self.received or self.at))


def keep(session: Session, entry: Waited, *, received: datetime) -> None:
    """Keep an entry that could not be taken, once; no names and no codes of badges in it.

    A terminal that waits too short for its answer sends it a second time beside the first.
    """
    if session.get(RefusedEntryRow, entry.event_id) is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(_row(entry, received))


def _row(entry: Waited, received: datetime) -> RefusedEntryRow:
    return RefusedEntryRow(
        event_id=entry.event_id,
        place=entry.place,
        worker_id=entry.worker,
        at=entry.at,
        received_at=received,
        told={each: sentence[:LONGEST] for each, sentence in entry.told.items()},
        details=dict(entry.details),
    )


def refused(session: Session) -> tuple[Waited, ...]:
    """What nobody has looked at yet and was not taken later, oldest first."""
    seen = select(RefusedSeenRow.event_id)
    statement = select(RefusedEntryRow).where(RefusedEntryRow.event_id.not_in(seen))
    for place, taken in TAKEN.items():
        came = exists().where(taken == RefusedEntryRow.event_id)
        statement = statement.where(not_(and_(RefusedEntryRow.place == place, came)))
    return tuple(_value(row) for row in session.scalars(statement.order_by(RefusedEntryRow.at)))


def note_seen(session: Session, event_id: str, *, by: Actor, at: datetime) -> None:
    """Take an entry off the list: a person has decided."""
    if session.get(RefusedEntryRow, event_id) is None:
        raise NotFound("entry", event_id)
    if session.get(RefusedSeenRow, event_id) is None:
        session.add(RefusedSeenRow(event_id=event_id, by=by.name, at=at))
        session.flush()
        record(session, by, "see_refused_entry", f"entry {event_id}", at=at)


def _value(row: RefusedEntryRow) -> Waited:
    worker = None if row.worker_id is None else WorkerId(row.worker_id)
    return Waited(row.event_id, row.place, worker, row.at, row.details, row.told, row.received_at)
