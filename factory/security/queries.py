"""Accounts, terminals and audit entries as pages show them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from factory.kernel.time import Period, now
from factory.kernel.words import mark, say, translate
from factory.security import records
from factory.security.domain import AccountId, Role, WorkerId
from factory.security.records import AccountRow, AuditRow

PAGE = 100
PLACE = 16
"""Letters of a token's hash that name a browser."""
_SHAPES = {
    r"payslip (?P<month>\S+) of worker (?P<number>\d+)": mark("payslip {month} of worker {number}"),
    r"pieces of worker (?P<number>\d+)": mark("pieces of worker {number}"),
    r"severance of worker (?P<number>\d+)": mark("severance of worker {number}"),
    r"pay (?P<month>\S+) of worker (?P<number>\d+)": mark("pay {month} of worker {number}"),
    r"worker (?P<number>\d+) on (?P<day>\S+)": mark("worker {number} on {day}"),
    r"timesheet (?P<month>\S+) of worker (?P<number>\d+)": mark(
        "timesheet {month} of worker {number}"
    ),
    r"order (?P<order>\S+) lay (?P<lay>\d+)": mark("order {order}, lay {lay}"),
}
"""Things that are named by more than a word and a number."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list."""

    id: AccountId
    name: str
    shown: str
    roles: tuple[Role, ...]
    active: bool
    is_worker: bool


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An audit entry in the list."""

    at: datetime
    actor: str
    what: str
    thing: str
    reason: str
    field: str = ""
    """Which sealed text was opened."""
    id: int = 0
    second: str = ""
    """Who said as the second person that she knows."""
    named: str = ""
    """What people call the thing, where it is kept by a name that tells nothing."""

    @property
    def called(self) -> str:
        """The thing as people look for it."""
        return self.named or self.thing

    @property
    def sought(self) -> str:
        """The thing as addresses say it: an account is its entry's number, as no name may stand."""
        return f"#{self.id}" if self.thing.startswith("account ") else self.called

    @property
    def deed(self) -> str:
        """What was done, as a sentence that the catalogues know."""
        return self.what.replace("_", " ")

    @property
    def month(self) -> date | None:
        """The month that the thing is of, if it is of one."""
        found = re.search(r" (\d{4}-\d{2})(?: |$)", self.called)
        return date.fromisoformat(f"{found[1]}-01") if found else None

    @property
    def kind(self) -> str:
        """What kind of thing it was done to."""
        return self._parts[0]

    @property
    def name(self) -> str:
        """Its number or name."""
        return self._parts[1]

    @property
    def shown(self) -> str:
        """What it was done to, in the reader's language."""
        for shape, sentence in _SHAPES.items():
            if found := re.fullmatch(shape, self.called):
                return say(sentence, **found.groupdict())
        return f"{translate(self.kind)} {self.name}".strip()

    @property
    def _parts(self) -> tuple[str, str]:
        words = self.called.split(" ")
        kind = " ".join(words[: 2 if words[0] == "pay" else 1])
        return kind, self.called.removeprefix(kind).strip()


def accounts(session: Session) -> tuple[AccountLine, ...]:
    """Every account: people by their number, then the others by name."""
    lines = (_line(row) for row in records.accounts(session))
    return tuple(sorted(lines, key=_in_order))


def _in_order(line: AccountLine) -> tuple[bool, int, str]:
    number = int(line.name) if line.name.isdecimal() else 0
    return not line.name.isdecimal(), number, line.name


def account(session: Session, name: str) -> AccountLine | None:
    """One account."""
    row = records.find_account(session, name)
    return None if row is None else _line(row)


