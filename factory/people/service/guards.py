"""Keep consents, who is spared overtime, and who asks to go without the break."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.lawbook import queries as lawbook
from factory.people.domain import Worker
from factory.people.domain.guards import (
    BreakWish,
    Consent,
    Spared,
    checked,
    refuse_early_waiver,
)
from factory.people.records import BreakWishRow, ConsentRow, SparedRow
from factory.security import service as security
from factory.security.domain import Actor

NOTED = "note_protection"
"""One name in the audit for all of them: it tells nobody who is spared, nor until when."""


def consent(session: Session, worker: Worker, word: Consent, *, by: Actor, at: datetime) -> None:
    """Keep that she consents to night or holiday work from a day on, or does no more."""
    kept = {"kind": word.kind, "day": word.day, "given": word.given, "how": word.how.strip()}
    session.add(ConsentRow(worker_id=worker.id, at=at, by=by.name, **kept))
    _note(session, worker, by, at)


def spare(session: Session, worker: Worker, spared: Spared, *, by: Actor, at: datetime) -> None:
    """Spare her overtime, night and holiday work for a time; the reason is asked of nobody."""
    held = checked(spared)
    kept = {"first": held.first, "last": held.last}
    session.add(SparedRow(worker_id=worker.id, at=at, by=by.name, **kept))
    _note(session, worker, by, at)


def spare_no_more(session: Session, worker: Worker, *, by: Actor, at: datetime) -> None:
    """Take back that she is spared."""
    session.add(SparedRow(worker_id=worker.id, first=None, last=None, at=at, by=by.name))
    _note(session, worker, by, at)


def waive_break(
    session: Session, worker: Worker, wish: BreakWish, *, by: Actor, at: datetime
) -> None:
    """Keep her own wish to work four hours without the break, or that she has it no more."""
    if wish.asked:
        refuse_early_waiver(wish.since, lawbook.book(session))
    kept = {"since": wish.since, "asked": wish.asked}
    session.add(BreakWishRow(worker_id=worker.id, at=at, by=by.name, **kept))
    _note(session, worker, by, at)


def _note(session: Session, worker: Worker, by: Actor, at: datetime) -> None:
    session.flush()
    security.record(session, by, NOTED, f"worker {worker.number}", at=at)
