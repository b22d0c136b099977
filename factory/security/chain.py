"""The chain of audit entries: each is marked together with the one before, so that no change hides.

Entries are linked just before the commit that keeps them, in the order of commits; on PostgreSQL
writers wait for each other no longer than that. A mark is an HMAC with a key of the vault's ring:
whoever can write into the database, but has no key, can't make the chain fit again. What can't be
seen from inside, that the newest entries are gone, is found with a mark written down elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.words import mark, say
from factory.security.keys import Ring
from factory.security.records import UNLINKED, AuditLinkRow, AuditRow
from factory.security.vault import ring_of

PURPOSE = b"audit"
TABLE = AuditLinkRow.__tablename__
FIRST_MARK = "0" * 64
_A_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
SHOWN = 16
"""Letters of a mark that are enough to compare by eye."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: its number, from 1 on without gaps, and its mark."""

    number: int
    mark: str

    def __str__(self) -> str:
        return f"{self.number}-{self.mark[:SHOWN]}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of the chain that does not fit, and where."""

    sentence: str
    number: int

    @property
    def told(self) -> str:
        """The fault in the language spoken now."""
        return say(self.sentence, number=self.number)


CHANGED = mark("Entry {number} was changed after it was kept.")
GONE = mark("Entry {number} is gone.")
GAP = mark("Link {number} of the chain is gone.")
OUTSIDE = mark("Entry {number} came in past the program.")
NO_KEY = mark("Entry {number} was marked with a key that is not in the key file.")
CUT = mark("The mark that was written down of link {number} is not in the chain.")


def mark_of(key: bytes, before: str, number: int, content: str) -> str:
    """The mark of an entry at its place in the chain."""
    return hmac.new(key, f"{before}\n{number}\n{content}".encode(), hashlib.sha256).hexdigest()


def content_of(row: AuditRow) -> str:
    """All that an entry says, written in one way only."""
    said = [row.id, row.at.astimezone(UTC).isoformat(), row.actor, row.account_id, row.worker_id]
    said += [row.device, row.what, row.thing, row.reason or "", _plain(row.before)]
    return json.dumps([*said, _plain(row.after)], sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value as the database gives it back."""
    return None if value is None else json.loads(json.dumps(value))


def watch() -> None:
    """Link entries whenever a session commits, whoever opened it."""
    if not event.contains(Session, "before_commit", link_new):
        event.listen(Session, "before_commit", link_new)


def link_new(session: Session) -> None:
    """Link what this transaction recorded, once it is about to be kept."""
    if session.in_nested_transaction() or not session.info.get(UNLINKED):
        return
    session.flush()
    rows = [row for row in session.info.pop(UNLINKED) if row in session]
    hold(session, "audit", "chain")
    ring, last = ring_of(session), newest(session)
    links = []
    for row in rows:
        key = _key(ring, ring.newest)
        last = Link(last.number + 1, mark_of(key, last.mark, last.number + 1, content_of(row)))
        links.append(
            {"number": last.number, "entry_id": row.id, "key": ring.newest, "mark": last.mark}
        )
    if links:
        session.execute(insert(AuditLinkRow), links)


def newest(session: Session) -> Link:
    """The chain's end."""
    row = AuditLinkRow
    found = session.execute(select(row.number, row.mark).order_by(row.number.desc()).limit(1))
    first = found.first()
    return Link(0, FIRST_MARK) if first is None else Link(first.number, first.mark)


def faults(session: Session, *written_down: str) -> Iterator[Fault]:
    """Walk the whole chain, with marks that were written down; whatever does not fit, each once."""
    for each in dict.fromkeys(written_down):
        yield from _cut(session, each)
    ring, last = ring_of(session), Link(0, FIRST_MARK)
    walk = (
        select(AuditLinkRow, AuditRow)
        .outerjoin(AuditRow, AuditRow.id == AuditLinkRow.entry_id)
        .order_by(AuditLinkRow.number)
        .execution_options(yield_per=1000)
    )
    for link, entry in session.execute(walk):
        if link.number != last.number + 1:
            yield Fault(GAP, last.number + 1)
        elif (problem := _problem(ring, last.mark, link, entry)) is not None:
            yield Fault(problem, link.entry_id)
        last = Link(link.number, link.mark)
    yield from (Fault(OUTSIDE, number) for number in _unlinked(session))


def _problem(ring: Ring, before: str, link: AuditLinkRow, entry: AuditRow | None) -> str | None:
    if entry is None:
        return GONE
    if link.key not in ring.masters:
        return NO_KEY
    right = mark_of(_key(ring, link.key), before, link.number, content_of(entry))
    return None if hmac.compare_digest(right, link.mark) else CHANGED


def _cut(session: Session, written_down: str) -> Iterator[Fault]:
    if not written_down.strip():
        return
    said, _, start = written_down.strip().partition("-")
    number = int(said) if _A_NUMBER.fullmatch(said) else 0
    found = session.get(AuditLinkRow, number)
    if found is None or len(start) < SHOWN or not found.mark.startswith(start):
        yield Fault(CUT, number)


def _unlinked(session: Session) -> Iterator[int]:
    linked = select(AuditLinkRow.entry_id)
    yield from session.scalars(select(AuditRow.id).where(AuditRow.id.not_in(linked)))


def _key(ring: Ring, number: int) -> bytes:
    return _derived(ring.masters[number])


@lru_cache(maxsize=8)
def _derived(master: bytes) -> bytes:
    return Ring({1: master}).derived(PURPOSE)
