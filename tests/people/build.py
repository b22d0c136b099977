"""Builders of people."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now
from factory.people import service
from factory.people.domain import Hire, Terms, TermsKind, Worker
from factory.people.domain.guards import Consent, ConsentKind
from factory.security.domain import SYSTEM
from tests.cast import PIN

FIRST = date(2026, 9, 1)


def make_terms(**changes: Any) -> Terms:
    given: dict[str, Any] = {"since": FIRST, "kind": TermsKind.HOURLY, "rate": Money(12000)}
    return Terms(**(given | changes))


def make_leader(session: Session, name: str = "Pine", **changes: Any) -> Worker:
    """Somebody who keeps her own hours and does not use the clock."""
    worker = make_worker(session, name, **changes)
    word = Consent(ConsentKind.OWN_HOURS, FIRST, given=True, how="in the contract")
    service.consent(session, worker, word, by=SYSTEM, at=now())
    return worker


def make_worker(session: Session, name: str = "Pine", **changes: Any) -> Worker:
    given: dict[str, Any] = {"name": name, "hired": FIRST, "terms": make_terms(), "pin": PIN}
    return service.hire(session, Hire(**(given | changes)), by=SYSTEM, at=now())
