"""Open what is sealed for a paper that needs it, under one reason that she can see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from factory.people import queries
from factory.people.domain import Worker
from factory.people.queries import KIND
from factory.people.service.workers import read_sealed
from factory.security import service as security
from factory.security.domain import Actor


def opened(
    session: Session,
    worker: Worker,
    fields: Iterable[str],
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> dict[str, str]:
    """Those of these texts that are kept; each opening is an entry of its own."""
    kept = security.sealed_fields(session, KIND, queries.vault_uid(session, worker.id))
    return {
        field: read_sealed(session, worker, field, reason=reason, by=by, at=at)
        for field in fields
        if field in kept
    }


def legal_name(session: Session, worker: Worker, *, reason: str, by: Actor, at: datetime) -> str:
    """Her legal name for a paper; empty where it is not kept."""
    found = opened(session, worker, ("legal_name",), reason=reason, by=by, at=at)
    return found.get("legal_name", "")
