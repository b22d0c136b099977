"""Print tickets: an alteration's four parts, or the three of a coat made to order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.words import speaking
from factory.printing import service as printing
from factory.printing import tickets as papers
from factory.printing.domain import Purpose
from factory.security.domain import Actor
from factory.till import queries
from factory.till.domain.shop import Shop
from factory.till.domain.ticket import Ticket, TicketKind
from factory.till.service.opened import CUSTOMERS_LANGUAGE
from printers.document import Document


def ticket_event(number: int) -> str:
    """What the paper of a ticket is called in the outbox."""
    return f"ticket-{number}"


def print_ticket(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Put the paper of a ticket into the outbox, once."""
    with speaking(CUSTOMERS_LANGUAGE):
        paper = paper_of(queries.ticket(session, number), queries.shop(session))
    purpose, event = Purpose.ALTERATION_TICKET, ticket_event(number)
    printing.enqueue(session, paper, purpose=purpose, by=by, at=at, event_id=event)


def paper_of(ticket: Ticket, shop: Shop | None) -> Document:
    """The paper of a ticket: four parts of an alteration, three of a coat made to order."""
    name, phone = (shop.name, shop.phone) if shop else ("", "")
    if ticket.kind is TicketKind.MADE_TO_ORDER:
        return papers.pick_up_ticket(
            papers.PickUp(
                number=ticket.number,
                code=ticket.code,
                ready=ticket.promised,
                coat=ticket.coat,
                price=ticket.price,
                deposit=ticket.paid,
                shop=name,
                phone=phone,
                rush=ticket.rush,
            )
        )
    return papers.alteration_ticket(
        papers.Alteration(
            number=ticket.number,
            code=ticket.code,
            ready=ticket.promised,
            coat=ticket.coat,
            work=tuple((task.name, task.how) for task in ticket.tasks),
            prices=tuple(task.price for task in ticket.tasks),
            price=ticket.price,
            paid=ticket.paid,
            shop=name,
            phone=phone,
            rush=ticket.rush,
            note=ticket.note,
        )
    )
