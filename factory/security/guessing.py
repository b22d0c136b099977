"""Stop guessing of PINs and passwords, and let no stranger hold up whoever knows hers.

A wrong attempt is counted before anything is compared, so that many at once are counted too.

- *Known here*: whoever has signed in at a screen or browser before has a count of her own there.
  What a stranger tries elsewhere does not make her wait; what she does here helps him nothing.
- *Elsewhere*: every address has a count of its own for each person. All of them together have a
  second one for each person, and one for everybody: with many addresses somebody's PIN would be
  found within days.
- *Once it is spent* those together wait, up to an hour, except whoever comes from an address that
  has hardly been wrong: some of these are let through each hour. So a stranger who fails on
  purpose holds up himself; to hold up others he would have to take new addresses all day.
- *Here*: a terminal with many wrong attempts within the hour lets in only those who are known
  there and have typed nothing wrong. Badges hold anyway: no queue waits for this.

Why these figures: `docs/decisions/0022`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.time import DAY
from factory.security import records
from factory.security.domain import Actor, TooManyAttempts, TooManyHere
from factory.security.records import AttemptRow, KnownPlaceRow
from factory.security.service import record

FREE_ATTEMPTS = 5
"""Wrong ones of a person at a place before she waits there."""
FREE_HERE = 20
"""Wrong ones of everybody at a terminal within the hour before it waits."""
FREE_ELSEWHERE = 10
"""Wrong ones of a person within a day, wherever she is not known, before those places wait."""
FREE_FOR_ALL = 60
"""The same of everybody together."""
HARDLY_WRONG = 2
"""With fewer wrong ones within a day an address is nobody's who guesses."""
LET_THROUGH, LET_THROUGH_IN_ALL = 3, 6
"""Wrong ones within the hour from such addresses: of a person, and of everybody."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
HOUR = timedelta(hours=1)
REMEMBERED = timedelta(days=30)
WATCH = Actor(name="didim")


@dataclass(frozen=True, slots=True)
class Noted:
    """An attempt that was counted and not yet compared."""

    name: str
    source: str
    mark: str
    known: bool
    rows: tuple[int, ...]

    @property
    def person(self) -> str:
        """What she is counted for here."""
        where = ("here", self.mark) if self.known else ("from", self.source)
        return _key(*where, self.name)

    @property
    def place(self) -> str:
        """What everybody here is counted for."""
        return _key("place", self.mark if self.known else self.source)

    @property
    def elsewhere(self) -> dict[str, int]:
        """Where she is not known: what is counted besides, with how many are free.

        Screens of the house count by themselves: nobody on the network holds them up.
        """
        kind = "screens" if self.mark == self.source else "addresses"
        hers, everybodys = _key("elsewhere", kind, self.name), _key("elsewhere", kind)
        return {hers: FREE_ELSEWHERE, everybodys: FREE_FOR_ALL}

    @property
    def let_through(self) -> dict[str, int]:
        """Whoever is let through though those are spent: what is counted, and how many may be."""
        hers, everybodys = (_key("let through", key) for key in self.elsewhere)
        return {hers: LET_THROUGH, everybodys: LET_THROUGH_IN_ALL}


def wait_after(
    moments: Sequence[datetime], free: int, *, at: datetime, longest: timedelta = LONGEST_WAIT
) -> timedelta:
    """After the free ones a minute's wait, then twice as long each time, up to the longest."""
    moments = [moment for moment in moments if moment <= at]  # the clock may have been set back
    beyond = len(moments) - free
    if beyond < 0:
        return timedelta(0)
    wait: timedelta = min(FIRST_WAIT * (1 << min(beyond, 10)), longest)
    return max(timedelta(0), moments[-1] + wait - at)


def begin(session: Session, name: str, source: str, mark: str = "", *, at: datetime) -> Noted:
    """Count an attempt; `TooManyAttempts` or `TooManyHere` before anything is compared.

    `mark` is by what she may be known there: the screen itself, or what her browser keeps.
    """
    hold(session, "guesses", source)
    hold(session, "guesses", name)
    known = bool(mark) and session.get(KnownPlaceRow, _key("known", name, mark)) is not None
    noted = Noted(name, source, mark, known, ())
    hers = records.attempts(session, noted.person, at - REMEMBERED)
    if left := wait_after(hers, FREE_ATTEMPTS, at=at):
        raise TooManyAttempts(minutes=_minutes(left))
    everybodys = records.attempts(session, noted.place, at - HOUR)
    left = wait_after(everybodys, FREE_HERE, at=at)
    if left and not (known and not hers):
        raise TooManyHere(minutes=_minutes(left))
    keys = [noted.person, noted.place, *(() if known else _elsewhere(session, noted, at))]
    rows = [AttemptRow(key=key, at=at) for key in keys]
    session.add_all(rows)
    session.flush()
    return replace(noted, rows=tuple(row.id for row in rows))


def _elsewhere(session: Session, noted: Noted, at: datetime) -> list[str]:
    """What an attempt where she is not known is counted for besides, unless it has to wait."""
    counts, passes = noted.elsewhere, noted.let_through
    for key in counts:  # hers, then everybody's: the last one let through is seen by the next
        hold(session, "guesses", key)
    left = max(
        wait_after(records.attempts(session, key, at - DAY), free, at=at, longest=HOUR)
        for key, free in counts.items()
    )
    if not left:
        return [*counts]
    spent = any(len(records.attempts(session, key, at - HOUR)) >= passes[key] for key in passes)
    if spent or len(records.attempts(session, noted.place, at - DAY)) >= HARDLY_WRONG:
        raise TooManyHere(minutes=_minutes(left))
    return [*counts, *passes]


def was_right(session: Session, noted: Noted, mark: str = "", *, at: datetime) -> None:
    """It was she: her count begins anew, and from now on she is known here."""
    hold(session, "guesses", noted.name)  # pressed twice, two would make her known at once
    records.drop_attempts(session, list(noted.rows), at - REMEMBERED)
    records.forget_attempts(session, noted.person)
    if found := mark or noted.mark:
        session.merge(KnownPlaceRow(key=_key("known", noted.name, found), at=at))


def was_wrong(session: Session, noted: Noted, *, at: datetime) -> None:
    """The count stays; when a terminal begins to wait, that is kept for whoever looks after it."""
    here = records.attempts(session, noted.place, at - HOUR)
    if len(here) == FREE_HERE:
        record(session, WATCH, "stop_guessing", f"terminal {noted.source}", at=at)
    if not noted.known and _begins_to_wait(session, noted.elsewhere, at):
        record(session, WATCH, "stop_guessing", "unknown places", at=at)


def _begins_to_wait(session: Session, counts: dict[str, int], at: datetime) -> bool:
    return any(len(records.attempts(session, key, at - DAY)) == counts[key] for key in counts)


def _minutes(left: timedelta) -> int:
    return -(-int(left.total_seconds()) // 60)


def _key(*parts: str) -> str:
    """What is counted for; neither names nor what was typed are kept."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
