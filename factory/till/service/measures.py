"""Write down what was measured for a ticket, and print it for whoever cuts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.words import speaking
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.documents.measures import measures_slip
from factory.till.domain import ticket as domain
from factory.till.domain.measures import Measure, checked_measures
from factory.till.domain.ticket import Ticket
from factory.till.service.opened import CUSTOMERS_LANGUAGE
from factory.till.service.tickets import held_ticket


def measure(
    session: Session, number: int, given: Mapping[Measure, int], *, by: Actor, at: datetime
) -> Ticket:
    """Keep what is new or differs from before; the slip says all that holds."""
    row = held_ticket(session, number)
    domain.refuse_ended(number, row.state)
    held = set(records.measures_of(session, number))
    new = [each for each in checked_measures(given) if each not in held]
    records.append_measures(session, number, new, by.name, at)
    found = queries.ticket(session, number)
    if new:
        _print(session, found, by=by, at=at)
    return found


def _print(session: Session, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    with speaking(CUSTOMERS_LANGUAGE):
        paper = measures_slip(ticket, at)
    event = f"measures-{ticket.number}-{records.times_measured(session, ticket.number)}"
    purpose = Purpose.ALTERATION_TICKET
    printing.enqueue(session, paper, purpose=purpose, by=by, at=at, event_id=event)