def _line(row: records.AccountRow) -> AccountLine:
    roles = tuple(role for role in Role if role in row.role_set)
    worker = row.worker_id is not None
    return AccountLine(AccountId(row.id), row.name, row.shown, roles, row.is_open(now()), worker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which entries somebody looks for; whatever is empty does not matter."""

    thing: str = ""
    actor: int | None = None
    """Somebody's first entry: it stands in addresses, which no name may."""
    what: str = ""
    days: Period | None = None
    called: Mapping[str, str] = field(default_factory=dict)
    """What people call things that are kept by a name that tells nothing."""
    before: int | None = None
    """Older than this entry: the next page."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser at which somebody is signed in."""

    place: str
    """How it is named in addresses; nobody gets in with it."""
    browser: str
    since: datetime
    until: datetime


def signed_in(session: Session, account_id: AccountId, *, at: datetime) -> tuple[SignedIn, ...]:
    """Where an account is signed in, newest first."""
    rows = records.signed_in(session, account_id, at)
    return tuple(
        SignedIn(row.token_hash[:PLACE], row.browser, row.created_at, row.ends_at) for row in rows
    )


def place_of(token: str) -> str:
    """How the browser with this token is named in addresses."""
    return hashlib.sha256(token.encode()).hexdigest()[:PLACE]


def audit(session: Session, sought: Sought | None = None) -> tuple[AuditLine, ...]:
    """The newest entries that are sought."""
    statement = select(AuditRow).where(*_sought(sought or Sought()))
    rows = session.scalars(statement.order_by(AuditRow.id.desc()).limit(PAGE))
    called = sought.called if sought else {}
    return tuple(entry_of(row, called) for row in rows)


def _sought(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if found := re.fullmatch("#([0-9]{1,15})", sought.thing, re.ASCII):
        its = select(AuditRow.thing).where(AuditRow.id == int(found[1]))
        yield AuditRow.thing == its.scalar_subquery()
    elif sought.thing:
        others = (kept for kept, said in sought.called.items() if said == sought.thing)
        yield AuditRow.thing.in_((sought.thing, *others))
    if sought.actor is not None:
        hers = select(AuditRow.actor).where(AuditRow.id == sought.actor)
        yield AuditRow.actor == hers.scalar_subquery()
    if sought.what:
        yield AuditRow.what == sought.what
    if sought.days is not None:
        yield AuditRow.at.between(*sought.days.interval)
    if sought.before is not None:
        yield AuditRow.id < sought.before


def newest_entry(session: Session) -> datetime | None:
    """When something was recorded last."""
    return session.scalar(select(AuditRow.at).order_by(AuditRow.at.desc()).limit(1))


def first_entry(session: Session) -> datetime | None:
    """When the earliest deed was recorded."""
    return session.scalar(select(AuditRow.at).order_by(AuditRow.at).limit(1))


def actors(session: Session) -> dict[str, int]:
    """Whoever did anything, by name, with the number of the first entry."""
    row = AuditRow
    first = func.min(row.id).label("first")
    statement = select(row.actor, first).group_by(row.actor).order_by(row.actor)
    return {each.actor: each.first for each in session.execute(statement)}


def deeds(session: Session) -> tuple[tuple[str, str], ...]:
    """What was done so far, as it is kept and as people say it, in their order."""
    found = session.scalars(select(AuditRow.what).distinct())
    said = ((what, translate(what.replace("_", " "))) for what in found)
    return tuple(sorted(said, key=lambda deed: deed[1]))


def language_of(session: Session, worker_id: WorkerId) -> str | None:
    """The language a worker has chosen last, if she can sign in."""
    return session.scalar(_LANGUAGE_OF, {"worker": worker_id})


_LANGUAGE_OF = select(AccountRow.language).where(AccountRow.worker_id == bindparam("worker"))
"""Made once, because every punch and every scan asks."""


def readings(session: Session, uid: str) -> tuple[AuditLine, ...]:
    """Who opened what is sealed for somebody, when and why; for her own eyes."""
    statement = (
        select(AuditRow)
        .where(AuditRow.what == "read_vault", AuditRow.thing.endswith(uid))
        .order_by(AuditRow.id.desc())
        .limit(PAGE)
    )
    return tuple(
        AuditLine(r.at, r.actor, r.what, r.thing, r.reason) for r in session.scalars(statement)
    )


@dataclass(frozen=True, slots=True)
class Among:
    """What was done to many at once, of whom she is one."""

    things: Iterable[str] = ()
    deeds: Iterable[str] = ()


def about(
    session: Session,
    things: Iterable[str],
    ending: str,
    among: Among | None = None,
    *,
    but: WorkerId,
    limit: int | None = PAGE,
) -> tuple[AuditLine, ...]:
    """What others did with these things and those whose name ends so; for her own eyes."""
    many = among or Among()
    shared = and_(AuditRow.thing.in_(tuple(many.things)), AuditRow.what.in_(tuple(many.deeds)))
    hers = or_(AuditRow.thing.in_(tuple(things)), AuditRow.thing.endswith(ending), shared)
    own = select(AccountRow.id).where(AccountRow.worker_id == but).scalar_subquery()
    by_others = (
        or_(AuditRow.worker_id.is_(None), AuditRow.worker_id != but),
        or_(AuditRow.account_id.is_(None), AuditRow.account_id.is_distinct_from(own)),
    )
    statement = select(AuditRow).where(hers, *by_others).order_by(AuditRow.id.desc()).limit(limit)
    return tuple(entry_of(row) for row in session.scalars(statement))


def entry_of(row: AuditRow, called: Mapping[str, str] | None = None) -> AuditLine:
    """An entry as a value, its thing by the name that people know."""
    after = row.after if isinstance(row.after, dict) else {}
    opened, second = str(after.get("field", "")), str(after.get("second", ""))
    named = (called or {}).get(row.thing, "")
    told = (row.at, row.actor, row.what, row.thing, row.reason)
    return AuditLine(*told, opened, row.id, second, named)
