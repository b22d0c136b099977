"""A telephone as the second thing that signing in asks for: taken in, asked, taken off again."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.security import records, second, vault
from factory.security.domain import TWO_THINGS, AccountId, Actor, TelephoneFirst
from factory.security.records import HouseRow, RecoveryCodeRow, TelephoneRow
from factory.security.service import record

KIND, FIELD = "account", "telephone"
"""What the vault calls an account, and what a telephone and the house both know."""
DEMANDED = "telephone"
"""What the house calls it that managers and keepers need one."""
CODES = 8
LETTERS = 10
"""Bytes of a recovery code: sixteen letters, too many to be guessed."""


class Step(Enum):
    """What is still wanted of somebody who has typed the right password."""

    NOTHING = auto()
    CODE = auto()
    TAKE_IN = auto()


@dataclass(frozen=True, slots=True)
class Telephone:
    """The telephone of an account as pages show it."""

    since: datetime
    codes: int
    """Recovery codes that are left."""


def step(session: Session, account: AccountId) -> Step:
    """What an account has still to show after its password."""
    if telephone(session, account) is not None:
        return Step.CODE
    roles = records.account(session, account).role_set
    return Step.TAKE_IN if TWO_THINGS & roles and is_demanded(session) else Step.NOTHING


def telephone(session: Session, account: AccountId) -> Telephone | None:
    """The telephone that an account signs in with, if it has one."""
    row = session.get(TelephoneRow, account)
    if row is None or row.since is None:
        return None
    left = select(func.count()).where(RecoveryCodeRow.account_id == account)
    return Telephone(row.since, session.scalar(left) or 0)


def begin(session: Session, account: AccountId) -> None:
    """Make what a telephone and the house will both know, unless that was done already."""
    hold(session, "telephone", account)
    if session.get(TelephoneRow, account) is None:
        session.add(TelephoneRow(account_id=account, since=None, used=0))
        vault.seal(session, KIND, str(account), {FIELD: second.new_secret()})
        session.flush()


def waiting_secret(session: Session, account: AccountId) -> str | None:
    """What the telephone is to be told, while it has not answered yet."""
    row = session.get(TelephoneRow, account)
    return None if row is None or row.since is not None else _secret(session, account)


def take_in(
    session: Session, account: AccountId, code: str, *, by: Actor, at: datetime
) -> tuple[str, ...] | None:
    """Take a telephone in by its first code; gives recovery codes, or None if it is wrong."""
    if waiting_secret(session, account) is None or not _fits(session, account, code, at):
        return None
    session.get_one(TelephoneRow, account).since = at
    _record(session, "take_telephone_in", account, by=by, at=at)
    return _new_codes(session, account)


def take(session: Session, account: AccountId, typed: str, *, at: datetime) -> bool:
    """Whether this is a code of the telephone or one on paper; either is taken once."""
    if telephone(session, account) is None:
        return False
    return _fits(session, account, typed, at) or _is_on_paper(session, account, typed, at)


def new_codes(session: Session, account: AccountId, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Other recovery codes; those until now hold no more."""
    _record(session, "renew_recovery_codes", account, by=by, at=at)
    return _new_codes(session, account)


def take_off(session: Session, account: AccountId, *, by: Actor, at: datetime) -> None:
    """Ask an account for no code any more, and sign it out everywhere."""
    if session.get(TelephoneRow, account) is None:
        return
    _forget_codes(session, account)
    vault.erase(session, KIND, str(account))
    session.execute(delete(TelephoneRow).where(TelephoneRow.account_id == account))
    records.end_sessions(session, account)
    _record(session, "take_telephone_off", account, by=by, at=at)


def is_demanded(session: Session) -> bool:
    """Whether managers and keepers need a telephone besides their password."""
    return session.get(HouseRow, DEMANDED) is not None


def demand(session: Session, *, wanted: bool, by: Actor, at: datetime) -> None:
    """Demand a telephone of managers and keepers, or no more; who has none signs in anew.

    Raises:
        TelephoneFirst: whoever demands it of others has none herself.
    """
    kept = session.get(HouseRow, DEMANDED)
    if wanted is (kept is not None):
        return
    if by.account is not None and wanted and telephone(session, by.account) is None:
        raise TelephoneFirst
    if kept is not None:
        session.delete(kept)
    else:
        session.add(HouseRow(name=DEMANDED, value="1"))
    session.flush()
    record(session, by, "demand_telephone", "house", at=at, before=not wanted, after=wanted)
    for row in records.accounts(session):
        end_without(session, AccountId(row.id))


def end_without(session: Session, account: AccountId) -> None:
    """Sign an account out that has no telephone though its roles need one now."""
    if step(session, account) is Step.TAKE_IN:
        records.end_sessions(session, account)


def _fits(session: Session, account: AccountId, code: str, at: datetime) -> bool:
    hold(session, "telephone", account)
    row = session.get_one(TelephoneRow, account, populate_existing=True)
    used = row.used if row.used <= second.step_of(at) + 1 else 0  # the clock was set back since
    found = second.step_that_fits(_secret(session, account), code, at, used=used)
    if found is not None:
        row.used = found
    return found is not None


def _is_on_paper(session: Session, account: AccountId, typed: str, at: datetime) -> bool:
    row = session.get(RecoveryCodeRow, _hashed(typed))
    if row is None or row.account_id != account:
        return False
    session.delete(row)
    by = Actor(name=records.account(session, account).shown, account=account)
    _record(session, "use_recovery_code", account, by=by, at=at)
    return True


def _secret(session: Session, account: AccountId) -> str:
    return vault.read_own(session, KIND, str(account), FIELD) or second.new_secret()


def _new_codes(session: Session, account: AccountId) -> tuple[str, ...]:
    _forget_codes(session, account)
    codes = tuple(_code() for _ in range(CODES))
    rows = [RecoveryCodeRow(code_hash=_hashed(code), account_id=account) for code in codes]
    session.add_all(rows)
    session.flush()
    return codes


def _forget_codes(session: Session, account: AccountId) -> None:
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account))


def _code() -> str:
    letters = base64.b32encode(secrets.token_bytes(LETTERS)).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _hashed(code: str) -> str:
    """A code as it is kept: it is random and long, so a plain hash is enough."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(f"recovery {plain}".encode()).hexdigest()


def _record(session: Session, what: str, account: AccountId, *, by: Actor, at: datetime) -> None:
    record(session, by, what, f"account {records.account(session, account).name}", at=at)
