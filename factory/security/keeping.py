"""What the keeper does besides accounts: sign a browser out, look after the keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.security import queries, records, vault
from factory.security.domain import AccountId, Actor
from factory.security.keys import Ring
from factory.security.records import SessionRow
from factory.security.service import record


def end_session(
    session: Session, account_id: AccountId, place: str, *, by: Actor, at: datetime
) -> None:
    """Sign an account out at one browser, wherever that is."""
    found = [
        row
        for row in records.signed_in(session, account_id, at)
        if row.token_hash.startswith(place) and len(place) >= queries.PLACE
    ]
    if not found:
        raise NotFound("browser")
    session.delete(found[0])
    name = records.account(session, account_id).name
    record(session, by, "end_session", f"account {name}", at=at)


def ring_of(session: Session) -> Ring:
    """The keys that this session was given, to seal a backup with."""
    return vault.ring_of(session)


def key_opens(session: Session) -> bool:
    """Whether the key opens what is sealed, tried at the first text; nobody is shown it."""
    return vault.opens(session)


def rotate(session: Session, ring: Ring, *, by: Actor, at: datetime) -> int:
    """Seal every text anew with the newest key of a ring; gives how many there are."""
    count = vault.seal_anew(session, ring)
    record(session, by, "rotate_keys", "vault", at=at, after={"key": ring.newest})
    return count


def over(session: Session, *, at: datetime) -> int:
    """How many browsers were signed in once and are no more."""
    rows = select(func.count()).select_from(SessionRow).where(SessionRow.ends_at <= at)
    return session.scalar(rows) or 0


def drop_over(session: Session, *, at: datetime) -> None:
    """Forget the browsers that are signed in no more."""
    session.execute(delete(SessionRow).where(SessionRow.ends_at <= at))
