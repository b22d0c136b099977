"""Tables of accounts, sessions, attempts, audit entries, terminals and sealed texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    JSON,
    ForeignKey,
    Row,
    Select,
    String,
    Table,
    bindparam,
    delete,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db import quick
from factory.db.columns import BIG, Key, Word
from factory.db.session import Base, Fact
from factory.security.domain import (
    AccountId,
    Actor,
    DeviceRole,
    Role,
    WorkerId,
    holds_through,
)

UNLINKED = "didim.unlinked"
"""Where a session remembers the audit entries that are to be linked when it commits."""


class AccountRow(Base):
    """Whoever may sign in: an office account by name and password, a worker by number and PIN."""

    __tablename__ = "accounts"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    """The sign-in name; a worker's is her number."""
    shown: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    worker_id: Mapped[int | None] = mapped_column(unique=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(10))
    active: Mapped[bool] = mapped_column(default=True)
    last_day: Mapped[date | None]
    """Hers, once it is known: through it she signs in."""
    created_at: Mapped[datetime]

    def is_open(self, moment: datetime) -> bool:
        """Whether it signs in at a moment."""
        return self.active and holds_through(self.last_day, moment)

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles as words of ours."""
        return frozenset(Role(role) for role in self.roles)


class SessionRow(Base):
    """One browser that is signed in, and the person acting at it."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    worker_id: Mapped[int | None]
    worker_name: Mapped[str | None] = mapped_column(String(60))
    worker_language: Mapped[str | None] = mapped_column(String(10))
    pin_until: Mapped[datetime | None]
    visitors: Mapped[bool] = mapped_column(default=False)
    """Whether visitors look at this browser's screen."""
    browser: Mapped[str] = mapped_column(String(40), default="")
    """Its name and what it runs on, so that somebody knows it again."""


class TelephoneRow(Base):
    """A telephone whose codes an account signs in with; the vault keeps what both know."""

    __tablename__ = "telephones"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    since: Mapped[datetime | None]
    """When its first code was typed; until then nobody is asked for one."""
    used: Mapped[int] = mapped_column(BIG, default=0)
    """The half minute of the newest code that was taken: each is taken once."""


class RecoveryCodeRow(Base):
    """A code on paper for the day the telephone is lost; it goes with its use."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)


class AttemptRow(Base):
    """A wrong attempt at a sign-in, under whatever it is counted for."""

    __tablename__ = "attempts"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80), index=True)
    at: Mapped[datetime]


class KnownPlaceRow(Base):
    """Somebody has signed in at this terminal before, so that guesses elsewhere are not hers."""

    __tablename__ = "known_places"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class RefusedEntryRow(Fact, Base):
    """An entry that waited in a terminal's browser and could not be taken: for a supervisor."""

    __tablename__ = "refused_entries"

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(40))
    worker_id: Mapped[int | None]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    told: Mapped[Any] = mapped_column(JSON)
    """Why not, in each language."""
    details: Mapped[Any] = mapped_column(JSON)


class RefusedSeenRow(Fact, Base):
    """A supervisor has looked at an entry that could not be taken."""

    __tablename__ = "refused_entries_seen"

    event_id: Mapped[str] = mapped_column(ForeignKey("refused_entries.event_id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class AuditRow(Fact, Base):
    """Who did what to which thing, and why; never personal data."""

    __tablename__ = "audit_entries"

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None]
    worker_id: Mapped[int | None]
    device: Mapped[str | None] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(120), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    before: Mapped[Any] = mapped_column(JSON, nullable=True)
    after: Mapped[Any] = mapped_column(JSON, nullable=True)


class AuditLinkRow(Fact, Base):
    """The place of an audit entry in the chain, and its mark (`chain.py`)."""

    __tablename__ = "audit_links"

    number: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(BIG, unique=True)
    key: Mapped[int]
    """The number of the master key that the mark was made with."""
    mark: Mapped[str] = mapped_column(String(64))


class DeviceRow(Base):
    """A terminal with a token."""

    __tablename__ = "devices"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    role: Mapped[DeviceRole] = mapped_column(Word(DeviceRole))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime | None]
    void: Mapped[bool] = mapped_column(default=False)


class SealedRow(Base):
    """A sealed text: the vault. Its key lies elsewhere; erasing deletes the row."""

    __tablename__ = "vault"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    field: Mapped[str] = mapped_column(String(30), primary_key=True)
    envelope: Mapped[bytes]


