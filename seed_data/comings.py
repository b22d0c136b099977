"""Invented people and their comings and goings, from one seed, through the house's services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from factory.kernel.ids import badge_code
from factory.kernel.money import Money
from factory.kernel.time import at, day_of
from factory.law.calendar import is_public_holiday
from factory.people import service as people
from factory.people.domain import Hire, Terms, TermsKind, Worker
from factory.security.domain import SYSTEM
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind

PIN = "2580"
SEED = 1
DAYS = 60
SATURDAY = 5
PEOPLE = (
    ("초롱", TermsKind.HOURLY, 12_000),
    ("소나무", TermsKind.HOURLY, 12_500),
    ("달래", TermsKind.HOURLY, 11_500),
    ("보리", TermsKind.HOURLY, 11_000),
    ("단비", TermsKind.HOURLY, 13_000),
    ("새벽", TermsKind.MONTHLY, 2_700_000),
    ("여울", TermsKind.MONTHLY, 2_900_000),
    ("가람", TermsKind.MONTHLY, 3_200_000),
)


def fill(session: Session, moment: datetime) -> None:
    """Hire everybody and let them come and go until this moment, a whole season long."""
    chance = Random(SEED)  # noqa: S311 - invented data, the same each time
    today = day_of(moment)
    first = (today - timedelta(days=DAYS)).replace(day=1)
    workers = [_hire(session, first, moment, chance, *person) for person in PEOPLE]
    for worker, badge in workers:
        for kind, when in _comings(chance, first, today, worker):
            if when <= moment:
                event = str(UUID(int=chance.getrandbits(128), version=4))
                timeclock.punch(session, badge, kind, at=when, event_id=event, received=moment)


def _hire(
    session: Session,
    first: date,
    moment: datetime,
    chance: Random,
    name: str,
    kind: TermsKind,
    rate: int,
) -> tuple[Worker, str]:
    terms = Terms(since=first, kind=kind, rate=Money(rate))
    entry = Hire(name=name, hired=first, terms=terms, pin=PIN)
    worker = people.hire(session, entry, by=SYSTEM, at=moment)
    code = badge_code(chance.randrange(10**10))
    return worker, people.issue_badge(session, worker, by=SYSTEM, at=moment, code=code)


def _comings(
    chance: Random, first: date, today: date, worker: Worker
) -> Iterator[tuple[PunchKind, datetime]]:
    day = first
    forgets = first + timedelta(days=chance.randrange(DAYS)) if worker.number == 1 else None
    while day <= today:
        if day.weekday() < SATURDAY and not is_public_holiday(day) and chance.random() > 0.02:  # noqa: PLR2004 - one day in fifty she is away
            yield from _day(chance, day, forgets=day == forgets)
        day += timedelta(days=1)


def _day(chance: Random, day: date, *, forgets: bool) -> Iterator[tuple[PunchKind, datetime]]:
    def around(clock: str, minutes: int) -> datetime:
        return at(day, clock) + timedelta(seconds=chance.randrange(minutes * 60))

    yield PunchKind.IN, around("08:50", 10)
    yield PunchKind.BREAK_START, at(day, "12:00")
    yield PunchKind.BREAK_END, at(day, "13:00")
    late = "20:00" if chance.random() < 0.1 else "18:00"  # noqa: PLR2004 - one evening in ten is long
    if not forgets:
        yield PunchKind.OUT, around(late, 8)
