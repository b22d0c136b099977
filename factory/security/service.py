"""Accounts, secrets, audit entries, and the door to the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.security import hashing, records, vault
from factory.security.domain import (
    AccountId,
    Actor,
    NameTaken,
    Role,
    WorkerId,
    checked_password,
    checked_pin,
    holds_through,
)
from factory.security.records import AccountRow, AuditRow


def record(
    session: Session,
    by: Actor,
    what: str,
    thing: object,
    *,
    at: datetime,
    reason: str = "",
    before: Any = None,
    after: Any = None,
) -> None:
    """Keep who did what, in the same transaction; never personal data."""
    row = AuditRow(at=at, what=what, thing=str(thing), reason=reason, before=before, after=after)
    records.append_audit(session, by, row)


# Accounts


def create_account(
    session: Session,
    name: str,
    password: str,
    *,
    roles: Iterable[Role],
    shown: str = "",
    language: str = "ko",
    by: Actor,
    at: datetime,
) -> AccountId:
    """An account for the office or a terminal, with a sign-in name and a password."""
    if records.find_account(session, name) is not None:
        raise NameTaken(name=name)
    row = AccountRow(
        name=name,
        shown=shown or name,
        password_hash=hashing.hashed(checked_password(password)),
        roles=sorted(roles),
        language=language,
        active=True,
        created_at=at,
    )
    session.add(row)
    session.flush()
    record(session, by, "create_account", f"account {name}", at=at, after=row.roles)
    return AccountId(row.id)


def find_account_id(session: Session, name: str) -> AccountId | None:
    """Look an account up by its sign-in name."""
    found = records.find_account(session, name)
    return None if found is None else AccountId(found.id)


def account_name(session: Session, account_id: AccountId) -> str:
    """The sign-in name of an account."""
    return records.account(session, account_id).name


def worker_account_name(session: Session, worker_id: WorkerId) -> str:
    """The sign-in name of a worker: her number."""
    return _worker_account(session, worker_id).name


def create_worker_account(
    session: Session,
    worker_id: WorkerId,
    *,
    number: int,
    shown: str = "",
    pin: str | None = None,
    roles: Iterable[Role] = (Role.WORKER,),
    language: str = "ko_easy",
    by: Actor,
    at: datetime,
) -> AccountId:
    """A worker's own account: her number, and a PIN once she has chosen one."""
    if records.find_account(session, str(number)) is not None:
        raise NameTaken(name=number)
    row = AccountRow(
        name=str(number),
        shown=shown or str(number),
        worker_id=worker_id,
        roles=sorted(roles),
        language=language,
        active=True,
        created_at=at,
    )
    session.add(row)
    session.flush()
    record(session, by, "create_account", f"worker {number}", at=at, after=row.roles)
    if pin is not None:
        set_pin(session, worker_id, pin, by=by, at=at)
    return AccountId(row.id)


def set_pin(session: Session, worker_id: WorkerId, pin: str, *, by: Actor, at: datetime) -> None:
    """Give a worker a new PIN, and sign her out elsewhere."""
    account = _worker_account(session, worker_id)
    account.pin_hash = hashing.hashed(vault.ring_of(session).peppered(checked_pin(pin)))
    records.end_sessions(session, account.id)
    record(session, by, "set_pin", f"account {account.name}", at=at)


def set_password(
    session: Session, account_id: AccountId, password: str, *, by: Actor, at: datetime
) -> None:
    """Give an office account a new password, and sign it out everywhere."""
    account = records.account(session, account_id)
    account.password_hash = hashing.hashed(checked_password(password))
    records.end_sessions(session, account.id)
    record(session, by, "set_password", f"account {account.name}", at=at)


def set_roles(
    session: Session, account_id: AccountId, roles: Iterable[Role], *, by: Actor, at: datetime
) -> None:
    """Change what an account may do, from its next request on."""
    account = records.account(session, account_id)
    before, account.roles = account.roles, sorted(roles)
    thing = f"account {account.name}"
    record(session, by, "set_roles", thing, at=at, before=before, after=account.roles)


def set_language(session: Session, account_id: AccountId, language: str) -> None:
    """Speak another language with this account."""
    records.account(session, account_id).language = language


def set_worker_language(session: Session, worker_id: WorkerId, language: str) -> None:
    """Speak another language with a worker, at whatever screen she is known."""
    if (account := records.find_worker_account(session, worker_id)) is not None:
        account.language = language


def show_as(session: Session, worker_id: WorkerId, shown: str) -> None:
    """Greet a worker by another chosen name."""
    if (account := records.find_worker_account(session, worker_id)) is not None:
        account.shown = shown


def close_account(session: Session, account_id: AccountId, *, by: Actor, at: datetime) -> None:
    """Let an account sign in no more."""
    account = records.account(session, account_id)
    account.active = False
    records.end_sessions(session, account.id)
    record(session, by, "close_account", f"account {account.name}", at=at)


def sign_in_through(
    session: Session, worker_id: WorkerId, last_day: date | None, *, by: Actor, at: datetime
) -> None:
    """Let somebody sign in, with the PIN she knows, through her last day and no longer.

    What her last day closed is open again if that day was another; what somebody closed stays so.
    """
    if (account := records.find_worker_account(session, worker_id)) is None:
        return
    was_over = not holds_through(account.last_day, at)
    account.last_day = last_day
    if not holds_through(last_day, at):
        if account.active:
            close_account(session, AccountId(account.id), by=by, at=at)
    elif was_over and not account.active:
        account.active = True
        record(session, by, "create_account", f"account {account.name}", at=at, after=account.roles)


