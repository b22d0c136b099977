"""Hold the till, which has to be open, and print its receipts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.words import speaking
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security.domain import Actor
from factory.till import documents, queries, records
from factory.till.domain.drawer import TillClosed
from factory.till.domain.receipt import Receipt
from factory.till.domain.ticket import TicketUnknown
from factory.till.records import OpeningRow, TicketRow

TILL = 1
"""All tills of the house draw their receipts' numbers from one row, so they are held as one."""
CUSTOMERS_LANGUAGE = "ko"
"""Receipts are read by customers, whatever language the screen speaks."""


def hold_till(session: Session) -> None:
    """Let nobody else change anything in the till until the transaction ends."""
    hold(session, "till", TILL)


def opened(session: Session, till: int = 1) -> OpeningRow:
    """The opening of a till, or `TillClosed`."""
    row = records.open_till(session, till)
    if row is None:
        raise TillClosed
    return row


def known_ticket(session: Session, number: int) -> TicketRow:
    """The ticket of a number, or `TicketUnknown`."""
    row = records.find_ticket(session, number)
    if row is None:
        raise TicketUnknown
    return row


def print_receipt(
    session: Session, number: int, *, drawer: bool, by: Actor, at: datetime, till: int = 1
) -> None:
    """Put a receipt into the outbox, once; the drawer opens where cash changes hands."""
    with speaking(CUSTOMERS_LANGUAGE):
        slip = queries.receipt(session, number)
    print_slip(session, slip, drawer=drawer, by=by, at=at, till=till)


def print_slip(
    session: Session, slip: Receipt, *, drawer: bool, by: Actor, at: datetime, till: int = 1
) -> None:
    """The same for a receipt that is known already, with its coats in the customers' language."""
    with speaking(CUSTOMERS_LANGUAGE):
        paper = documents.receipt(slip, queries.shop(session), drawer=drawer)
    event, purpose = slip.event_id, Purpose.RECEIPT
    printing.enqueue(session, paper, purpose=purpose, by=by, at=at, event_id=event, place=till)
