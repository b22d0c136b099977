"""Call the supervisor to a station, and note that it is settled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.production import records
from factory.production.domain.help import Call, CalledAlready, CallSettled, Trouble
from factory.production.records import CallRow, CallSettledRow
from factory.security.domain import Actor


def call_help(
    session: Session,
    trouble: Trouble,
    place: Station | None,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Call:
    """Call for help from a station; a second call for the same is one too many."""
    hold(session, "help", place.value if place else "everywhere")
    if again := records.calls_where(session, CallRow.event_id == event_id):
        return again[0]
    hers = CallRow.worker_id.is_(None) if by.worker is None else CallRow.worker_id == by.worker
    same = (CallRow.place.is_(None) if place is None else CallRow.place == place, hers)
    open_ = records.calls_where(
        session, CallRow.trouble == trouble, *same, CallSettledRow.call.is_(None)
    )
    if open_:
        raise CalledAlready(at=open_[0].at)
    call = Call(
        id=0, event_id=event_id, place=place, trouble=trouble, worker=by.worker, at=at, by=by.name
    )
    return records.append_call(session, call)


def settle_call(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Note that somebody came and it goes on."""
    hold(session, "help call", number)
    found = records.calls_where(session, CallRow.id == number)
    if not found:
        raise NotFound(mark("entry"))
    if found[0].settled_at is not None:
        raise CallSettled
    records.append_settled(session, number, at=at, by=by.name)