def forget_worker_account(session: Session, worker_id: WorkerId) -> None:
    """Keep of somebody's account no more than that it was there: her number."""
    if (account := records.find_worker_account(session, worker_id)) is not None:
        account.shown, account.pin_hash, account.password_hash = account.name, None, None
        account.active = False
        records.end_sessions(session, account.id)
        session.flush()


def _worker_account(session: Session, worker_id: WorkerId) -> AccountRow:
    found = records.find_worker_account(session, worker_id)
    if found is None:
        raise NotFound("account")
    return found


# Signing in. Attempts are counted in transactions of their own (`guessing.py`, `kiosk.py`), so that
# a refusal, which rolls back, can't forget them.


def check_secret(session: Session, name: str, secret: str, *, at: datetime) -> AccountId | None:
    """Whether a password (office) or PIN (worker) belongs to a sign-in name."""
    account = records.find_account(session, name)
    if account is None or not account.is_open(at):
        _take_as_long(session, name, secret)
        return None
    if account.pin_hash and _pin_matches(session, account.pin_hash, secret):
        return AccountId(account.id)
    if account.password_hash and hashing.matches(account.password_hash, secret):
        return AccountId(account.id)
    return None


def _take_as_long(session: Session, name: str, secret: str) -> None:
    """As long as for somebody who is here: a number's PIN is tried with every key there is."""
    times = len(vault.ring_of(session).masters) if name.isdigit() else 1
    for _ in range(times):
        hashing.matches(hashing.of_nobody(), secret)


def _pin_matches(session: Session, kept: str, pin: str) -> bool:
    """Whether this is the PIN, peppered with whichever key was the newest when it was chosen."""
    ring = vault.ring_of(session)
    return any(hashing.matches(kept, ring.peppered(pin, number)) for number in ring.numbers)


# The vault


def seal(
    session: Session,
    kind: str,
    uid: str,
    fields: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Seal personal texts (legal name, address, phone, bank account)."""
    vault.seal(session, kind, uid, fields)
    record(session, by, "seal", f"{kind} {uid}", at=at, after=sorted(fields))


def seal_along(session: Session, kind: str, uid: str, fields: Mapping[str, str]) -> None:
    """Seal texts that belong to something of which an entry is written anyway."""
    vault.seal(session, kind, uid, fields)


def texts(
    session: Session, kind: str, field: str, uids: Iterable[str], *, anyway: bool = False
) -> dict[str, str]:
    """Some sealed texts of a field; see `vault.texts` for whose eyes."""
    return vault.texts(session, kind, field, uids, anyway=anyway)


def read_sealed(
    session: Session, kind: str, uid: str, field: str, *, reason: str, by: Actor, at: datetime
) -> str:
    """Open one sealed text, with a reason that is kept."""
    return vault.read(session, by, at=at, kind=kind, uid=uid, field=field, reason=reason)


def sealed_fields(session: Session, kind: str, uid: str) -> frozenset[str]:
    """Which texts are sealed for somebody, without opening them."""
    return vault.sealed_fields(session, kind, uid)


def ask_sealed(
    session: Session,
    kind: str,
    field: str,
    holds: Callable[[str], bool],
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> frozenset[str]:
    """Of whom a sealed text answers a question with yes; for those it is kept as a reading.

    The program compares; of everybody else nobody learns anything, and nothing is kept.
    """
    everybody = dict.fromkeys(vault.all_of(session, kind, field), holds)
    return ask_each(session, kind, field, everybody, reason=reason, by=by, at=at)


def ask_each(
    session: Session,
    kind: str,
    field: str,
    questions: Mapping[str, Callable[[str], bool]],
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> frozenset[str]:
    """The same with a question of her own for each who is asked about; of others nothing is."""
    texts = vault.all_of(session, kind, field) if questions else {}
    asked = {uid: text for uid, text in texts.items() if uid in questions}
    found = frozenset(uid for uid, text in asked.items() if questions[uid](text))
    for uid in sorted(found):
        thing, after = f"{kind} {uid}", {"field": field}
        record(session, by, "read_vault", thing, at=at, reason=reason, after=after)
    return found


def holders(session: Session, kind: str, field: str) -> frozenset[str]:
    """For whom a text is sealed, without opening it."""
    return vault.holders(session, kind, field)


def erase_sealed(session: Session, kind: str, uid: str, *, by: Actor, at: datetime) -> None:
    """Delete everything sealed for somebody."""
    vault.erase(session, kind, uid)
    record(session, by, "erase_sealed", f"{kind} {uid}", at=at)


def erase_texts(
    session: Session,
    kind: str,
    uid: str,
    fields: Iterable[str],
    *,
    thing: str,
    by: Actor,
    at: datetime,
) -> None:
    """Delete some of what is sealed for somebody, because nothing wants it kept any more."""
    fields = sorted(fields)
    vault.erase_fields(session, kind, uid, fields)
    record(session, by, "erase_sealed", thing, at=at, after=fields)


def erase_along(session: Session, kind: str, uid: str, field: str) -> None:
    """Delete a sealed text that belongs to something of which an entry is written anyway."""
    vault.erase_fields(session, kind, uid, (field,))


# What is true of the whole database


def mark_demo(session: Session) -> None:
    """Say that this database holds invented data only."""
    session.add(records.HouseRow(name="demo", value="1"))


def is_demo(session: Session) -> bool:
    """Whether this database holds invented data only."""
    return session.get(records.HouseRow, "demo") is not None