class HouseRow(Base):
    """What is true of this database as a whole, such as that it is a demo."""

    __tablename__ = "house"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def find_account(session: Session, name: str) -> AccountRow | None:
    """Look an account up by its sign-in name."""
    return session.scalar(select(AccountRow).where(AccountRow.name == name))


def account(session: Session, account_id: AccountId) -> AccountRow:
    """Load an account."""
    return session.get_one(AccountRow, account_id)


def find_worker_account(session: Session, worker_id: WorkerId) -> AccountRow | None:
    """Look up the account that belongs to a worker."""
    return session.scalar(select(AccountRow).where(AccountRow.worker_id == worker_id))


def accounts(session: Session) -> list[AccountRow]:
    """Every account, by name."""
    return list(session.scalars(select(AccountRow).order_by(AccountRow.name)))


class SignIn(NamedTuple):
    """What a request has to know of the browser that it comes from, and of its account."""

    ends_at: datetime
    worker_id: int | None
    """Whoever acts at a shared screen, as she is named, and how she reads."""
    worker_name: str | None
    worker_language: str | None
    pin_until: datetime | None
    visitors: bool
    account: int
    own_worker: int | None
    """Whose account it is, if it is a worker's."""
    shown: str
    roles: list[str]
    language: str
    active: bool
    last_day: date | None


_BROWSERS, _ACCOUNTS = (cast(Table, row.__table__).c for row in (SessionRow, AccountRow))
_SIGN_IN = (
    select(
        *(_BROWSERS[name] for name in SignIn._fields[:6]),
        _ACCOUNTS.id,
        _ACCOUNTS.worker_id,
        *(_ACCOUNTS[name] for name in SignIn._fields[8:]),
    )
    .join_from(_BROWSERS.token_hash.table, _ACCOUNTS.id.table)
    .where(_BROWSERS.token_hash == bindparam("carried"))
)
"""Asked by every request, so it is put together once and makes no rows."""


def find_sign_in(session: Session, token_hash: str) -> SignIn | None:
    """Look up a signed-in browser and its account, in one look."""
    found = quick.first(session, _SIGN_IN, {"carried": token_hash})
    return None if found is None else SignIn._make(found)


def signed_in(session: Session, account_id: int, at: datetime) -> list[SessionRow]:
    """The browsers at which an account is signed in, newest first."""
    row = SessionRow
    statement = select(row).where(row.account_id == account_id, row.ends_at > at)
    return list(session.scalars(statement.order_by(row.created_at.desc(), row.token_hash)))


def end_sessions(session: Session, account_id: int) -> None:
    """Sign an account out everywhere."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))


def attempts(session: Session, key: str, since: datetime) -> list[datetime]:
    """The wrong attempts counted for a key since a moment, oldest first."""
    statement = select(AttemptRow.at).where(AttemptRow.key == key, AttemptRow.at > since)
    return list(session.scalars(statement.order_by(AttemptRow.at)))


def forget_attempts(session: Session, key: str) -> None:
    """Start counting anew."""
    session.execute(delete(AttemptRow).where(AttemptRow.key == key))


def drop_attempts(session: Session, ids: list[int], before: datetime) -> None:
    """Forget these attempts, which were right ones, and all that are older than a moment."""
    old = or_(AttemptRow.id.in_(ids), AttemptRow.at < before)
    session.execute(delete(AttemptRow).where(old))


def append_audit(session: Session, by: Actor, row: AuditRow) -> None:
    """Keep who did something."""
    row.actor, row.account_id = by.name, by.account
    row.worker_id, row.device = by.worker, by.device
    session.add(row)
    session.info.setdefault(UNLINKED, []).append(row)


DEVICES = cast(Table, DeviceRow.__table__)
_DEVICE: Select[Any] = select(
    DEVICES.c.name, DEVICES.c.role, DEVICES.c.void, DEVICES.c.last_seen
).where(DEVICES.c.token_hash == bindparam("carried"))
"""Made once, because every terminal is looked up with every request."""


def find_device(session: Session, token_hash: str) -> Row[Any] | None:
    """Look a terminal up by its token."""
    return quick.first(session, _DEVICE, {"carried": token_hash})


def devices(session: Session) -> list[DeviceRow]:
    """Every terminal that may still send, by name."""
    statement = select(DeviceRow).where(DeviceRow.void.is_(False)).order_by(DeviceRow.name)
    return list(session.scalars(statement))


def sealed(session: Session, kind: str, uid: str, field: str) -> SealedRow | None:
    """Look a sealed text up."""
    return session.get(SealedRow, (kind, uid, field))
