"""Stop guessing of PINs and passwords, for each person and each terminal, and lock nobody out.

A wrong attempt is counted before anything is compared, so that many at once are counted too.

- *Known here*: whoever has signed in at a terminal before has a count of her own there. What a
  stranger tries elsewhere does not make her wait, and what she does here helps him nothing.
- *Elsewhere*: for all terminals where she is not known there is one count together, and one for
  everybody: with many addresses and many numbers somebody's PIN would be found within days.
- *Here*: a terminal with many wrong attempts within the hour lets in only those who are known
  there and have typed nothing wrong. Badges hold anyway: no queue waits for this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.security import records
from factory.security.domain import Actor, TooManyAttempts, TooManyHere
from factory.security.records import AttemptRow, KnownPlaceRow
from factory.security.service import record

FREE_ATTEMPTS = 5
"""Wrong ones of a person before she waits."""
FREE_HERE = 20
"""Wrong ones of everybody at a terminal within the hour before it waits."""
FREE_ELSEWHERE = 60
"""Wrong ones of everybody within the hour, where they are not known, before all of those wait."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
HOUR = timedelta(hours=1)
REMEMBERED = timedelta(days=30)
WATCH = Actor(name="didim")


@dataclass(frozen=True, slots=True)
class Noted:
    """An attempt that was counted and not yet compared."""

    name: str
    place: str
    known: bool
    rows: tuple[int, ...]


def wait_after(moments: Sequence[datetime], free: int, *, at: datetime) -> timedelta:
    """After the free ones a minute's wait, then twice as long each time, at most fifteen."""
    moments = [moment for moment in moments if moment <= at]  # the clock may have been set back
    beyond = len(moments) - free
    if beyond < 0:
        return timedelta(0)
    wait: timedelta = min(FIRST_WAIT * (1 << min(beyond, 10)), LONGEST_WAIT)
    return max(timedelta(0), moments[-1] + wait - at)


def begin(session: Session, name: str, place: str, *, at: datetime) -> Noted:
    """Count an attempt; `TooManyAttempts` or `TooManyHere` before anything is compared."""
    hold(session, "guesses", place)
    hold(session, "guesses", name)
    known = session.get(KnownPlaceRow, _key("known", name, place)) is not None
    person, here = _person(name, place, known=known), _key("place", place)
    hers = records.attempts(session, person, at - REMEMBERED)
    if left := wait_after(hers, FREE_ATTEMPTS, at=at):
        raise TooManyAttempts(minutes=_minutes(left))
    everybodys = records.attempts(session, here, at - HOUR)
    left = wait_after(everybodys, FREE_HERE, at=at)
    if left and not (known and not hers):
        raise TooManyHere(minutes=_minutes(left))
    keys = [person, here]
    if not known:
        _refuse_flood(session, at)
        keys.append(_ELSEWHERE)
    rows = [AttemptRow(key=key, at=at) for key in keys]
    session.add_all(rows)
    session.flush()
    return Noted(name, place, known, tuple(row.id for row in rows))


def _refuse_flood(session: Session, at: datetime) -> None:
    hold(session, "guesses", _ELSEWHERE)
    if left := wait_after(records.attempts(session, _ELSEWHERE, at - HOUR), FREE_ELSEWHERE, at=at):
        raise TooManyHere(minutes=_minutes(left))


def was_right(session: Session, noted: Noted, *, at: datetime) -> None:
    """It was she: her count begins anew, and from now on she is known here."""
    records.drop_attempts(session, list(noted.rows), at - REMEMBERED)
    records.forget_attempts(session, _person(noted.name, noted.place, known=noted.known))
    session.merge(KnownPlaceRow(key=_key("known", noted.name, noted.place), at=at))


def was_wrong(session: Session, noted: Noted, *, at: datetime) -> None:
    """The count stays; when a terminal begins to wait, that is kept for whoever looks after it."""
    here = records.attempts(session, _key("place", noted.place), at - HOUR)
    if len(here) == FREE_HERE:
        record(session, WATCH, "stop_guessing", f"terminal {noted.place}", at=at)
    everywhere = [] if noted.known else records.attempts(session, _ELSEWHERE, at - HOUR)
    if len(everywhere) == FREE_ELSEWHERE:
        record(session, WATCH, "stop_guessing", "unknown places", at=at)


def _person(name: str, place: str, *, known: bool) -> str:
    return _key("here", name, place) if known else _key("elsewhere", name)


def _minutes(left: timedelta) -> int:
    return -(-int(left.total_seconds()) // 60)


def _key(*parts: str) -> str:
    """What is counted for; neither names nor what was typed are kept."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


_ELSEWHERE = _key("everybody elsewhere")
