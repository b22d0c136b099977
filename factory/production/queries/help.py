"""Calls for help: those that are open, and those of a day with their minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.kernel.time import DAY
from factory.kernel.time import at as wall
from factory.people import queries as people
from factory.production import records
from factory.production.domain.help import Call, Span, waits
from factory.production.records import CallRow, CallSettledRow
from factory.security.domain import WorkerId

MIDNIGHT = "00:00"


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call, whose it is, and how long it has lasted."""

    call: Call
    name: str
    minutes: int


def open_calls(session: Session, *, at: datetime) -> tuple[CallLine, ...]:
    """Who waits for help now, the longest first."""
    return _lines(session, records.calls_where(session, CallSettledRow.call.is_(None)), at)


def calls_of(session: Session, day: date, *, at: datetime) -> tuple[CallLine, ...]:
    """The calls of a day."""
    first, next_ = wall(day, MIDNIGHT), wall(day + DAY, MIDNIGHT)
    found = records.calls_where(session, CallRow.at >= first, CallRow.at < next_)
    return _lines(session, found, at)


def waits_of_all(session: Session, first: date, last: date) -> dict[WorkerId, tuple[Span, ...]]:
    """When each waited for help from one day to another: paid, and no part of her pace.

    The night that begins on the last day is among it, until the next midnight.
    """
    begin, end = wall(first, MIDNIGHT), wall(last + 2 * DAY, MIDNIGHT)
    hers: dict[WorkerId, list[Call]] = {}
    settled = CallSettledRow.call.is_not(None)
    for call in records.calls_where(session, settled, CallRow.at >= begin, CallRow.at < end):
        if call.worker is not None:
            hers.setdefault(call.worker, []).append(call)
    return {worker: waits(calls) for worker, calls in hers.items()}


def _lines(session: Session, calls: tuple[Call, ...], at: datetime) -> tuple[CallLine, ...]:
    names = people.names(session) if calls else {}
    return tuple(
        CallLine(call, names.get(call.worker, "") if call.worker else "", call.minutes(at))
        for call in calls
    )


def open_at(session: Session, place: Station | None, *, at: datetime) -> tuple[CallLine, ...]:
    """Who waits for help at a station."""
    return tuple(line for line in open_calls(session, at=at) if line.call.place == place)
