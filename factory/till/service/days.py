"""The day of the till: open it, move money, count the drawer, end the day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.words import show
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security import service as security
from factory.security.domain import Actor
from factory.till import documents, queries, records
from factory.till.domain import drawer
from factory.till.domain.drawer import (
    Counted,
    Day,
    DayEnd,
    DayNotCounted,
    Opening,
    TillOpenAlready,
    TillUnknown,
)
from factory.till.records import CashMovementRow, CloseRow, CountRow, FigureRow, OpeningRow
from factory.till.service.opened import hold_till, opened
from printers.document import Document


def open_till(
    session: Session, amount: Money, *, by: Actor, at: datetime, till: int = 1
) -> Opening:
    """Open a till with a counted float."""
    hold_till(session)
    if not 1 <= till <= queries.tills(session):
        raise TillUnknown(till=till)
    already = records.open_till(session, till)
    if already is not None:
        raise TillOpenAlready(since=already.at)
    row = OpeningRow(number=records.next_opening(session), float=drawer.checked_float(amount))
    row.till, row.at, row.by = till, at, by.name[:60]
    session.add(row)
    session.flush()
    paper = documents.opened(row.value())
    _print(session, paper, f"till-opened-{row.number}", till, by=by, at=at)
    return row.value()


def _print(
    session: Session, paper: Document, event: str, till: int, *, by: Actor, at: datetime
) -> None:
    """Put a paper of the day into the outbox, for the printer beside its till."""
    purpose = Purpose.DAY_END
    printing.enqueue(session, paper, purpose=purpose, by=by, at=at, event_id=event, place=till)


def move_cash(
    session: Session,
    amount: Money,
    reason: str,
    *,
    out: bool,
    event_id: str,
    by: Actor,
    at: datetime,
    till: int = 1,
) -> Money:
    """Put money into the drawer or take some out, with a reason; the same id again changes nothing.

    Gives the amount with its sign.
    """
    hold_till(session)
    earlier = records.find_movement(session, event_id)
    if earlier is not None:
        return earlier.amount
    opening, there = opened(session, till), queries.today(session, till).expected
    signed = drawer.checked_movement(amount, reason, there, out=out)
    row = CashMovementRow(event_id=event_id, opening_id=opening.id, amount=signed)
    row.reason, row.at, row.by = reason.strip(), at, by.name[:60]
    session.add(row)
    session.flush()
    paper = documents.moved(signed, row.reason, opening.value())
    _print(session, paper, event_id, till, by=by, at=at)
    return signed


def count(session: Session, counted: Counted, *, by: Actor, at: datetime, till: int = 1) -> Counted:
    """Keep a count of the drawer, made without knowing what should be in it."""
    hold_till(session)
    opening = opened(session, till)
    pieces = [list(piece) for piece in counted.pieces]
    after = records.happenings(session, opening.id)
    row = CountRow(opening_id=opening.id, pieces=pieces, after=after, at=at, by=by.name[:60])
    session.add(row)
    session.flush()
    return counted


def close_day(
    session: Session,
    counted: Counted | None = None,
    *,
    note: str = "",
    by: Actor,
    at: datetime,
    till: int = 1,
) -> DayEnd:
    """End the day with this count or the last one; afterwards nothing of it changes.

    A count is void once something was sold after it: `DayNotCounted`.
    """
    hold_till(session)
    opening = opened(session, till)
    if counted is not None:
        count(session, counted, by=by, at=at, till=till)
    last = records.valid_count(session, opening.id)
    if last is None:
        raise DayNotCounted
    day, total = queries.day_of(session, opening), last.value().total
    note = drawer.checked_note(note, total - day.expected, queries.tolerance(session))
    row = CloseRow(opening_id=opening.id, count_id=last.id, net=day.net, vat=day.vat)
    row.expected, row.counted, row.held = day.expected, total, day.deposits.held
    row.counts = len(records.counts(session, opening.id))
    row.note, row.at, row.by = note, at, by.name[:60]
    session.add(row)
    session.add_all(
        FigureRow.of(opening.id, each) for each in queries.figures_of(session, opening.id)
    )
    session.flush()
    return _ended(session, opening.number, by=by, at=at)


def _ended(session: Session, number: int, *, by: Actor, at: datetime) -> DayEnd:
    end = queries.day_end(session, number)
    security.record(session, by, "close_till", f"day {number}", at=at, after=end.over.won)
    paper = documents.day_end(end, queries.shop(session))
    _print(session, paper, day_end_event(number), end.day.opening.till, by=by, at=at)
    return end


def day_end_event(number: int) -> str:
    """What the report of a day's end is called in the outbox."""
    return f"day-end-{number}"


def interim(
    session: Session,
    *,
    by: Actor,
    at: datetime,
    till: int = 1,
    whole: bool = True,
    event_id: str = "",
) -> Day:
    """Print the report of the day that goes on; it changes nothing, and the same id prints once.

    Not `whole` it is for whoever counts the drawer: without cash, total and tax.
    """
    hold_till(session)
    day = queries.today(session, till)
    paper = documents.interim(day, show(at), whole=whole)
    _print(session, paper, event_id or new_id(), till, by=by, at=at)
    return day
