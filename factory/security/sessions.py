"""Browsers that are signed in, and who acts at them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from factory.security import records
from factory.security.domain import TERMINALS, AccountId, Actor, Role, WorkerId, holds_through
from factory.security.records import SessionRow, SignIn
from factory.security.service import record

OFFICE_DAY = timedelta(hours=12)
TERMINAL_DAYS = timedelta(days=60)
OWN_VISIT = timedelta(minutes=15)
PIN_LASTS = timedelta(minutes=2)


def open_session(
    session: Session, account_id: AccountId, *, at: datetime, browser: str = ""
) -> str:
    """Sign a browser in; the token goes into its cookie, its hash into the table."""
    account = records.account(session, account_id)
    token = secrets.token_urlsafe(32)
    own = account.worker_id is not None
    lasts = TERMINAL_DAYS if TERMINALS & account.role_set else OWN_VISIT if own else OFFICE_DAY
    row = SessionRow(
        token_hash=hashed(token),
        account_id=account.id,
        created_at=at,
        ends_at=at + lasts,
        browser=browser,
    )
    session.add(row)
    by = Actor(name=account.shown, account=account_id)
    record(session, by, "sign_in", f"account {account.name}", at=at)
    return token


def close_session(session: Session, token: str) -> None:
    """Sign a browser out."""
    row = session.get(SessionRow, hashed(token))
    if row is not None:
        session.delete(row)


def who_is(session: Session, token: str, *, at: datetime) -> Actor | None:
    """Who acts at a browser with this token, if anybody."""
    found = records.find_sign_in(session, hashed(token))
    if found is None or found.ends_at <= at or not found.active:
        return None
    if not holds_through(found.last_day, at):
        return None
    return _acting(found, at)


def _acting(found: SignIn, at: datetime) -> Actor:
    own = found.own_worker is not None and found.worker_id is None
    pin = found.pin_until is not None and found.pin_until > at
    worker = found.own_worker if own else found.worker_id
    return Actor(
        name=found.worker_name or found.shown,
        roles=frozenset(map(Role, found.roles)),
        account=AccountId(found.account),
        worker=None if worker is None else WorkerId(worker),
        with_pin=(own or pin) and not found.visitors,
        language=found.worker_language or found.language,
        visitors=found.visitors,
        her_language=found.worker_language,
    )


def let_visitors_look(
    session: Session, token: str, *, looking: bool, by: Actor, at: datetime
) -> None:
    """Hide names, pay and attendance at a browser, or show them again."""
    row = session.get(SessionRow, hashed(token))
    if row is not None and row.visitors is not looking:
        row.visitors = looking
        record(session, by, "visitors_come" if looking else "visitors_go", "visitors", at=at)


def act_as(
    session: Session,
    token: str,
    worker_id: WorkerId | None,
    *,
    name: str | None = None,
    language: str | None = None,
    pin_until: datetime | None = None,
) -> None:
    """Let somebody act at a shared screen, until another badge is scanned."""
    row = session.get(SessionRow, hashed(token))
    if row is not None:
        row.worker_id, row.worker_name = worker_id, name
        row.worker_language, row.pin_until = language, pin_until


def speak_here(session: Session, token: str, language: str) -> None:
    """Speak a language at a shared screen for as long as she acts there."""
    row = session.get(SessionRow, hashed(token))
    if row is not None:
        row.worker_language = language


def hashed(token: str) -> str:
    """A token as it is kept: it is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
